"""Verdicts of all clauses, requirements and items from what the tests recorded."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from rcs_conformance.catalogue import Catalogue, Change, Clause, Requirement, ics
from rcs_conformance.errors import Cause
from rcs_conformance.model.results import CheckResult, Counters, TestRecord, Verdict
from rcs_conformance.target import Ics
from rcs_conformance.verdict.idle import idle
from rcs_conformance.verdict.item_signs import form_outcomes, signs_of, unclaimed
from rcs_conformance.verdict.items import item_results
from rcs_conformance.verdict.run import (
    UNSELECTED,
    ClauseResult,
    ItemResult,
    RequirementResult,
    Run,
    RunInformation,
)
from rcs_conformance.verdict.truth import Signs, clause_verdict, exit_code, overall, worst
from rcs_conformance.verdict.waivers import Waiver


@dataclass(slots=True)
class _Tally:
    """What the tests showed of one clause, gathered test by test."""

    passed: int = 0
    failed: int = 0
    tests: set[str] = field(default_factory=set)
    failing: dict[str, tuple[CheckResult | None, ...]] = field(default_factory=dict)
    """The failed checks of each test, with `None` for those that are counted only."""
    errors: list[TestRecord] = field(default_factory=list)
    inconclusive: list[TestRecord] = field(default_factory=list)
    stopped: list[TestRecord] = field(default_factory=list)
    left_out: list[TestRecord] = field(default_factory=list)
    excused: list[TestRecord] = field(default_factory=list)


def judge(
    catalogue: Catalogue,
    claims: Ics,
    records: Iterable[TestRecord],
    information: RunInformation,
) -> Run:
    """Form all verdicts of a run; the order of the records plays no part.

    Void requirements have no clauses and are left out.

    Args:
        catalogue: Requirements and SCR items.
        claims: What the target claims to support.
        records: What became of the tests.
        information: What is known about the run beside its tests.
    """
    ordered = tuple(sorted(records, key=lambda record: (record.id, repr(record))))
    tallies = _tallies(ordered)
    information = _with_unknown_clauses(information, tallies.keys() - catalogue.clauses.keys())
    requirements = tuple(
        _requirement_result(requirement, claims, tallies, information)
        for requirement in catalogue.requirements.values()
        if requirement.change is not Change.VOID
    )
    clauses = {clause.id: clause for found in requirements for clause in found.clauses}
    verdicts = {name: clause.verdict for name, clause in clauses.items()}
    later = {
        item.item for item in catalogue.items.values() if ics.later_than(item.since, claims.release)
    }
    signs = signs_of(ordered, information.waivers)
    items = item_results(catalogue, claims, _for_items(clauses), signs, form_outcomes(ordered))
    excused = _excused(catalogue, clauses, items, ordered, information)
    judged = {**verdicts, **{item.item: item.verdict for item in items}}
    parts = [verdict for name, verdict in judged.items() if name not in excused]
    verdict = overall(
        parts,
        harness_error=bool(information.problems)
        or any(record.verdict is Verdict.ERROR for record in ordered),
    )
    selected = [each for each in information.waivers if excused.get(each.clause) != UNSELECTED]
    unused = () if _is_partial(information) else idle(selected, clauses, ordered)
    plain = set(parts) <= {Verdict.PASS, Verdict.NOT_APPLICABLE} and not unused
    return Run(
        information=information,
        verdict=verdict,
        exit_code=exit_code(
            verdict,
            interrupted=information.interrupted,
            stopped_answering=bool(information.stopped),
            strictly_failed=information.strict and not plain,
        ),
        complete=not (information.interrupted or information.stopped),
        requirements=requirements,
        items=items,
        records=ordered,
        counters=_summed(ordered),
        remarks=(*_remarks(ordered, verdicts), *unclaimed(items, signs, ordered, later)),
        idle=unused,
        excused=excused,
    )


def _excused(
    catalogue: Catalogue,
    clauses: Mapping[str, ClauseResult],
    items: Sequence[ItemResult],
    records: Sequence[TestRecord],
    information: RunInformation,
) -> Mapping[str, str]:
    """Clauses and items that do not count for the verdict of the run, with the reason.

    They were not selected, or the target file says that what decides them is not to be had.
    """
    selected = set(clauses)
    if information.selection:
        selected &= {clause.id for clause in catalogue.select(information.selection)}
    if information.named_tests:
        seen = (result.clause for record in records for result in record.failures)
        selected &= {*seen, *(clause for record in records for clause in record.clauses)}
    excused = {name: UNSELECTED for name in clauses if name not in selected}
    for name in selected:
        if clauses[name].cause is Cause.UNAVAILABLE:
            excused[name] = clauses[name].reason
    for item in items if information.selection or information.named_tests else ():
        behind = {clause.id for clause in catalogue.select(item.requirements or ())}
        if information.named_tests or not item.requirements or not behind <= selected:
            excused[item.item] = UNSELECTED
    return excused


def _for_items(clauses: Mapping[str, ClauseResult]) -> Mapping[str, ClauseResult]:
    """The clauses behind SCR items: one that an unavailable trigger would decide does not count."""
    return {
        name: replace(clause, verdict=Verdict.NOT_APPLICABLE)
        if clause.cause is Cause.UNAVAILABLE
        else clause
        for name, clause in clauses.items()
    }


def _is_partial(information: RunInformation) -> bool:
    """Whether tests were left out that may be those of a waiver."""
    return bool(information.named_tests or information.left_out or information.stopped)


def _with_unknown_clauses(information: RunInformation, unknown: Set[str]) -> RunInformation:
    """The information with a problem for each clause that is not in the catalogue."""
    problems = (
        f"{clause}: tests speak of a clause that is not in the catalogue"
        for clause in sorted(unknown)
    )
    return replace(information, problems=(*information.problems, *problems))


def _tallies(records: Sequence[TestRecord]) -> Mapping[str, _Tally]:
    """What the tests showed, by clause."""
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    for record in records:
        for count in record.counts:
            tallies[count.clause].passed += count.passed
            tallies[count.clause].tests.add(record.id)
        failed = Counter(count.clause for count in record.counts for _ in range(count.failed))
        listed = Counter(result.clause for result in record.failures)
        for clause, number in (failed | listed).items():
            known = [each for each in record.failures if each.clause == clause]
            tallies[clause].failed += failed[clause] or number
            tallies[clause].tests.add(record.id)
            tallies[clause].failing[record.id] = (*known, *[None][: number - len(known)])
        for clause in record.clauses:
            tallies[clause].tests.add(record.id)
            _note_outcome(tallies[clause], clause, record)
    return tallies


def _note_outcome(tally: _Tally, clause: str, record: TestRecord) -> None:
    """Note how a test that declares the clause ended, where that says something about it."""
    counts = [count for count in record.counts if count.clause == clause]
    passed = any(count.passed for count in counts)
    verdict = record.over_declared
    if verdict is Verdict.ERROR:
        tally.errors.append(record)
    elif verdict is Verdict.INCONCLUSIVE and not passed:
        tally.inconclusive.append(record)
    elif verdict is Verdict.FAIL and not counts:
        tally.stopped.append(record)
    elif verdict is Verdict.NOT_TESTED:
        tally.left_out.append(record)
    elif verdict is Verdict.NOT_APPLICABLE:
        tally.excused.append(record)


def _requirement_result(
    requirement: Requirement,
    claims: Ics,
    tallies: Mapping[str, _Tally],
    information: RunInformation,
) -> RequirementResult:
    """The verdict of a requirement and of its clauses."""
    clauses = tuple(
        _clause_result(clause, claims, tallies.get(clause.id, _Tally()), information)
        for clause in requirement.clauses
    )
    return RequirementResult(
        id=requirement.id,
        title=requirement.title,
        section=requirement.section,
        change=str(requirement.change),
        verdict=worst(clause.verdict for clause in clauses),
        clauses=clauses,
    )


def _clause_result(
    clause: Clause, claims: Ics, tally: _Tally, information: RunInformation
) -> ClauseResult:
    """The verdict of a clause, with its cause where there is one."""
    excuse = ics.excuse(clause, claims.features, claims.formats, claims.release)
    verdict = clause_verdict(
        Signs(
            applies=not excuse,
            failed=tally.failed > 0,
            waived=bool(_waivers(clause.id, tally, information)),
            error=bool(tally.errors),
            inconclusive=bool(tally.inconclusive),
            passed=tally.passed > 0,
            tried=bool(tally.stopped),
            excused=bool(tally.excused) and not tally.left_out,
        )
    )
    explanation = _explanation(clause.id, verdict, tally, information)
    return ClauseResult(
        id=clause.id,
        level=str(clause.level),
        text=clause.text,
        when="" if clause.when is None else str(clause.when),
        verdict=verdict,
        cause=explanation.cause,
        reason=excuse or explanation.reason,
        precondition=explanation.precondition,
        passed=tally.passed,
        failed=tally.failed,
        tests=tuple(sorted(tally.tests)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Explanation:
    """Why a verdict is not a plain pass or fail."""

    cause: Cause | None = None
    reason: str = ""
    precondition: str = ""


def _explanation(
    clause: str, verdict: Verdict, tally: _Tally, information: RunInformation
) -> _Explanation:
    """What explains a verdict; of several tests, the first by cause and id."""
    if verdict is Verdict.WAIVED:
        return _Explanation(reason=str(_waivers(clause, tally, information)[0]))
    explaining = {
        Verdict.ERROR: tally.errors,
        Verdict.INCONCLUSIVE: tally.inconclusive,
        Verdict.NOT_APPLICABLE: tally.excused,
        Verdict.NOT_TESTED: tally.left_out,
    }.get(verdict)
    if explaining:
        return _explained_by(explaining)
    if verdict is Verdict.INCONCLUSIVE:
        return _stopped_by(tally.stopped[0])
    if verdict is Verdict.NOT_TESTED:
        return _Explanation(reason=information.untested.get(clause, ""))
    return _Explanation()


def _waivers(clause: str, tally: _Tally, information: RunInformation) -> tuple[Waiver, ...]:
    """The waivers of a clause's failures, one for each; none unless all are waived."""
    covering = [
        next((each for each in information.waivers if each.covers(clause, test, failure)), None)
        for test, failures in sorted(tally.failing.items(), key=lambda item: item[0])
        for failure in failures
    ]
    found = tuple(each for each in covering if each is not None)
    return found if len(found) == len(covering) else ()


def _explained_by(records: Sequence[TestRecord]) -> _Explanation:
    """What the first of the tests says."""
    first = min(records, key=_cause_rank)
    return _Explanation(cause=first.cause, reason=first.reason, precondition=first.precondition)


def _stopped_by(record: TestRecord) -> _Explanation:
    """A test that failed over another clause before it came to this one."""
    return _Explanation(
        cause=Cause.PRECONDITION,
        reason=f"{record.id} failed before it came to this clause",
        precondition=next((failure.clause for failure in record.failures), ""),
    )


def _cause_rank(record: TestRecord) -> tuple[int, str]:
    """The order in which causes are reported: as `Cause` lists them, then by test."""
    causes = list(Cause)
    return (causes.index(record.cause) if record.cause else len(causes), record.id)


def _summed(records: Sequence[TestRecord]) -> Counters:
    """How much all tests did together."""
    return Counters(
        checks=sum(record.counters.checks for record in records),
        exchanges=sum(record.counters.exchanges for record in records),
        notifications=sum(record.counters.notifications for record in records),
    )


def _remarks(
    records: Sequence[TestRecord], verdicts: Mapping[str, Verdict]
) -> tuple[tuple[str, CheckResult], ...]:
    """All remarks; a failed check of a clause that does not apply is one, and no failure."""
    return tuple(
        (record.id, result)
        for record in records
        for result in (
            *record.remarks,
            *(
                failure
                for failure in record.failures
                if verdicts.get(failure.clause) is Verdict.NOT_APPLICABLE
            ),
        )
    )
