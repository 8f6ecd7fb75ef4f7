"""Tests of one process that are under way together: one of them acts, the others wait.

A test of a slow target waits nearly all its time. Here each of several tests runs in a thread, and
has what a process has otherwise: users with connections of their own, mailboxes, evidence,
judgement. Pytest, which knows one test at a time, is given each once it is over: it sets the test
up, takes over how it ended, and reports it.

Tests of which the moment counts in which something happens run for themselves, and so do those
that generate their examples.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from inspect import signature
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, TypeGuard

import pytest

from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.plugin import beds, collection
from rcs_conformance.plugin.judgement import Judgement
from rcs_conformance.plugin.runtest_hooks import TestingHooks
from rcs_conformance.plugin.session import Ended, Session
from rcs_conformance.plugin.traffic import TrafficCount
from rcs_conformance.plugin.turn import SharingJournal, Turn
from rcs_conformance.scenario import TestBed

_GIVEN = frozenset({"bed", "verify"})
"""The fixtures that each test has of its own here."""

_OF_MOMENTS = frozenset({"notificationchannel"})
"""Folders of suites whose tests are about when something happens."""


def runs_beside(item: pytest.Item) -> TypeGuard[pytest.Function]:
    """Whether a test can be under way beside others of its process."""
    if collection.generates(item) or item.path.parent.name in _OF_MOMENTS:
        return False
    return isinstance(item, pytest.Function) and _names(item) <= _GIVEN | _parameters(item).keys()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seat:
    """Where one test at a time runs.

    Attributes:
        session: Of that test.
        hooks: Of that session.
        bed: Likewise.
    """

    session: Session
    hooks: TestingHooks
    bed: TestBed


class TestsBeside:
    """Runs tests in threads, and gives them to pytest.

    Args:
        config: Of pytest.
        session: Of this process.
        hosts: Pipes to the process that holds the subscriptions, one for each test; `None` where a
            test subscribes for itself. As many tests are under way together.

    Attributes:
        ended: Readable as soon as a test is over.
    """

    __test__ = False  # pytest would take the name for a test class

    def __init__(
        self, config: pytest.Config, session: Session, hosts: Sequence[Connection | None]
    ) -> None:
        self._session = session
        self._hosts = list(hosts)
        self._seats: list[_Seat] = []
        self._free: list[_Seat] = []
        self._under_way: dict[int, tuple[_Seat, pytest.Function]] = {}
        self._given: Ended | None = None
        self._turn = Turn()
        self.ended, self._ends = Pipe(duplex=False)
        self._hooks: Any = config.pluginmanager.getplugin(TestingHooks.NAME)
        config.pluginmanager.register(self)

    @property
    def are_under_way(self) -> bool:
        """Whether a test is."""
        return bool(self._under_way)

    def take(self, item: pytest.Item, place: int) -> bool:
        """Begin a test, unless it has to run for itself.

        Args:
            item: The test.
            place: Its place among all tests.
        """
        if not (self._free or self._hosts) or not runs_beside(item):
            return False
        seat = self._free.pop() if self._free else self._seat()
        self._under_way[place] = (seat, item)
        Thread(target=self._run, args=(place, seat, item), daemon=True).start()
        return True

    def give(self, apart: Sequence[pytest.Item]) -> int:
        """Give a test that is over to pytest; its place.

        Args:
            apart: For each test one that shares nothing with it but what lasts as long as the run.
        """
        place: int = self.ended.recv()
        seat, item = self._under_way[place]
        with self._turn.taken(), self._hooks.speaking_for(seat.session):
            self._given = seat.session.ended
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=apart[place])
            self._given = seat.session.ended = None
        self._session.loss = self._session.loss or seat.session.loss
        self._session.unwritten = self._session.unwritten or seat.session.unwritten
        del self._under_way[place]
        self._free.append(seat)
        return place

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        """Let a test end as it has ended; `None` where it has not run yet.

        Raises:
            BaseException: What it raised.
        """
        if self._given is None:
            return None
        if self._given.error is not None:
            raise self._given.error
        return True

    def close(self) -> None:
        """End what the tests hold open."""
        for seat in self._seats:
            seat.bed.close()

    def _run(self, place: int, seat: _Seat, item: pytest.Function) -> None:
        error: BaseException | None = None
        with self._turn.taken():
            seat.hooks.begin(item)
            began, clock = time.time(), time.perf_counter()
            values = {**_parameters(item), "bed": seat.bed, "verify": seat.session.verify}
            try:
                seat.hooks.run(item, {name: values[name] for name in _names(item)})
            except BaseException as raised:  # what it means, pytest and the judgement say
                error = raised
            seconds = time.perf_counter() - clock
            seat.session.ended = Ended(error=error, began=began, seconds=seconds)
            self._ends.send(place)

    def _seat(self) -> _Seat:
        """One more seat, with all that a test needs."""
        main, number = self._session, len(self._seats)
        traffic = TrafficCount(f"-{number}")
        traffic.share(main.settings.out)
        log = EvidenceLog((user.token.reveal() for user in main.target.users), traffic.note)
        log.journal = SharingJournal(self._turn)
        session = replace(
            main,
            log=log,
            traffic=traffic,
            judgement=Judgement(),
            experience=main.experience.beside(traffic.wait),
            host=self._hosts.pop(),
            joins=False,
        )
        seat = _Seat(
            session=session,
            hooks=TestingHooks(session),
            bed=beds.made(session, workers=session.workers),
        )
        self._seats.append(seat)
        return seat


def _names(item: pytest.Function) -> frozenset[str]:
    """The names of the arguments of a test."""
    return frozenset(signature(item.obj).parameters)


def _parameters(item: pytest.Item) -> dict[str, object]:
    return dict(getattr(getattr(item, "callspec", None), "params", {}))
