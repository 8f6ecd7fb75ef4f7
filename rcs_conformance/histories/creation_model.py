"""The model of what requests create: one resource for each client correlator of a user.

A request without a correlator always creates something new. A session that is extended may end by
that; then no second request makes anything of it.
"""

from dataclasses import dataclass

from rcs_conformance.histories.records import Operation, Outcome


@dataclass(frozen=True, slots=True)
class Created:
    """What was created so far.

    Attributes:
        ids: The id of what was created, by user and correlator.
        may_end: Whether the first creation may end what the others are made of.
    """

    ids: frozenset[tuple[str, str, str]] = frozenset()
    may_end: bool = False

    def of(self, user: str, correlator: str) -> str | None:
        """The id of what a user created with a correlator."""
        named = (made for one, other, made in self.ids if (one, other) == (user, correlator))
        return next(named, None)


def follows(state: Created, operation: Operation) -> tuple[Created, ...]:
    """The states that may follow a creation; none where it contradicts the model."""
    match operation.outcome:
        case Outcome.CONFLICT:
            return (state,)
        case Outcome.FAILED:
            return ()
        case Outcome.REFUSED:
            return (state,) if state.may_end and state.ids else ()
        case Outcome.ACCEPTED:
            return _made(state, operation)
    return (state, *_made(state, operation))


def _made(state: Created, operation: Operation) -> tuple[Created, ...]:
    user, correlator, made = operation.user, operation.subject, operation.made
    before = state.of(user, correlator) if correlator else None
    if made is None:
        return (state,)
    if before is not None:
        return (state,) if before == made else ()
    if any(made == other for _, _, other in state.ids):
        return ()
    return (Created(state.ids | {(user, correlator, made)}, state.may_end),)
