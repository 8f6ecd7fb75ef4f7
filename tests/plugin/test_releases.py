"""A run for a release of RCS leaves out what later ones add, and says so."""

import pytest

from rcs_conformance.plugin.options import Handover
from tests.plugin.conftest import Run
from tests.plugin.servers import reference, target_at

pytest_plugins = ["pytester"]

SUITE = '''
from rcs_conformance.model.kinds import ChatKind

@declares("UNI-CHT-030.1")
def test_late(verify):
    """A clause that RCS 5.1 adds."""
    verify(found("UNI-CHT-030.1"))

@declares("UNI-CHT-002b.1", "UNI-CHT-002b.4")
def test_half(verify):
    """A clause of both releases, and one that is added."""
    verify(found("UNI-CHT-002b.1"))
    verify(found("UNI-CHT-002b.4"))

@declares("TS-CHAT-5.12")
def test_kind(bed, verify):
    """A convention, looked at in a kind of chat that is added."""
    bed.claims.require(ChatKind.LONG_LIVED)
    verify(found("TS-CHAT-5.12"))

@declares("UNI-CHT-020.1", when="long_lived")
def test_feature(verify):
    """A clause of both releases, looked at with a feature that is added."""
    verify(found("UNI-CHT-020.1"))
'''
LATE = "RCS 5.1 adds it, and the target is tested for RCS 5.0"


@pytest.mark.parametrize("release", ["5.0", "5.1"])
def test_release(run: Run, release: str) -> None:
    """For 5.1 everything is tested that the target claims; for 5.0 what it adds is left out."""
    with reference() as server:
        handover = Handover(target=target_at(server.root))
        done = run(SUITE, "--release", release, plugins=(handover,))
    late = "pass" if release == "5.1" else "not_applicable"
    assert done.result["release"] == release
    verdicts = {name: test["verdict"] for name, test in done.tests.items()}
    others = ("test_late", "test_kind", "test_feature")
    assert verdicts == {"test_half": "pass", **dict.fromkeys(others, late)}
    assert done.clause("UNI-CHT-002b.1")["verdict"] == "pass"
    for added in ("UNI-CHT-030.1", "UNI-CHT-002b.4"):
        assert done.clause(added)["verdict"] == late
        assert done.clause(added)["reason"] == ("" if release == "5.1" else LATE)
    item = done.result["scr"]["REST-CHAT-GRP-S-004-O"]
    assert (item["reason"] == LATE) == (release == "5.0")


def test_last_release_is_tested_unless_told(run: Run) -> None:
    """Without the option it is 5.1."""
    with reference() as server:
        done = run(SUITE, plugins=(Handover(target=target_at(server.root)),))
    assert done.result["release"] == "5.1"
    assert done.clause("UNI-CHT-030.1")["verdict"] == "pass"


def test_unknown_release(run: Run) -> None:
    """One line before the first test."""
    done = run(SUITE, "--release", "6.0")
    assert done.code == 4
    assert "unknown RCS release '6.0'; known are 5.0, 5.1" in done.text
