"""What a history is made of: operations, each with its time and what was observed of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from math import inf
from typing import Any

from rcs_conformance.model.chat import ParticipantStatus


class Action(Enum):
    """What a user does; the value says so in a drawing."""

    ACCEPT = "accept"
    """Accept an invitation, or join again."""
    LEAVE = "leave"
    """Leave a group, or decline the invitation to it."""
    END = "end"
    """DELETE a whole session or group: cancel, decline or end it, whichever it is then."""
    CANCEL = "cancel"
    """Cancel the invitation of one other user."""
    ADD = "add"
    SEND = "send"
    READ = "read"
    MAKE = "make"
    """Start or extend a chat by a request with a client correlator."""


class Outcome(Enum):
    """What became of a request; the value says so in a drawing."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    CONFLICT = "conflict"
    """409: refused because of another request at the same time, which is always permitted."""
    FAILED = "failed"
    """An error of the server, which no order explains."""
    OPEN = "open"
    """There was no response: carried out or not, at any time since."""


class Signal(StrEnum):
    """What the other side was notified of after an operation."""

    CANCELLED = "SessionCancelled"
    DECLINED = "Declined"
    ENDED = "SessionEnded"


class Facet(Enum):
    """One of the things that are observed of an operation, in the order in which they are doubted.

    Where a history cannot be explained, the first observation without which it can be is at fault.
    """

    SIGNALLED = "signalled"
    """What the other side was notified of."""
    RECEIVED = "received"
    """The users who got a message."""
    SHOWN = "shown"
    """The participants in a reading."""
    MADE = "made"
    """The id of what was created."""
    MISSED = "missed"
    """The users who did not get a message."""
    OUTCOME = "outcome"
    """What the response says."""


Shown = tuple[tuple[str, ParticipantStatus | None], ...]
"""Users with the status that a reading shows; `None` for a user that it does not name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A request of a user, with what was observed of it; `None` where it is not judged.

    Attributes:
        user: Who requests it.
        action: What is requested.
        called: When the request was sent, in seconds.
        returned: When its effect must have happened: when the response or the first notification
            of it arrived, whichever was first.
        outcome: What the response says; `None` leaves it open.
        subject: The user added or cancelled; the correlator of what is made.
        signalled: What the other side was notified of.
        received: The users who got the message.
        missed: The users who did not get the message, though all was waited for.
        shown: The participants in a reading.
        made: The id of what was made.
        clauses: The clause that each facet breaks where it contradicts all others.
        where: Operation and resource, for messages.
        event: The number of the exchange in the evidence.
    """

    user: str
    action: Action
    called: float
    returned: float = inf
    outcome: Outcome | None = Outcome.ACCEPTED
    subject: str = ""
    signalled: Signal | None = None
    received: frozenset[str] | None = None
    missed: frozenset[str] | None = None
    shown: Shown | None = None
    made: str | None = None
    clauses: Mapping[Facet, str] = field(default_factory=dict, hash=False, compare=False)
    where: str = ""
    event: int | None = None

    @property
    def may_be_missing(self) -> bool:
        """Whether it need not have been carried out at all."""
        return self.outcome is Outcome.OPEN

    def without(self, facet: Facet) -> "Operation":
        """The operation with one observation left aside."""
        nothing: dict[str, Any] = {facet.value: None}
        return replace(self, **nothing)

    @property
    def observed(self) -> tuple[Facet, ...]:
        """The facets that are judged."""
        return tuple(each for each in Facet if getattr(self, each.value) is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """The observation that no order of the operations explains.

    Attributes:
        operation: Of which it was observed.
        facet: What was observed.
    """

    operation: Operation
    facet: Facet

    @property
    def clause(self) -> str:
        """The clause that it breaks; empty where the history names none for it."""
        return self.operation.clauses.get(self.facet, "")
