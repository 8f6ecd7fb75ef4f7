"""A record in one file: what is no such file, or lacks a part, gets one line."""

import zipfile
from pathlib import Path

import pytest

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.record.archive import (
    UNFINISHED,
    Archive,
    chain_ends,
    chain_file,
    check_head,
    copy_chains,
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


def test_record_of_a_killed_run_is_read(tmp_path: Path) -> None:
    """It has no result, so that there is nothing to verify; its traffic is there."""
    folder = tmp_path / f"{UNFINISHED}abc"
    folder.mkdir()
    written(chain_file(folder, "main"), "own")
    with Archive(tmp_path) as archive:
        assert "was killed before its end; what it recorded in" in archive.loss
        with archive.chain("main") as chain:
            assert len([*chain]) == ENTRIES
        with pytest.raises(ConfigurationError, match="but it has no result"):
            archive.result()


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


def cut(out: Path, size: int) -> Path:
    """A copy of the record that broke off."""
    file = out / "cut.rcsrun"
    file.write_bytes((out / "run.rcsrun").read_bytes()[:size])
    return file


def sealed(out: Path) -> int:
    """Seal the record, and give its size."""
    (out / "result.json").write_text("{}\n")
    seal(out)
    return (out / "run.rcsrun").stat().st_size


def test_record_that_lost_its_directory_is_read(out: Path) -> None:
    """All entries are there, and a line says that the end is lost."""
    file = cut(out, sealed(out) - 30)
    with Archive(file) as archive, archive.chain("main") as chain:
        entries, result = len([*chain]), archive.result()
    assert (result, entries) == (b"{}\n", ENTRIES)
    assert archive.loss.endswith("bytes; what is left of it is used")


def test_record_that_is_cut_off_is_read_as_far_as_it_goes(out: Path) -> None:
    """The last line that is whole ends the chain."""
    written(chain_file(out, "more"), "more")
    sealed(out)
    with zipfile.ZipFile(out / "run.rcsrun") as archive:
        start = archive.getinfo("record-more.jsonl.gz").header_offset
    with Archive(cut(out, start + 300)) as opened, opened.chain("more") as chain:
        entries = len([*chain])
        names = opened.chains
    assert names == ["main", "more"]
    assert 0 < entries < ENTRIES
    assert chain.is_cut


def test_record_that_is_cut_off_within_its_result_is_of_no_use(out: Path) -> None:
    """One line says so."""
    (out / "result.json").write_text("{" + " " * 500 + "}\n")
    seal(out)
    with (
        Archive(cut(out, 200)) as archive,
        pytest.raises(ConfigurationError, match=r"cut off within its result\.json"),
    ):
        archive.result()


@pytest.mark.parametrize("size", [0, 2, 20, 35])
def test_beginning_of_a_record_is_no_record(out: Path, size: int) -> None:
    """No part of it is left."""
    sealed(out)
    with pytest.raises(ConfigurationError, match="not a record of a run, or cut off"):
        Archive(cut(out, size))


def test_chains_of_parts_are_in_the_merged_record(out: Path, tmp_path: Path) -> None:
    """As they were, under names of their parts."""
    sealed(out)
    merged = tmp_path / "merged"
    merged.mkdir()
    for part in (1, 2):
        copy_chains(out, part, merged)
    (merged / "result.json").write_text("{}")
    ends = chain_ends(merged)
    seal(merged)
    with Archive(merged) as archive:
        assert archive.chains == ["part1-main", "part2-main"]
    assert [end.entries for end in ends] == [ENTRIES, ENTRIES]


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
