"""`rerun` repeats findings of a result and says what became of them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rcs_conformance.cli import main
from rcs_conformance.cli.rerun import RACE, Finding, State, chosen, reproduced, state
from rcs_conformance.cli.serve import announcement
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.results import Verdict
from rcs_conformance.reference import DEFAULT_ACCOUNTS, ReferenceServer

TEST = "chat/test_uni_cht_002b_start_group_chat.py::test_subject_is_shown_unchanged"
FINDINGS = (
    Finding(clause="UNI-CHT-002b.3", rule="group.subject", tests=("a.py::t[json]", "a.py::t[xml]")),
    Finding(clause="UNI-CHT-002b.6", rule="group.closed", tests=("b.py::t",)),
)


@pytest.mark.parametrize(
    "word", ["UNI-CHT-002b.3", "group.subject", "a.py::t[xml]", "a.py::t"], ids=str
)
def test_findings_are_chosen(word: str) -> None:
    """By clause, rule, test, or test function."""
    assert chosen(FINDINGS, [word]) == FINDINGS[:1]


def test_all_findings_without_a_word() -> None:
    """Those of a requirement, and without a word all."""
    assert chosen(FINDINGS, []) == chosen(FINDINGS, ["UNI-CHT-002b"]) == FINDINGS


def test_unknown_finding_is_refused() -> None:
    """One line names the word."""
    with pytest.raises(ConfigurationError, match=r"UNI-CHT-001: the result has no such finding"):
        chosen(FINDINGS, ["UNI-CHT-001"])


def test_state_of_a_finding() -> None:
    """Fixed only if every test of it came to a verdict without the failure."""
    failure = {"clause": "UNI-CHT-002b.3", "rule": "group.subject"}
    rows: list[tuple[State, list[tuple[str, list[dict[str, str]]]]]] = [
        (State.FIXED, [("pass", []), ("pass", [])]),
        (State.FAILING, [("pass", []), ("fail", [failure])]),
        (State.UNDECIDED, [("pass", []), ("inconclusive", [])]),
        (State.UNDECIDED, [("pass", [])]),
    ]
    for expected, tests in rows:
        ids = ("a.py::t[json]", "a.py::t[xml]")
        found = [
            {"id": name, "verdict": verdict, "failures": failures}
            for name, (verdict, failures) in zip(ids, tests, strict=False)
        ]
        assert state(FINDINGS[0], {"tests": found}) is expected


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ("fpfp", (State.FAILING, "failed in 2 of 4 repetitions")),
        ("pp", (State.FIXED, "failed in 0 of 2 repetitions")),
        ("pi", (State.UNDECIDED, "failed in 0 of 2 repetitions")),
    ],
)
def test_race_has_a_rate(verdicts: str, expected: tuple[State, str]) -> None:
    """A race that fails once is failing; it says how often it did."""
    race = Finding(clause="UNI-CHT-003a.3", rule=RACE, tests=("t",))
    failure = {"clause": race.clause, "rule": race.rule}
    names = {"p": Verdict.PASS, "f": Verdict.FAIL, "i": Verdict.INCONCLUSIVE}
    documents = [
        {"tests": [{"id": "t", "verdict": names[each], "failures": [failure] * (each == "f")}]}
        for each in verdicts
    ]

    assert reproduced(race, documents) == expected


@contextmanager
def target_file(path: Path, *faults: str, port: int = 0) -> Iterator[int]:
    """A target file of a server with faults; its port."""
    with ReferenceServer(DEFAULT_ACCOUNTS, faults=faults, port=port) as server:
        users = [(account, account.token) for account in DEFAULT_ACCOUNTS]
        path.write_text(announcement(server.root, users))
        yield int(server.root.rpartition(":")[2])


def test_finding_is_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Failing as long as the fault is there, fixed without it; the first report is kept."""
    monkeypatch.chdir(tmp_path)
    file, result = tmp_path / "t.toml", tmp_path / "out" / "result.json"
    with target_file(file, "subject-cut") as port:
        assert main(["run", "t.toml", "--out", "out", "--", f"{TEST}[json]"]) == 1
        first = result.read_bytes()
        assert main(["rerun", "out/result.json", "UNI-CHT-002b.3"]) == 1
        assert "failing   UNI-CHT-002b.3  group.subject" in capsys.readouterr().out
    with target_file(file, port=port):
        assert main(["rerun", "out/result.json"]) == 0
    assert "fixed     UNI-CHT-002b.3  group.subject" in capsys.readouterr().out
    assert result.read_bytes() == first
    again = json.loads(first)["tests"][0]["rerun"]
    assert again.startswith("rcs-conformance run t.toml --out out-rerun ")


def test_wrong_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It names the file and what to give."""
    for content in ("{}", '{"format": "rcs-conformance-result/1"}'):
        (tmp_path / "x.json").write_text(content)
        assert main(["rerun", str(tmp_path / "x.json")]) == 4
        assert "give the result.json of a run" in capsys.readouterr().err
