"""How long to wait for a notification.

A wait has the larger of the time that the target file gives and five times the slowest notification
of the run. It is shorter only where a miss can cause no new failure: in a test whose clauses have
all failed already, in one like another that such a failure left without a verdict, and for what a
test needs to go on by a clause that has failed. So a notification that never comes costs its
deadline once for each clause, and not in every test.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from rcs_conformance.model.formats import Format

_SLOWEST = 5
"""Times the slowest notification seen."""

_FRACTION = 0.2
"""Of its deadline, for what need not be waited for in full."""

TestKind = tuple[frozenset[str], Format | None]
"""The clauses that a test declares, and its format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """What one process of a run has learned, for the others.

    Attributes:
        failed: Clauses that have failed.
        stuck: Kinds of tests without a verdict, since a notification did not come, each with the
            clause that this is attributed to.
        slowest: Seconds until the slowest notification.
    """

    failed: frozenset[str] = frozenset()
    stuck: tuple[tuple[TestKind, str], ...] = ()
    slowest: float = 0.0

    def __bool__(self) -> bool:
        return bool(self.failed or self.stuck or self.slowest)


_NEEDED: ContextVar[str] = ContextVar("needed", default="")
"""The clause that a wait is attributed to; of a thread, for examples may be under way together."""


@contextmanager
def needing(clause: str) -> Iterator[None]:
    """Wait for what a test needs to go on, by a clause that a miss is attributed to."""
    before = _NEEDED.set(clause)
    try:
        yield
    finally:
        _NEEDED.reset(before)


def _untold(_root: str, _seconds: float) -> None:
    """No one shows what is waited for."""


@dataclass(slots=True)
class _Known:
    """What all tests of a process know, and what of it other processes do not know yet."""

    slowest: float = 0.0
    failed: set[str] = field(default_factory=set)
    stuck: dict[TestKind, str] = field(default_factory=dict)
    news: Lessons = field(default_factory=Lessons)


@dataclass(slots=True)
class Experience:
    """What a run knows about notifications that do not come, and how the present test fares.

    Attributes:
        on_wait: Called with the structure of a notification and with how long it is waited for at
            most; with no structure at the end of a wait.
    """

    on_wait: Callable[[str, float], None] = _untold
    _known: _Known = field(default_factory=_Known)
    _test: TestKind = (frozenset(), None)
    _missed: bool = False
    _present: str = ""

    def beside(self, on_wait: Callable[[str, float], None]) -> "Experience":
        """That of another test, which is under way at the same time: what one learns, both know."""
        return Experience(on_wait=on_wait, _known=self._known)

    @property
    def slowest(self) -> float:
        """Seconds until the slowest notification."""
        return self._known.slowest

    def begin(self, clauses: Iterable[str], fmt: Format | None) -> None:
        """A test begins.

        Args:
            clauses: That it may fail.
            fmt: Its format; `None` for none or both.
        """
        self._test = (frozenset(clauses), fmt)
        self._missed = False
        self._present = ""

    def obstruct(self, clause: str) -> None:
        """An example of the test came to no verdict, by this clause; others will fare alike."""
        if self._missed:
            self._present = clause

    def fail(self, *clauses: str) -> None:
        """Clauses have failed."""
        self._learn(Lessons(failed=frozenset(clauses) - self._known.failed))

    def end(self, precondition: str) -> None:
        """The test has ended without a verdict, by this clause; empty where it has one."""
        if self._missed and precondition and self._test not in self._known.stuck:
            self._learn(Lessons(stuck=((self._test, precondition),)))

    def arrive(self, seconds: float) -> None:
        """A notification came after so long."""
        if seconds > self._known.slowest:
            self._learn(Lessons(slowest=seconds))

    def miss(self) -> None:
        """A notification did not come within its whole deadline."""
        self._missed = True

    def has_failed(self, clause: str) -> bool:
        """Whether a clause has failed."""
        return clause in self._known.failed

    def forget_misses(self) -> None:
        """The test begins again, and may be notified of all."""
        self._missed = False
        self._present = ""

    @property
    def is_in_doubt(self) -> bool:
        """Whether what the present test could fail, or what it needs, has failed already."""
        return self.is_hopeless or bool(self.obstacle)

    @property
    def is_hopeless(self) -> bool:
        """Whether all that the present test could fail has failed already."""
        return bool(self._test[0]) and self._test[0] <= self._known.failed

    @property
    def is_obstructed(self) -> bool:
        """Whether an earlier example of the present test had no verdict; so has the test."""
        return bool(self._present)

    @property
    def obstacle(self) -> str:
        """The clause that left this test, or after its failure the like, without a verdict."""
        if self._present:
            return self._present
        if _NEEDED.get() in self._known.failed:
            return _NEEDED.get()
        clause = self._known.stuck.get(self._test, "")
        return clause if clause in self._known.failed else ""

    def news(self) -> Lessons:
        """What was learned here since the last call."""
        news, self._known.news = self._known.news, Lessons()
        return news

    def absorb(self, lessons: Lessons) -> None:
        """Take in what another process has learned."""
        known = self._known
        known.failed |= lessons.failed
        for kind, clause in lessons.stuck:
            known.stuck.setdefault(kind, clause)
        known.slowest = max(known.slowest, lessons.slowest)

    def _learn(self, lessons: Lessons) -> None:
        self.absorb(lessons)
        news = self._known.news
        self._known.news = Lessons(
            failed=news.failed | lessons.failed,
            stuck=(*news.stuck, *lessons.stuck),
            slowest=max(news.slowest, lessons.slowest),
        )


class Deadlines:
    """The time to wait.

    Args:
        seconds: The time that the target file gives.
        experience: Of the run.
    """

    def __init__(self, seconds: float, experience: Experience | None = None) -> None:
        self._seconds = seconds
        self.experience = experience or Experience()

    @property
    def whole(self) -> float:
        """Seconds that a notification has, where a miss may be a new failure."""
        return max(self._seconds, _SLOWEST * self.experience.slowest)

    def seconds(self, clause: str = "") -> float:
        """How long to wait at most.

        Args:
            clause: What alone fails where nothing comes; empty: what the present test is about.
        """
        if not clause and self.experience.is_obstructed:
            return 0.0  # hypothesis repeats an example to find a smaller one
        if clause:
            is_known = self.experience.has_failed(clause)
        else:
            is_known = self.experience.is_hopeless or bool(self.experience.obstacle)
        return self.whole * _FRACTION if is_known else self.whole

    def present(self) -> tuple[float, bool, str]:
        """How long a wait of the present test is, and what its miss means.

        Returns:
            Seconds; whether that is the whole time; the failed clause that a miss is attributed to,
            empty where it counts as any other.
        """
        seconds = self.seconds()
        obstacle = "" if self.experience.is_hopeless else self.experience.obstacle
        return seconds, seconds >= self.whole, obstacle
