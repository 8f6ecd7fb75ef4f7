"""UNI-CHT-007a.1: the invited user is notified through a notification channel by long polls."""

import pytest

from rcs_conformance.checks import chat_subscriptions, notification_channels
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.situations import own_channel


@pytest.mark.requirement("UNI-CHT-007a.1")
def test_invitations_come_through_a_channel(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A channel keeps the notifications of a subscription until it is polled; none is lost.

    Stimulus: three chats with a user that subscribed through a channel and polls it afterwards.
    """
    channel = own_channel.channel(bed, bed.bob, fmt)
    verify(notification_channels.usable(channel.creation, channel.information))
    subscription = own_channel.subscribed(bed, channel)

    sessions = [bed.sessions.invited(SessionOffer(), fmt) for _ in range(3)]

    heard = own_channel.heard(bed, channel, subscription, sessions)
    found = [notification_channels.notified(each.invitation, each.trouble) for each in heard]
    verify(
        bed.owned(
            found,
            lambda: [
                chat_subscriptions.notified(own_channel.control_invitation(bed, bed.bob, fmt))
            ],
        )
    )


@pytest.mark.requirement("UNI-CHT-007a.1")
def test_channel_begins_and_ends(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A channel is created and deleted; a second DELETE returns 404.

    Stimulus: POST, DELETE, DELETE again.
    """
    channel = own_channel.channel(bed, bed.alice, fmt)
    verify(notification_channels.usable(channel.creation, channel.information))

    deleted = channel.delete()

    verify(notification_channels.deleted(deleted), notification_channels.gone(channel.delete()))
