"""Histories for the tests of the judge: good ones, bad ones, and generated ones."""

from dataclasses import replace
from itertools import permutations
from random import Random

from hypothesis import strategies as st

from rcs_conformance.histories.chat_model import ChatState, Standing, begun, follows
from rcs_conformance.histories.records import Action, Facet, Operation, Outcome, Signal
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.kinds import ChatKind

ALICE, BOB, CAROL, DAVE = "alice", "bob", "carol", "dave"

SESSION = begun(ChatKind.ONE_TO_ONE, ALICE, (BOB,), Standing.INVITED)
INVITED = begun(ChatKind.GROUP, ALICE, (BOB, CAROL), Standing.INVITED, DAVE)
GROUP = begun(ChatKind.GROUP, ALICE, (BOB, CAROL), Standing.CONNECTED, DAVE)
MEMBERS = begun(ChatKind.LONG_LIVED, ALICE, (BOB, CAROL), Standing.CONNECTED, DAVE)

REFUSED, OPEN = Outcome.REFUSED, Outcome.OPEN
CONNECTED, GONE = ParticipantStatus.CONNECTED, ParticipantStatus.DISCONNECTED


def op(user: str, action: Action, called: float, returned: float, **observed: object) -> Operation:
    """An operation with clauses named after what is observed of it."""
    plain = Operation(user=user, action=action, called=called, returned=returned)
    clauses = {facet: f"{action.value}.{facet.value}" for facet in Facet}
    return replace(plain, clauses=clauses, **observed)  # type: ignore[arg-type]  # any facet


def end(user: str, called: float, returned: float, **observed: object) -> Operation:
    return op(user, Action.END, called, returned, **observed)


def accept(user: str, called: float, returned: float, **observed: object) -> Operation:
    return op(user, Action.ACCEPT, called, returned, **observed)


def leave(user: str, called: float, returned: float, **observed: object) -> Operation:
    return op(user, Action.LEAVE, called, returned, **observed)


def add(user: str, called: float, returned: float, **observed: object) -> Operation:
    return op(user, Action.ADD, called, returned, subject=DAVE, **observed)


def send(user: str, called: float, returned: float, *got: str, missed: str = "") -> Operation:
    lost = frozenset({missed} - {""})
    return op(user, Action.SEND, called, returned, received=frozenset(got), missed=lost)


def read(user: str, called: float, **shown: ParticipantStatus | None) -> Operation:
    return op(user, Action.READ, called, called + 0.1, shown=tuple(shown.items()))


GOOD: tuple[tuple[str, ChatState, tuple[Operation, ...]], ...] = (
    ("nothing", SESSION, ()),
    ("cancelled first", SESSION, (end(ALICE, 0, 1), accept(BOB, 0, 1, outcome=REFUSED))),
    (
        "accepted first, then ended",
        SESSION,
        (end(ALICE, 0, 1, signalled=Signal.ENDED), accept(BOB, 0, 1)),
    ),
    (
        "end after the acceptance refused",
        SESSION,
        (end(ALICE, 0, 1, outcome=REFUSED), accept(BOB, 0, 1)),
    ),
    ("conflict", SESSION, (end(ALICE, 0, 1, outcome=Outcome.CONFLICT), accept(BOB, 0, 1))),
    ("no response", SESSION, (end(ALICE, 0, float("inf"), outcome=OPEN), accept(BOB, 5, 6))),
    ("two DELETEs", SESSION, (end(ALICE, 0, 1), end(BOB, 0, 1))),
    ("message to who leaves, received", GROUP, (leave(BOB, 0, 1), send(ALICE, 0, 1, BOB, CAROL))),
    (
        "message to who leaves, missed",
        GROUP,
        (leave(BOB, 0, 1), send(ALICE, 0, 1, CAROL, missed=BOB)),
    ),
    (
        "added, and gone",
        GROUP,
        (
            add(ALICE, 0, 1),
            leave(BOB, 0, 1),
            read(ALICE, 2, bob=None, dave=ParticipantStatus.INVITED),
        ),
    ),
    (
        "last two leave",
        GROUP,
        (leave(ALICE, 0, 1), leave(BOB, 0, 1), leave(CAROL, 0, 1, outcome=REFUSED)),
    ),
    (
        "joined again or left",
        MEMBERS,
        (leave(BOB, 0, 1), accept(BOB, 0, 1), read(ALICE, 2, bob=GONE)),
    ),
)
"""Histories that some order explains, from a state."""

BAD: tuple[tuple[str, ChatState, tuple[Operation, ...], str], ...] = (
    (
        "cancelled and accepted",
        SESSION,
        (end(ALICE, 0, 1, signalled=Signal.CANCELLED), accept(BOB, 0, 1)),
        "end.signalled",
    ),
    (
        "accepted after the cancellation",
        SESSION,
        (end(ALICE, 0, 1), accept(BOB, 2, 3)),
        "accept.outcome",
    ),
    (
        "acceptance refused for nothing",
        SESSION,
        (accept(BOB, 0, 1, outcome=REFUSED),),
        "accept.outcome",
    ),
    ("error of the server", GROUP, (leave(BOB, 0, 1, outcome=Outcome.FAILED),), "leave.outcome"),
    (
        "message to one who had left",
        GROUP,
        (leave(BOB, 0, 1), send(ALICE, 2, 3, BOB, CAROL)),
        "send.received",
    ),
    ("message lost", GROUP, (send(ALICE, 0, 1, CAROL, missed=BOB),), "send.missed"),
    (
        "acceptance lost",
        INVITED,
        (
            accept(BOB, 0, 1),
            accept(CAROL, 0, 1),
            read(ALICE, 2, bob=CONNECTED, carol=ParticipantStatus.INVITED),
        ),
        "read.shown",
    ),
    (
        "addition lost",
        GROUP,
        (add(ALICE, 0, 1), leave(BOB, 0, 1), read(ALICE, 2, dave=None)),
        "read.shown",
    ),
    ("post after leaving", MEMBERS, (leave(BOB, 0, 1), send(BOB, 2, 3)), "send.outcome"),
    (
        "notified before it can be read",
        GROUP,
        (leave(BOB, 0, 1), read(ALICE, 2, bob=CONNECTED), leave(CAROL, 0, 9)),
        "read.shown",
    ),
)
"""Histories that no order explains, with the clause of what contradicts."""

_USERS = st.sampled_from([ALICE, BOB, CAROL])
_STATUSES = st.sampled_from([CONNECTED, GONE, ParticipantStatus.INVITED, None])


@st.composite
def operations(draw: st.DrawFn) -> Operation:
    """Any operation on a group, with anything observed of it."""
    called = draw(st.integers(0, 6))
    made = Operation(
        user=draw(_USERS),
        action=draw(st.sampled_from([each for each in Action if each is not Action.MAKE])),
        subject=draw(st.sampled_from([BOB, DAVE])),
        called=called,
        returned=called + draw(st.integers(0, 4)),
        outcome=draw(st.sampled_from([*Outcome, Outcome.ACCEPTED, Outcome.ACCEPTED])),
        signalled=draw(st.sampled_from([None, None, *Signal])),
        received=draw(st.none() | st.frozensets(_USERS)),
        missed=draw(st.none() | st.frozensets(_USERS)),
        shown=draw(st.none() | st.tuples(st.tuples(_USERS, _STATUSES))),
    )
    return replace(made, returned=float("inf")) if made.outcome is OPEN else made


def by_brute_force(history: list[Operation], initial: ChatState) -> bool:
    """Whether any order of any choice of the operations explains them; all are tried."""
    optional = [each for each in history if each.may_be_missing]
    for kept in range(1 << len(optional)):
        left_out = [each for number, each in enumerate(optional) if not kept >> number & 1]
        chosen = [each for each in history if not any(each is other for other in left_out)]
        if any(_is_explained(each, initial) for each in permutations(chosen)):
            return True
    return False


def _is_explained(order: tuple[Operation, ...], initial: ChatState) -> bool:
    in_time = all(
        one.called <= later.returned for place, one in enumerate(order) for later in order[place:]
    )
    states = {initial} if in_time else set()
    for each in order:
        states = {following for state in states for following in follows(state, each)}
    return bool(states)


def long_history(length: int, seed: int) -> list[Operation]:
    """A right history of many operations of four users, three or four of which overlap.

    Each operation gets its place in an order first, and an interval around it that overlaps those
    of its neighbours.
    """
    chance = Random(seed)  # noqa: S311 - no secrets
    state, history = MEMBERS, list[Operation]()
    while len(history) < length:
        user = chance.choice((ALICE, BOB, CAROL, DAVE))
        action = chance.choice((Action.SEND, Action.LEAVE, Action.ACCEPT, Action.ADD, Action.READ))
        place = float(len(history))
        plain = op(user, action, place - 1.5 * chance.random(), place + 1.5 * chance.random())
        connected = state.users(Standing.CONNECTED)
        everyone = frozenset({ALICE, BOB, CAROL, DAVE})
        if action is Action.SEND:
            got = connected - {user}
            plain = replace(plain, received=got, missed=everyone - got - {user})
        elif action is Action.ADD:
            plain = replace(plain, subject=DAVE)
        elif action is Action.READ:
            shown = tuple((each, CONNECTED if each in connected else None) for each in everyone)
            plain = replace(plain, shown=shown)
        following = follows(state, plain)
        if not following:
            plain = replace(plain, outcome=REFUSED, received=None, missed=None, shown=None)
            following = follows(state, plain)
        if following:
            state = following[0]
            history.append(plain)
    return history
