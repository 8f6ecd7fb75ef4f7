"""Every request about a chat, to be sent where it must be rejected."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rcs_conformance.model.chat import (
    ChatMessage,
    ComposingState,
    ExtensionParameters,
    IsComposing,
    MessageStatus,
    MessageStatusReport,
    ParticipantInformation,
    ParticipantList,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.operations.messages import composes, has_status

Content = Callable[[Chat], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """A request about a chat.

    Attributes:
        method: Its method.
        resource: Key of the resource that it goes to.
        content: Makes the structure in its body; `None` for none.
        by_policy: Whether the operator's policy may forbid it with 403.
    """

    method: str
    resource: str
    content: Content | None = None
    by_policy: bool = False

    @property
    def operation(self) -> str:
        """What it is called in the SCR table."""
        return f"{self.method} {self.resource}"


def _acceptance(_chat: Chat) -> object:
    return ParticipantSessionStatus(status=ParticipantStatus.CONNECTED)


def _addition(chat: Chat) -> object:
    added = ParticipantInformation(address=chat.environment.actors[-1].address)
    return ParticipantList(participant=(added,))


def _message(chat: Chat) -> object:
    return ChatMessage(text=chat.text())


def _indication(_chat: Chat) -> object:
    return IsComposing(state=ComposingState.ACTIVE)


def _report(_chat: Chat) -> object:
    return MessageStatusReport(status=MessageStatus.DISPLAYED)


def _extension(chat: Chat) -> object:
    added = ParticipantInformation(address=chat.environment.carol.address)
    return ExtensionParameters(participant=(added,), subject=f"{chat.marker} more")


_ABOUT_CHATS: Mapping[ChatKind, tuple[ChatRequest, ...]] = {
    ChatKind.ADHOC: (),
    ChatKind.ONE_TO_ONE: (
        ChatRequest(method="GET", resource="oneToOneSession"),
        ChatRequest(method="PUT", resource="oneToOneStatus", content=_acceptance),
        ChatRequest(method="POST", resource="oneToOneExtend", content=_extension),
        ChatRequest(
            method="POST", resource="oneToOneExtendLongLived", content=_extension, by_policy=True
        ),
    ),
    ChatKind.GROUP: (
        ChatRequest(method="GET", resource="group"),
        ChatRequest(method="GET", resource="participants"),
        ChatRequest(method="POST", resource="participants", content=_addition),
        ChatRequest(method="GET", resource="participant"),
        ChatRequest(method="PUT", resource="participantStatus", content=_acceptance),
    ),
    ChatKind.LONG_LIVED: (
        ChatRequest(method="GET", resource="longLivedGroup"),
        ChatRequest(method="GET", resource="longLivedParticipants"),
        ChatRequest(method="POST", resource="longLivedParticipants", content=_addition),
        ChatRequest(
            method="PUT",
            resource="longLivedParticipantStatus",
            content=_acceptance,
            by_policy=True,
        ),
    ),
}
_DELETIONS: Mapping[ChatKind, tuple[ChatRequest, ...]] = {
    ChatKind.ADHOC: (),
    ChatKind.ONE_TO_ONE: (ChatRequest(method="DELETE", resource="oneToOneSession"),),
    ChatKind.GROUP: (
        ChatRequest(method="DELETE", resource="participant"),
        ChatRequest(method="DELETE", resource="group"),
    ),
    ChatKind.LONG_LIVED: (ChatRequest(method="DELETE", resource="longLivedParticipant"),),
}


def about_chat(chat: Chat) -> Iterator[ChatRequest]:
    """The requests about a chat that the target must or claims to support, deletions last."""
    claims = chat.environment.claims
    yield from (each for each in _ABOUT_CHATS[chat.kind] if claims.operation(each.operation))
    yield ChatRequest(method="POST", resource=chat.terms.messages, content=_message)
    if composes(chat):
        yield ChatRequest(method="POST", resource=chat.terms.messages, content=_indication)
    yield from about_message(chat)
    yield from (each for each in _DELETIONS[chat.kind] if claims.operation(each.operation))


def about_message(chat: Chat) -> Iterator[ChatRequest]:
    """The requests about the status of a message, likewise."""
    resource = chat.terms.message_status
    if has_status(chat, "GET"):
        yield ChatRequest(method="GET", resource=resource)
    if has_status(chat, "PUT"):
        yield ChatRequest(method="PUT", resource=resource, content=_report)


STARTS: Mapping[ChatKind, ChatRequest] = {
    ChatKind.ONE_TO_ONE: ChatRequest(
        method="POST", resource="oneToOneSessions", content=lambda chat: chat.request
    ),
    ChatKind.GROUP: ChatRequest(
        method="POST", resource="groups", content=lambda chat: chat.request
    ),
    ChatKind.LONG_LIVED: ChatRequest(
        method="POST", resource="longLivedGroups", content=lambda chat: chat.request
    ),
}
"""The requests that start a chat, to be sent once more; none starts an ad-hoc chat."""


def in_collections(chat: Chat) -> Iterator[ChatRequest]:
    """The requests about the collection that a chat of its kind stands in."""
    if chat.kind is ChatKind.LONG_LIVED:
        yield ChatRequest(method="GET", resource="longLivedGroups")
    if chat.kind in STARTS:
        yield STARTS[chat.kind]
