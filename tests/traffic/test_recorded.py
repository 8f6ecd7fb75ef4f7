"""The record of a run as traffic, where its end is lost."""

from pathlib import Path

from rcs_conformance.record.archive import ARCHIVE, MAIN, RESULT, chain_file, seal
from rcs_conformance.record.recorder import Recorder
from rcs_conformance.traffic.recorded import read_recorded


def test_record_that_is_cut_off_is_a_line(tmp_path: Path) -> None:
    """It is used as far as it goes, and nothing of it counts as missing."""
    Recorder(chain_file(tmp_path, MAIN), {"chain": MAIN}, str).close()
    (tmp_path / RESULT).write_text("{}")
    seal(tmp_path)
    file = tmp_path / ARCHIVE
    whole = file.read_bytes()
    before = read_recorded(file)
    file.write_bytes(whole[:-30])
    found = read_recorded(file)
    assert (before.remarks, before.lost) == ((), ())
    assert [each.endswith("what is left of it is used") for each in found.remarks] == [True]
    assert found.lost[0].started is None
