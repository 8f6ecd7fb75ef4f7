"""The merged run of parts with records has a record of its own, and is verified by it."""

import re
import zipfile
from pathlib import Path

import pytest

from rcs_conformance.attestation.verification import verified
from rcs_conformance.cli import main
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.runs.shards import Shard
from tests.attestation.recorded import recorded


@pytest.fixture
def parts(tmp_path: Path) -> list[str]:
    """The output folders of two parts."""
    return [str(recorded(tmp_path / f"{each}", shard=Shard(each, 2))) for each in (1, 2)]


def test_merged_run_is_verified(parts: list[str], tmp_path: Path) -> None:
    """By the chains of both parts."""
    main(["merge", *parts, "--out", str(tmp_path / "out"), "-q"])
    found = verified(tmp_path / "out")
    assert [each.name for each in found.chains] == ["part1-main", "part2-main"]
    assert (found.damages, found.differences) == ((), ())


def test_part_without_a_record_is_merged_without_one(parts: list[str], tmp_path: Path) -> None:
    """A record of a half would say nothing of the whole."""
    file = Path(parts[1]) / "result.json"
    text = file.read_text()
    start = text.index(' "record": {')
    file.write_text(text[:start] + text[text.index(' "requirements"') :])
    assert main(["merge", *parts, "--out", str(tmp_path / "out"), "-q"]) == 5
    assert not (tmp_path / "out" / "run.rcsrun").exists()


@pytest.mark.parametrize("size", [None, 5_000])
def test_record_of_a_part_that_is_lost_is_one_line(
    parts: list[str], tmp_path: Path, size: int | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written."""
    file = Path(parts[0]) / "run.rcsrun"
    data = file.read_bytes()
    file.unlink()
    if size is not None:
        file.write_bytes(data[:-size])
    code = main(["merge", *parts, "--out", str(tmp_path / "out"), "-q"])
    assert (code, capsys.readouterr().err.count("\n")) == (4, 1)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", ["{", '{"format": "rcs-conformance-result/9"}'])
def test_result_that_cannot_be_read_is_named_by_its_record(
    run: Path, content: str, tmp_path: Path
) -> None:
    """The copy that is read has a name that nobody knows."""
    file = tmp_path / "run.rcsrun"
    with zipfile.ZipFile(run / file.name) as given, zipfile.ZipFile(file, "w") as changed:
        for name in given.namelist():
            changed.writestr(name, content if name == "result.json" else given.read(name))
    with pytest.raises(ConfigurationError, match=rf"^{re.escape(str(file))}: its result.json: not"):
        verified(file)


def test_record_that_lost_its_end_is_used_as_far_as_it_goes(run: Path, tmp_path: Path) -> None:
    """A line says so, and the run is not verified by it."""
    file = tmp_path / "run.rcsrun"
    file.write_bytes((run / "run.rcsrun").read_bytes()[:-40])
    found = verified(file)
    assert [chain.end.entries for chain in found.chains] == [2]
    assert [each for each in found.damages if "cut off after" in each] == [*found.damages]
    assert len(found.damages) == 1
