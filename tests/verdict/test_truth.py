"""The truth tables of `reports/VERDICTS.md` are what the code does."""

import itertools
import re
from collections.abc import Sequence

import pytest

from rcs_conformance.kit import TEMPLATES
from rcs_conformance.model.results import Verdict
from rcs_conformance.verdict import EXIT_CODES, MEANINGS, WORST_FIRST, worst
from rcs_conformance.verdict.truth import Signs, clause_verdict, exit_code, overall

SIGNS = ("applies", "failed", "waived", "error", "inconclusive", "passed", "tried", "excused")


def table(heading: str) -> Sequence[Sequence[str]]:
    """The rows of the table of the document whose first heading is this."""
    text = (TEMPLATES / "VERDICTS.md").read_text("utf-8")
    lines = text[text.index(f"| {heading} |") :].splitlines()
    rows = itertools.takewhile(lambda line: line.startswith("|"), lines[2:])
    return [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows]


def documented(signs: dict[str, bool]) -> Verdict:
    """The verdict that the document's first fitting row gives."""
    given = ["yes" if signs[name] else "no" for name in SIGNS]
    for *row, verdict in table("applies"):
        if all(cell in ("-", sign) for cell, sign in zip(row, given, strict=True)):
            return Verdict(verdict)
    raise AssertionError(f"no row for {signs}")


@pytest.mark.parametrize("signs", list(itertools.product((True, False), repeat=len(SIGNS))))
def test_clause_verdict_is_as_documented(signs: tuple[bool, ...]) -> None:
    """Every combination of signs has the verdict that the table gives."""
    named = dict(zip(SIGNS, signs, strict=True))
    assert clause_verdict(Signs(**named)) is documented(named)


def test_verdicts_are_documented() -> None:
    """The document explains each verdict, once."""
    assert sorted(row[0] for row in table("verdict")) == sorted(Verdict)


def test_ranks_are_as_documented() -> None:
    """The order from worst to best is that of the document."""
    assert [row[1] for row in table("rank")] == list(WORST_FIRST)
    assert sorted(WORST_FIRST) == sorted(Verdict)


def test_exit_codes_are_as_documented() -> None:
    """Codes, verdicts and sentences are those of the document."""
    rows = table("code")
    assert {int(code): sentence for code, _, sentence in rows} == MEANINGS
    for code, verdicts, _ in rows:
        for verdict in re.findall(r"\w+", verdicts):
            if verdict in list(Verdict):
                assert EXIT_CODES[Verdict(verdict)] == int(code)


def test_worst_of_nothing_is_the_default() -> None:
    """A whole without parts has the verdict that its caller names."""
    assert worst([]) is Verdict.NOT_APPLICABLE
    assert worst([], default=Verdict.NOT_TESTED) is Verdict.NOT_TESTED
    assert worst([Verdict.PASS, Verdict.WAIVED]) is Verdict.WAIVED


@pytest.mark.parametrize(
    ("parts", "harness_error", "expected"),
    [
        ([Verdict.PASS, Verdict.NOT_APPLICABLE], False, Verdict.PASS),
        ([Verdict.PASS, Verdict.FAIL, Verdict.ERROR], True, Verdict.FAIL),
        ([Verdict.PASS], True, Verdict.ERROR),
        ([Verdict.PASS, Verdict.ERROR], False, Verdict.ERROR),
        ([Verdict.PASS, Verdict.WAIVED], False, Verdict.WAIVED),
        ([Verdict.INCONCLUSIVE, Verdict.NOT_TESTED], False, Verdict.INCONCLUSIVE),
        ([Verdict.NOT_APPLICABLE], False, Verdict.NOT_TESTED),
        ([], False, Verdict.NOT_TESTED),
    ],
)
def test_overall_verdict(parts: list[Verdict], harness_error: bool, expected: Verdict) -> None:
    """A failure goes before an error; only what applies and passed is a pass."""
    assert overall(parts, harness_error=harness_error) is expected


@pytest.mark.parametrize("verdict", list(Verdict))
def test_exit_codes_have_an_order(verdict: Verdict) -> None:
    """Interruption, a target that stopped answering, strictness, the verdict."""
    signs: tuple[dict[str, bool], ...] = (
        {"interrupted": True, "stopped_answering": True, "strictly_failed": True},
        {"stopped_answering": True, "strictly_failed": True},
        {"strictly_failed": True},
        {},
    )
    codes = [exit_code(verdict, **each) for each in signs]
    assert codes == [2, 6, 1, EXIT_CODES[verdict]]
