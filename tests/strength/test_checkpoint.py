"""Observations on disk are used again under the same key, where nothing was wrong."""

from pathlib import Path

import pytest

from rcs_conformance.strength.checkpoint import Checkpoint, key
from rcs_conformance.strength.records import Observation, Trouble, Undecided
from tests.strength.observations import seen

PASSING = seen(passed=frozenset({"A.1", "B.1"}))


@pytest.fixture
def kept(tmp_path: Path) -> Checkpoint:
    """An empty file."""
    checkpoint = Checkpoint(tmp_path / "kept", "key")
    checkpoint.clear()
    return checkpoint


def test_observations_are_read_as_they_were(kept: Checkpoint) -> None:
    """A fault that was killed and a server that passed."""
    kept.add("fault", "A.1", seen("A.1", "B.1"))
    kept.add("", "", PASSING)

    assert kept.read() == {"fault": seen("A.1", "B.1"), "": PASSING}


@pytest.mark.parametrize(
    ("clause", "observation"),
    [
        ("A.1", seen("B.1")),
        ("A.1", seen("A.1", trouble=Trouble.CRASHED)),
        ("", seen("A.1")),
        ("", seen(undecided=(Undecided(clause="A.1", reason="no answer"),))),
    ],
)
def test_what_went_wrong_is_measured_again(
    kept: Checkpoint, clause: str, observation: Observation
) -> None:
    """A fault that survived, a process that crashed, a variation that failed a clause."""
    kept.add("one", clause, observation)

    assert kept.read() == {}


def test_other_sources_begin_anew(kept: Checkpoint, tmp_path: Path) -> None:
    """Under another key nothing is used."""
    kept.add("fault", "A.1", seen("A.1"))

    assert Checkpoint(tmp_path / "kept", "other").read() == {}
    assert kept.read() == {}


def test_process_that_was_killed_while_it_wrote(kept: Checkpoint, tmp_path: Path) -> None:
    """The last line is cut; what follows is kept."""
    kept.add("fault", "A.1", seen("A.1"))
    file = tmp_path / "kept"
    file.write_text(file.read_text("ascii") + '["other", {"bro', "ascii")
    kept.read()

    kept.add("third", "B.1", seen("B.1"))

    assert kept.read().keys() == {"fault", "third"}


def test_key_is_of_the_settings() -> None:
    """Other settings, another key."""
    assert key("one") == key("one") != key("two")
