"""What becomes of one test: its results, example by example, and the verdict they come to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from rcs_conformance.model.exchange import Event, Exchange, FailedExchange, Notification
from rcs_conformance.model.results import CheckResult, ClauseCount, Counters, ItemSign, Outcome
from rcs_conformance.verdict.places import stable_place

_REMARKS_KEPT = 50


class ConformanceFailure(AssertionError):  # noqa: N818 - it is the target that fails
    """The target does not meet a clause that the test declares.

    Attributes:
        results: The failed checks.
    """

    def __init__(self, results: Sequence[CheckResult]) -> None:
        super().__init__("\n".join(_described(result) for result in results))
        self.results = tuple(results)


@cache
def failure_type(rule: str) -> type[ConformanceFailure]:
    """The failure of one rule: a type of its own keeps shrinking from slipping to another rule."""
    return type("ConformanceFailure", (ConformanceFailure,), {"__doc__": f"Broken: {rule}."})


class Judgement:
    """The results of one test.

    A test runs one example, or as many as are generated. Passed checks are counted over all of
    them; of the failing examples the last one counts, for generation ends with the smallest.
    Failed checks of clauses that the test does not declare do not end it: each kind is kept once.

    Args:
        declared: The clauses that the test declares and that apply to the target.
        also: Further clauses that fail the test, and that it need not speak of.

    Attributes:
        forms: SCR items about form fields whose requests the test sent.
    """

    def __init__(self, declared: Iterable[str] = (), also: Iterable[str] = ()) -> None:
        self.declared = frozenset(declared)
        self._failing_clauses = self.declared | frozenset(also)
        self.failures: tuple[CheckResult, ...] = ()
        self._events: tuple[Event, ...] = ()
        self._passed: Counter[str] = Counter()
        self._foreign: dict[tuple[str, str, str], CheckResult] = {}
        self._foreign_events: dict[tuple[str, str, str], tuple[Event, ...]] = {}
        self._remarks: dict[tuple[str, str, str], CheckResult] = {}
        self._signs: dict[str, ItemSign] = {}
        self.forms: set[str] = set()
        self._failing: list[CheckResult] = []
        self._counted: Counter[str] = Counter()
        self._is_partial = False

    def accept_partial(self) -> None:
        """Excuse missing checks: too few examples run to reach every declared clause."""
        self._is_partial = True

    def begin_example(self) -> None:
        """A new example starts."""
        self._failing = []

    def verify(self, *results: CheckResult | Iterable[CheckResult]) -> None:
        """Take the results of checks.

        Raises:
            ConformanceFailure: A check of a declared clause failed.
        """
        for result in flat(results):
            self._take(result)
        self._raise()

    def end_example(
        self,
        results: Iterable[CheckResult],
        events: Sequence[Event],
        evidence: Sequence[Event] = (),
    ) -> None:
        """Take what is checked on every event, and keep the evidence where something was found.

        Args:
            results: Of the checks that run on every event.
            events: What happened in the example.
            evidence: The same with what was only looked at; `events` unless given.

        Raises:
            ConformanceFailure: A check of a declared clause failed.
        """
        for result in results:
            self._take(result)
        for event in events:
            self._counted[type(event).__name__] += 1
        kept = tuple(evidence or events)
        if self._failing:
            self.failures = tuple(self._failing)
            self._events = kept
        self.keep_for_foreign(kept)
        self._raise()

    def keep(self, events: Sequence[Event]) -> None:
        """Keep the evidence of an example that came to no end."""
        kept = tuple(events)
        if not self.failures:
            self._events = kept
        self.keep_for_foreign(kept)

    def keep_for_foreign(self, events: tuple[Event, ...]) -> None:
        """Keep the evidence of the example for failures of other clauses first seen in it."""
        for key in self._foreign.keys() - self._foreign_events.keys():
            self._foreign_events[key] = events

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The events of each example in which something was found, example by example.

        Numbers begin anew with each example: those of the second and further ones are raised, here
        and in `all_failures`, so that no two events have the same.
        """
        return tuple(
            replace(event, number=event.number + offset) if offset else event
            for events, offset in self._examples()
            for event in events
        )

    def _examples(self) -> Sequence[tuple[tuple[Event, ...], int]]:
        """The kept events of each example, with what is added to their numbers."""
        found: list[tuple[tuple[Event, ...], int]] = []
        offset = 0
        for events in (self._events, *self._foreign_events.values()):
            if events and events not in [known for known, _ in found]:
                found.append((events, offset))
                offset += max(event.number for event in events)
        return found

    def retract(self) -> None:
        """Leave the declared clauses without a result: what failed did not fail when repeated.

        What was seen is told as remarks.
        """
        for result in self.failures:
            seen = replace(result, outcome=Outcome.REMARK)
            self._remarks.setdefault((seen.clause, seen.rule, seen.item), seen)
        self.failures = ()
        self._signs = {item: sign for item, sign in self._signs.items() if sign.supported}
        for clause in self._failing_clauses:
            del self._passed[clause]

    def missing(self) -> tuple[str, ...]:
        """The declared clauses that no check has spoken about."""
        spoken = self._passed.keys() | {result.clause for result in self.all_failures()}
        return () if self._is_partial else tuple(sorted(self.declared - spoken))

    def all_failures(self) -> tuple[CheckResult, ...]:
        """Failed checks: of the smallest failing example, then of clauses not declared."""
        offsets = self._examples()
        foreign = (
            _raised(result, next((by for events, by in offsets if events == kept), 0))
            for result, kept in (
                (result, self._foreign_events.get(key, ())) for key, result in self._foreign.items()
            )
        )
        return (*self.failures, *foreign)

    def remarks(self) -> tuple[CheckResult, ...]:
        """What is worth reading, each kind once."""
        return tuple(self._remarks.values())

    def counts(self) -> tuple[ClauseCount, ...]:
        """How many checks of each clause passed and failed."""
        failed = Counter(result.clause for result in self.all_failures())
        return tuple(
            ClauseCount(clause=clause, passed=self._passed[clause], failed=failed[clause])
            for clause in sorted(self._passed.keys() | failed.keys())
        )

    def see(self, item: str, seen: str, *, supported: bool = True) -> None:
        """Note what shows that an SCR item is supported, or not; that it is not outweighs."""
        if item not in self._signs or (self._signs[item].supported and not supported):
            self._signs[item] = ItemSign(item=item, supported=supported, seen=seen)

    def signs(self) -> tuple[ItemSign, ...]:
        """What was seen of SCR items."""
        return tuple(self._signs[item] for item in sorted(self._signs))

    @property
    def unserved(self) -> int:
        """How many requests got no response that could be judged, in all examples."""
        return self._counted[FailedExchange.__name__]

    def counters(self) -> Counters:
        """How much was done."""
        exchanges = self._counted[Exchange.__name__] + self._counted[FailedExchange.__name__]
        return Counters(
            checks=self._counted["checks"],
            exchanges=exchanges,
            notifications=self._counted[Notification.__name__],
        )

    def _take(self, result: CheckResult) -> None:
        self._counted["checks"] += 1
        if result.item:
            seen = f"{result.where}: {result.actual}"
            self.see(result.item, seen, supported=result.outcome is not Outcome.FAILED)
        if result.outcome is Outcome.PASSED:
            self._passed[result.clause] += 1
        elif result.outcome is Outcome.REMARK:
            if len(self._remarks) < _REMARKS_KEPT:
                self._remarks.setdefault((result.clause, result.rule, result.item), result)
        elif result.clause in self._failing_clauses:
            self._failing.append(result)
        else:
            place = stable_place(result.where)
            self._foreign.setdefault((result.clause, result.rule, place), result)

    def _raise(self) -> None:
        if self._failing:
            raise failure_type(self._failing[0].rule)(self._failing)


def _raised(result: CheckResult, offset: int) -> CheckResult:
    """The result about an event whose number was raised."""
    if result.event is None or not offset:
        return result
    return replace(result, event=result.event + offset)


def flat(results: Iterable[Any]) -> Iterable[CheckResult]:
    """The results, however deep they stand in iterables."""
    for each in results:
        if isinstance(each, CheckResult):
            yield each
        else:
            yield from flat(each)


def _described(result: CheckResult) -> str:
    event = "" if result.event is None else f" (#{result.event})"
    return (
        f"{result.clause} {result.rule}\n"
        f"  expected  {result.expected}\n"
        f"  actual    {result.actual}\n"
        f"  where     {result.where}{event}"
    )
