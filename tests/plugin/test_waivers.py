"""Waivers in whole runs: told as waived by every report, and never a pass."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from rcs_conformance.plugin.options import Handover
from rcs_conformance.plugin.waivers import knows_test
from tests.plugin.conftest import Run
from tests.plugin.servers import reference, target_at

pytest_plugins = ["pytester"]

SUITE = '''
from rcs_conformance.checks import group_creation
from rcs_conformance.model.offers import GroupOffer

@declares("UNI-CHT-002b.3")
def test_subject(bed, verify, fmt):
    """A subject is shown."""
    group = bed.groups.invited(GroupOffer(), fmt)
    verify(group_creation.subject(group.read(group.originator), group.subject))
'''
WAIVER = """[[waivers]]
clause = "{clause}"
reason = "ticket 7"
owner = "anna@example.com"
expires = 2999-12-31
"""


def waivers(folder: Path, clause: str) -> str:
    """A file that waives one clause."""
    path = folder / "known.toml"
    path.write_text(WAIVER.format(clause=clause), "utf-8")
    return str(path)


@pytest.mark.parametrize(
    "workers",
    [
        pytest.param((), id="alone"),
        pytest.param(("-n1",), id="workers", marks=pytest.mark.exhaustive),
    ],
)
def test_waived_failure(run: Run, tmp_path: Path, workers: tuple[str, ...]) -> None:
    """Clause and tests are waived, with the reason; to JUnit they are skipped."""
    known, xml = waivers(tmp_path, "UNI-CHT-002b.3"), tmp_path / "junit.xml"
    with reference(("subject-cut",)) as server:
        plugins = (Handover(target=target_at(server.root)),)
        done = run(SUITE, "--waivers", known, f"--junitxml={xml}", *workers, plugins=plugins)
    assert (done.code, done.clause("UNI-CHT-002b.3")["verdict"]) == (5, "waived")
    assert {each["verdict"] for each in done.tests.values()} == {"waived"}
    assert "ticket 7 (anna@example.com, until 2999-12-31)" in done.text
    skipped = ET.parse(xml).findall(".//skipped")  # noqa: S314 - our own file
    assert [each.get("message", "")[:6] for each in skipped] == ["waived", "waived"]


def test_waiver_that_matches_nothing(run: Run, tmp_path: Path) -> None:
    """What is mended needs no waiver: the run says so."""
    done = run(SUITE, "--waivers", waivers(tmp_path, "UNI-CHT-002b.3"))
    assert done.code == 5
    assert "known.toml:2: the waiver of UNI-CHT-002b.3 is no longer needed" in done.text


def test_wrong_waiver_stops_the_run(run: Run, tmp_path: Path) -> None:
    """Before the first test: one line, code 4."""
    done = run(SUITE, "--waivers", waivers(tmp_path, "UNI-CHT-0"), apart=True)
    assert done.code == 4
    assert "known.toml:2: waivers[0].clause: no such clause" in done.text


@pytest.mark.parametrize(
    ("test", "known"),
    [
        ("chat/test_uni_cht_012b_end_notice.py::test_all_users_are_told_of_the_end[xml]", True),
        ("chat/test_uni_cht_012b_end_notice.py::test_all_users_are_told_of_the_end", True),
        ("chat/test_uni_cht_012b_end_notice.py::test_nothing[xml]", False),
        ("chat/test_none.py::test_nothing", False),
        ("../conftest.py::test_nothing", False),
        ("chat", False),
    ],
)
def test_tests_are_known(test: str, known: bool) -> None:
    """A waiver names a test as reports do."""
    assert knows_test(test) is known
