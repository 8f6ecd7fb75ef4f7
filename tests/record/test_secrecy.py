"""A record that shows a secret says where, and not which."""

from typing import Any

import pytest

from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.record.forms import event_form, notification_form, request_form
from rcs_conformance.record.secrecy import shown_secret
from tests.checks.records import exchange, notification

SENT = exchange(200, body=b"", operation="GET group")


def entry(**headers: str) -> dict[str, Any]:
    """An entry of an exchange whose request has these fields."""
    form = dict(request_form(SENT.request))
    event = {**event_form(SENT), "request": {**form, "headers": [*headers.items()]}}
    return {"kind": "exchange", "request": form, "events": [event]}


def test_field_with_a_secret_is_named() -> None:
    """Whatever its letter case."""
    assert shown_secret(entry(Authorization="Bearer abc")) == "authorization"


@pytest.mark.parametrize(
    "shown",
    [entry(authorization="Bearer ***"), entry(accept="text/plain"), {"kind": "observed"}],
)
def test_redacted_entry_has_none(shown: dict[str, Any]) -> None:
    """As a recorder writes it."""
    assert shown_secret(shown) == ""


def test_notification_may_have_one() -> None:
    """It is the server's own."""
    form = dict(notification_form(notification(ChatMessage(text="hi"))))
    shown = {"kind": "notification", **form, "headers": [["Cookie", "a=b"]]}
    assert shown_secret(shown) == "cookie"
