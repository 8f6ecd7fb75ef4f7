"""Allure is told what a run was of, and which kinds of outcomes there are."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from rcs_conformance.model.results import TestRecord
from rcs_conformance.plugin.collection import clauses_of, title_of
from rcs_conformance.plugin.invocation import CONFIGURATION, QUIET, SUITES, run_pytest
from rcs_conformance.report.allure_files import history_id
from rcs_conformance.report.allure_run import drop_unrecorded, write_environment
from rcs_conformance.report.allure_steps import shown_name
from rcs_conformance.verdict import Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of Allure's results."""
    (tmp_path / "allure").mkdir()
    return tmp_path / "allure"


def test_environment_is_a_file_of_properties(make_run: Callable[..., Run], folder: Path) -> None:
    """One line a value, in ASCII; what is not set is left out, and secrets are not there."""
    target = {"server_root": "http://t", "binding": "", "users": [{"token": "***"}]}
    write_environment(
        make_run(
            target_name="Acm\u00e9 \U0001f600\\\n",
            target=target,
            selection=("UNI-CHT-001", "TS-CHAT-5"),
        ),
        folder.parent,
    )
    assert (folder / "environment.properties").read_text("ascii").splitlines() == [
        r"target=Acm\u00e9 \ud83d\ude00\\\\n",
        "server_root=http://t",
        "suite_version=1.0",
        "profile=quick",
        "seed=7",
        "selection=UNI-CHT-001 TS-CHAT-5",
    ]


@pytest.mark.parametrize(
    ("status", "message", "name"),
    [
        ("failed", "UNI-CHT-002b.6 group.closed", "Clauses not met"),
        ("broken", "KeyError", "Errors in the test suite"),
        ("skipped", "Skipped: waived: known (anna)", "Known failures"),
        ("skipped", "Skipped: inconclusive (timeout): no\nnotification", "Inconclusive"),
        ("skipped", "Skipped: not_tested (no_trigger): none", "Not tested"),
        ("skipped", "Skipped: not_applicable: not claimed", "Not applicable"),
    ],
)
def test_each_outcome_is_of_one_kind(
    make_run: Callable[..., Run], folder: Path, status: str, message: str, name: str
) -> None:
    """Allure matches the status and the whole message."""
    write_environment(make_run(), folder.parent)
    kinds = json.loads((folder / "categories.json").read_text("ascii"))
    fitting = [
        kind["name"]
        for kind in kinds
        if status in kind["matchedStatuses"]
        and re.fullmatch(kind.get("messageRegex", "(?s).*"), message)
    ]
    assert fitting == [name]


def test_nothing_without_results(make_run: Callable[..., Run], tmp_path: Path) -> None:
    """Where Allure writes nothing, no folder is made for it."""
    write_environment(make_run(), tmp_path)
    assert [*tmp_path.iterdir()] == []


class Names:
    """A plugin that notes how the tests of the suites are named."""

    def __init__(self, make_record: Callable[..., TestRecord]) -> None:
        self._make = make_record
        self.found: Counter[str] = Counter()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Name each of them."""
        for item in session.items:
            record = self._make(id=item.nodeid, title=title_of(item), clauses=clauses_of(item))
            self.found[shown_name(record)] += 1


@pytest.mark.exhaustive
def test_no_two_tests_have_the_same_name(make_record: Callable[..., TestRecord]) -> None:
    """Title, first clause and parameters tell all tests of the suites apart."""
    names = Names(make_record)
    run_pytest([*CONFIGURATION, *QUIET, "--collect-only", str(SUITES)], [names])
    assert len(names.found) > 500
    assert [name for name, count in names.found.items() if count > 1] == []


def test_what_the_run_has_no_record_of_is_removed(
    make_run: Callable[..., Run], records: tuple[TestRecord, ...], folder: Path
) -> None:
    """With what is attached to it: an interrupted run counts the same tests everywhere."""
    attached = {"steps": [{"attachments": [{"source": "late.txt"}]}]}
    known, late = {"historyId": history_id(records[0].id)}, {"historyId": "late", **attached}
    (folder / "1-result.json").write_text(json.dumps(known))
    (folder / "2-result.json").write_text(json.dumps(late))
    (folder / "late.txt").touch()

    drop_unrecorded(make_run(*records), folder.parent)

    assert [each.name for each in folder.iterdir()] == ["1-result.json"]
