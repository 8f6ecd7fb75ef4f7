"""A long-lived group chat in the test bed: its members, and what they can do."""

from dataclasses import dataclass, field
from typing import ClassVar

from rcs_conformance.checks.group_clauses import CREATION, Occasion
from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import LongLivedGroupChatInformation
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import LongLivedGroupChatAddedNotification
from rcs_conformance.model.results import CheckResult, Outcome
from rcs_conformance.scenario.chats.multi_user import MultiUserChat
from rcs_conformance.scenario.mailboxes.deadlines import needing
from rcs_conformance.scenario.setup.markers import marker_in
from rcs_conformance.scenario.setup.preconditions import require_arrival, require_success
from rcs_conformance.wire.created import created_id
from rcs_conformance.wire.urls import identifiers

Addition = Awaited[LongLivedGroupChatAddedNotification]


@dataclass(slots=True, kw_only=True)
class LongLivedChat(MultiUserChat):
    """A long-lived group that was requested; each user learns its id from the target.

    Attributes:
        additions: The notification of being added, by address of the user.
    """

    kind: ClassVar[ChatKind] = ChatKind.LONG_LIVED
    occasion: ClassVar[Occasion] = CREATION

    additions: dict[str, Addition] = field(default_factory=dict)

    def _unknown(self, who: Actor) -> Inconclusive:
        reason = f"no group chat id is known for {who.address}"
        return Inconclusive(Cause.PRECONDITION, reason, "UNI-CHT-032.1")

    def chat_id_in(self, content: object) -> str | None:
        """What a notification says which group it is about."""
        found = getattr(content, "group_chat_id", None)
        return found if isinstance(found, str) else None

    def variables(self, who: Actor) -> dict[str, str]:
        """The path variables by which a user addresses the group."""
        return {"groupChatId": self.chat_id(who)}

    def start_again(self) -> Exchange:
        """Repeat the request that created the group."""
        return self.originator.send("POST", "longLivedGroups", self.request, fmt=self.fmt)

    def rejoin(self, who: Actor) -> Exchange:
        """Join again after leaving.

        Raises:
            NotApplicable: The target does not claim this.
        """
        self.environment.claims.require_operation("PUT longLivedParticipantStatus")
        return self.come_back(who)

    def list_of(self, who: Actor) -> Exchange:
        """Read the list of all long-lived groups of a user."""
        return who.send("GET", "longLivedGroups", fmt=self.fmt)

    def every_reading(self, who: Actor) -> list[Exchange]:
        """Read the group, and its participants where the target claims that."""
        reads = [self.read(who)]
        if self.environment.claims.operation("GET longLivedParticipants"):
            reads.append(self.read_participants(who))
        return reads

    def read_members(self, who: Actor) -> list[tuple[Actor, Exchange]]:
        """Read each member alone; none if the target returns 405 (no SCR item covers it)."""
        reads = [(each, self.read_participant(who, each)) for each in self.everyone]
        return [(each, read) for each, read in reads if read.answer.status != 405]

    def created_id(self, start: Exchange) -> str | None:
        """The group chat id in the response to a creation, as a member or in the URL."""
        content = start.answer.content
        if isinstance(content, LongLivedGroupChatInformation) and content.group_chat_id:
            return content.group_chat_id
        return created_id(start, self.environment.path("longLivedGroup"), "groupChatId")

    # What a user does on the way to something else: `Inconclusive` where it is refused -----------

    def await_invitations(self) -> None:
        """Wait for all added-notifications; a missing one is attributed to UNI-CHT-032.1."""
        for each in self.invited:
            with needing("UNI-CHT-032.1"):
                require_arrival(self.addition(each), "UNI-CHT-032.1")

    def depart(self, who: Actor) -> None:
        """Leave the group; a rejection is attributed to UNI-CHT-033.1."""
        require_success(self.leave(who), "UNI-CHT-033.1")

    # What a user is told -----------------------------------------------------------------------

    def addition(self, who: Actor) -> Addition:
        """The notification of being added, waited for once; its id is remembered.

        It is known by the marker in the subject, or by the id that the creator was given.
        """
        if who.address not in self.additions:
            found = self.environment.mailboxes.awaited(
                who, self.fmt, LongLivedGroupChatAddedNotification, self._is_addition
            )
            self.additions[who.address] = found
            if found.content is not None and (notified := self._id_of(found.content)):
                self.know(who, notified)
        return self.additions[who.address]

    def additions_beside(self, reading: CheckResult) -> list[Addition]:
        """The notifications of all who were added, for what a reading or one of them must show.

        Where UNI-CHT-032.1 has failed, and the reading shows it, none is waited for.

        Args:
            reading: What was found of the reading alone.
        """
        experience = self.environment.mailboxes.arrivals.deadlines.experience
        have_failed = self.originator.journal.observed(
            "additions have failed", lambda: experience.has_failed("UNI-CHT-032.1")
        )
        if have_failed and reading.outcome is Outcome.PASSED:
            return []
        return [self.addition(each) for each in self.invited]

    def _joined_by(self, who: Actor) -> object | None:
        found = self.additions.get(who.address)
        return None if found is None else found.content

    def is_here(self, who: Actor, content: object) -> bool:
        """Whether a notification is about this group: by its id, or by its link."""
        if self.chat_id_in(content) == self.chat_id(who):
            return True
        return self.chat_id(who) in self._linked(content)

    def _is_addition(self, content: LongLivedGroupChatAddedNotification) -> bool:
        shown = marker_in(content.subject)
        if shown is not None:
            return shown == self.marker
        return self._id_of(content) in self.ids.values()

    def _id_of(self, content: LongLivedGroupChatAddedNotification) -> str | None:
        """The id that an addition tells, by its member or else by its link."""
        return content.group_chat_id or next(iter(self._linked(content)), None)

    def _linked(self, content: object) -> list[str]:
        template = self.environment.path("longLivedGroup")
        found = (identifiers(link.href, template) for link in getattr(content, "link", ()))
        return [each["groupChatId"] for each in found if each]
