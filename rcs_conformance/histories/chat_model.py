"""The model of one chat: what each operation does to it, and what may then be observed.

It is as liberal as the binding is: where several answers conform, several states may follow. It
knows nothing of how a target works.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from rcs_conformance.histories.records import Action, Operation, Outcome, Shown, Signal
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.kinds import ChatKind


class Standing(Enum):
    """How a user stands to a chat."""

    ABSENT = auto()
    """It was never part of it."""
    INVITED = auto()
    CONNECTED = auto()
    DECLINED = auto()
    CANCELLED = auto()
    """Its invitation was cancelled."""
    LEFT = auto()


_PRESENT = (Standing.INVITED, Standing.CONNECTED)

_SHOWN: Mapping[Standing, tuple[ParticipantStatus | None, ...]] = {
    Standing.INVITED: (ParticipantStatus.INVITED,),
    Standing.CONNECTED: (ParticipantStatus.CONNECTED,),
}
_GONE = (ParticipantStatus.DISCONNECTED, None)
"""What a reading may show of a user who is not part of the chat; `None`: not named."""


@dataclass(frozen=True, slots=True)
class ChatState:
    """A chat at some moment.

    Attributes:
        kind: A 1-to-1 session, a group chat, or a long-lived group.
        originator: Who started it.
        standings: Of every user, in a fixed order.
        accepted: Whether anyone but the originator has ever accepted.
        over: Whether it is cancelled, declined or ended.
    """

    kind: ChatKind
    originator: str
    standings: tuple[tuple[str, Standing], ...]
    accepted: bool = False
    over: bool = False

    def standing(self, user: str) -> Standing:
        return dict(self.standings).get(user, Standing.ABSENT)

    def users(self, *standings: Standing) -> frozenset[str]:
        """The users who stand so."""
        return frozenset(user for user, one in self.standings if one in standings)

    def with_standing(self, user: str, standing: Standing) -> "ChatState":
        """The chat in which a user stands so."""
        changed = {**dict(self.standings), user: standing}
        joins = standing is Standing.CONNECTED and user != self.originator
        return replace(self, standings=tuple(changed.items()), accepted=self.accepted or joins)


def begun(
    kind: ChatKind, originator: str, others: Iterable[str], standing: Standing, *absent: str
) -> ChatState:
    """A chat of an originator, who takes part, and others, who all stand alike."""
    standings = {
        originator: Standing.CONNECTED,
        **dict.fromkeys(others, standing),
        **dict.fromkeys(absent, Standing.ABSENT),
    }
    return ChatState(kind, originator, tuple(standings.items()), standing is Standing.CONNECTED)


def follows(state: ChatState, operation: Operation) -> tuple[ChatState, ...]:
    """The states that may follow an operation; none where the operation contradicts the model."""
    match operation.outcome:
        case Outcome.CONFLICT:
            return (state,)
        case Outcome.FAILED:
            return ()
        case Outcome.REFUSED:
            return (state,) if _MAY_REFUSE[operation.action](state, operation) else ()
        case Outcome.ACCEPTED:
            return _EFFECT[operation.action](state, operation)
    return (state, *_EFFECT[operation.action](state, operation))


def _may_refuse_accept(state: ChatState, operation: Operation) -> bool:
    """Only an open invitation must be accepted; joining again may be excluded by policy."""
    return state.over or state.standing(operation.user) is not Standing.INVITED


def _accept(state: ChatState, operation: Operation) -> tuple[ChatState, ...]:
    standing = state.standing(operation.user)
    if state.over or standing in (Standing.ABSENT, Standing.CANCELLED):
        return ()
    return (state.with_standing(operation.user, Standing.CONNECTED),)


def _may_refuse_leave(state: ChatState, operation: Operation) -> bool:
    return state.over or state.standing(operation.user) not in _PRESENT


def _leave(state: ChatState, operation: Operation) -> tuple[ChatState, ...]:
    """A decline, a leave, or nothing, for a second DELETE may succeed as well.

    When a participant leaves, the server may end a group chat that has at most one left, or that
    its originator left.
    """
    user = operation.user
    standing = state.standing(user)
    if state.over or standing not in _PRESENT:
        return (state,)
    if standing is Standing.INVITED:
        return (state.with_standing(user, Standing.DECLINED),)
    left = state.with_standing(user, Standing.LEFT)
    alone = len(left.users(Standing.CONNECTED)) <= 1
    may_end = state.kind is ChatKind.GROUP and (alone or user == state.originator)
    return (left, replace(left, over=True)) if may_end else (left,)


def _may_refuse_end(state: ChatState, operation: Operation) -> bool:
    """After an acceptance the originator's DELETE may be refused (UNI-CHT-003a.4)."""
    return state.over or (state.accepted and operation.user == state.originator)


def _end(state: ChatState, operation: Operation) -> tuple[ChatState, ...]:
    """An end; it may be called a cancellation or a decline only before an acceptance."""
    if state.over:
        return (state,)
    if operation.signalled in (Signal.CANCELLED, Signal.DECLINED) and state.accepted:
        return ()
    return (replace(state, over=True),)


def _may_refuse_cancel(state: ChatState, operation: Operation) -> bool:
    """A server may leave it to the DELETE of the whole group to cancel invitations."""
    return True


def _cancel(state: ChatState, operation: Operation) -> tuple[ChatState, ...]:
    standing = state.standing(operation.subject)
    if state.over or standing not in _PRESENT:
        return (state,)
    if standing is Standing.CONNECTED:
        return ()
    return (state.with_standing(operation.subject, Standing.CANCELLED),)


def _may_refuse_add(state: ChatState, operation: Operation) -> bool:
    """Only a user who was never part of the chat must be added."""
    is_new = state.standing(operation.subject) is Standing.ABSENT
    return state.over or state.standing(operation.user) is not Standing.CONNECTED or not is_new


def _add(state: ChatState, operation: Operation) -> tuple[ChatState, ...]:
    if state.over or state.standing(operation.user) is not Standing.CONNECTED:
        return ()
    if state.standing(operation.subject) in _PRESENT:
        return (state,)
    is_member = state.kind is ChatKind.LONG_LIVED
    standing = Standing.CONNECTED if is_member else Standing.INVITED
    return (state.with_standing(operation.subject, standing),)


def _may_refuse_send(state: ChatState, operation: Operation) -> bool:
    is_open = state.kind is ChatKind.ONE_TO_ONE and not state.accepted
    return state.over or is_open or state.standing(operation.user) is not Standing.CONNECTED


def _send(state: ChatState, operation: Operation) -> tuple[ChatState, ...]:
    """A message goes to all who are connected, and to no one else."""
    if state.over or state.standing(operation.user) is not Standing.CONNECTED:
        return ()
    if state.kind is ChatKind.ONE_TO_ONE and not state.accepted:
        return (state,)
    connected = state.users(Standing.CONNECTED)
    received, missed = operation.received or frozenset(), operation.missed or frozenset()
    return (state,) if received <= connected and not missed & connected else ()


def _may_refuse_read(state: ChatState, operation: Operation) -> bool:
    return state.over or state.standing(operation.user) is not Standing.CONNECTED


def _read(state: ChatState, operation: Operation) -> tuple[ChatState, ...]:
    return (state,) if _shows(state, operation.shown or ()) else ()


def _shows(state: ChatState, shown: Shown) -> bool:
    if state.over:
        return all(status in _GONE for _, status in shown)
    return all(status in _SHOWN.get(state.standing(user), _GONE) for user, status in shown)


_MAY_REFUSE: Mapping[Action, Callable[[ChatState, Operation], bool]] = {
    Action.ACCEPT: _may_refuse_accept,
    Action.LEAVE: _may_refuse_leave,
    Action.END: _may_refuse_end,
    Action.CANCEL: _may_refuse_cancel,
    Action.ADD: _may_refuse_add,
    Action.SEND: _may_refuse_send,
    Action.READ: _may_refuse_read,
}
_EFFECT: Mapping[Action, Callable[[ChatState, Operation], tuple[ChatState, ...]]] = {
    Action.ACCEPT: _accept,
    Action.LEAVE: _leave,
    Action.END: _end,
    Action.CANCEL: _cancel,
    Action.ADD: _add,
    Action.SEND: _send,
    Action.READ: _read,
}
