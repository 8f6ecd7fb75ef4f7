"""TS-NC-1: notification channels that are polled."""

import pytest

from rcs_conformance.checks import chat_subscriptions, notification_channels
from rcs_conformance.checks.judging import succeeded
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.mailboxes.channels import created_as
from rcs_conformance.scenario.situations import own_channel


@pytest.mark.requirement("TS-NC-1.3")
def test_invitations_come_through_a_channel(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A channel keeps notifications in order until it is polled; none is lost.

    Stimulus: three chats with a user that subscribed through a channel and polls it afterwards.
    """
    channel = own_channel.channel(bed, bed.bob, fmt)
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
    verify(notification_channels.in_order([each.invitation for each in heard]))


@pytest.mark.requirement("TS-NC-1.3")
def test_held_poll_brings_what_comes(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A poll that is held brings a notification as soon as there is one.

    Stimulus: three chats, one after the other, with a user that polls its channel all the time.
    """
    channel = own_channel.channel(bed, bed.bob, fmt)
    subscription = own_channel.subscribed(bed, channel)

    heard = own_channel.heard_meanwhile(bed, channel, subscription, fmt)

    found = [notification_channels.notified(each.invitation, each.trouble) for each in heard]
    verify(
        bed.owned(
            found,
            lambda: [
                chat_subscriptions.notified(own_channel.control_invitation(bed, bed.bob, fmt))
            ],
        )
    )


@pytest.mark.requirement("TS-NC-1.1", "TS-NC-1.2", "TS-NC-1.11")
def test_channel_begins_and_ends(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A channel is created, shown with all that it takes to use it, and deleted.

    Stimulus: POST, DELETE, DELETE again.
    """
    requested = own_channel.claimed_type(bed)
    channel = created_as(bed.alice, fmt, requested)
    verify(notification_channels.created(channel.creation))
    verify(
        notification_channels.usable(channel.creation, channel.information),
        notification_channels.of_type(channel.creation, channel.information, requested),
        notification_channels.typed(channel.read or channel.creation),
    )

    deleted = channel.delete()

    verify(notification_channels.deleted(deleted), notification_channels.gone(channel.delete()))


@pytest.mark.requirement("TS-NC-1.1", "TS-NC-1.2")
def test_lifetime_is_shown_where_none_was_requested(
    bed: TestBed, verify: Verify, fmt: Format
) -> None:
    """A channel that is requested without a lifetime is shown with the one that it has.

    Stimulus: POST of a channel without a lifetime.
    """
    channel = own_channel.channel_without_lifetime(bed, bed.alice, fmt)

    verify(notification_channels.created(channel.creation))
    channel.delete()
    verify(notification_channels.usable(channel.creation, channel.information))


@pytest.mark.requirement("TS-NC-1.10")
def test_channel_is_read(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A channel is read by itself, and is in its user's list of channels where that is served.

    Stimulus: GET of the channel, of the lists of two users, and of the list after its deletion.
    """
    channel = own_channel.any_channel(bed, bed.alice, fmt)
    shown, is_listed = channel.shown, bed.claims.operation("GET channels")

    verify(notification_channels.read_again(channel.fetch(), shown))
    if is_listed:
        own, others = (each.send("GET", "channels", fmt=fmt) for each in (bed.alice, bed.bob))
        verify(
            notification_channels.listed(own, shown),
            notification_channels.not_listed(others, shown, "it is another user's"),
        )
    deleted = channel.delete()
    if is_listed and succeeded(deleted):
        afterwards = bed.alice.send("GET", "channels", fmt=fmt)
        verify(notification_channels.not_listed(afterwards, shown, "it was deleted"))


@pytest.mark.requirement("TS-NC-1.4", "TS-NC-1.11")
def test_polls_are_ended(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A second poll ends the first, and the deletion of the channel ends the second.

    Stimulus: two polls at once; when one has ended, DELETE of the channel.
    """
    channel = own_channel.usable_channel(bed, bed.bob, fmt)

    polls = own_channel.two_polls(bed, channel)

    seconds = polls.seconds
    verify(
        notification_channels.second_ends_first(polls.ended, channel.creation, seconds),
        notification_channels.deleted(polls.deletion),
        notification_channels.open_poll_ended(polls.last, polls.deletion, seconds),
    )


@pytest.mark.requirement("TS-NC-1.5")
def test_polls_reset_the_lifetime(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Each poll lets the lifetime of the channel begin anew.

    Stimulus: a poll some seconds after the channel was created; GET of what is left.
    """
    bed.claims.require_operation("GET channelLifetime")
    channel = own_channel.usable_channel(bed, bed.bob, fmt)
    granted = channel.shown.channel_lifetime or 0

    later = own_channel.polled_later(bed, channel, fmt)

    channel.delete()
    verify(notification_channels.reset(later.read, granted, later.seconds))


@pytest.mark.requirement("TS-NC-1.6")
def test_lifetime_is_refreshed(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """What is left of the lifetime is read; after a refresh the lifetime is another one.

    Stimulus: GET of the lifetime, PUT of another one, GET again.
    """
    bed.claims.require_operation("PUT channelLifetime")
    channel = own_channel.any_channel(bed, bed.alice, fmt)
    granted = channel.shown.channel_lifetime or 0

    refresh = own_channel.refreshed(bed, channel, granted // 2)

    channel.delete()
    verify(
        [notification_channels.lifetime_left(each, granted) for each in refresh.before],
        notification_channels.refreshed(refresh.put),
        [notification_channels.lasts(each, refresh.put, refresh.seconds) for each in refresh.after],
    )


@pytest.mark.requirement("TS-NC-1.6")
def test_refresh_begins_anew(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A refresh lets the lifetime of the channel begin anew.

    Stimulus: PUT of the same lifetime some seconds after the channel was created.
    """
    bed.claims.require_operation("PUT channelLifetime")
    channel = own_channel.usable_channel(bed, bed.bob, fmt)
    granted = channel.shown.channel_lifetime or 0

    later = own_channel.refreshed_later(bed, channel, fmt)

    channel.delete()
    verify(
        notification_channels.refreshed(later.put),
        [notification_channels.begins_anew(each, later.put, granted) for each in later.before],
    )


@pytest.mark.requirement("TS-NC-1.9")
def test_other_types_are_rejected_as_such(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A channel of a type that the target does not support is rejected as such.

    Stimulus: POST of channels of the other published types.
    """
    for requested in own_channel.other_types():
        exchange = own_channel.requested(bed, bed.alice, requested, fmt)
        verify(notification_channels.unsupported(exchange, requested))
