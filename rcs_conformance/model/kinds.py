"""The kinds of chat that the API knows."""

from dataclasses import dataclass
from enum import StrEnum


class ChatKind(StrEnum):
    """How a chat is set up, and so by which resources and ids it is known (binding, section 1)."""

    ADHOC = "adhoc"
    """Between two users, without a session."""
    ONE_TO_ONE = "one_to_one"
    """Between two users, once the invited one has accepted."""
    GROUP = "group"
    LONG_LIVED = "long_lived"
    """A group that nobody has to accept, known by its group chat id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatIdentity:
    """By what a user knows a chat again in its notifications (binding, section 3).

    Attributes:
        kind: The kind of chat, which decides what the id is.
        id: Session id or group chat id of this user.
        contact: In an ad-hoc chat, the address of the other user, who is its chat id.
    """

    kind: ChatKind
    id: str
    contact: str = ""
