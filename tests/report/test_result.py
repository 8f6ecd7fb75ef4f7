"""`result.json` has the form of its schema and says what the run says."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rcs_conformance.kit import TEMPLATES, suite_version
from rcs_conformance.model.results import TestRecord
from rcs_conformance.report.result import write_result
from rcs_conformance.verdict import Run

SCHEMA = json.loads((TEMPLATES / "result.schema.json").read_text("utf-8"))


def written(run: Run, out: Path) -> dict[str, Any]:
    """What `write_result` wrote, after it was validated."""
    write_result(run, out)
    document: dict[str, Any] = json.loads((out / "result.json").read_text("ascii"))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    return document


def test_version_is_a_version() -> None:
    """The version of the suite is that of the project."""
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", suite_version())


def test_schema_is_a_schema() -> None:
    """The published schema is valid itself."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_members_that_others_build_on(
    make_run: Callable[..., Run], records: tuple[TestRecord, ...], tmp_path: Path
) -> None:
    """The members that the design names are there and hold the run."""
    document = written(make_run(*records), tmp_path)
    assert document["format"] == "rcs-conformance-result/1"
    assert (document["complete"], document["verdict"]) == (True, "fail")
    assert document["suite"]["version"] == "1.0"
    assert document["target"]["name"].startswith("Acme")
    assert (document["seed"], document["seconds"]) == (7, 3.25)
    assert document["counters"] == {
        "tests": 5,
        "checks": 20,
        "exchanges": 10,
        "notifications": 10,
    }
    clause = document["requirements"]["UNI-CHT-002b"]["clauses"]["UNI-CHT-002b.6"]
    assert (clause["verdict"], clause["passed"], clause["failed"]) == ("fail", 6, 2)
    assert len(clause["tests"]) == 2
    assert set(document["scr"]["REST-CHAT-GRP-S-001-O"]) >= {"claimed", "applies", "verdict"}
    references = {name: item["reference"] for name, item in document["scr"].items()}
    assert references["REST-CHAT-GRP-S-001-O"] == "reconstructed"
    assert references["REST-NC-CHANNELS-S-001-M"] == "6.1"
    assert document["remarks"][0]["clause"] == "UNI-CHT-001.1"


def test_failures_name_their_exchange(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord], tmp_path: Path
) -> None:
    """A failure leads to the evidence, and to the command that brings it about again."""
    (test,) = written(make_run(make_record(evidence="evidence/a.json")), tmp_path)["tests"]
    assert test["failures"][0]["exchange"] == "evidence/a.json#1"
    assert test["rerun"].startswith("rcs-conformance run acme.toml --profile quick --seed 7 -- ")
    assert test["format"] == "json"


def test_void_requirements_are_left_out(make_run: Callable[..., Run], tmp_path: Path) -> None:
    """UNI-CHT-006 is void: there is nothing to judge."""
    document = written(make_run(), tmp_path)
    assert "UNI-CHT-006" not in document["requirements"]
    assert document["verdict"] == "not_tested"


@pytest.mark.parametrize("members", [{"interrupted": True}, {"profile": "", "problems": ("bad",)}])
def test_other_runs_have_the_form_too(
    make_run: Callable[..., Run], tmp_path: Path, members: Mapping[str, object]
) -> None:
    """Interrupted and broken runs are written in the same form."""
    document = written(make_run(**members), tmp_path)
    assert document["complete"] is ("interrupted" not in members)


def test_same_run_gives_same_bytes(
    make_run: Callable[..., Run], records: tuple[TestRecord, ...], tmp_path: Path
) -> None:
    """The order in which tests ended does not show."""
    write_result(make_run(*records), tmp_path)
    first = (tmp_path / "result.json").read_bytes()
    write_result(make_run(*reversed(records)), tmp_path)
    assert (tmp_path / "result.json").read_bytes() == first
