"""What a run lacks for a certificate: whatever it did not test, or did not test strictly."""

from collections.abc import Iterator
from datetime import date

from rcs_conformance.catalogue import Level
from rcs_conformance.model.results import Verdict
from rcs_conformance.target import Reading
from rcs_conformance.verdict import ClauseResult, ItemResult, Run

CERTIFIED = frozenset({Verdict.PASS, Verdict.WAIVED})
"""Verdicts of a run that gets a certificate."""

_UNDECIDED = frozenset({Verdict.NOT_TESTED, Verdict.INCONCLUSIVE, Verdict.ERROR})


def lacks(run: Run) -> Iterator[str]:
    """What stands against a certificate: place, what is wrong, what would be right; a line each."""
    yield from _of_the_run(run)
    for clause in run.clauses.values():
        yield from _of_a_clause(run, clause)
    for item in run.items:
        yield from _of_an_item(item)
    yield from _of_waivers(run)


def _of_the_run(run: Run) -> Iterator[str]:
    information = run.information
    if not run.complete:
        yield "result.json complete: the run was stopped before its end: run it to its end"
    if run.verdict not in CERTIFIED:
        yield f"result.json verdict: {run.verdict}: only pass and waived are certified"
    if run.verdict in CERTIFIED and run.exit_code:
        yield f"result.json exitCode: {run.exit_code}: only 0 is certified"
    for problem in information.problems:
        yield f"result.json problems: {problem}"
    if information.selection:
        chosen = ", ".join(information.selection)
        yield f"result.json selection: {chosen}: leave out --requirement"
    if information.left_out:
        yield (
            f"result.json leftOut: {information.left_out} tests left out: run with --profile"
            " standard or thorough"
        )
    policy = information.target.get("policy")
    reading = policy.get("reading") if isinstance(policy, dict) else None
    if reading != Reading.STRICT.value:
        yield (
            f"target policy.reading: {reading or 'lenient'}: a certificate is strict: run with"
            ' [policy] reading = "strict"'
        )


def _of_a_clause(run: Run, clause: ClauseResult) -> Iterator[str]:
    if clause.id in run.excused:
        yield f"{clause.id}: does not count: {run.excused[clause.id]}"
    elif clause.level == Level.SHALL.value and clause.verdict in _UNDECIDED:
        yield f"{clause.id}: mandatory, and {clause.verdict}: {clause.reason or 'no test was run'}"
    elif clause.verdict is Verdict.PASS and not clause.passed:
        yield f"{clause.id}: pass without a check that passed"


def _of_an_item(item: ItemResult) -> Iterator[str]:
    if item.claimed and item.applies and item.verdict in _UNDECIDED:
        yield f"{item.item}: claimed, and never examined ({item.verdict})"
    elif item.claimed and item.applies and item.verdict is Verdict.NOT_APPLICABLE:
        yield f"{item.item}: claimed, and never examined (no test applies)"


def _of_waivers(run: Run) -> Iterator[str]:
    waivers = run.information.waivers
    tested: date = run.information.started.date()
    for number, waiver in enumerate(waivers):
        place = f"result.json waivers/{number}: {waiver.about}"
        if not waiver.reason.strip():
            yield f"{place}: has no reason: say why the failure is accepted"
        if not waiver.owner.strip():
            yield f"{place}: has no owner: say who answers for it"
        if waiver.expires < tested:
            yield f"{place}: expired on {waiver.expires.isoformat()}, before the run"
    if not waivers:
        for clause in run.clauses.values():
            if clause.verdict is Verdict.WAIVED:
                yield f"{clause.id}: waived, and the run has no waiver"
