"""What every operation works with, and what operations share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from rcs_conformance.reference import refusals
from rcs_conformance.reference.calls import Answer, Call
from rcs_conformance.reference.herald import Herald
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Conversation, Member, World
from rcs_conformance.reference.views import Views

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """The server's state, its rules, what it shows and how it notifies."""

    world: World
    rules: Rules
    views: Views
    herald: Herald

    def owner(self, call: Call) -> str:
        """The main address of the user whom the URL names."""
        return self.world.accounts.address(call.variables["userId"])

    def session(self, call: Call) -> tuple[Conversation, Member]:
        """The group chat that the URL names, and the user's part in it; refuses 404."""
        session_id = call.variables["sessionId"]
        found = self.world.session(self.owner(call), session_id)
        if found is None or not self.rules.available(call, *found):
            raise refusals.not_found(session_id)
        return found

    def participant(self, call: Call, conversation: Conversation) -> Member:
        """The participant whom the URL names; refuses 404."""
        address = self.world.accounts.address(call.variables["participantId"])
        found = conversation.member(address)
        if found is None:
            raise refusals.not_found(call.variables["participantId"])
        return found

    def repeated(
        self, call: Call, collection: str, correlator: str | None, kind: type[T]
    ) -> T | None:
        """What the same user made before with the same correlator in the same collection."""
        if not self.rules.repeats(correlator, collection):
            return None
        found = self.world.remembered(self.owner(call), collection, correlator)
        return found if isinstance(found, kind) else None


Operation = Callable[[Chat, Call, object], Answer]
"""Carries out one verb of one resource; the last argument is the structure of the body."""


def expect(content: object, kind: type[T]) -> T:
    """The structure of a body, which must be the one that the resource takes; refuses 400."""
    if not isinstance(content, kind):
        raise refusals.malformed(f"{type(content).__name__} where {kind.__name__} is expected")
    return content


def created(content: object, url: str) -> Answer:
    """201 with what was created and where it is."""
    return Answer(status=201, content=content, headers=(("Location", url),))
