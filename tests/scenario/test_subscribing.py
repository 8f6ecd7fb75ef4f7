"""Mailboxes are subscribed when a test asks for one, and in no more formats than it uses."""

from rcs_conformance.model.chat import ChatSubscriptionList
from rcs_conformance.model.common import NotificationFormat
from rcs_conformance.model.formats import Format
from rcs_conformance.scenario import Stage


def subscribed(stage: Stage) -> list[NotificationFormat | None]:
    """The formats that alice is notified in."""
    listed = stage.alice.send("GET", "subscriptions", fmt=Format.XML).answer.content
    assert isinstance(listed, ChatSubscriptionList)
    formats = [
        each.callback_reference.notification_format
        for each in listed.chat_notification_subscription
    ]
    return sorted(formats, key=str)


def test_other_format_is_given_up(stage: Stage) -> None:
    """An example that needs one format ends what earlier ones needed in the other."""
    first = stage.mail.box(stage.alice, Format.XML)
    stage.clear()
    assert stage.mail.box(stage.alice, Format.XML) is first
    assert subscribed(stage) == [NotificationFormat.XML]

    stage.clear()
    stage.mail.box(stage.alice, Format.JSON)
    assert subscribed(stage) == [NotificationFormat.JSON]
    assert stage.mail.box(stage.alice, Format.XML) is not first


def test_both_formats_stay_where_both_are_used(stage: Stage) -> None:
    """An example may use both at once, whatever was used before."""
    stage.mail.box(stage.alice, Format.JSON)
    stage.clear()
    boxes = [stage.mail.box(stage.alice, fmt) for fmt in Format]
    assert [stage.mail.box(stage.alice, fmt) for fmt in Format] == boxes
    assert subscribed(stage) == [NotificationFormat.JSON, NotificationFormat.XML]
