"""UNI-CHT-007a.1: the invited user is notified through a notification channel, by long polls."""

import pytest

from rcs_conformance.checks import chat_subscriptions, notification_channels
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, tuning


@pytest.mark.requirement("UNI-CHT-007a.1")
def test_invitations_come_through_a_channel(stage: Stage, verify: Verify, fmt: Format) -> None:
    """What came for a subscription waits in its channel until it is polled; none of it is lost.

    Stimulus: three chats with a user who has subscribed through a channel, and polls it then.
    """
    channel = tuning.channel(stage, stage.bob, fmt)
    verify(notification_channels.usable(channel.created, channel.information))
    subscription = tuning.subscribed(stage, channel)

    sessions = [stage.sessions.invited(SessionOffer(), fmt) for _ in range(3)]

    heard = tuning.heard(stage, channel, subscription, sessions)
    found = [notification_channels.notified(each.invitation, each.trouble) for each in heard]
    verify(
        stage.owned(
            found,
            lambda: [chat_subscriptions.notified(tuning.told_otherwise(stage, stage.bob, fmt))],
        )
    )


@pytest.mark.requirement("UNI-CHT-007a.1")
def test_channel_begins_and_ends(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A channel is created and can be deleted; then it is gone.

    Stimulus: POST, DELETE, DELETE again.
    """
    channel = tuning.channel(stage, stage.alice, fmt)
    verify(notification_channels.usable(channel.created, channel.information))

    deleted = channel.delete()

    verify(notification_channels.deleted(deleted), notification_channels.gone(channel.delete()))
