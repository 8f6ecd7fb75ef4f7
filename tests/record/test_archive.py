"""A record in one file: what is no such file, or lacks a part, gets one line."""

import zipfile
from pathlib import Path

import pytest

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.record.archive import (
    Archive,
    chain_ends,
    chain_file,
    check_head,
    seal,
)
from tests.record.chains import ENTRIES, end_of, written


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The output folder of a run with one chain, sealed."""
    written(chain_file(tmp_path, "main"), "own")
    (tmp_path / "result.json").write_text("{}")
    return tmp_path


def test_sealed_record_has_result_and_chains(out: Path) -> None:
    """The files of the chains are gone then; the record is read by its folder or by its name."""
    ends = chain_ends(out)
    seal(out)
    with Archive(out) as archive, archive.chain("main") as chain:
        entries = len([*chain])
        result, chains = archive.result(), archive.chains
    assert (result, chains, entries) == (b"{}", ["main"], ENTRIES)
    assert ends == (chain.end(),)
    assert not chain_file(out, "main").exists()


def test_chain_of_a_killed_process_counts_as_far_as_it_goes(out: Path) -> None:
    """Its last line may be cut off."""
    lines = written(chain_file(out, "main"), "own")
    file = chain_file(out, "main")
    file.write_bytes(file.read_bytes()[:-30])
    (found,) = chain_ends(out)
    assert found.entries < ENTRIES
    assert found.entries == 0 or found.root == end_of(lines[: found.entries]).root


def test_run_without_a_record_has_no_file(tmp_path: Path) -> None:
    """Nothing is sealed where nothing was recorded."""
    seal(tmp_path)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "No such file"), (b"", "not a record of a run, or cut off"), (b"PK", "or cut off")],
)
def test_what_is_no_record_is_told(tmp_path: Path, content: bytes | None, told: str) -> None:
    """With what would be one."""
    file = tmp_path / "run.rcsrun"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigurationError, match=f"{told}.*; give a run.rcsrun, or the output"):
        Archive(file)


def test_missing_part_is_told(tmp_path: Path) -> None:
    """By its name."""
    file = tmp_path / "run.rcsrun"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("other", "")
    with Archive(file) as opened, pytest.raises(ConfigurationError, match=r"result\.json is miss"):
        opened.result()


def test_record_of_another_version_is_told() -> None:
    """With the version that is read here."""
    head = {"kind": "head", "format": "rcs-conformance-record/9"}
    with pytest.raises(ConfigurationError, match=r"record/9; this version reads .*record/1"):
        check_head(head, "main")
