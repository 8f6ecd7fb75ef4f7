"""Waivers that are no longer needed: the failure is mended, or the clause does not apply."""

from collections.abc import Iterable, Mapping

from rcs_conformance.model.results import TestRecord, Verdict
from rcs_conformance.verdict.run import ClauseResult
from rcs_conformance.verdict.waivers import Waiver

_OVER = (Verdict.PASS, Verdict.NOT_APPLICABLE)
_DECIDED = (*_OVER, Verdict.FAIL, Verdict.WAIVED)


def idle(
    waivers: Iterable[Waiver], clauses: Mapping[str, ClauseResult], records: Iterable[TestRecord]
) -> tuple[str, ...]:
    """Waivers that waive nothing, though their clause or test was decided.

    Args:
        waivers: All whose tests were selected.
        clauses: What became of the clauses.
        records: What became of the tests.
    """
    known = tuple(records)
    tests = {record.id: record for record in known}
    found = []
    for waiver in waivers:
        ended = clauses.get(waiver.clause) or tests.get(waiver.test)
        if ended is None or ended.verdict not in (_DECIDED if waiver.is_narrow else _OVER):
            continue
        if ended.verdict in _OVER:
            found.append(_idle(waiver, f"the verdict is {ended.verdict.value}"))
        elif not any(_covers(waiver, record) for record in known):
            found.append(_idle(waiver, "nothing fails there"))
    return tuple(found)


def _covers(waiver: Waiver, record: TestRecord) -> bool:
    return any(waiver.covers(each.clause, record.id, each) for each in record.failures)


def _idle(waiver: Waiver, why: str) -> str:
    return f"{waiver.place}: the waiver of {waiver.about} is no longer needed: {why}; remove it"
