"""The track record: deviations seen in real material, and what the suites say of them."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from rcs_conformance.kit import ROOT
from rcs_conformance.strength import track_record
from rcs_conformance.strength.track_record import Seen, as_table, load
from tests.project.conftest import COMMAND, run

RECORD = load()


def test_entries_name_what_exists() -> None:
    """Each names a fault of its clause, a variation or a binding of its own, and there are many."""
    named = [each.fault or each.variation or f"binding {each.binding}" for each in RECORD]

    assert len(set(named)) == len(named) >= 25
    assert {each.binding for each in RECORD if each.binding} == {"gsma-pilot", "kandy"}
    assert all(each.what and each.expected for each in RECORD)


def test_readers_see_the_same() -> None:
    """README.md has the table of the data."""
    shown = Path(track_record.__file__).with_name("README.md").read_text("utf-8")
    assert as_table() in shown


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"fault": "no-such-fault", "fails": "TS-CHAT-5.7"},
        {"fault": "error-id-unknown"},
        {"variation": "no-such-variation"},
        {"variation": "quoted-scalars", "fails": "TS-CHAT-5.7"},
        {"variation": "quoted-scalars", "binding": "kandy"},
        {"binding": "kandy", "source": "hearsay"},
    ],
)
def test_wrong_entry_is_found(entry: Mapping[str, str]) -> None:
    """Nothing, or two things, or what does not exist, or another verdict."""
    seen = Seen(**{"what": "x", "source": "kandy", **entry})
    assert list(track_record.wrong(seen))


@pytest.mark.exhaustive
def test_faults_are_killed_as_expected(tmp_path: Path) -> None:
    """The command shows each fault killed by its clause.

    Variations and bindings have tests of their own: `tests/suites/test_strength.py` runs every
    variation, `tests/suites` a whole run of each binding.
    """
    words = ["strength", "--own", "--out", str(tmp_path)]
    faults = {each.fault: each.fails for each in RECORD if each.fault}
    for name in faults:
        words += ["--fault", name]

    done = run([*COMMAND, *words], cwd=ROOT)

    assert done.returncode == 0, done.stdout
    for name, clause in faults.items():
        assert re.search(rf"{name} +{clause} +killed", done.stdout), name
