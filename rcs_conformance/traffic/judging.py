"""Traffic that the suites did not make, judged by every check that needs no arrangement."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rcs_conformance.binding import Binding
from rcs_conformance.model.results import (
    CheckResult,
    ClauseCount,
    Counters,
    Outcome,
    TestRecord,
    Verdict,
)
from rcs_conformance.traffic.attributed import Attributed
from rcs_conformance.traffic.chats import Chats
from rcs_conformance.traffic.contents import judged_contents
from rcs_conformance.traffic.effects import judged_effects
from rcs_conformance.traffic.entries import Entry
from rcs_conformance.traffic.exchanges import judged_exchanges
from rcs_conformance.traffic.refusals import judged_refusals
from rcs_conformance.traffic.states import judged_states

_SHOWN_OF_A_KIND = 3
"""Findings of one rule about one operation that are reported; all are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What traffic with a server shows.

    Attributes:
        results: Of all checks; each names its entry.
        traffic: What they rest on.
    """

    results: tuple[CheckResult, ...]
    traffic: Attributed

    @property
    def failures(self) -> tuple[CheckResult, ...]:
        """The checks that failed."""
        return tuple(each for each in self.results if each.outcome is Outcome.FAILED)


def judged(traffic: Attributed, entries: Sequence[Entry], binding: Binding) -> Judged:
    """Judge traffic.

    Args:
        traffic: As `attributed` understood it.
        entries: That it consists of, without secrets.
        binding: Of the target.
    """
    lines = {each.number: str(each) for each in entries}
    return Judged(
        results=tuple(_located(each, lines) for each in _results(traffic, binding)),
        traffic=traffic,
    )


def _results(traffic: Attributed, binding: Binding) -> Iterator[CheckResult]:
    yield from judged_exchanges(traffic, binding)
    chats = Chats(traffic, binding)
    yield from judged_effects(traffic, chats, binding)
    yield from judged_states(traffic, chats)
    yield from judged_contents(traffic, chats, binding)
    yield from judged_refusals(traffic, binding)


def _located(result: CheckResult, lines: Mapping[int, str]) -> CheckResult:
    """The result with the request line and the time of its entry."""
    if result.event is None or result.outcome is Outcome.PASSED:
        return result
    return replace(result, where=f"{result.where} [{lines.get(result.event, '')}]")


def record_of(found: Sequence[Judged], name: str) -> TestRecord:
    """What traffic shows, in the form of a test, for verdicts and reports.

    Args:
        found: What it shows of each server.
        name: Of the traffic.
    """
    results = [result for each in found for result in each.results]
    failed = [result for each in found for result in each.failures]
    passed = Counter(each.clause for each in results if each.outcome is Outcome.PASSED)
    counted = Counter(each.clause for each in failed)
    clauses = tuple(sorted(passed.keys() | counted.keys()))
    return TestRecord(
        id=name,
        title="Traffic that the suites did not make",
        clauses=clauses,
        format=None,
        verdict=Verdict.FAIL if failed else Verdict.PASS,
        counts=tuple(
            ClauseCount(clause=each, passed=passed[each], failed=counted[each]) for each in clauses
        ),
        failures=tuple(_first_of_each_kind(failed)),
        remarks=tuple(
            _first_of_each_kind([each for each in results if each.outcome is Outcome.REMARK])
        ),
        counters=Counters(
            checks=len(results),
            exchanges=sum(len(each.traffic.seen) for each in found),
            notifications=sum(len(each.traffic.told) for each in found),
        ),
    )


def _first_of_each_kind(results: Sequence[CheckResult]) -> Iterator[CheckResult]:
    seen: Counter[tuple[str, str, str]] = Counter()
    for each in results:
        kind = (each.clause, each.rule, " ".join(each.where.split()[:2]))
        seen[kind] += 1
        if seen[kind] <= _SHOWN_OF_A_KIND:
            yield each
