"""How fast the target is, measured before the first test, and how many tests at once follow.

The more a test waits, for responses and for notifications, the more tests one processor can have
under way.
"""

import math
import os
import statistics
from contextlib import suppress
from dataclasses import dataclass

from rcs_conformance.errors import RcsConformanceError
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.target import Limits

_REQUESTS = 15
"""Requests of a test, on average, one after the other."""

_WAITS = 2.0
"""Waits for a notification of a test, on average, one after the other."""

_WORK = 0.04
"""Seconds of processor time that a test takes here, on average."""

_PROCESSES = 20
"""Processes, at most: each takes some 45 MiB of its own, and all together 1 GiB."""

_BESIDE = 6
"""Tests that are under way together in a process, at most."""

_SOLOISTS = 5
"""Of so many tests at once one runs for itself, as long as such tests are left."""

MOST = 60
"""Tests at once, at most: twelve that run for themselves, and six in each other process."""

_SLOW = 0.3
"""Seconds until a notification from which on the examples of a test wait for theirs together."""

_READINGS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast a target is.

    Attributes:
        response: Seconds until a response.
        notification: Seconds until a notification; `None` where none came.
        patience: Seconds that a notification was waited for.
    """

    response: float
    notification: float | None
    patience: float

    @property
    def waiting(self) -> float:
        """Seconds that a test waits, on average."""
        notified = self.patience if self.notification is None else self.notification
        return _REQUESTS * self.response + _WAITS * notified

    @property
    def is_notified_slowly(self) -> bool:
        """Whether most of a test's time passes until notifications come."""
        return self.notification is not None and self.notification >= _SLOW

    def __str__(self) -> str:
        notified = (
            f"no notification within {self.patience:g} s"
            if self.notification is None
            else f"notifications after {_shown(self.notification)}"
        )
        return f"responses after {_shown(self.response)}, {notified}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How many tests run at once.

    Attributes:
        number: So many.
        reason: Why, for the tester.
        beside: How many of them are under way together in one process.
        soloists: How many processes have one test at a time all the same.
    """

    number: int
    reason: str
    beside: int = 1
    soloists: int = 0

    @property
    def processes(self) -> int:
        """How many processes there are."""
        return self.soloists + (self.number - self.soloists) // self.beside

    def __str__(self) -> str:
        tests = "1 test at a time" if self.number == 1 else f"{self.number} tests at once"
        where = f" in {self.processes} processes" if self.beside > 1 else ""
        return f"{tests}{where}: {self.reason}"


def measured(bed: TestBed, fmt: Format, patience: float) -> Pace:
    """Measure a target: responses to a user who reads, and the beginning of a chat.

    Args:
        bed: Of the target; what is made there is ended by the run.
        fmt: A format that it claims.
        patience: Seconds that the target file gives a notification.

    Raises:
        TargetError: It does not respond.
        Inconclusive: A limit of the target keeps it from being measured.
    """
    readings = [bed.mailboxes.list_subscriptions(bed.alice, fmt) for _ in range(_READINGS)]
    notified: float | None = None
    with suppress(RcsConformanceError):  # nothing is known then, and the tests will find out why
        notified = _until_notified(bed, fmt)
    response = statistics.median(each.seconds for each in readings)
    return Pace(response=response, notification=notified, patience=patience)


def _until_notified(bed: TestBed, fmt: Format) -> float | None:
    """Seconds from a request to its notification; `None` where that does not come in time."""
    found: Awaited[object]
    match bed.claims.some_kind():
        case ChatKind.GROUP:
            group = bed.groups.started(GroupOffer(), fmt)
            begun, found = group.created_by, group.invitation(bed.bob)
        case ChatKind.ONE_TO_ONE:
            session = bed.sessions.started(SessionOffer(), fmt)
            begun, found = session.created_by, session.invitation()
        case ChatKind.LONG_LIVED:
            lasting = bed.long_lived.started(GroupOffer(), fmt)
            begun, found = lasting.created_by, lasting.addition(bed.bob)
        case ChatKind.ADHOC:
            text = bed.markers.next()
            chat = bed.adhoc.between(fmt)
            begun = chat.send(bed.alice, ChatMessage(text=text))
            found = message_waits.message(chat, bed.bob, text)
    if found.notification is None or begun is None:
        return None
    return max(0.0, (found.notification.received - begun.started).total_seconds())


def chosen(pace: Pace | None, limits: Limits, *, alone: str = "") -> Choice:
    """How many tests run at once.

    Args:
        pace: Of the target; `None`: it is the embedded server, which each process has of its own.
        limits: Of the target file.
        alone: Why one test at a time must run; empty where that is not so.
    """
    processors = usable_processors()
    if alone:
        return Choice(number=1, reason=alone)
    waiting = pace.waiting if pace else 0.0
    wanted = math.ceil(processors * (1 + waiting / _WORK))
    why = f"{pace}, {processors} processors" if pace else f"{processors} processors"
    bounds = [(MOST, f"at most {MOST}")]
    if limits.workers is not None:
        bounds.append((limits.workers, f"[limits] workers = {limits.workers}"))
    if limits.requests_per_second is not None and pace is not None:
        rate = limits.requests_per_second
        fitting = math.ceil(rate * (waiting + _WORK) / _REQUESTS)
        bounds.append((fitting, f"[limits] requests_per_second = {rate:g}"))
    number, bound = min(bounds)
    if number < wanted:
        wanted, why = max(1, number), f"{why}, {bound}"
    return _shared_out(wanted, why)


def _shared_out(number: int, why: str) -> Choice:
    """So many tests at once, in no more processes than fit into memory."""
    if number <= _PROCESSES:
        return Choice(number=number, reason=why)
    soloists = number // _SOLOISTS
    others = number - soloists
    processes = math.ceil(others / _BESIDE)
    beside = others // processes
    return Choice(
        number=soloists + processes * beside, reason=why, beside=beside, soloists=soloists
    )


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
