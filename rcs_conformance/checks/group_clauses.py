"""Groups of either kind as answers show them, and the occasions on which they come about."""

from collections.abc import Sequence
from dataclasses import dataclass

from rcs_conformance.checks.judging import content_of, place_of
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
"""What shows a group as a whole."""

_LONG_LIVED = "longLivedGroupChatInformation"
_LIST = "participantList"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """An occasion on which a group comes about, by the clauses that own what it is then.

    Attributes:
        granted: Clause that it comes about.
        identified: Clause that its id is returned.
        closed: Clause about closed=true.
        regular: Clause about closed=false.
        unsaid: Clause about closed being left out.
        services: Clause about services that were asked for.
        no_services: Clause about none being asked for.
    """

    granted: str
    identified: str
    closed: str
    regular: str
    unsaid: str
    services: str
    no_services: str

    def about_closed(self, asked: bool | None) -> str:
        """The clause about a value of the closed parameter."""
        return {True: self.closed, False: self.regular, None: self.unsaid}[asked]

    def about_services(self, asked: Sequence[str]) -> str:
        """The clause about a value of the gc_services parameter."""
        return self.services if asked else self.no_services


START = Occasion(
    granted="UNI-CHT-002b.1",
    identified="UNI-CHT-002b.2",
    closed="UNI-CHT-002b.4",
    regular="UNI-CHT-002b.5",
    unsaid="UNI-CHT-002b.6",
    services="UNI-CHT-002b.7",
    no_services="UNI-CHT-002b.8",
)
"""A group chat is started."""

EXTENSION = Occasion(
    granted="UNI-CHT-013.1",
    identified="UNI-CHT-013.1",
    closed="UNI-CHT-013.3",
    regular="UNI-CHT-013.3",
    unsaid="UNI-CHT-013.4",
    services="UNI-CHT-013.1",
    no_services="UNI-CHT-013.1",
)
"""A group chat is made of a 1-to-1 chat."""

CREATION = Occasion(
    granted="UNI-CHT-030.1",
    identified="UNI-CHT-030.2",
    closed="UNI-CHT-030.3",
    regular="UNI-CHT-030.3",
    unsaid="UNI-CHT-030.4",
    services="UNI-CHT-030.5",
    no_services="UNI-CHT-030.6",
)
"""A long-lived group is created."""

LONG_LIVED_EXTENSION = Occasion(
    granted="UNI-CHT-039.1",
    identified="UNI-CHT-039.1",
    closed="UNI-CHT-039.2",
    regular="UNI-CHT-039.2",
    unsaid="UNI-CHT-039.2",
    services="UNI-CHT-039.3",
    no_services="UNI-CHT-039.3",
)
"""A long-lived group is made of a 1-to-1 chat."""

QUERY = Occasion(
    granted="UNI-CHT-035.1",
    identified="UNI-CHT-035.1",
    closed="UNI-CHT-035.4",
    regular="UNI-CHT-035.4",
    unsaid="UNI-CHT-035.4",
    services="UNI-CHT-035.3",
    no_services="UNI-CHT-035.3",
)
"""A long-lived group is queried; that it was made so is settled."""


def _root(exchange: Exchange) -> str:
    roots = READINGS if exchange.request.method == "GET" else CREATIONS
    return roots.get(exchange.request.resource, "")


def within(exchange: Exchange, path: str) -> str:
    """Where in the group, or in the list of participants, something was found."""
    return place_of(exchange, f"{_root(exchange)}/{path}")


def group_in(exchange: Exchange, clause: str = "") -> Info:
    """The group in the answer to a request about it.

    Raises:
        Inconclusive: The request did not succeed, or its answer cannot be read.
    """
    if _root(exchange) == _LONG_LIVED:
        return content_of(exchange, LongLivedGroupChatInformation, clause)
    return content_of(exchange, GroupChatSessionInformation, clause)


def participants_in(exchange: Exchange) -> tuple[ParticipantInformation, ...]:
    """The participants in the answer to a request about a group or about them; as `group_in`."""
    if _root(exchange) == _LIST:
        return content_of(exchange, ParticipantList).participant
    return group_in(exchange).participant


def entry_of(exchange: Exchange, address: str) -> ParticipantInformation | None:
    """The entry of a user among the participants; `None` where it is not shown."""
    entries = participants_in(exchange)
    return next((each for each in entries if same_address(each.address, address)), None)
