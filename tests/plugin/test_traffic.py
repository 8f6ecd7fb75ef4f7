"""The processes of a run tell each other how many requests and notifications there were."""

from datetime import UTC, datetime
from pathlib import Path

from rcs_conformance.model.exchange import Event, FailedExchange, Notification, Request
from rcs_conformance.model.formats import Format
from rcs_conformance.plugin.traffic import TrafficCount

NOW = datetime(2026, 1, 1, tzinfo=UTC)
REQUEST = FailedExchange(
    number=1,
    request=Request(
        user="u", resource="r", method="GET", url="u", headers=(), body=b"", format=Format.XML
    ),
    reason="",
    started=NOW,
    seconds=0.0,
)
NOTIFICATION = Notification(
    number=2,
    user="u",
    format=Format.XML,
    callback_data="",
    received=NOW,
    headers=(),
    body=b"",
    root="",
    content=None,
)


def counted(folder: Path | None, *events: Event) -> TrafficCount:
    """What counts some events."""
    count = TrafficCount()
    count.share(folder)
    for event in events:
        count.note(event)
    return count


def test_process_alone() -> None:
    """Without a folder its own numbers are all."""
    assert counted(None, REQUEST, REQUEST, NOTIFICATION).total() == (2, 1)


def test_processes_of_a_folder(tmp_path: Path) -> None:
    """The sum of all files, whatever else is in the folder or half written."""
    (tmp_path / ".traffic-0").write_bytes((5).to_bytes(8, "little") + (6).to_bytes(8, "little"))
    (tmp_path / ".traffic-1").write_bytes(b"")
    (tmp_path / "other").write_bytes(b"x")
    count = counted(tmp_path, REQUEST, NOTIFICATION)
    assert count.total() == (6, 7)
    count.close()
    count.note(REQUEST)
    assert count.total() == (2, 1)


def test_folder_that_is_gone(tmp_path: Path) -> None:
    """Progress is not worth an error."""
    assert counted(tmp_path / "gone", REQUEST).total() == (0, 0)


def test_what_processes_wait_for(tmp_path: Path) -> None:
    """As long as the wait lasts; a process that does not wait, or no longer, says nothing."""
    count = counted(tmp_path, REQUEST)
    assert count.waits() == ()
    count.wait("chatMessageNotification", 9.0)
    (found,) = count.waits()
    assert found.root == "chatMessageNotification"
    assert 8.0 < found.left <= 9.0
    assert found.waited < 1.0
    assert count.total() == (1, 0)
    count.wait("", 0.0)
    assert count.waits() == ()
    count.close()
    count.wait("chatMessageNotification", 9.0)
    assert count.waits() == ()
