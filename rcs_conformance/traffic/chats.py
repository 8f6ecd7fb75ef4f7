"""The chats that traffic shows from their start, and what their users did in them.

Who acts outside the traffic is not known. So a user counts as connected only where the traffic
shows how it became so, and as gone only where it shows how it went.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime

from rcs_conformance.binding import Binding
from rcs_conformance.model.addresses import normal_address, same_address
from rcs_conformance.model.chat import (
    ParticipantInformation,
    ParticipantList,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.traffic.attributed import Attributed, Seen
from rcs_conformance.wire.created import created_as

_MADE = {
    "oneToOneSessions": (ChatKind.ONE_TO_ONE, "oneToOneSession", "sessionId"),
    "groups": (ChatKind.GROUP, "group", "sessionId"),
    "oneToOneExtend": (ChatKind.GROUP, "group", "sessionId"),
    "longLivedGroups": (ChatKind.LONG_LIVED, "longLivedGroup", "groupChatId"),
    "oneToOneExtendLongLived": (ChatKind.LONG_LIVED, "longLivedGroup", "groupChatId"),
}
"""What makes a chat: of which kind, as which resource, with which id."""

_STATUSES = frozenset({"oneToOneStatus", "participantStatus", "longLivedParticipantStatus"})
_LEFT = frozenset({"participant", "longLivedParticipant"})
_WHOLE = frozenset({"oneToOneSession", "group"})
_ADDED = frozenset({"participants", "longLivedParticipants"})


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a user did in a chat, with success.

    Attributes:
        seen: The request.
        user: Whose part in the chat changes.
        what: `join`, `leave`, `end` or `add`.
    """

    seen: Seen
    user: str
    what: str


@dataclass(slots=True)
class Chat:
    """A chat that was made within the traffic.

    Attributes:
        kind: Of which it is.
        creation: The request for it.
        originator: Address of the user who made it.
        invited: Addresses of the other users that the request names.
        ids: By user, under which each knows it.
        steps: What was done in it, in order.
    """

    kind: ChatKind
    creation: Seen
    originator: str
    invited: tuple[str, ...]
    ids: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def id_of(self, user: str) -> str | None:
        """Under which a user knows it; `None` where the traffic does not show it."""
        return self.ids.get(normal_address(user))

    def joined(self, user: str, before: datetime) -> bool:
        """Whether a user was surely connected at a time: it is, and no step might end it."""
        is_in = self.kind is ChatKind.LONG_LIVED and self.concerns(user)
        is_in = is_in or same_address(user, self.originator)
        for step in self.steps:
            if step.seen.started > before:
                break
            if step.what == "end":
                return False
            if same_address(step.user, user) and step.what in ("join", "leave"):
                is_in = step.what == "join" and step.seen.ended <= before
        if self.kind is ChatKind.ONE_TO_ONE:
            return is_in and self.is_accepted(before)
        return is_in

    def moves(self, user: str, beside: Step) -> bool:
        """Whether a user joins, leaves or ends it at the same time as another step is taken."""
        return any(
            each is not beside
            and same_address(each.user, user)
            and each.seen.started <= beside.seen.ended
            and beside.seen.started <= each.seen.ended
            for each in self.steps
        )

    def is_accepted(self, before: datetime) -> bool:
        """Whether somebody surely had accepted at a time."""
        return any(step.what == "join" and step.seen.ended <= before for step in self.steps)

    def is_over(self, before: datetime) -> Step | None:
        """The step that surely had ended it at a time."""
        return next((s for s in self.steps if s.what == "end" and s.seen.ended <= before), None)

    def left(self, user: str, before: datetime) -> Step | None:
        """The step by which a user surely was gone at a time, and has not joined since."""
        gone: Step | None = None
        for step in self.steps:
            if step.seen.started > before:
                break
            if same_address(step.user, user) and step.what in ("join", "leave", "add"):
                gone = step if step.what == "leave" and step.seen.ended <= before else None
        return gone

    def concerns(self, user: str) -> bool:
        """Whether the request that made it names a user."""
        return any(same_address(user, each) for each in (self.originator, *self.invited))


class Chats:
    """The chats of traffic.

    Args:
        traffic: Of it.
        binding: Says where what was made is found.
    """

    def __init__(self, traffic: Attributed, binding: Binding) -> None:
        self._known: dict[tuple[str, str], Chat] = {}
        self.all: list[Chat] = []
        self._seen = traffic.seen
        for seen in traffic.seen:
            chat = _made(seen, binding)
            if chat is not None and (chat.originator, self._id(seen)) not in self._known:
                self.all.append(chat)
                self.learn(chat, chat.originator, next(iter(chat.ids.values())))

    def learn(self, chat: Chat, user: str, chat_id: str) -> None:
        """A user knows a chat under an id."""
        chat.ids[normal_address(user)] = chat_id
        self._known.setdefault((normal_address(user), chat_id), chat)

    def of(self, seen: Seen) -> Chat | None:
        """The chat that a request is about; `None` where the traffic does not show its start."""
        return self._known.get((normal_address(seen.exchange.request.user), self._id(seen)))

    def named(self, user: str, chat_id: str | None) -> Chat | None:
        """The chat that a user knows under an id."""
        return self._known.get((normal_address(user), chat_id or ""))

    def follow(self) -> None:
        """Note what was done in each chat, once it is known under which ids."""
        for seen in self._seen:
            chat = self.of(seen)
            for step in _steps(seen) if chat is not None and seen.ok else ():
                if chat is not None:
                    chat.steps.append(step)

    @staticmethod
    def _id(seen: Seen) -> str:
        return seen.variables.get("sessionId") or seen.variables.get("groupChatId") or ""


def _made(seen: Seen, binding: Binding) -> Chat | None:
    exchange = seen.exchange
    made = _MADE.get(exchange.request.resource)
    if made is None or exchange.request.method != "POST" or not seen.ok:
        return None
    kind, resource, variable = made
    ids = created_as(exchange, binding.resources[resource].path or "")
    asked, user = seen.asked.content, exchange.request.user
    if not ids or asked is None or ids.get(variable) == "Location":
        return None
    named = [each.address for each in getattr(asked, "participant", ())]
    other = getattr(asked, "t_participant_address", None)
    named += [other] if other else []
    if exchange.request.resource.startswith("oneToOneExtend"):
        named.append(seen.variables.get("otherUserId", ""))
    return Chat(
        kind=kind,
        creation=seen,
        originator=user,
        invited=tuple(each for each in named if not same_address(each, user)),
        ids={normal_address(user): ids[variable]},
    )


def _steps(seen: Seen) -> Iterator[Step]:
    request = seen.exchange.request
    match request.method, request.resource:
        case "PUT" | "POST", resource if resource in _STATUSES:
            asked = seen.asked.content
            is_join = not isinstance(asked, ParticipantSessionStatus) or (
                asked.status is ParticipantStatus.CONNECTED
            )
            yield Step(seen, request.user, "join" if is_join else "leave")
        case "DELETE", resource if resource in _LEFT:
            yield Step(seen, seen.variables.get("participantId", ""), "leave")
        case "DELETE", resource if resource in _WHOLE:
            yield Step(seen, request.user, "end")
        case "POST", resource if resource in _ADDED:
            for address in added(seen):
                yield Step(seen, address, "add")


def added(seen: Seen) -> Sequence[str]:
    """The addresses of the users that a request adds."""
    asked = seen.asked.content
    if isinstance(asked, ParticipantList):
        return [each.address for each in asked.participant]
    return [asked.address] if isinstance(asked, ParticipantInformation) else []


def given_members(asked: object) -> frozenset[str]:
    """The names of the fields that a request has a value for, at any depth."""
    found: set[str] = set()
    for each in fields(asked) if is_dataclass(asked) else ():
        value = getattr(asked, each.name)
        if value not in (None, ()):
            found |= {each.name, *given_members(value)}
    return frozenset(found)
