"""Which operations of the SCR table an exchange or a notification shows."""

from dataclasses import replace

import pytest

from rcs_conformance.checks.scr_items import operations, unclaimed
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import ChatEventNotification, EventType
from rcs_conformance.model.results import Outcome

from .records import exchange, notification


def sent(operation: str, media_type: str = "application/xml", **members: object) -> Exchange:
    """A request that succeeded."""
    done = exchange(201, operation=operation)
    headers = (("content-type", media_type),)
    return replace(done, request=replace(done.request, headers=headers, **members))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (exchange(200, operation="GET group"), ["GET group"]),
        (exchange(404, operation="GET group"), []),
        (sent("POST groups"), ["POST groups"]),
        (sent("POST groups", "application/x-www-form-urlencoded"), ["POST groups form"]),
        (sent("POST groups", mutation="no subject"), []),
        (
            sent("POST groupMessages", "multipart/form-data; boundary=x"),
            ["POST groupMessages multipart"],
        ),
        (sent("POST groupMessages", root="isComposing"), ["POST groupMessages isComposing"]),
        (
            sent("POST oneToOneMessages", url="http://h/chat/v1/a/oneToOne/b/adhoc/messages"),
            ["POST oneToOneMessages", "POST oneToOneMessages adhoc"],
        ),
        (
            notification(ChatEventNotification(event_type=EventType.GROUP_CHAT_UNAVAILABLE)),
            [
                "NOTIFY chatEventNotification",
                "NOTIFY chatEventNotification GroupChatUnavailable",
            ],
        ),
        (
            replace(
                notification(ChatEventNotification(event_type=EventType.ACCEPTED)), problem="x"
            ),
            [],
        ),
    ],
)
def test_operation_is_shown(event: object, expected: list[str]) -> None:
    """What succeeded, as it is called in the table; what was refused or wrong shows nothing."""
    assert list(operations(event)) == expected  # type: ignore[arg-type]


def test_unclaimed_item_is_a_remark() -> None:
    """With what shows that it is served."""
    result = unclaimed("REST-CHAT-GRP-S-001-O", "POST groups", "GET answered 405")
    assert result.outcome is Outcome.REMARK
    assert result.item == "REST-CHAT-GRP-S-001-O"
    assert "GET answered 405" in result.actual
