"""`verify`: all verdicts of a run come from its record, and each change of either is named."""

import gzip
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from rcs_conformance.cli import main
from tests.report.whole_runs import DEFAULT_TOKENS, run_suites_in_full

pytestmark = pytest.mark.exhaustive

FAULT = "subject-cut"
TESTS = ("--requirement", "UNI-CHT-002b", "--requirement", "UNI-CHT-018", "-n", "2")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a run with workers against a server with a fault."""
    out = tmp_path_factory.mktemp("run") / "out"
    run_suites_in_full(out, *TESTS, "--evidence", "all", faults=(FAULT,))
    return out


@pytest.fixture
def copy(run: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(run, tmp_path / "out"))


def rewritten(file: Path, old: bytes, new: bytes) -> None:
    """Change a text in the first line of a chain in which it stands."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(each for each in parts if each.endswith(".gz"))
    changed = gzip.decompress(parts[name]).replace(old, new, 1)
    with zipfile.ZipFile(file, "w") as archive:
        for each, data in {**parts, name: gzip.compress(changed)}.items():
            archive.writestr(each, data)


def test_verdicts_are_equal(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Tests, clauses, requirements, items, and the verdict, which is fail."""
    document = json.loads((run / "result.json").read_text())
    code = main(["verify", str(run)])
    printed = capsys.readouterr().out
    assert document["verdict"] == "fail"
    assert (code, "as result.json says" in printed) == (0, True), printed


def test_record_alone_is_enough(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file may be moved about."""
    code = main(["verify", str(run / "run.rcsrun")])
    assert code == 0, capsys.readouterr().out


def test_changed_verdict_is_told(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A result that is greener than the run differs from the one in the record."""
    file = copy / "result.json"
    text = re.sub(r'"verdict": "fail"', '"verdict": "pass"', file.read_text(), count=1)
    file.write_text(text.replace('"exitCode": 1', '"exitCode": 0', 1))
    code = main(["verify", str(copy)])
    printed = capsys.readouterr().out
    assert code == 1
    assert "result.json: is not the result.json that the record has" in printed


def test_changed_record_is_told(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The entry is named; what stands before it was played."""
    rewritten(copy / "run.rcsrun", b'"kind":"exchange"', b'"kind":"Exchange"')
    code = main(["verify", str(copy)])
    printed = capsys.readouterr().out
    assert code == 1
    assert re.search(r"^chain gw0, entry \d+: it was edited", printed, re.MULTILINE)


def test_record_that_is_cut_off_is_used_as_far_as_it_goes(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says that it is, others which entries are missing; the tests before are played."""
    file = copy / "run.rcsrun"
    file.write_bytes(file.read_bytes()[:-5_000])
    code = main(["verify", str(copy)])
    printed = capsys.readouterr().out
    assert code == 1
    assert "bytes; what is left of it is used" in printed
    assert re.search(r"^chain gw1: cut off after entry \d+ of \d+", printed, re.MULTILINE)
    assert re.search(r"^played: [1-9]\d+ tests", printed, re.MULTILINE)


def test_record_has_no_secret(run: Path) -> None:
    """Not in any of its parts."""
    with zipfile.ZipFile(run / "run.rcsrun") as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    texts = [
        gzip.GzipFile(fileobj=io.BytesIO(each)).read() if each[:2] == b"\x1f\x8b" else each
        for each in parts
    ]
    assert len(texts) == 3
    assert not [token for token in DEFAULT_TOKENS if any(token.encode() in each for each in texts)]


WAIVERS = """
[[waivers]]
clause = "UNI-CHT-002b.5"
reason = "known"
owner = "team"
expires = 2099-01-01
"""


def test_rejudged_by_the_same_rules_nothing_changes(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same verdicts, and the exit code of the run."""
    code = main(["rejudge", str(run)])
    printed = "".join(capsys.readouterr())
    assert code == 1, printed
    assert printed.startswith("0 clauses and SCR items changed; 0 tests unanswered"), printed


def test_rejudged_with_waivers(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failure that is known is waived; the waiver says why."""
    document = json.loads((run / "result.json").read_text())
    failed = [
        clause
        for requirement in document["requirements"].values()
        for clause, found in requirement["clauses"].items()
        if found["verdict"] == "fail"
    ]
    file = tmp_path / "waivers.toml"
    file.write_text("".join(WAIVERS.replace("UNI-CHT-002b.5", each) for each in failed))
    main(["rejudge", str(run), "--waivers", str(file)])
    printed = capsys.readouterr().out
    assert failed
    assert [each for each in failed if f"{each}: fail -> waived: " not in printed] == [], printed


def test_rejudged_with_other_claims(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is not claimed any more does not apply."""
    lines = (run.parent / "full.toml").read_text().splitlines(keepends=True)
    file = tmp_path / "other.toml"
    file.write_text("".join(each for each in lines if each.strip() != '"closed_group_chat",'))
    main(["rejudge", str(run), "--target", str(file)])
    printed = capsys.readouterr().out
    assert "-> not_applicable: " in printed, printed
