"""What group chats and long-lived groups have in common: participants who come and go."""

from dataclasses import dataclass, replace
from typing import ClassVar

from rcs_conformance.binding import Additions, ParticipantLists, Rejoining
from rcs_conformance.checks.group_clauses import Occasion
from rcs_conformance.checks.judging import succeeded
from rcs_conformance.driver import Actor
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.chat import (
    GroupChatSessionInformation,
    ParticipantInformation,
    ParticipantList,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import Service
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.wire.urls import identifiers

_LISTS = ParticipantList | GroupChatSessionInformation
"""What a binding may leave the reading user out of, when that user reads it."""


@dataclass(slots=True, kw_only=True)
class MultiUserChat(Chat):
    """A chat of several users.

    Attributes:
        occasion: The clauses about how such a chat comes about by itself.
        requested_services: The tokens of the services that it was requested with.
        subject: The subject that was sent: the offer's behind the marker; `None` without one.
    """

    occasion: ClassVar[Occasion]

    requested_services: tuple[str, ...]
    subject: str | None

    @property
    def services(self) -> tuple[str, ...]:
        """The services that the chat must have: those requested that the target supports."""
        supported = self.environment.supported_services
        return tuple(service for service in self.requested_services if service in supported)

    def linked(self, who: Actor) -> tuple[str, ...]:
        """The URLs of the chat in what a user was notified of when it became part of it."""
        path, own = self.environment.path(self.terms.chat), self.variables(who)
        hrefs = (link.href for link in getattr(self._joined_by(who), "link", ()))
        return tuple(each for each in hrefs if identifiers(each, path) == own)

    def _joined_by(self, who: Actor) -> object | None:
        """The invitation or the like that made a user part of the chat, if it was waited for."""
        return None

    def read_participants(self, who: Actor, fmt: Format | None = None) -> Exchange:
        """Read the list of participants; as `completed`."""
        return self.completed(who, self.get(who, self.terms.participants, fmt), fmt)

    def list_participants(self, who: Actor) -> Exchange:
        """Read the list of participants as the target shows it to the user who reads it."""
        return self.get(who, self.terms.participants)

    def named_to(self, who: Actor, *whom: Actor) -> list[str]:
        """The addresses of those users whom a list that the target shows to one of them names."""
        leaves_out = who.binding.participant_lists is ParticipantLists.OTHERS
        return [each.address for each in whom if not (leaves_out and each is who)]

    def read(self, who: Actor, fmt: Format | None = None) -> Exchange:
        """Read the chat; as `completed`."""
        return self.completed(who, self.get(who, self.terms.chat, fmt), fmt)

    def completed(self, who: Actor, read: Exchange, fmt: Format | None = None) -> Exchange:
        """What lists the participants, with the user who reads it.

        A binding may leave that user out (binding, section 7). Then it is read alone, where the
        target claims that; or by the first of the others who is shown it.

        Args:
            who: The user who has read it.
            read: The reading.
            fmt: In which more is read; that of the chat unless given.
        """
        listed = read.answer.content
        lists = who.binding.participant_lists
        if lists is ParticipantLists.ALL or not isinstance(listed, _LISTS):
            return read
        if any(same_address(each.address, who.address) for each in listed.participant):
            return read
        own = self._own_entry(who, fmt)
        content = replace(listed, participant=(*own, *listed.participant))
        return replace(read, answer=replace(read.answer, content=content))

    def _own_entry(self, who: Actor, fmt: Format | None) -> tuple[ParticipantInformation, ...]:
        """The participant that a user is; none where nothing shows it."""
        if self.environment.claims.operation(f"GET {self.terms.participant}"):
            alone = self.read_participant(who, who, fmt).answer.content
            return (alone,) if isinstance(alone, ParticipantInformation) else ()
        for other in (each for each in self.others(who) if each.address in self.ids):
            listed = self.get(other, self.terms.participants, fmt).answer.content
            entries = getattr(listed, "participant", ())
            own = tuple(each for each in entries if same_address(each.address, who.address))
            if own:
                return own
        return ()

    def read_participant(self, who: Actor, whom: Actor, fmt: Format | None = None) -> Exchange:
        return self.get(who, self.terms.participant, fmt, participantId=whom.address)

    def accept(self, who: Actor, services: tuple[Service | str, ...] = ()) -> Exchange:
        """Accept an invitation, or join again where the binding uses the same request for that."""
        status = ParticipantSessionStatus(
            status=ParticipantStatus.CONNECTED,
            supported_service=self.environment.service_tokens(services),
        )
        resource = self.terms.participant_status
        return self.do(who, "PUT", resource, status, participantId=who.address)

    def come_back(self, who: Actor) -> Exchange:
        """Join again after leaving, in the way that the dialect has for it (binding, section 7)."""
        if who.binding.rejoining is Rejoining.PARTICIPANTS:
            return self._add(who, (who,))
        return self.accept(who)

    def leave(self, who: Actor) -> Exchange:
        """Leave, or decline what was not accepted yet."""
        return self.remove(who, who)

    def remove(self, who: Actor, whom: Actor) -> Exchange:
        """Take a participant out: cancel its invitation, where that is allowed."""
        return self.do(who, "DELETE", self.terms.participant, participantId=whom.address)

    def add(self, who: Actor, *whom: Actor) -> Exchange:
        """Add more users; their mailboxes are open before that.

        Where a dialect adds them one at a time, the last request is what is returned; or the first
        one that does not succeed.
        """
        for each in whom:
            self.environment.mailboxes.of(each, self.fmt)
        if who.binding.additions is Additions.LIST:
            return self._add(who, whom)
        for each in whom[:-1]:
            added = self._add(who, (each,))
            if not succeeded(added):
                return added
        return self._add(who, whom[-1:])

    def _add(self, who: Actor, whom: tuple[Actor, ...]) -> Exchange:
        added = tuple(ParticipantInformation(address=each.address) for each in whom)
        return self.do(who, "POST", self.terms.participants, ParticipantList(participant=added))
