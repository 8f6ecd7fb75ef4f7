"""Waivers that are no longer needed: the failure is mended, or the clause does not apply."""

from collections.abc import Iterable, Mapping

from rcs_conformance.model.results import TestRecord, Verdict
from rcs_conformance.verdict.run import ClauseResult
from rcs_conformance.verdict.waivers import Waiver

_OVER = (Verdict.PASS, Verdict.NOT_APPLICABLE)


def idle(
    waivers: Iterable[Waiver], clauses: Mapping[str, ClauseResult], records: Iterable[TestRecord]
) -> tuple[str, ...]:
    """Waivers that waive nothing, though their clause or test was tested or does not apply.

    Args:
        waivers: All of them.
        clauses: What became of the clauses.
        records: What became of the tests.
    """
    tests = {record.id: record for record in records}
    found = []
    for waiver in waivers:
        ended = clauses.get(waiver.clause) or tests.get(waiver.test)
        if ended is not None and ended.verdict in _OVER:
            about = waiver.clause or waiver.test
            found.append(
                f"{waiver.place}: the waiver of {about} is no longer needed: the verdict is"
                f" {ended.verdict.value}; remove it"
            )
    return tuple(found)
