"""How many tests run at once, from how fast the target is."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.formats import Format
from rcs_conformance.plugin import pace
from rcs_conformance.plugin.options import embedded_target
from rcs_conformance.plugin.pace import MOST, Pace, chosen, measured
from rcs_conformance.reference import Account, ReferenceServer
from rcs_conformance.scenario import TestBed, TestBedSettings
from rcs_conformance.target import Limits
from rcs_conformance.wire.vocabulary import dialect

FAST = Pace(response=0.002, notification=0.003, patience=5.0)
SLOW = Pace(response=0.05, notification=1.0, patience=5.0)
SILENT = Pace(response=0.002, notification=None, patience=5.0)


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with two processors."""
    monkeypatch.setattr(pace, "usable_processors", lambda: 2)


@pytest.mark.usefixtures("two_processors")
@pytest.mark.parametrize(
    ("measured_pace", "limits", "number", "reason"),
    [
        (None, Limits(), 2, "2 processors"),
        (FAST, Limits(), 4, "responses after 2 ms, notifications after 3 ms, 2 processors"),
        (SLOW, Limits(), MOST, f"notifications after 1.0 s, 2 processors, at most {MOST}"),
        (SILENT, Limits(), MOST, "no notification within 5 s"),
        (SLOW, Limits(workers=3), 3, "[limits] workers = 3"),
        (SLOW, Limits(requests_per_second=10.0), 2, "[limits] requests_per_second = 10"),
        (None, Limits(workers=1), 1, "[limits] workers = 1"),
    ],
)
def test_slower_targets_have_more_tests_at_once(
    measured_pace: Pace | None, limits: Limits, number: int, reason: str
) -> None:
    """Within the limits of the target file; the reason says what decided."""
    choice = chosen(measured_pace, limits)
    assert (choice.number, reason in choice.reason) == (number, True), str(choice)


def test_reason_for_one_test_at_a_time_is_told() -> None:
    """Whatever was measured."""
    choice = chosen(SLOW, Limits(), alone="a trigger prompts an operator")
    assert str(choice) == "1 test at a time: a trigger prompts an operator"


@pytest.fixture
def pace_of(tmp_path: Path) -> Callable[[ReferenceServer], Pace]:
    """Measures a server."""

    def pace_of(server: ReferenceServer) -> Pace:
        target = embedded_target(server.root)
        settings = TestBedSettings(lock_file=tmp_path / "lock", catalogue=load_catalogue())
        bed = TestBed(target, dialect(target.binding), EvidenceLog(), settings)
        with closing(bed):
            return measured(bed, Format.JSON, target.notifications.timeout)

    return pace_of


def test_target_is_measured(pace_of: Callable[[ReferenceServer], Pace]) -> None:
    """Its responses, and its notifications from the request that causes them."""
    users = embedded_target().users
    accounts = [Account(address=each.address, token=each.token.reveal()) for each in users]
    with ReferenceServer(accounts, latency_ms=20, notification_delay_ms=150) as server:
        found = pace_of(server)
    assert found.response >= 0.02
    assert found.notification is not None
    assert found.notification >= 0.15


@pytest.mark.usefixtures("two_processors")
def test_processes_have_several_tests_under_way() -> None:
    """Where there are more tests at once than processes fit into memory."""
    slow, fast = chosen(SLOW, Limits()), chosen(FAST, Limits())
    assert (slow.processes, slow.soloists, slow.beside) == (20, 12, 6)
    assert (fast.processes, fast.soloists, fast.beside) == (4, 0, 1)
    assert str(slow).startswith(f"{MOST} tests at once in 20 processes: ")


@pytest.mark.usefixtures("two_processors")
def test_no_more_tests_at_once_than_the_target_file_allows() -> None:
    """However they are shared out among processes, of which there are twenty at most."""
    for workers in range(1, MOST + 1):
        choice = chosen(SLOW, Limits(workers=workers))
        others = choice.processes - choice.soloists
        assert choice.soloists + others * choice.beside == choice.number <= workers
        assert choice.processes <= 20
