"""TS-NC-1: notification channels that are WebSockets."""

import pytest

from rcs_conformance.checks import notification_channels
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.situations import own_socket


@pytest.mark.requirement("TS-NC-1.7", "TS-NC-1.8")
def test_messages_come_through_a_websocket(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A WebSocket brings notifications in order, and connAck; a second one takes its place.

    Stimulus: messages before it is open, one after that, and a connCheck; a second WebSocket, and
    another message.
    """
    streamed = own_socket.streamed(bed, fmt)

    creation, seconds = streamed.creation, streamed.seconds
    verify(
        notification_channels.streamed(streamed.message, streamed.trouble),
        *notification_channels.streamed_in_order(streamed.waited),
        notification_channels.acknowledged(creation, streamed.answer, seconds, streamed.trouble),
        notification_channels.replaced(
            creation, ended=streamed.is_replaced, seconds=streamed.replacing
        ),
        notification_channels.streamed(streamed.again, streamed.second_trouble),
    )


@pytest.mark.requirement("TS-NC-1.8")
def test_checks_reset_the_lifetime(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A connCheck lets the lifetime of the channel begin anew.

    Stimulus: a connCheck some seconds after the channel was created.
    """
    later = own_socket.checked_later(bed, fmt)

    creation, lifetime = later.own.creation, later.own.shown.channel_lifetime or 0
    verify(
        notification_channels.acknowledged(creation, later.answer, later.seconds),
        notification_channels.checked_anew(
            creation, later.answer, lifetime, later.before, later.after
        ),
    )
