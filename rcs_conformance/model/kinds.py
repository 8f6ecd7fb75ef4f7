"""The kinds of chat that the API knows."""

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
