"""The matrix as text and as JSON."""

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import TEMPLATES
from rcs_conformance.reference import Variation
from rcs_conformance.reference.rules import Rules
from rcs_conformance.strength import document
from rcs_conformance.strength.matrix import Matrix, form
from rcs_conformance.strength.measurement import Measurement
from rcs_conformance.strength.progress import RunProgress
from rcs_conformance.strength.records import Observation, Trouble, Undecided
from rcs_conformance.strength.text import as_text
from tests.strength.observations import CLAUSES, fault, measurement, seen

SCHEMA = json.loads((TEMPLATES / "strength.schema.json").read_text("utf-8"))
ESCAPE = "\x1b[2J"


def matrix(baseline: Observation | None = None) -> Matrix:
    """One fault of every kind."""
    undecided = Undecided(clause="A.2", reason="no answer", precondition="A.1")
    shown = {
        fault("own", "A.1"): seen("A.1"),
        fault("wide", "A.2"): seen("A.1", "A.2", *(f"X.{number}" for number in range(9))),
        fault("elsewhere", "A.2"): seen("B.1"),
        fault("missed", "A.2"): seen(undecided=(undecided,)),
        fault("hung", "B.2"): seen(trouble=Trouble.HUNG, explanation=f"no end\n{ESCAPE}last"),
    }
    return form(
        shown,
        baseline or seen(passed=frozenset({"A.1", "A.2", "B.1"})),
        {"free": seen("B.1"), "freer": seen()} | {each.name: what for each, what in shown.items()},
        tests={"A.1": 2, "A.2": 1, "B.1": 1},
        clauses=CLAUSES,
        known=tuple(shown),
        variations=[
            Variation(name=name, sentence="It differs.", rules=Rules) for name in ("free", "freer")
        ],
    )


@pytest.fixture
def found() -> Measurement:
    """A measurement with one fault of every kind."""
    return measurement(matrix())


def test_schema_is_a_schema() -> None:
    """The published schema is valid itself."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_document_has_the_form_of_its_schema(found: Measurement, tmp_path: Path) -> None:
    """The file has the form of the schema, and the outcomes."""
    document.clear(tmp_path / "new")
    document.write(found, tmp_path / "new")

    written: dict[str, Any] = json.loads((tmp_path / "new" / "strength.json").read_text("ascii"))

    jsonschema.Draft202012Validator(SCHEMA).validate(written)
    assert written["format"] == "rcs-conformance-strength/1"
    assert {name: each["outcome"] for name, each in written["faults"].items()} == {
        "own": "caught",
        "wide": "caught",
        "elsewhere": "caught elsewhere",
        "missed": "not caught",
        "hung": "error",
    }
    assert written["clauses"]["A.2"]["faults"] == ["elsewhere", "missed", "wide"]
    assert written["clausesWithoutFault"] == ["B.1"]
    assert (written["met"], written["exitCode"]) == (False, 1)


def test_output_directory_that_cannot_be_used(tmp_path: Path) -> None:
    """A file in the place of the directory is an error in the arguments."""
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="--out"):
        document.clear(tmp_path / "file")


def test_text_has_a_line_a_fault(found: Measurement) -> None:
    """Each fault has one line, below its requirement; a fault that survives is explained."""
    lines = as_text(found).splitlines()

    start = {line.split()[0]: line for line in lines if line.startswith("  ")}
    assert lines[0] == "A  First things"
    assert "B  Second things" in lines
    assert "A.1  killed " in start["own"]
    assert start["wide"].endswith("also fails: A.1, X.0, X.1, X.2, X.3, X.4 and 4 more")
    assert "survived" in start["missed"]
    assert "      inconclusive: no answer" in lines
    assert lines[-1] == "exit code 1: the goals are not met"
    assert any(line.startswith("NOT MET  every fault is killed: 3 of 5") for line in lines)


def test_text_is_inert(found: Measurement) -> None:
    """The output of a process cannot control the terminal."""
    text = as_text(found)

    assert "last" in text
    assert "\x1b" not in text


def test_clauses_name_their_faults(found: Measurement) -> None:
    """A clause stands with its faults, killed or not, and with those of other clauses."""
    text = as_text(found)

    assert "A.1    2 tests  own; also by wide" in text
    assert "A.2    1 tests  elsewhere (survived), missed (survived), wide" in text
    assert "Clauses that pass, and that no fault breaks: 1\n  B.1\n" in text
    assert "Clauses that have a fault, and do not pass without it: B.2" in text


def test_variations_have_a_part(found: Measurement) -> None:
    """What fails with a permitted variation is shown."""
    lines = as_text(found).splitlines()

    place = lines.index("  free     1.5 s  failures:")
    assert lines[place + 1 : place + 3] == [
        "      B.1 fails: rule: otherwise",
        "  freer    1.5 s  no failure",
    ]


def test_void_measurement() -> None:
    """Where a server without a fault fails, the measurement is void."""
    void = measurement(matrix(seen("A.1")), seen("A.1"))

    assert void.exit_code == 3
    assert "VOID     a server without a fault: A.1 fails: rule: otherwise" in as_text(void)
    jsonschema.Draft202012Validator(SCHEMA).validate(document.document(void))


def test_goals_are_met() -> None:
    """With every goal met the exit code is 0."""
    good = fault("own", "A.1")
    formed = form([good], seen(), {"own": seen("A.1")}, tests={}, clauses=CLAUSES, known=[good])

    assert measurement(formed).exit_code == 0
    assert as_text(measurement(formed)).endswith("exit code 0: the goals are met")


@pytest.mark.parametrize(
    ("shown", "says"),
    [
        (seen("A.1"), "A.1 failed  "),
        (seen("A.1", "B.1"), "A.1 failed, and 1 more"),
        (seen("B.1", "B.2"), "B.1 failed  "),
        (seen(), "nothing failed"),
        (seen(trouble=Trouble.CRASHED), "crashed"),
    ],
)
def test_progress_in_plain_lines(shown: Observation, says: str) -> None:
    """Where there is no terminal, each run that has ended is a line."""
    stream = io.StringIO()
    with RunProgress(2, stream, terminal=False) as progress:
        progress.finished("one", shown, "A.1")

    assert stream.getvalue().startswith("1/2  one: ")
    assert says in stream.getvalue()


def test_progress_on_a_terminal() -> None:
    """On a terminal there is a bar, and a line only for what went wrong."""
    stream = io.StringIO()
    with RunProgress(2, stream, terminal=True) as progress:
        progress.finished("good", seen("A.1"), "A.1")
        progress.finished("bad", seen(trouble=Trouble.HUNG), "A.1")

    assert "2/2" in stream.getvalue()
    assert "bad: hung" in stream.getvalue()
    assert "good" not in stream.getvalue()
