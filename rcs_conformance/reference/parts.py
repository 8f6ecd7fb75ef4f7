"""What the resources of the kinds of chat have in common: the same parts under other keys."""

from collections.abc import Mapping
from enum import Enum, auto

from rcs_conformance.model.kinds import ChatKind

ADHOC_ID = "adhoc"
"""What stands for a session id where there is no session."""


class Part(Enum):
    """The part of a chat that a resource is."""

    CHATS = auto()
    """Where chats are started."""
    CHAT = auto()
    SUBJECT = auto()
    """Its subject alone."""
    STATUS = auto()
    """Where a user accepts, or comes back."""
    EXTENSION = auto()
    LONG_LIVED_EXTENSION = auto()
    PARTICIPANTS = auto()
    PARTICIPANT = auto()
    MESSAGES = auto()
    MESSAGE_STATUS = auto()
    MESSAGE = auto()
    """One message; only dialects have it."""


KEYS: Mapping[ChatKind, Mapping[Part, str]] = {
    ChatKind.ADHOC: {
        Part.MESSAGES: "oneToOneMessages",
        Part.MESSAGE_STATUS: "oneToOneMessageStatus",
        Part.MESSAGE: "oneToOneMessage",
    },
    ChatKind.ONE_TO_ONE: {
        Part.CHATS: "oneToOneSessions",
        Part.CHAT: "oneToOneSession",
        Part.STATUS: "oneToOneStatus",
        Part.EXTENSION: "oneToOneExtend",
        Part.LONG_LIVED_EXTENSION: "oneToOneExtendLongLived",
        Part.MESSAGES: "oneToOneMessages",
        Part.MESSAGE_STATUS: "oneToOneMessageStatus",
        Part.MESSAGE: "oneToOneMessage",
    },
    ChatKind.GROUP: {
        Part.CHATS: "groups",
        Part.CHAT: "group",
        Part.SUBJECT: "groupSubject",
        Part.STATUS: "participantStatus",
        Part.PARTICIPANTS: "participants",
        Part.PARTICIPANT: "participant",
        Part.MESSAGES: "groupMessages",
        Part.MESSAGE_STATUS: "groupMessageStatus",
        Part.MESSAGE: "groupMessage",
    },
    ChatKind.LONG_LIVED: {
        Part.CHATS: "longLivedGroups",
        Part.CHAT: "longLivedGroup",
        Part.STATUS: "longLivedParticipantStatus",
        Part.PARTICIPANTS: "longLivedParticipants",
        Part.PARTICIPANT: "longLivedParticipant",
        Part.MESSAGES: "longLivedMessages",
        Part.MESSAGE_STATUS: "longLivedMessageStatus",
    },
}
"""The resources of each kind of chat, by their key in the binding."""

_PLACES = {key: (kind, part) for kind, keys in KEYS.items() for part, key in keys.items()}


def kind_of(key: str, session_id: str) -> ChatKind | None:
    """The kind of chat that a resource belongs to, if any."""
    kind = _PLACES[key][0] if key in _PLACES else None
    is_adhoc = session_id == ADHOC_ID and key in KEYS[ChatKind.ADHOC].values()
    return ChatKind.ADHOC if is_adhoc else kind


def kinds_of(key: str) -> frozenset[ChatKind]:
    """The kinds of chat that have a resource; none for what belongs to no chat."""
    return frozenset(kind for kind, keys in KEYS.items() if key in keys.values())


def part_of(key: str) -> Part | None:
    """Which part of a chat a resource is, if any."""
    return _PLACES[key][1] if key in _PLACES else None
