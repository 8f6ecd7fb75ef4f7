"""Operations on notification channels."""

from rcs_conformance.model.formats import Format
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.mailboxes.channels import CLAUSE
from rcs_conformance.scenario.operations.results import (
    OperationResults,
    Steps,
    result_of,
    results_of,
)
from rcs_conformance.scenario.situations import own_channel

_LIFETIME = 7200


def of_channels(bed: TestBed, fmt: Format) -> OperationResults:
    """Each operation on channels, once; the poll as soon as something is pending.

    Raises:
        NotApplicable: The target claims no channels.
    """
    bed.claims.require_operation("POST channelURL")
    return results_of(_channelling(bed, fmt))


def _channelling(bed: TestBed, fmt: Format) -> Steps:
    channel = own_channel.channel(bed, bed.bob, fmt)
    yield result_of(bed, channel.creation, "POST channels LongPolling")
    bed.require_success(channel.creation, CLAUSE)
    if bed.claims.operation("GET channels"):
        yield result_of(bed, bed.bob.send("GET", "channels", fmt=fmt))
    yield result_of(bed, channel.fetch())
    if bed.claims.operation("GET channelLifetime"):
        yield result_of(bed, channel.fetch_lifetime())
    if bed.claims.operation("PUT channelLifetime"):
        yield result_of(bed, channel.refresh(_LIFETIME))
    subscription = own_channel.subscribed(bed, channel)
    chat = bed.any_established_chat(fmt)
    chat.say(bed.alice)
    yield result_of(bed, own_channel.polled_once(bed, channel))
    bed.require_success(subscription.delete(), "TS-CHAT-4.1.1")
    yield result_of(bed, channel.delete())
