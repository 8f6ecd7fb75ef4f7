"""Of Allure's files, those are left out in which nothing is; the others are as Allure has them."""

import json
from pathlib import Path
from typing import Any

import pytest
from allure_commons import model2
from allure_commons.logger import AllureFileLogger

from rcs_conformance.report.allure_files import AllureFiles


def _written(folder: Path) -> list[Any]:
    return [json.loads(file.read_text("utf-8")) for file in folder.iterdir()]


def test_group_of_nothing_is_left_out(tmp_path: Path) -> None:
    """The parameter of a test was set up, and passed."""
    parameter = model2.TestBeforeResult(name="fmt", status=model2.Status.PASSED)
    AllureFiles(tmp_path).report_container(
        model2.TestResultContainer(uuid="1", befores=[parameter])
    )
    assert _written(tmp_path) == []


@pytest.mark.parametrize(
    "fixture",
    [
        model2.TestBeforeResult(name="stage", status=model2.Status.BROKEN),
        model2.TestBeforeResult(
            name="stage", status=model2.Status.PASSED, steps=[model2.TestStepResult(name="GET")]
        ),
        model2.TestBeforeResult(
            name="stage", attachments=[model2.Attachment(name="log", source="1.txt")]
        ),
    ],
    ids=["broken", "steps", "attachments"],
)
@pytest.mark.parametrize("place", ["befores", "afters"])
def test_group_of_something_is_written(
    tmp_path: Path, fixture: model2.TestBeforeResult, place: str
) -> None:
    """A fixture that did not pass, or has something to show, stays."""
    AllureFiles(tmp_path).report_container(
        model2.TestResultContainer(uuid="1", **{place: [fixture]})
    )
    assert [group["uuid"] for group in _written(tmp_path)] == ["1"]


def test_result_is_as_allure_has_it(tmp_path: Path) -> None:
    """Both loggers write the same of a test."""
    result = model2.TestResult(
        uuid="1", name="é", status=model2.Status.PASSED, steps=[model2.TestStepResult(name="GET\n")]
    )
    theirs: Any = AllureFileLogger
    theirs(tmp_path / "theirs").report_result(result)
    AllureFiles(tmp_path / "ours").report_result(result)
    assert _written(tmp_path / "ours") == _written(tmp_path / "theirs") != []


@pytest.mark.parametrize(
    ("verdict", "status"),
    [("fail", "failed"), ("error", "broken"), ("pass", "passed"), ("waived", "passed")],
)
def test_history_and_status_are_ours(tmp_path: Path, verdict: str, status: str) -> None:
    """Parameters with addresses give way to the test's id, pytest's status to its verdict."""
    for number in (1, 2):
        labels = [model2.Label(name="test", value="a.py::t[x-json]")]
        result = model2.TestResult(
            uuid=str(number),
            status=model2.Status.PASSED,
            historyId=str(number),
            parameters=[model2.Parameter(name="one", value=f"<object at 0x{number}>")],
            labels=[*labels, model2.Label(name="verdict", value=verdict)],
        )
        AllureFiles(tmp_path).report_result(result)
    written = _written(tmp_path)
    assert len({each["historyId"] for each in written}) == 1
    assert [each["parameters"] for each in written] == [[{"name": "case", "value": "x-json"}]] * 2
    assert {each["status"] for each in written} == {status}


def test_failed_test_says_why(tmp_path: Path) -> None:
    """Where no exception ended it, the first failed step does."""
    details = model2.StatusDetails(message="expected x")
    step = model2.TestStepResult(name="GET", status=model2.Status.FAILED, statusDetails=details)
    label = model2.Label(name="verdict", value="fail")
    AllureFiles(tmp_path).report_result(model2.TestResult(uuid="1", steps=[step], labels=[label]))
    assert [each["statusDetails"]["message"] for each in _written(tmp_path)] == ["expected x"]
