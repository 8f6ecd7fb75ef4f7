"""TS-CHAT-4.1.1: subscriptions to chat notifications are created, read, listed and deleted."""

import pytest

from rcs_conformance.checks import subscriptions
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import GroupChatSessionInvitationNotification
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, telling


@pytest.mark.requirement("TS-CHAT-4.1.1")
def test_subscription_lives_and_ends(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A subscription is created, reads as it was asked for, is listed, and can be deleted.

    Stimulus: POST, GET of the subscription and of the list, DELETE, GET again.
    """
    subscription = stage.mail.subscribe(stage.alice, fmt)
    verify(subscriptions.created(subscription.created))

    read = subscription.read()
    listed = stage.alice.send("GET", "subscriptions", fmt=fmt)
    deleted = subscription.delete()

    verify(
        subscriptions.as_asked(read, subscription.asked),
        subscriptions.listed(listed, subscription.created),
        subscriptions.deleted(deleted),
        subscriptions.forgotten(subscription.read()),
    )


@pytest.mark.requirement("TS-CHAT-4.1.1")
def test_deleted_subscription_is_silent(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A subscription that was deleted gets no more notifications.

    Stimulus: an invitation after the deletion, which the user's other subscription gets.
    """
    subscription = stage.mail.subscribe(stage.bob, fmt)
    stage.require_success(subscription.delete(), "TS-CHAT-4.1.1")

    group = stage.groups.invited(GroupOffer(), fmt, invite=(stage.bob,))

    stage.require(group.invitation(stage.bob), "UNI-CHT-007b.1")
    arrived = telling.about(group, stage.bob, subscription.mailbox)
    verify(subscriptions.silent(arrived, stage.bob.address))


@pytest.mark.requirement("TS-CHAT-4.1.1")
def test_every_subscription_is_served(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A second subscription of a user, in the other format, is served as well as the first.

    Stimulus: an invitation to a user who has subscribed in both formats.
    """
    other = stage.mail.box(stage.bob, fmt.other)

    group = stage.groups.invited(GroupOffer(), fmt, invite=(stage.bob,))

    also = stage.mail.awaited_in(
        other,
        GroupChatSessionInvitationNotification,
        lambda content: content.session_id == group.chat_id(stage.bob),
    )
    verify(subscriptions.served(also))
