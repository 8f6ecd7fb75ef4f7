"""What a run must be for a certificate: whole, strict, conforming, with nothing left undecided."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rcs_conformance.attestation.completeness import lacks
from rcs_conformance.model.results import Verdict
from rcs_conformance.verdict import ClauseResult, ItemResult, RequirementResult, Run
from rcs_conformance.verdict.run import UNSELECTED
from rcs_conformance.verdict.waivers import Waiver
from tests.report.conftest import make_run

__all__ = ["make_run"]

STRICT = {"policy": {"reading": "strict"}}
SHALL, ITEM = "UNI-CHT-002b.6", "REST-CHAT-GRP-S-001-O"
WAIVER = Waiver(
    clause=SHALL, reason="known", owner="team", expires=date(2099, 1, 1), place="waivers.toml:1"
)


@pytest.fixture
def whole(make_run: Callable[..., Run]) -> Run:
    """A run to which nothing is lacking: all that applies passed."""
    run = make_run(target=STRICT, profile="standard")
    passed = replace(
        run,
        verdict=Verdict.PASS,
        exit_code=0,
        requirements=tuple(
            replace(each, clauses=tuple(map(_passed, each.clauses))) for each in run.requirements
        ),
        items=tuple(replace(each, verdict=Verdict.PASS) for each in run.items),
    )
    assert [*lacks(passed)] == []
    return passed


def _passed(clause: ClauseResult) -> ClauseResult:
    return replace(clause, verdict=Verdict.PASS, passed=1)


def with_clause(run: Run, **members: Any) -> Run:  # noqa: ANN401 - members of a clause
    """The run with another clause."""

    def changed(found: RequirementResult) -> RequirementResult:
        clauses = (replace(each, **members) if each.id == SHALL else each for each in found.clauses)
        return replace(found, clauses=tuple(clauses))

    return replace(run, requirements=tuple(map(changed, run.requirements)))


def with_item(run: Run, verdict: Verdict) -> Run:
    """The run with another verdict of a claimed item."""

    def changed(item: ItemResult) -> ItemResult:
        is_it = item.item == ITEM
        return replace(item, claimed=True, applies=True, verdict=verdict) if is_it else item

    return replace(run, items=tuple(map(changed, run.items)))


def with_information(run: Run, **members: Any) -> Run:  # noqa: ANN401 - members of a run
    """The run with other information."""
    return replace(run, information=replace(run.information, **members))


LACKING: tuple[tuple[str, Callable[[Run], Run], str], ...] = (
    ("stopped", lambda run: replace(run, complete=False), "stopped before its end"),
    ("failed", lambda run: replace(run, verdict=Verdict.FAIL), "verdict: fail"),
    ("undecided", lambda run: replace(run, verdict=Verdict.INCONCLUSIVE), "verdict: inconclusive"),
    ("strictly failed", lambda run: replace(run, exit_code=1), "exitCode: 1"),
    ("problem", lambda run: with_information(run, problems=("audit",)), "problems: audit"),
    ("selection", lambda run: with_information(run, selection=("UNI-CHT-001",)), "selection: UNI"),
    ("quick", lambda run: with_information(run, left_out=3), "3 tests left out"),
    ("lenient", lambda run: with_information(run, target={}), "reading: lenient: a certificate is"),
    ("excused", lambda run: replace(run, excused={SHALL: UNSELECTED}), f"{SHALL}: does not count"),
    (
        "not tested",
        lambda run: with_clause(run, verdict=Verdict.NOT_TESTED),
        f"{SHALL}: mandatory, and not_tested",
    ),
    (
        "inconclusive",
        lambda run: with_clause(run, verdict=Verdict.INCONCLUSIVE, reason="late"),
        f"{SHALL}: mandatory, and inconclusive: late",
    ),
    ("no check", lambda run: with_clause(run, passed=0), f"{SHALL}: pass without a check"),
    ("claim", lambda run: with_item(run, Verdict.NOT_TESTED), f"{ITEM}: claimed, and never exam"),
    ("no test", lambda run: with_item(run, Verdict.NOT_APPLICABLE), "no test applies"),
    (
        "no reason",
        lambda run: with_information(run, waivers=(replace(WAIVER, reason=" "),)),
        f"waivers/0: {SHALL}: has no reason",
    ),
    (
        "no owner",
        lambda run: with_information(run, waivers=(replace(WAIVER, owner=""),)),
        f"waivers/0: {SHALL}: has no owner",
    ),
    (
        "expired",
        lambda run: with_information(run, waivers=(replace(WAIVER, expires=date(2020, 1, 1)),)),
        f"waivers/0: {SHALL}: expired on 2020-01-01",
    ),
    (
        "waived by nobody",
        lambda run: with_clause(run, verdict=Verdict.WAIVED),
        f"{SHALL}: waived, and the run has no waiver",
    ),
)


@pytest.mark.parametrize(
    ("change", "told"), [each[1:] for each in LACKING], ids=[each[0] for each in LACKING]
)
def test_what_is_lacking_is_one_line(whole: Run, change: Callable[[Run], Run], told: str) -> None:
    """With its place."""
    (line,) = lacks(change(whole))
    assert told in line
    assert "\n" not in line


def test_known_failure_is_certified(whole: Run) -> None:
    """A waiver with reason, owner and a day to come is part of the certificate."""
    waived = with_clause(
        with_information(whole, waivers=(WAIVER,)), verdict=Verdict.WAIVED, passed=0, failed=1
    )
    assert [*lacks(replace(waived, verdict=Verdict.WAIVED))] == []
