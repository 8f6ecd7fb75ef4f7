"""What every operation works with, and what operations share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.addresses import canonical, is_usable
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.notifier import Notifier
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Conversation, Member
from rcs_conformance.reference.views import Views
from rcs_conformance.reference.world import World

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """The server's state, its rules, what it shows and how it notifies."""

    world: World
    rules: Rules
    views: Views
    notifier: Notifier

    def owner(self, call: Call) -> str:
        """The main address of the user in the URL."""
        return self.world.accounts.address(call.variables["userId"])

    def other(self, call: Call) -> str:
        """The main address of the other user of a 1-to-1 chat, from the URL."""
        return self.world.accounts.address(call.variables["otherUserId"])

    def is_known(self, address: str) -> bool:
        return self.world.accounts.by_address(address) is not None

    def is_usable(self, address: str) -> bool:
        """Whether an address could reach a user: one of this server's, or another one's."""
        return self.is_known(address) or is_usable(address)

    def session(self, call: Call) -> tuple[Conversation, Member]:
        """The chat in the URL, and the user's membership; rejects with 404."""
        found = self._adhoc(call) if call.kind is ChatKind.ADHOC else self._known(call)
        if found is None or not self.rules.available(call, *found):
            raise rejections.not_found(call.chat_id)
        return found

    def _adhoc(self, call: Call) -> tuple[Conversation, Member]:
        owner, other = self.owner(call), self.other(call)
        found = self.is_known(other) or self.rules.accepts_unknown_contacts()
        if not found or canonical(other) == canonical(owner):
            raise rejections.no_such_user(call.variables["otherUserId"])
        conversation = self.world.adhoc(owner, other)
        return conversation, conversation.part_of(owner)

    def _known(self, call: Call) -> tuple[Conversation, Member] | None:
        found = self.world.session(self.owner(call), call.chat_id)
        if found is None or found[0].kind is not call.kind:
            return None
        conversation, member = found
        if conversation.kind is ChatKind.ONE_TO_ONE:
            other = conversation.other(member).address
            return found if canonical(other) == canonical(self.other(call)) else None
        return found

    def participant(self, call: Call, conversation: Conversation) -> Member:
        """The participant in the URL; rejects with 404."""
        named = call.variables["participantId"]
        members = conversation.members.values()
        own = (each for each in members if self.rules.participant_id(each.address) == named)
        found = next(own, None)
        address = self.world.accounts.address(named)
        if found is None and self.rules.participant_id(address) == address:
            found = conversation.member(address)
        if found is None:
            raise rejections.not_found(named)
        return found

    def repeated(
        self, call: Call, collection: str, correlator: str | None, kind: type[T]
    ) -> T | None:
        """What the user created before with the same correlator in the same collection."""
        if not self.rules.repeats(call, correlator):
            return None
        found = self.world.remembered(self.owner(call), collection, correlator)
        return found if isinstance(found, kind) else None


Operation = Callable[[Chat, Call, object], Response]
"""Carries out one verb of one resource; the last argument is the structure of the body."""


def expect(content: object, kind: type[T]) -> T:
    """The structure of a body, which must be of the given kind; rejects with 400."""
    if not isinstance(content, kind):
        raise rejections.malformed(f"{type(content).__name__} where {kind.__name__} is expected")
    return content


def created(content: object, url: str) -> Response:
    """201 with what was created and its Location."""
    return Response(status=201, content=content, headers=(("Location", url),))
