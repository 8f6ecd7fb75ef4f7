"""What a test keeps of its examples: each failed check with the event that it is about."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from rcs_conformance.model.exchange import Event, FailedExchange, Request
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import CheckResult, Outcome
from rcs_conformance.plugin.judgement import ConformanceFailure, Judgement

OWN, OTHER = "A.1", "B.1"
START = datetime(2026, 11, 21, tzinfo=UTC)


def sent(text: str, number: int) -> Event:
    """An exchange that is recognised by its URL."""
    request = Request(
        user="tel:+1",
        resource="groups",
        method="GET",
        url=text,
        headers=(),
        body=b"",
        format=Format.JSON,
    )
    return FailedExchange(number=number, request=request, reason="", started=START, seconds=0.0)


def failed(clause: str, event: int | None, rule: str = "r") -> CheckResult:
    """A failed check of an event."""
    return CheckResult(
        clause=clause,
        rule=rule,
        outcome=Outcome.FAILED,
        expected="e",
        actual="a",
        where="GET groups",
        event=event,
    )


def play(judgement: Judgement, name: str, *results: CheckResult, found_late: bool = False) -> None:
    """One example of three events, with checks made in it or at its end."""
    events = [sent(f"{name}{number}", number) for number in (1, 2, 3)]
    judgement.begin_example()
    with suppress(ConformanceFailure):
        if not found_late:
            judgement.verify(results)
    with suppress(ConformanceFailure):
        judgement.end_example(results if found_late else (), events)


def urls(judgement: Judgement) -> list[str]:
    """The events that the failures are about, by their URLs."""
    by_number = {event.number: event for event in judgement.evidence}
    assert len(by_number) == len(judgement.evidence)
    events = [by_number[each.event] for each in judgement.all_failures() if each.event is not None]
    return [event.request.url for event in events if isinstance(event, FailedExchange)]


@pytest.mark.parametrize("found_late", [False, True])
def test_failure_of_another_clause_has_its_event(found_late: bool) -> None:
    """Found in the test or at the end of its example, it keeps the events of that example."""
    judgement = Judgement([OWN])
    play(judgement, "a")
    play(judgement, "b", failed(OTHER, 2), found_late=found_late)
    play(judgement, "c")
    assert urls(judgement) == ["b2"]


def test_examples_are_kept_apart() -> None:
    """Failures of several examples each point to their own event, and numbers are distinct."""
    judgement = Judgement([OWN])
    play(judgement, "a", failed(OTHER, 3))
    play(judgement, "b", failed(OTHER, 1, rule="s"))
    play(judgement, "c", failed(OWN, 2))
    assert urls(judgement) == ["c2", "a3", "b1"]


def test_one_example_is_kept_once() -> None:
    """Several failures of one example share its events."""
    judgement = Judgement([OWN])
    play(judgement, "a", failed(OTHER, 3), failed(OWN, 2))
    assert [event.number for event in judgement.evidence] == [1, 2, 3]
    assert urls(judgement) == ["a2", "a3"]


@pytest.mark.parametrize(
    "end", [Judgement.keep, Judgement.keep_for_foreign], ids=["cut short", "outside examples"]
)
def test_example_without_an_end_keeps_its_events(
    end: Callable[[Judgement, tuple[Event, ...]], None],
) -> None:
    """An absence has no event of its own; what was seen instead is kept."""
    judgement = Judgement([OWN])
    judgement.verify(failed(OTHER, None))
    end(judgement, (sent("a1", 1),))
    assert [event.number for event in judgement.evidence] == [1]


def test_evidence_holds_what_was_only_looked_at() -> None:
    """A finding may be about a notification that the test's waits did not ask for."""
    judgement = Judgement([OWN])
    with suppress(ConformanceFailure):
        judgement.end_example([failed(OWN, 1)], [sent("a2", 2)], [sent("a1", 1), sent("a2", 2)])
    assert urls(judgement) == ["a1"]
    assert judgement.counters().exchanges == 1
