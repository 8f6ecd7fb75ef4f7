"""Every request about a chat, so that it can be made where it must not succeed."""

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
from rcs_conformance.scenario.conversation import Conversation
from rcs_conformance.scenario.rounds.messages import composes, has_status

Content = Callable[[Conversation], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
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


def _acceptance(_chat: Conversation) -> object:
    return ParticipantSessionStatus(status=ParticipantStatus.CONNECTED)


def _addition(chat: Conversation) -> object:
    added = ParticipantInformation(address=chat.stage.actors[-1].address)
    return ParticipantList(participant=(added,))


def _message(chat: Conversation) -> object:
    return ChatMessage(text=chat.text())


def _indication(_chat: Conversation) -> object:
    return IsComposing(state=ComposingState.ACTIVE)


def _report(_chat: Conversation) -> object:
    return MessageStatusReport(status=MessageStatus.DISPLAYED)


def _extension(chat: Conversation) -> object:
    added = ParticipantInformation(address=chat.stage.carol.address)
    return ExtensionParameters(participant=(added,), subject=f"{chat.marker} more")


_ABOUT_CHATS: Mapping[ChatKind, tuple[Asked, ...]] = {
    ChatKind.ADHOC: (),
    ChatKind.ONE_TO_ONE: (
        Asked(method="GET", resource="oneToOneSession"),
        Asked(method="PUT", resource="oneToOneStatus", content=_acceptance),
        Asked(method="POST", resource="oneToOneExtend", content=_extension),
        Asked(
            method="POST", resource="oneToOneExtendLongLived", content=_extension, by_policy=True
        ),
    ),
    ChatKind.GROUP: (
        Asked(method="GET", resource="group"),
        Asked(method="GET", resource="participants"),
        Asked(method="POST", resource="participants", content=_addition),
        Asked(method="GET", resource="participant"),
        Asked(method="PUT", resource="participantStatus", content=_acceptance),
    ),
    ChatKind.LONG_LIVED: (
        Asked(method="GET", resource="longLivedGroup"),
        Asked(method="GET", resource="longLivedParticipants"),
        Asked(method="POST", resource="longLivedParticipants", content=_addition),
        Asked(
            method="PUT",
            resource="longLivedParticipantStatus",
            content=_acceptance,
            by_policy=True,
        ),
    ),
}
_DELETIONS: Mapping[ChatKind, tuple[Asked, ...]] = {
    ChatKind.ADHOC: (),
    ChatKind.ONE_TO_ONE: (Asked(method="DELETE", resource="oneToOneSession"),),
    ChatKind.GROUP: (
        Asked(method="DELETE", resource="participant"),
        Asked(method="DELETE", resource="group"),
    ),
    ChatKind.LONG_LIVED: (Asked(method="DELETE", resource="longLivedParticipant"),),
}


def about_chat(chat: Conversation) -> Iterator[Asked]:
    """The requests about a chat that the target must or claims to support, deletions last."""
    claims = chat.stage.claims
    yield from (each for each in _ABOUT_CHATS[chat.kind] if claims.operation(each.operation))
    yield Asked(method="POST", resource=chat.terms.messages, content=_message)
    if composes(chat):
        yield Asked(method="POST", resource=chat.terms.messages, content=_indication)
    yield from about_message(chat)
    yield from (each for each in _DELETIONS[chat.kind] if claims.operation(each.operation))


def about_message(chat: Conversation) -> Iterator[Asked]:
    """The requests about the status of a message, likewise."""
    resource = chat.terms.message_status
    if has_status(chat, "GET"):
        yield Asked(method="GET", resource=resource)
    if has_status(chat, "PUT"):
        yield Asked(method="PUT", resource=resource, content=_report)


STARTS: Mapping[ChatKind, Asked] = {
    ChatKind.ONE_TO_ONE: Asked(
        method="POST", resource="oneToOneSessions", content=lambda chat: chat.request
    ),
    ChatKind.GROUP: Asked(method="POST", resource="groups", content=lambda chat: chat.request),
    ChatKind.LONG_LIVED: Asked(
        method="POST", resource="longLivedGroups", content=lambda chat: chat.request
    ),
}
"""What asked for a chat, to be asked once more; ad-hoc chats are not asked for."""


def in_collections(chat: Conversation) -> Iterator[Asked]:
    """The requests about the collection that a chat of its kind stands in."""
    if chat.kind is ChatKind.LONG_LIVED:
        yield Asked(method="GET", resource="longLivedGroups")
    if chat.kind in STARTS:
        yield STARTS[chat.kind]
