"""Several tests at once: processes that are forked once the tests are collected.

A forked process has everything that this one has imported, read and built, so that it costs no
start-up and little memory: many of them can wait for a slow target at the same time. Each gets one
test after the other, or several at a time that it has under way together, and sends its reports
here, where they count as if they were this process' own. This process starts no thread before it
forks.
"""

import gc
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Any, TypeVar

import pytest

from rcs_conformance.errors import HarnessError
from rcs_conformance.model.formats import Format
from rcs_conformance.plugin.collection import (
    clauses_of,
    format_of,
    generates,
    is_adhoc,
    is_unmarked,
    plays,
)
from rcs_conformance.plugin.tests_beside import TestsBeside, runs_beside
from rcs_conformance.scenario.mailboxes.deadlines import Experience, Lessons
from rcs_conformance.scenario.setup.terms import BEGINNINGS, TERMS

T = TypeVar("T")

_GRACE = 20.0
"""Seconds that a process has to end its subscriptions and itself once no test is left."""

_UNMARKED = 3
"""Tests of chats that no text tells from others under way at once: one acts, the next are ready."""

_HURRY = 0.5
"""Seconds for the same where the run is interrupted."""


def in_fork(work: Callable[[], T]) -> T:
    """Do some work in a forked process; what it returns or raises must be picklable.

    Raises:
        Exception: What the work raises.
        HarnessError: The process ended without a result.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)

    def child() -> None:
        ours.close()
        try:
            theirs.send((True, work()))
        except Exception as error:
            theirs.send((False, error))

    process = context.Process(target=child)
    process.start()
    theirs.close()
    try:
        is_result, found = ours.recv()
    except EOFError:
        process.join()
        raise HarnessError(f"a process ended with exit code {process.exitcode}") from None
    finally:
        ours.close()
    process.join()
    if not is_result:
        raise found
    return found  # type: ignore[no-any-return]  # it came through a pipe


class Kind(Enum):
    """What a process sends."""

    REPORT = auto()
    """The report of a phase of a test."""
    FREE = auto()
    """A test is over: its place, why no other test makes sense, if so, and what it taught."""


@dataclass(slots=True, kw_only=True)
class _Worker:
    """A process.

    Attributes:
        number: From 0.
        process: Itself.
        pipe: This end.
        tests: Which tests it runs, by their places.
        is_idle: Whether there is none for it now.
        known: How many lessons of others it has.
    """

    number: int
    process: ForkProcess
    pipe: Connection
    tests: set[int] = field(default_factory=set)
    is_idle: bool = True
    known: int = 0


@dataclass(kw_only=True)
class ForkedWorkers:
    """A plugin that runs the collected tests in forked processes.

    Attributes:
        number: How many processes there are at most.
        soloists: How many of them, the first ones, have one test at a time, and prefer those that
            run for themselves.
        beside: How many tests each other one has under way together at most.
        pairs: How many pairs of users the processes act as, in turn; 0: each has its own.
        long_first: Whether tests of many examples begin first: they take longest. Where nothing
            is notified, others find out why with less waiting.
        prepare: Called here before any process is forked: builds what all need.
        begin: Called in each new process with its number: makes it a worker; with its pipes to the
            process that serves all, one for itself and one for each test beside others.
        serve: What that process does, with its pipes to them; `None`: there is none.
        alone: Called where one test alone runs in this process, before it.
        begun: Called here once all processes are there, with the number of tests.
        unusable: Called in a worker after each test: why the target, or the place of the results,
            can be used no longer; empty if both can.
        experience: What a worker learns, and what others have learned, for its next tests.
        stop: Called here with such a reason.
        problem: Called here with what is wrong with a process.
    """

    number: int
    soloists: int
    beside: int
    pairs: int
    long_first: bool
    prepare: Callable[[], None]
    begin: Callable[[pytest.Config, int, Sequence[Connection | None]], TestsBeside]
    serve: Callable[[Sequence[Connection]], None] | None
    alone: Callable[[], None]
    begun: Callable[[int], None]
    unusable: Callable[[], tuple[str, str]]
    experience: Experience
    stop: Callable[[str, str], None]
    problem: Callable[[str], None]
    _workers: list[_Worker] = field(default_factory=list)
    _lessons: list[Lessons] = field(default_factory=list)
    _pipes: list[list[Connection]] = field(default_factory=list)
    _server: ForkProcess | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run all tests, where several were collected without an error."""
        if session.testsfailed or session.config.option.collectonly or len(session.items) < 2:
            if session.items and not session.config.option.collectonly:
                self.alone()
            self.begun(len(session.items))
            return None
        self.prepare()
        gc.freeze()  # else each process would write to all that they could share
        number = min(self.number, len(session.items))
        waiting = Waiting(
            session.items, self.pairs, long_first=self.long_first, soloists=self.soloists
        )
        try:
            self._serve(number)
            for each in range(number):
                self._workers.append(self._forked(session, each))
            self.begun(len(session.items))
            self._deal_idle(waiting)
            while any(each.tests for each in self._workers):
                self._take(session, waiting)
        except BaseException:
            self._end(_HURRY)
            raise
        self._end(_GRACE)
        return True

    def _serve(self, number: int) -> None:
        """Start the process that serves all, with pipes to it for each of them."""
        if self.serve is None:
            return
        context = multiprocessing.get_context("fork")
        pairs = [[context.Pipe() for _ in range(self._pipes_of(each))] for each in range(number)]
        theirs = [theirs for of_process in pairs for theirs, _ in of_process]
        ours = [[ours for _, ours in of_process] for of_process in pairs]
        serve = self.serve

        def work() -> None:
            _quieten()
            for pipe in (pipe for of_process in ours for pipe in of_process):
                pipe.close()
            serve(theirs)

        self._server = context.Process(target=work, name="server")
        self._server.start()
        for pipe in theirs:
            pipe.close()
        self._pipes = ours

    def _capacity(self, number: int) -> int:
        """How many tests a process has under way together at most."""
        return 1 if number < self.soloists else self.beside

    def _pipes_of(self, number: int) -> int:
        """How many test beds a process has: its own, and one for each test beside others."""
        capacity = self._capacity(number)
        return 1 + (capacity if capacity > 1 else 0)

    def _forked(self, session: pytest.Session, number: int) -> _Worker:
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        own = self._pipes[number] if self._pipes else []
        others = [*(each.pipe for each in self._workers), ours]
        others += [pipe for pipes in self._pipes[number + 1 :] for pipe in pipes]
        unserved = [None] * self._pipes_of(number)
        work = _Work(
            begin=self.begin,
            experience=self.experience,
            unusable=self.unusable,
            number=number,
            pipe=theirs,
            served=own or unserved,
        )
        process = context.Process(target=work.run, args=(session, others), name=f"tests-{number}")
        process.start()
        for pipe in (theirs, *own):
            pipe.close()
        return _Worker(number=number, process=process, pipe=ours)

    def _deal_idle(self, waiting: "Waiting") -> None:
        """Give the processes that have no test their next ones."""
        for worker in self._workers:
            if worker.is_idle:
                self._deal(worker, waiting)

    def _deal(self, worker: _Worker, waiting: "Waiting") -> None:
        """Give a process its next tests; or none, and it ends once there will be no more."""
        worker.is_idle = False
        while len(worker.tests) < self._capacity(worker.number):
            test = waiting.next(worker.number, is_busy=bool(worker.tests))
            if test is None and (worker.tests or waiting.are_left):
                worker.is_idle = not worker.tests
                return
            news, worker.known = self._lessons[worker.known :], len(self._lessons)
            with suppress(OSError):  # it has crashed, which the next reading tells
                worker.pipe.send((test, news))
            if test is None:
                return
            worker.tests.add(test)
            if not waiting.runs_beside(test):
                return

    def _take(self, session: pytest.Session, waiting: "Waiting") -> None:
        """Take what processes have sent."""
        busy = {each.pipe: each for each in self._workers if each.tests}
        for pipe in wait(list(busy)):
            worker = busy[pipe]  # type: ignore[index]  # all of them are connections
            try:
                kind, content = worker.pipe.recv()
            except (EOFError, OSError):
                self._crashed(session, worker, waiting)
                continue
            if kind is Kind.REPORT:
                _pass_on(session.config, content)
                continue
            test, unusable, lessons = content
            worker.tests.discard(test)
            waiting.end(test)
            if lessons:
                self._lessons.append(lessons)
            if any(unusable):
                self.stop(*unusable)
                waiting.clear()
            if session.shouldfail:
                raise session.Failed(session.shouldfail)
            self._deal(worker, waiting)
            self._deal_idle(waiting)

    def _crashed(self, session: pytest.Session, worker: _Worker, waiting: "Waiting") -> None:
        worker.process.join()
        for test in sorted(worker.tests):
            name = session.items[test].nodeid
            self.problem(f"{name}: its process ended with exit code {worker.process.exitcode}")
            waiting.end(test)
        worker.tests.clear()
        self._deal_idle(waiting)

    def _end(self, seconds: float) -> None:
        """Wait until all processes have ended, or end them."""
        for worker in self._workers:
            worker.pipe.close()
        deadline = time.monotonic() + seconds
        for worker in self._workers:
            worker.process.join(max(0.0, deadline - time.monotonic()))
        processes = [each.process for each in self._workers]
        if self._server is not None:
            self._server.join(max(0.0, deadline - time.monotonic()))
            processes.append(self._server)
        for process in processes:
            if process.is_alive():
                process.kill()
                process.join()
            process.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What a forked process does."""

    begin: Callable[[pytest.Config, int, Sequence[Connection | None]], TestsBeside]
    experience: Experience
    unusable: Callable[[], tuple[str, str]]
    number: int
    pipe: Connection
    served: Sequence[Connection | None]

    def run(self, session: pytest.Session, others: Sequence[Connection]) -> None:
        """Run one test after the other, or several together, until there is no more."""
        _quieten()
        for each in others:  # else nobody would notice the end of the process that has them
            each.close()
        config = session.config
        beside = self.begin(config, self.number, self.served)
        config.pluginmanager.register(_Reporter(config, self.pipe))
        apart = last_shared(session.items)
        with suppress(EOFError, OSError):  # the run is over, or interrupted
            while not session.shouldstop:
                ready = wait([self.pipe, beside.ended]) if beside.are_under_way else [self.pipe]
                if beside.ended in ready:
                    self._free(beside.give(apart))
                    continue
                test, news = self.pipe.recv()
                if test is None:
                    break
                for lessons in news:
                    self.experience.absorb(lessons)
                if not beside.take(session.items[test], test):
                    item = session.items[test]
                    config.hook.pytest_runtest_protocol(item=item, nextitem=apart[test])
                    self._free(test)
        beside.close()
        config.hook.pytest_sessionfinish(session=session, exitstatus=0)

    def _free(self, test: int) -> None:
        """Tell that a test is over, and with what it taught."""
        self.pipe.send((Kind.FREE, (test, self.unusable(), self.experience.news())))


def _quieten() -> None:
    """Let a forked process end when the other does, and write nothing to the terminal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all processes
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)


class _Reporter:
    """Sends the reports of tests."""

    def __init__(self, config: pytest.Config, pipe: Connection) -> None:
        self._config = config
        self._pipe = pipe

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Send one."""
        data = self._config.hook.pytest_report_to_serializable(config=self._config, report=report)
        self._pipe.send((Kind.REPORT, data))


def _pass_on(config: pytest.Config, data: dict[str, Any]) -> None:
    """Have all plugins take a report, as if the test had run here."""
    report = config.hook.pytest_report_from_serializable(config=config, data=data)
    if report.when == "setup":
        config.hook.pytest_runtest_logstart(nodeid=report.nodeid, location=report.location)
    config.hook.pytest_runtest_logreport(report=report)
    if report.when == "teardown":
        config.hook.pytest_runtest_logfinish(nodeid=report.nodeid, location=report.location)


def last_shared(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """For each test another one that shares no more with it than all tests do.

    Pytest takes it for the next one: so it ends what belongs to the test, its module or its
    folder, and keeps what lasts as long as the session. Which test is next is not known yet.
    """
    chains = [item.listchain() for item in items]
    shared = 0
    while all(len(each) > shared and each[shared] is chains[0][shared] for each in chains):
        shared += 1
    parted: dict[int, int] = {}
    for number, chain in enumerate(chains):
        parted.setdefault(id(chain[shared]), number)
    first, second, *_ = parted.values()
    home = id(chains[first][shared])
    return [items[second if id(chain[shared]) == home else first] for chain in chains]


class Waiting:
    """The tests that have not begun.

    Two users have one ad-hoc chat, and one test at a time has it; while there is a chat that no
    text tells from others, there is neither another one nor an ad-hoc chat. So these begin first,
    one after the other, and then a test of an ad-hoc chat for each pair of users is under way until
    there are no more. No process waits for another as long as there are other tests.

    A process that goes over to a test that runs for itself ends first what it has under way. So
    some processes have such tests first, and the others those that run beside others.

    Args:
        items: All tests.
        pairs: How many pairs of users the processes act as, in turn; 0: each has users of its own.
        long_first: See `ForkedWorkers`.
        soloists: Likewise.
    """

    def __init__(
        self,
        items: Sequence[pytest.Item],
        pairs: int,
        *,
        long_first: bool = True,
        soloists: int = 0,
    ) -> None:
        places = in_order(items) if long_first else telling_first(items)
        self._items = items
        self._pairs = pairs
        self._soloists = soloists
        adhoc = [place for place in places if pairs and is_adhoc(items[place])]
        self._adhoc = sorted(adhoc, key=lambda place: not generates(items[place]))
        unmarked = [place for place in places if pairs and is_unmarked(items[place])]
        self._unmarked = deque(unmarked)
        others = [place for place in places if place not in {*self._adhoc, *unmarked}]
        alone = {place for place in others if soloists and not self.runs_beside(place)}
        self._alone = deque(place for place in others if place in alone)
        self._others = deque(place for place in others if place not in alone)
        self._telling = (
            set() if long_first else {place for place in self._others if _tells(items[place])}
        )
        self._begun: dict[int, int] = {}
        self._begun_unmarked: set[int] = set()
        self._awaited: dict[int, int] = {}

    @property
    def are_left(self) -> bool:
        """Whether there are any."""
        return any((self._unmarked, self._adhoc, self._alone, self._others))

    def runs_beside(self, test: int) -> bool:
        """Whether a test, by its place, can be under way beside others of its process."""
        return runs_beside(self._items[test])

    def next(self, worker: int, *, is_busy: bool = False) -> int | None:
        """The place of the next test for a process; `None` where there is none for it now.

        Args:
            worker: Number of the process.
            is_busy: Whether it has tests under way, so that it takes only one that runs beside
                others.
        """
        pair = worker % self._pairs if self._pairs else 0
        preferred = [self._alone, self._others]
        if worker >= self._soloists or self._telling:
            preferred.reverse()
        is_for_them = worker >= self._soloists or not self._alone
        if self._unmarked and is_for_them and len(self._begun_unmarked) < _UNMARKED:
            self._begun_unmarked.add(self._unmarked[0])
            return self._unmarked.popleft()
        has_pair = not (self._unmarked or self._begun_unmarked or pair in self._begun.values())
        if self._adhoc and has_pair:
            test = self._of_pair(preferred[0], is_alone=preferred[0] is self._alone)
            if test is not None and (not is_busy or self.runs_beside(test)):
                self._awaited.pop(pair, None)
                return self._begin(test, pair)
            if test is not None and self._awaited.setdefault(pair, worker) == worker:
                return None  # it is free for that test once it has ended its present ones
        for queue in preferred:
            if queue:
                fits = not is_busy or self.runs_beside(queue[0])
                return queue.popleft() if fits else None
        return None

    def _of_pair(self, preferred: deque[int], *, is_alone: bool) -> int | None:
        """The next test of ad-hoc chats for a process, of the kind that it prefers."""
        if not (self._soloists and preferred):
            return self._adhoc[0]
        fitting = (each for each in self._adhoc if self.runs_beside(each) is not is_alone)
        return next(fitting, None)

    def _begin(self, test: int, pair: int) -> int:
        """Begin a test of ad-hoc chats."""
        self._adhoc.remove(test)
        self._begun[test] = pair
        return test

    def end(self, test: int) -> None:
        """A test is over."""
        self._begun.pop(test, None)
        self._begun_unmarked.discard(test)
        self._telling.discard(test)

    def clear(self) -> None:
        """No test begins any more."""
        for tests in (self._alone, self._others, self._adhoc, self._unmarked):
            tests.clear()


def in_order(items: Sequence[pytest.Item]) -> list[int]:
    """The places of all tests, in the order in which they begin: those of one format first.

    So the subscriptions of a format last half the run, and the target sends each notification once
    and not twice. Of a format those of many examples come first, and of them the machines: they
    take longest, and nothing is to be waited for at the end but for the last of short ones.
    """

    def key(place: int) -> tuple[int, bool, bool]:
        item = items[place]
        fmt = format_of(item)
        return (_BOTH if fmt is None else _PHASES[fmt], not plays(item), not generates(item))

    return sorted(range(len(items)), key=key)


def telling_first(items: Sequence[pytest.Item]) -> list[int]:
    """The places of all tests, where nothing is notified: first those of what others need.

    Once such a clause has failed, no other test waits for it for long. Those that run for
    themselves come last: they wait for each of their examples.
    """

    def key(place: int) -> tuple[bool, bool]:
        return (not runs_beside(items[place]), not _tells(items[place]))

    return sorted(range(len(items)), key=key)


def _tells(item: pytest.Item) -> bool:
    """Whether others need what a test is about."""
    needed = {*BEGINNINGS, *(each.receiving for each in TERMS.values())}
    return not needed.isdisjoint(clauses_of(item))


_PHASES = {Format.XML: 0, Format.JSON: 2}
_BOTH = 1
"""When tests begin that are about both formats, or about none."""
