"""`trace` lists what pytest collects, by requirement and clause."""

import json
from pathlib import Path

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.catalogue.statements import load_statements
from rcs_conformance.cli import main, trace
from rcs_conformance.errors import HarnessError
from rcs_conformance.report.result import write_result
from rcs_conformance.report.trace import FORMATS
from rcs_conformance.target import Ics
from rcs_conformance.verdict import RunInformation, judge
from tests.report.conftest import START

CONFTEST = """
def pytest_configure(config):
    config.addinivalue_line("markers", "requirement(*clauses): what it declares")
"""
TESTS = """
import pytest

@pytest.mark.parametrize("form", ["xml", "json"])
@pytest.mark.requirement("UNI-CHT-001.1", "UNI-CHT-001.5")
def test_start(form):
    pass
"""


@pytest.fixture
def suites(tmp_path: Path) -> Path:
    """A suite of one test in two forms."""
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_a.py").write_text(TESTS)
    return tmp_path


def test_tests_are_collected_by_clause(suites: Path) -> None:
    """Each clause that a test declares has its id, parameters included."""
    tests = trace.collected_tests(str(suites))
    assert set(tests) == {"UNI-CHT-001.1", "UNI-CHT-001.5"}
    assert [test.rpartition("::")[2] for test in tests["UNI-CHT-001.1"]] == [
        "test_start[xml]",
        "test_start[json]",
    ]


def test_suites_that_cannot_be_read(suites: Path) -> None:
    """A suite that does not import is a fault of ours, and named."""
    (suites / "test_b.py").write_text("import nothing_of_this_name\n")
    with pytest.raises(HarnessError, match=r"test_b\.py"):
        trace.collected_tests(str(suites))


def test_no_suites(tmp_path: Path) -> None:
    """A place without suites is told."""
    with pytest.raises(HarnessError, match="exit code 4"):
        trace.collected_tests(str(tmp_path / "gone"))


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Takes the place of the collection."""
    tests = {"UNI-CHT-001.1": ["chat/test_a.py::test_b[json]", "chat/test_a.py::test_b[xml]"]}
    monkeypatch.setattr(trace, "collected_tests", lambda: tests)
    return tests


@pytest.mark.usefixtures("declared")
def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    """Tests stand below their clause once; clauses without any say so; void ones are told."""
    assert main(["trace"]) == 0
    lines = capsys.readouterr().out.splitlines()
    clause = next(n for n, line in enumerate(lines) if line.startswith("  UNI-CHT-001.1  shall"))
    assert lines[clause + 1] == "      chat/test_a.py::test_b"
    assert lines[clause + 2].startswith("      2 forms of tests; faults: session-")
    assert " session-refused, " in lines[clause + 2]
    assert lines[clause + 3] == "      RCS 5.0, unchanged, stated"
    assert lines[clause + 4].startswith("      sentences: requirements 4.7.1.1 UNI-CHT-001 desc")
    assert lines[clause + 5].startswith("  UNI-CHT-001.2")
    assert lines[clause + 6] == "      not tested"
    assert "UNI-CHT-006  Void (void, section 4.7.1.1)" in lines
    assert lines[-1].startswith("1 of ")


def test_json(capsys: pytest.CaptureFixture[str], declared: dict[str, list[str]]) -> None:
    """The same for machines."""
    assert main(["trace", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["format"] == "rcs-conformance-trace/1"
    found = {one["id"]: one for one in document["requirements"]}
    assert found["UNI-CHT-001"]["clauses"][0]["tests"] == declared["UNI-CHT-001.1"]
    assert found["UNI-CHT-006"]["clauses"] == []


@pytest.mark.parametrize("form", FORMATS)
def test_file(
    form: str,
    declared: dict[str, list[str]],
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    """`-o` writes the bytes that standard output has else, each time the same."""
    assert declared
    file = tmp_path / "trace"
    assert main(["trace", "--format", form, "-o", str(file)]) == 0
    assert capfdbinary.readouterr().out == b""
    assert main(["trace", "--format", form]) == 0
    assert capfdbinary.readouterr().out == file.read_bytes()


@pytest.mark.usefixtures("declared")
def test_selection(capsys: pytest.CaptureFixture[str]) -> None:
    """Requirement, change, release and the lack of a source select; all of them must hold."""
    words = ["--requirement", "UNI-CHT-002b", "--change", "minor", "--change", "major"]
    assert main(["trace", "--format", "json", *words, "--release", "5.1"]) == 0
    document = json.loads(capsys.readouterr().out)
    (found,) = document["requirements"]
    assert [one["id"].rpartition(".")[2] for one in found["clauses"]] == [*"456789", "10"]
    assert found["clauses"][0]["faults"]
    assert document["selection"]["changes"] == ["minor", "major"]
    assert main(["trace", "--format", "json", "--without-source", "--release", "5.0"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert "UNI-CHT-022" in document["withoutSource"]["ids"]
    levels = {each["level"] for one in document["requirements"] for each in one["clauses"]}
    assert levels == {"derived"}


MISTAKES = {
    "requirement": (["--requirement", "UNI-CHT-2b"], "unknown requirement or clause 'UNI-CHT-2b'"),
    "release": (["--release", "6.0"], "unknown RCS release '6.0'; known are 5.0, 5.1"),
    "change": (["--change", "small"], "invalid choice: 'small'"),
    "format": (["--format", "pdf"], "invalid choice: 'pdf'"),
    "folder": (["-o", "/"], "-o /: cannot be written: Is a directory"),
}


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize(("words", "message"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One line each."""
    assert main(["trace", *words]) == 4
    (line,) = capsys.readouterr().err.splitlines()
    assert message in line


def test_unknown_clause_is_a_fault(
    declared: dict[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """A test cannot declare what the catalogue does not have."""
    declared["UNI-CHT-999.1"] = ["t"]
    assert main(["trace"]) == 3
    assert "UNI-CHT-999.1" in capsys.readouterr().err


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with documents that have one sentence each, which is none of the sources'."""
    for document in load_statements(load_catalogue()).documents:
        (tmp_path / document.file).write_text(" 1 A beginning\nIt opens.\n", "utf-8")
    return tmp_path


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize("form", FORMATS)
def test_source_is_compared(form: str, documents: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sentences that are gone or new are told, and their clauses are suspect: exit code 1."""
    assert main(["trace", "--format", form, "--source", str(documents)]) == 1
    shown = capsys.readouterr().out.replace("\\", "")
    assert "requirements 4.7.1.1 UNI-CHT-001 description 1" in shown
    assert "suspect" in shown.lower()


@pytest.mark.usefixtures("declared")
def test_source_that_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line."""
    assert main(["trace", "--source", str(tmp_path / "gone")]) == 4
    (line,) = capsys.readouterr().err.splitlines()
    assert "--source: " in line
    assert "cannot be read: No such file or directory; it must be the document" in line


@pytest.mark.usefixtures("declared")
def test_verdicts_from_before_a_revision(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A result that is older than the revision of a clause makes it suspect."""
    information = RunInformation(
        suite_version="1", target_name="Acme", target={}, seed=0, started=START, seconds=1.0
    )
    write_result(judge(load_catalogue(), Ics(), (), information), tmp_path)
    result = str(tmp_path / "result.json")
    assert main(["trace", "--requirement", "UNI-CHT-003a", "--result", result]) == 1
    shown = capsys.readouterr().out
    assert (
        "SUSPECT: revised on 2026-11-29; verdict not_tested of 2026-11-21 is from before" in shown
    )
    assert main(["trace", "--result", str(tmp_path / "gone")]) == 4


def test_verdicts_of_runs_stand_beside_tests() -> None:
    """The worst verdict of a test's forms, of each run in turn."""
    forms = [
        {"id": "a.py::t[xml]", "verdict": "fail"},
        {"id": "a.py::t[json]", "verdict": "pass"},
    ]
    runs = [{"tests": forms}, {"tests": [{"id": "b.py::u", "verdict": "not_tested"}]}]
    assert trace.outcomes(runs) == {"a.py::t": "fail, not run", "b.py::u": "not run, not tested"}
