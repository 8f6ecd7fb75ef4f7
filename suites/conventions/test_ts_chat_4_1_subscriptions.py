"""TS-CHAT-4.1.1: subscriptions to chat notifications are created, read, listed and deleted."""

import pytest

from rcs_conformance.checks import chat_subscriptions
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import SubscriptionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits


@pytest.mark.requirement("TS-CHAT-4.1.1")
def test_subscription_begins_and_ends(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A subscription is created and deleted; a second DELETE returns 404.

    Stimulus: POST, DELETE, DELETE again.
    """
    subscription = bed.mailboxes.subscribe(bed.alice, fmt)
    verify(chat_subscriptions.created(subscription.creation))

    deleted = subscription.delete()

    verify(chat_subscriptions.deleted(deleted), chat_subscriptions.gone(subscription.delete()))


@pytest.mark.requirement("TS-CHAT-4.1.1")
def test_subscription_is_read(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A subscription is shown as requested until it is deleted.

    Stimulus: GET of a subscription, and again after its deletion.
    """
    bed.claims.require_operation("GET subscription")
    subscription = bed.mailboxes.subscribed(bed.alice, fmt)

    read = subscription.read()

    bed.require_success(subscription.delete(), "TS-CHAT-4.1.1")
    verify(
        chat_subscriptions.as_requested(read, subscription.request),
        chat_subscriptions.gone(subscription.read()),
    )


@pytest.mark.requirement("TS-CHAT-4.1.1")
def test_subscription_is_listed(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """All subscriptions are listed, for their own user only, and only until they are deleted.

    Stimulus: GET of the lists of two users, and again after the deletion of the later one.
    """
    bed.claims.require_operation("GET subscriptions")
    earlier = bed.mailboxes.subscription(bed.alice, fmt)
    subscription = bed.mailboxes.subscribed(bed.alice, fmt)

    own, others = (bed.mailboxes.list_subscriptions(each, fmt) for each in (bed.alice, bed.bob))

    bed.require_success(subscription.delete(), "TS-CHAT-4.1.1")
    afterwards = bed.mailboxes.list_subscriptions(bed.alice, fmt)
    verify(
        chat_subscriptions.listed(own, subscription.creation),
        chat_subscriptions.listed(own, earlier.creation),
        chat_subscriptions.not_listed(others, subscription.creation, "it is another user's"),
        chat_subscriptions.not_listed(afterwards, subscription.creation, "it was deleted"),
    )


@pytest.mark.requirement("TS-CHAT-4.1.1", xml="TS-CHAT-5.14", json="TS-CHAT-5.15")
def test_deleted_subscription_is_silent(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A deleted subscription gets no more notifications, but perhaps a valid one of its own end.

    Stimulus: messages after the deletion, one after the other, which the user's other subscription
    gets; the later ones give an unwanted notification of the earlier ones time to arrive.
    """
    chat = bed.any_established_chat(fmt)
    subscription = bed.mailboxes.subscribed(bed.bob, fmt)
    bed.require_success(subscription.delete(), "TS-CHAT-4.1.1")

    texts = [message_waits.said(chat, bed.alice, bed.bob) for _ in range(3)]

    about = (message_waits.with_text(subscription.mailbox, text) for text in texts)
    arrived = tuple(each for some in about for each in some)
    subscription.note_end()
    verify(chat_subscriptions.silent(arrived, bed.bob.address))


@pytest.mark.requirement("TS-CHAT-4.1.1")
def test_every_subscription_is_served(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Each subscription of a user gets notifications, in its format.

    Stimulus: a message to a user that subscribed twice more, once in each format.
    """
    chat = bed.any_established_chat(fmt)
    formats = (fmt, bed.claims.other_format(fmt))
    more = [bed.mailboxes.subscribed(bed.bob, each) for each in formats]

    text = chat.say(bed.alice)

    notified = [message_waits.message_in(each.mailbox, chat, text) for each in more]
    for each in more:
        each.delete()
    verify(chat_subscriptions.notified(each) for each in notified)


@pytest.mark.requirement("TS-CHAT-4.1.1")
def test_subscription_without_duration_is_served(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A subscription that does not say how long it lasts is created and gets notifications.

    Stimulus: a message to a user that subscribed once more, without a duration.
    """
    chat = bed.any_established_chat(fmt)
    offer = SubscriptionOffer(names_duration=False)
    lasting = bed.mailboxes.subscribe(bed.bob, fmt, offer=offer)
    verify(chat_subscriptions.created(lasting.creation))
    bed.require_success(lasting.creation, "TS-CHAT-4.1.1")

    text = chat.say(bed.alice)

    notified = message_waits.message_in(lasting.mailbox, chat, text)
    lasting.delete()
    verify(chat_subscriptions.notified(notified))


@pytest.mark.requirement(adhoc="TS-CHAT-4.1.1", one_to_one="TS-CHAT-4.1.1")
def test_supported_chats_are_notified(
    bed: TestBed, verify: Verify, fmt: Format, kind: ChatKind
) -> None:
    """A subscription that says which kind of 1-to-1 chat its client supports is notified of those.

    Stimulus: a message to a user that subscribed once more, for such chats.
    """
    chat = bed.established_chat(kind, fmt)
    supported = SubscriptionOffer(
        confirmed_chat=kind is ChatKind.ONE_TO_ONE or None,
        adhoc_chat=kind is ChatKind.ADHOC or None,
    )
    subscription = bed.mailboxes.subscribed(bed.bob, fmt, supported)

    text = chat.say(bed.alice)

    notified = message_waits.message_in(subscription.mailbox, chat, text)
    subscription.delete()
    verify(chat_subscriptions.notified(notified))


@pytest.mark.requirement("TS-CHAT-4.1.1")
def test_notifications_are_in_xml_unless_asked_otherwise(
    bed: TestBed, verify: Verify, fmt: Format
) -> None:
    """A subscription without a notificationFormat gets XML, whatever the request's format was.

    A binding file can name JSON in its place.

    Stimulus: a message to a user that subscribed without a notificationFormat.
    """
    bed.claims.require_format(bed.binding.default_format)
    chat = bed.any_established_chat(fmt)
    silent = bed.mailboxes.subscribed(bed.bob, fmt, SubscriptionOffer(names_format=False))

    text = chat.say(bed.alice)

    notified = message_waits.message_in(silent.mailbox, chat, text)
    silent.delete()
    verify(chat_subscriptions.notified(notified))
