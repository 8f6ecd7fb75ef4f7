"""Runs that differ, made of records and judged as those of a target."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rcs_conformance.model.results import ClauseCount, TestRecord, Verdict
from rcs_conformance.report.result import write_result
from rcs_conformance.verdict import Run
from tests.report.conftest import make_record, make_run

__all__ = ["make_record", "make_run"]

TEST = "chat/test_a.py::test_{}"


@pytest.fixture
def passing(make_record: Callable[..., TestRecord]) -> Callable[[str, str], TestRecord]:
    """Makes the record of a test that passes, by its name and its clause."""

    def made(name: str, clause: str) -> TestRecord:
        return make_record(
            id=TEST.format(name),
            clauses=(clause,),
            verdict=Verdict.PASS,
            counts=(ClauseCount(clause=clause, passed=1, failed=0),),
            failures=(),
            example="",
        )

    return made


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, Run], Path]:
    """Writes the result of a run into an output folder of this name."""

    def write(name: str, run: Run) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        write_result(run, folder)
        return folder

    return write
