"""The rules by which verdicts are formed; `reports/VERDICTS.md` shows them as tables."""

from collections.abc import Iterable
from dataclasses import dataclass

from rcs_conformance.model.results import Verdict

WORST_FIRST = (
    Verdict.ERROR,
    Verdict.FAIL,
    Verdict.INCONCLUSIVE,
    Verdict.NOT_TESTED,
    Verdict.WAIVED,
    Verdict.PASS,
    Verdict.NOT_APPLICABLE,
)
"""Verdicts by rank: that of a whole is the first of these that any of its parts has."""

INTERRUPTED = 2
"""Exit code of a run that was stopped before its end, whatever it had found by then."""

STRICTLY_FAILED = 1
"""Exit code of `--strict` where something is not a plain pass."""

STOPPED_ANSWERING = 6
"""Exit code of a run that ended early because the target no longer served its users."""

EXIT_CODES = {
    Verdict.PASS: 0,
    Verdict.WAIVED: 0,
    Verdict.FAIL: 1,
    Verdict.ERROR: 3,
    Verdict.INCONCLUSIVE: 5,
    Verdict.NOT_TESTED: 5,
    Verdict.NOT_APPLICABLE: 5,
}
"""Exit code of a run that came to its end, by its overall verdict."""

MEANINGS = {
    0: "every selected clause that applies is met or a known failure",
    1: "the target does not conform",
    2: "the run was interrupted",
    3: "error in the test suite; see the errors",
    4: "configuration or usage error",
    5: "no failure was found, but not everything selected could be decided",
    6: "the target stopped answering",
}
"""Meaning of the exit codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What the tests showed of one clause; the columns of the truth table.

    Attributes:
        applies: Its condition holds for what the target claims.
        failed: A check failed, in any test.
        waived: Its failure is known and accepted.
        error: A test that declares it ended in an error.
        inconclusive: A test that declares it was inconclusive before any check of it passed.
        passed: A check passed, in any test.
        tried: A test that declares it failed over another clause before it came to this one.
        excused: A test that declares it found that it does not apply, and none was left out.
    """

    applies: bool
    failed: bool
    waived: bool
    error: bool
    inconclusive: bool
    passed: bool
    tried: bool
    excused: bool


def clause_verdict(signs: Signs) -> Verdict:
    """The verdict of a clause: the first row of the truth table whose sign is there."""
    rows = (
        (not signs.applies, Verdict.NOT_APPLICABLE),
        (signs.failed and signs.waived, Verdict.WAIVED),
        (signs.failed, Verdict.FAIL),
        (signs.error, Verdict.ERROR),
        (signs.inconclusive, Verdict.INCONCLUSIVE),
        (signs.passed, Verdict.PASS),
        (signs.tried, Verdict.INCONCLUSIVE),
        (signs.excused, Verdict.NOT_APPLICABLE),
    )
    return next((verdict for sign, verdict in rows if sign), Verdict.NOT_TESTED)


def worst(verdicts: Iterable[Verdict], default: Verdict = Verdict.NOT_APPLICABLE) -> Verdict:
    """The verdict of a whole from those of its parts; `default` where it has none."""
    return min(verdicts, key=WORST_FIRST.index, default=default)


def overall(parts: Iterable[Verdict], *, harness_error: bool) -> Verdict:
    """The verdict of a run.

    A failure counts before an error: the target does not conform, whatever else went wrong.

    Args:
        parts: Verdicts of all clauses and of all SCR items.
        harness_error: Whether a test ended in an error or something outside the tests went wrong.
    """
    found = set(parts)
    if Verdict.FAIL in found:
        return Verdict.FAIL
    if harness_error:
        return Verdict.ERROR
    applicable = worst(found)
    return Verdict.NOT_TESTED if applicable is Verdict.NOT_APPLICABLE else applicable


def exit_code(
    verdict: Verdict,
    *,
    interrupted: bool = False,
    stopped_answering: bool = False,
    strictly_failed: bool = False,
) -> int:
    """The exit code of the process; where several hold, the first of 2, 6, 1, 3, 5, 0.

    Args:
        verdict: The overall verdict.
        interrupted: Whether the run was stopped before its end.
        stopped_answering: Whether the target no longer served its users.
        strictly_failed: Whether the run is strict and something is not a plain pass.
    """
    if interrupted:
        return INTERRUPTED
    if stopped_answering:
        return STOPPED_ANSWERING
    return STRICTLY_FAILED if strictly_failed else EXIT_CODES[verdict]
