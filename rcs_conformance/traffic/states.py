"""What the state of a chat forbids: messages to what has ended, of users who have left."""

from collections.abc import Iterator

from rcs_conformance.checks.judging import at, member
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.chat import (
    ChatSessionInformation,
    GroupChatSessionInformation,
    LongLivedGroupChatInformation,
    ParticipantInformation,
    ParticipantList,
    ParticipantStatus,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import CheckResult
from rcs_conformance.traffic.attributed import Attributed, Seen
from rcs_conformance.traffic.chats import Chat, Chats

_MESSAGES = frozenset({"oneToOneMessages", "groupMessages", "longLivedMessages"})


def judged_states(traffic: Attributed, chats: Chats) -> Iterator[CheckResult]:
    """The results about requests that the state of their chat decides.

    Args:
        traffic: Of it.
        chats: With all steps.
    """
    for seen in traffic.seen:
        chat = chats.of(seen)
        if chat is None or not traffic.is_sure(seen.ended):
            continue
        request = seen.exchange.request
        if request.resource in _MESSAGES and request.method == "POST":
            yield from _message(seen, chat)
        elif request.resource == "oneToOneStatus":
            yield from _acceptance(seen, chat)
        elif request.method == "GET" and seen.ok:
            yield from _reading(seen, chat)


def _message(seen: Seen, chat: Chat) -> Iterator[CheckResult]:
    """An ended chat takes no message, nor does any chat of a user who has left it."""
    sender, place = seen.exchange.request.user, at(seen.exchange)
    over, left = chat.is_over(seen.started), chat.left(sender, seen.started)
    if over is not None and chat.kind is ChatKind.ONE_TO_ONE:
        by_originator = same_address(over.user, chat.originator)
        clause = "UNI-CHT-005.2" if by_originator else "UNI-CHT-010.2"
        if not chat.is_accepted(over.seen.started) and not by_originator:
            clause = "UNI-CHT-009a.2"
        yield place.responds(clause, "session.over", "4xx", "for a message to an ended session")
    elif left is not None:
        clause = "UNI-CHT-033.2" if chat.kind is ChatKind.LONG_LIVED else "UNI-CHT-011.2"
        yield place.responds(clause, "group.left", "4xx", "for a message of a user who has left")
    elif chat.joined(sender, seen.started) and chat.joined(sender, seen.ended):
        number = {ChatKind.ONE_TO_ONE: 2, ChatKind.GROUP: 3, ChatKind.LONG_LIVED: 4}[chat.kind]
        if seen.exchange.answer.status == 404:
            yield place.responds(
                f"UNI-CHT-018.{number}", "message.taken", "2xx", "for a message of a participant"
            )


def _acceptance(seen: Seen, chat: Chat) -> Iterator[CheckResult]:
    """A cancelled session can no longer be accepted."""
    over = chat.is_over(seen.started)
    if over is not None and same_address(over.user, chat.originator):
        yield at(seen.exchange).responds(
            "UNI-CHT-003a.2", "session.cancelled", "4xx", "for a session that was cancelled"
        )


def _reading(seen: Seen, chat: Chat) -> Iterator[CheckResult]:
    """Users are shown as they joined and left."""
    match seen.exchange.answer.content:
        case ChatSessionInformation() as session:
            yield from _session(seen, chat, session)
        case GroupChatSessionInformation() | LongLivedGroupChatInformation() as group:
            for entry in group.participant:
                yield from _entry(seen, chat, entry)
        case ParticipantList() as shown:
            for entry in shown.participant:
                yield from _entry(seen, chat, entry)
        case ParticipantInformation() as entry:
            yield from _entry(seen, chat, entry)


def _session(seen: Seen, chat: Chat, session: ChatSessionInformation) -> Iterator[CheckResult]:
    place = at(seen.exchange, "chatSessionInformation/status")
    over = chat.is_over(seen.started)
    if over is not None:
        by_originator = same_address(over.user, chat.originator)
        accepted = chat.is_accepted(over.seen.started)
        clause = "UNI-CHT-005.1" if by_originator else "UNI-CHT-010.1"
        if not accepted:
            clause = "UNI-CHT-003a.1" if by_originator else "UNI-CHT-009a.1"
        yield place.require(
            clause,
            "session.over",
            holds=session.status is ParticipantStatus.DISCONNECTED,
            expected="status 404, or status = Disconnected, for an ended session",
            actual=member("status", session.status),
        )
    elif chat.is_accepted(seen.started) and all(step.what != "end" for step in chat.steps):
        yield place.require(
            "UNI-CHT-008a.1",
            "session.accepted",
            holds=session.status is not ParticipantStatus.INVITED,
            expected="status = Connected after the acceptance",
            actual=member("status", session.status),
        )


def _entry(seen: Seen, chat: Chat, entry: ParticipantInformation) -> Iterator[CheckResult]:
    place = at(seen.exchange, "participant/status")
    is_long = chat.kind is ChatKind.LONG_LIVED
    if chat.left(entry.address, seen.started) is not None:
        yield place.require(
            "UNI-CHT-033.1" if is_long else "UNI-CHT-011.1",
            "participant.left",
            holds=entry.status in (None, ParticipantStatus.DISCONNECTED),
            expected=f"{entry.address}, who has left: status = Disconnected, or not shown",
            actual=member("status", entry.status),
        )
    elif chat.joined(entry.address, seen.started) and chat.joined(entry.address, seen.ended):
        yield place.require(
            "UNI-CHT-035.1" if is_long else "UNI-CHT-008b.1",
            "participant.joined",
            holds=entry.status is not ParticipantStatus.INVITED,
            expected=f"{entry.address}, who has joined: status = Connected",
            actual=member("status", entry.status),
        )
