"""`diff` tells new failures from old ones, and what else differs."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate

from rcs_conformance.cli import main
from rcs_conformance.kit import TEMPLATES
from rcs_conformance.model.results import Verdict
from rcs_conformance.runs.difference_texts import FORMATS
from rcs_conformance.runs.differences import Difference, difference
from rcs_conformance.verdict import Run
from tests.report.layout import DARK, LIGHT, flaws_of
from tests.report.test_page import CHROMIUM, FLAGS

Make = Callable[..., Any]
CLAUSE = "UNI-CHT-002b.6"
OTHER = "UNI-CHT-001.5"


def abouts(changes: object) -> list[str]:
    """Ids of the clauses and items of changes."""
    return [each.about for each in changes]  # type: ignore[attr-defined]


@pytest.fixture
def compared(make_run: Make, make_record: Make, passing: Make) -> Difference:
    """One clause fails now, another is mended, a third is no longer tested, a fourth newly."""
    failing = make_record(id="chat/test_a.py::test_old", clauses=(OTHER,))
    failing = replace(failing, failures=(replace(failing.failures[0], clause=OTHER),), counts=())
    before = (passing("new", CLAUSE), failing, passing("gone", "UNI-CHT-001.1"))
    after = (
        make_record(id="chat/test_a.py::test_new"),
        passing("old", OTHER),
        passing("fresh", "UNI-CHT-001.2"),
    )
    return difference(make_run(*before), make_run(*after, profile="standard"))


def test_failures(compared: Difference) -> None:
    """A failure that was not there is new, one whose tests pass is mended."""
    assert abouts(compared.new) == [CLAUSE]
    assert abouts(compared.mended) == [OTHER]
    assert compared.new[0].rule == "group.closed"


def test_what_was_tested(compared: Difference) -> None:
    """What only one of the runs decided is told apart from passes and failures."""
    assert "UNI-CHT-001.2" in abouts(compared.newly_tested)
    assert "UNI-CHT-001.1" in abouts(compared.no_longer_tested)
    assert [each.name for each in compared.settings] == ["profile"]


def test_other_place_is_another_failure(make_run: Make, make_record: Make) -> None:
    """The same rule at the same place is known, whatever its ids; at another place it is new."""
    record = make_record()
    failure = replace(record.failures[0], where="POST groups: participant[1]/status")
    record = replace(record, failures=(failure,))
    same = replace(failure, where="POST groups: participant[7]/status")
    other = replace(failure, where="GET group: participant[1]/status")
    again, moved = (make_run(replace(record, failures=(each,))) for each in (same, other))
    assert difference(make_run(record), again).new == ()
    assert abouts(difference(make_run(record), moved).new) == [CLAUSE]


def test_failure_that_is_not_tested_again_is_not_mended(
    make_run: Make, make_record: Make, passing: Make
) -> None:
    """Where the test of a failure did not run, nothing is mended."""
    found = difference(make_run(make_record()), make_run(passing("fine", OTHER)))
    assert found.mended == ()
    assert CLAUSE in abouts(found.no_longer_tested)


def test_expired_waiver(make_run: Make, make_record: Make) -> None:
    """A known failure that is known no longer is a new one; one that becomes known is not."""
    failed = make_run(make_record())
    clauses = tuple(
        replace(each, verdict=Verdict.WAIVED) if each.id == CLAUSE else each
        for requirement in failed.requirements
        for each in requirement.clauses
    )
    waived = replace(
        failed,
        requirements=tuple(
            replace(
                each,
                clauses=tuple(
                    one
                    for one in clauses
                    if one in each.clauses or one.id in {old.id for old in each.clauses}
                ),
            )
            for each in failed.requirements
        ),
    )
    assert abouts(difference(waived, failed).new) == [CLAUSE]
    assert difference(failed, waived).new == ()


def test_other_catalogue(make_run: Make, make_record: Make) -> None:
    """A clause that one catalogue lacks is told in one line and fails nothing."""
    failed = make_run(make_record())
    older = replace(
        failed,
        requirements=tuple(each for each in failed.requirements if each.id != "UNI-CHT-002b"),
    )
    found = difference(older, failed)
    assert found.new == ()
    assert len(found.notes) == 1
    assert "1 of them fail" in found.notes[0]


def test_claims(make_run: Make, passing: Make) -> None:
    """A claim that is new or gone stands among the other differences."""
    runs = (
        make_run(passing("a", OTHER), target={"ics": {"features": [each]}, "binding": each})
        for each in ("adhoc", "long_lived")
    )
    names = [each.name for each in difference(*runs).settings]
    assert names == ["binding", "ICS claim adhoc", "ICS claim long_lived"]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_each_change(compared: Difference, form: str) -> None:
    """No format leaves a change out, and none shows a control character."""
    text = FORMATS[form](compared)
    named = {each.about for changes in compared.groups.values() for each in changes}
    assert all(name in text.replace("\\", "") for name in named)
    assert "\x1b" not in text


def test_json_follows_its_schema(compared: Difference) -> None:
    """The published schema describes what is written."""
    schema = json.loads((TEMPLATES / "diff.schema.json").read_text("utf-8"))
    validate(json.loads(FORMATS["json"](compared)), schema)


def test_exit_code(
    compared: Difference,
    written: Callable[[str, Run], Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Only a new failure makes 1; a folder and its result are the same run."""
    before, after = written("before", compared.before), written("after", compared.after)
    assert main(["diff", str(before), str(after)]) == 1
    assert main(["diff", str(after), str(after / "result.json")]) == 0
    assert "1 new failures" in capsys.readouterr().out


def test_folder_without_a_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is one line."""
    assert main(["diff", str(tmp_path), str(tmp_path)]) == 4
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.exhaustive
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize(("width", "scheme"), [(390, LIGHT), (1200, DARK), (2000, LIGHT)])
def test_page_is_legible(compared: Difference, tmp_path: Path, width: int, scheme: str) -> None:
    """Nothing leaves its card, texts have contrast, and headings are in order."""
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}"]
    page = FORMATS["html"](compared)
    assert flaws_of(page, command, tmp_path, width=width, scheme=scheme) == []
