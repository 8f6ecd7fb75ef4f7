"""Groups of either kind in responses, and the clauses about the ways to create one."""

from collections.abc import Sequence
from dataclasses import dataclass

from rcs_conformance.checks.judging import Place, at, content_of
from rcs_conformance.checks.response_roots import CREATIONS, READINGS
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.chat import (
    GroupChatSessionInformation,
    LongLivedGroupChatInformation,
    ParticipantInformation,
    ParticipantList,
)
from rcs_conformance.model.exchange import Exchange

Info = GroupChatSessionInformation | LongLivedGroupChatInformation
"""A group chat or long-lived group in a response."""

_LONG_LIVED = "longLivedGroupChatInformation"
_LIST = "participantList"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A way to create a group, with the clauses about the group that it creates.

    Attributes:
        created: The group is created.
        identified: The response names its id.
        closed: isClosed = true in the request.
        regular: isClosed = false in the request.
        default: No isClosed in the request.
        services: Services in the request.
        no_services: No services in the request.
    """

    created: str
    identified: str
    closed: str
    regular: str
    default: str
    services: str
    no_services: str

    def about_closed(self, requested: bool | None) -> str:
        """The clause about a value of isClosed in the request."""
        return {True: self.closed, False: self.regular, None: self.default}[requested]

    def about_services(self, requested: Sequence[str]) -> str:
        """The clause about the services in the request."""
        return self.services if requested else self.no_services


START = Occasion(
    created="UNI-CHT-002b.1",
    identified="UNI-CHT-002b.2",
    closed="UNI-CHT-002b.4",
    regular="UNI-CHT-002b.5",
    default="UNI-CHT-002b.6",
    services="UNI-CHT-002b.7",
    no_services="UNI-CHT-002b.8",
)
"""A group chat is started."""

EXTENSION = Occasion(
    created="UNI-CHT-013.1",
    identified="UNI-CHT-013.1",
    closed="UNI-CHT-013.3",
    regular="UNI-CHT-013.3",
    default="UNI-CHT-013.4",
    services="UNI-CHT-013.1",
    no_services="UNI-CHT-013.1",
)
"""A 1-to-1 chat is extended to a group chat."""

CREATION = Occasion(
    created="UNI-CHT-030.1",
    identified="UNI-CHT-030.2",
    closed="UNI-CHT-030.3",
    regular="UNI-CHT-030.3",
    default="UNI-CHT-030.4",
    services="UNI-CHT-030.5",
    no_services="UNI-CHT-030.6",
)
"""A long-lived group is created."""

LONG_LIVED_EXTENSION = Occasion(
    created="UNI-CHT-039.1",
    identified="UNI-CHT-039.1",
    closed="UNI-CHT-039.2",
    regular="UNI-CHT-039.2",
    default="UNI-CHT-039.2",
    services="UNI-CHT-039.3",
    no_services="UNI-CHT-039.3",
)
"""A 1-to-1 chat is extended to a long-lived group."""

QUERY = Occasion(
    created="UNI-CHT-035.1",
    identified="UNI-CHT-035.1",
    closed="UNI-CHT-035.4",
    regular="UNI-CHT-035.4",
    default="UNI-CHT-035.4",
    services="UNI-CHT-035.3",
    no_services="UNI-CHT-035.3",
)
"""A long-lived group is queried; the clauses of its creation are met."""


def _root(exchange: Exchange) -> str:
    roots = READINGS if exchange.request.method == "GET" else CREATIONS
    return roots.get(exchange.request.resource, "")


def within(exchange: Exchange, path: str) -> Place:
    """A place in the group, or in the list of participants, of a response."""
    return at(exchange, f"{_root(exchange)}/{path}")


def group_in(exchange: Exchange, clause: str = "") -> Info:
    """The group in a response; arguments and errors are those of `content_of`."""
    if _root(exchange) == _LONG_LIVED:
        return content_of(exchange, LongLivedGroupChatInformation, clause)
    return content_of(exchange, GroupChatSessionInformation, clause)


def participants_in(exchange: Exchange) -> tuple[ParticipantInformation, ...]:
    """The participants in a response with a group or a list of them; as `group_in`."""
    if _root(exchange) == _LIST:
        return content_of(exchange, ParticipantList).participant
    return group_in(exchange).participant


def entry_of(exchange: Exchange, address: str) -> ParticipantInformation | None:
    """The entry of a user among the participants; `None` without one."""
    entries = participants_in(exchange)
    return next((each for each in entries if same_address(each.address, address)), None)
