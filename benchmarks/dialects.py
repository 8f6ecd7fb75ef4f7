"""What a dialect costs: writing, reading and judging bodies in it, by that without a dialect."""

import statistics
import time
from collections.abc import Sequence

from rcs_conformance.binding import Wording
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    EventType,
)
from rcs_conformance.wire import Codec
from rcs_conformance.wire.schema import violations
from rcs_conformance.wire.structure import root_of
from rcs_conformance.wire.vocabulary import dialect

BODIES = 150
_ROUNDS = 6
"""How often both sides are measured in each round, for one of them takes a few milliseconds."""

_PARTS = ("root-fields", "attachments")


def cost(binding: str, fmt: Format, rounds: int, *, taken: bool = True) -> float:
    """The time for writing, reading and judging notifications, by that without any dialect.

    Args:
        binding: The shipped binding that is measured.
        fmt: The format of the bodies.
        rounds: How often both are measured, one after the other.
        taken: Whether the bodies have members that the forms of a dialect may be about.
    """
    plain, spoken = Wording(), dialect(binding).told
    contents = [_message(number) if taken else _event(number) for number in range(BODIES)]
    for wording in (plain, spoken):
        _seconds(wording, contents, fmt)  # builds the schemas
    return statistics.median(
        _seconds(spoken, contents, fmt) / _seconds(plain, contents, fmt)
        for _ in range(rounds * _ROUNDS)
    )


def _message(number: int) -> ChatMessageNotification:
    """A notification unlike all others, so that nothing is known from before."""
    return ChatMessageNotification(
        callback_data="c",
        session_id=f"s-{number}",
        message_id=f"m-{number}",
        sender_address="tel:+15550100",
        date_time="2026-01-02T03:04:05Z",
        chat_message=ChatMessage(text=f"{time.perf_counter_ns()}"),
    )


def _event(number: int) -> ChatEventNotification:
    """Likewise, without a member that is written otherwise in any shipped dialect."""
    return ChatEventNotification(
        callback_data=f"{time.perf_counter_ns()}",
        event_type=EventType.SESSION_ENDED,
        session_id=f"s-{number}",
        participant_address="tel:+15550100",
    )


def _seconds(wording: Wording, contents: Sequence[object], fmt: Format) -> float:
    codec = Codec.of(wording, _PARTS)
    root = root_of(contents[0]).name
    begun = time.thread_time()
    for content in contents:
        body = codec.encode(content, fmt)
        codec.decode(body, fmt)
        violations(body, fmt, root, wording.names, wording.forms)
    return time.thread_time() - begun
