"""Mailboxes are subscribed when a test asks for one, and in no more formats than it uses."""

from rcs_conformance.model.chat import ChatSubscriptionList
from rcs_conformance.model.common import NotificationFormat
from rcs_conformance.model.formats import Format
from rcs_conformance.scenario import TestBed


def subscribed(bed: TestBed) -> list[NotificationFormat | None]:
    """The formats that alice is notified in."""
    listed = bed.alice.send("GET", "subscriptions", fmt=Format.XML).answer.content
    assert isinstance(listed, ChatSubscriptionList)
    formats = [
        each.callback_reference.notification_format
        for each in listed.chat_notification_subscription
    ]
    return sorted(formats, key=str)


def test_other_format_is_given_up(bed: TestBed) -> None:
    """An example that needs one format ends what earlier ones needed in the other."""
    first = bed.mailboxes.of(bed.alice, Format.XML)
    bed.begin_example()
    assert bed.mailboxes.of(bed.alice, Format.XML) is first
    assert subscribed(bed) == [NotificationFormat.XML]

    bed.begin_example()
    bed.mailboxes.of(bed.alice, Format.JSON)
    assert subscribed(bed) == [NotificationFormat.JSON]
    assert bed.mailboxes.of(bed.alice, Format.XML) is not first


def test_both_formats_stay_where_both_are_used(bed: TestBed) -> None:
    """An example may use both at once, whatever was used before."""
    bed.mailboxes.of(bed.alice, Format.JSON)
    bed.begin_example()
    boxes = [bed.mailboxes.of(bed.alice, fmt) for fmt in Format]
    assert [bed.mailboxes.of(bed.alice, fmt) for fmt in Format] == boxes
    assert subscribed(bed) == [NotificationFormat.JSON, NotificationFormat.XML]
