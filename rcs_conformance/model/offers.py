"""What a user asks for when starting a chat or subscribing to notifications."""

from dataclasses import dataclass
from enum import Enum

from rcs_conformance.model.media import Attachment


class Service(Enum):
    """A service within a chat (gc_services); the binding has the token for it."""

    FILE_TRANSFER = "file transfer"
    GEOLOCATION_PUSH = "geolocation push"

    def __repr__(self) -> str:
        """In short, for the examples in reports."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOffer:
    """The parameters of UNI-CHT-002b that a combination is made of.

    Attributes:
        subject: Topic of the chat; `None` starts it without one.
        closed: The closed parameter; `None` leaves it out.
        services: The gc_services parameter; empty leaves it out. A text is a token as it is sent.
        name: Of the originator; `None` leaves it out.
    """

    subject: str | None = "talk"
    closed: bool | None = None
    services: tuple[Service | str, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOffer:
    """The parameters of UNI-CHT-001 and 001a that a combination is made of.

    Attributes:
        subject: Topic of the chat; `None` starts it without one.
        first: Text of the first message; `None` leaves it out.
        attachment: Content of the first message beside its text, if any.
        name: Of the originator; `None` leaves it out.
    """

    subject: str | None = "talk"
    first: str | None = None
    attachment: Attachment | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOffer:
    """How a file is offered (UNI-FLT-001).

    Attributes:
        by_value: Whether its content goes along; otherwise it is fetched from a URL.
        names_receivers: In a group chat, whether the receivers are named; otherwise they are all
            who are connected (binding, section 2).
        spelled: An address that is named in place of those of the receivers; empty: none is.
        elsewhere: Whether the group chat that is named is one of another server.
    """

    by_value: bool = False
    names_receivers: bool = True
    spelled: str = ""
    elsewhere: bool = False

    def __str__(self) -> str:
        """In short, for the names of tests."""
        way = "by_value" if self.by_value else "by_reference"
        return f"{way}-{'to_some' if self.names_receivers else 'to_all'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionOffer:
    """The parameters of a subscription beside where it is notified.

    Attributes:
        correlator: The client correlator; `None` leaves it out.
        confirmed_chat: Whether confirmed 1-to-1 chats are supported; `None` leaves it out.
        adhoc_chat: Whether ad-hoc chats are; `None` leaves it out.
        names_format: Whether the format of the notifications is named; without it they come in
            XML (binding, section 3), or in what a dialect has as its default.
        names_duration: Whether it is said how long it lasts.
    """

    correlator: str | None = None
    confirmed_chat: bool | None = None
    adhoc_chat: bool | None = None
    names_format: bool = True
    names_duration: bool = True
