"""What group chats and long-lived groups have in common: participants who come and go."""

from dataclasses import dataclass
from typing import ClassVar

from rcs_conformance.checks.groups import Occasion
from rcs_conformance.driver import Actor
from rcs_conformance.model.chat import (
    ParticipantInformation,
    ParticipantList,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario.conversation import Conversation


@dataclass(slots=True, kw_only=True)
class Gathering(Conversation):
    """A chat of several users.

    Attributes:
        occasion: The clauses about how such a chat comes about by itself.
        offer: What was asked for.
        subject: The subject that was sent: the offer's behind the marker; `None` without one.
    """

    occasion: ClassVar[Occasion]

    offer: GroupOffer
    subject: str | None

    @property
    def services(self) -> tuple[str, ...]:
        """The services that the chat must have: those asked for that the target supports."""
        supported = self.stage.supported_services
        return tuple(service for service in self.offer.services if service in supported)

    def read_participants(self, who: Actor, fmt: Format | None = None) -> Exchange:
        """Read the list of participants."""
        return self.get(who, self.terms.participants, fmt)

    def read_participant(self, who: Actor, whom: Actor, fmt: Format | None = None) -> Exchange:
        """Read one participant."""
        return self.get(who, self.terms.participant, fmt, participantId=whom.address)

    def accept(self, who: Actor, services: tuple[str, ...] = ()) -> Exchange:
        """Accept an invitation, or join again after leaving."""
        status = ParticipantSessionStatus(
            status=ParticipantStatus.CONNECTED, supported_service=services
        )
        resource = self.terms.participant_status
        return self.do(who, "PUT", resource, status, participantId=who.address)

    def leave(self, who: Actor) -> Exchange:
        """Leave, or decline what was not accepted yet."""
        return self.remove(who, who)

    def remove(self, who: Actor, whom: Actor) -> Exchange:
        """Take a participant out: cancel its invitation, where that is allowed."""
        return self.do(who, "DELETE", self.terms.participant, participantId=whom.address)

    def add(self, who: Actor, *whom: Actor) -> Exchange:
        """Add more users; their mailboxes are open before that."""
        for each in whom:
            self.stage.mail.box(each, self.fmt)
        added = tuple(ParticipantInformation(address=each.address) for each in whom)
        return self.do(who, "POST", self.terms.participants, ParticipantList(participant=added))
