"""The judge: looks for an order of operations that explains what was observed.

The search is that of Wing and Gong with what Lowe added: operations are put in order one by one,
each as soon as its time and the model allow, and what has led nowhere once is not tried again.
The time that it takes grows with how many operations overlap, not with how many there are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import inf
from typing import Protocol, TypeVar

from rcs_conformance.histories.records import Contradiction, Facet, Operation


class Timed(Protocol):
    """Something that was called, returned later, and need not have happened."""

    @property
    def called(self) -> float: ...
    @property
    def returned(self) -> float: ...
    @property
    def may_be_missing(self) -> bool: ...


T = TypeVar("T", bound=Timed)
S = TypeVar("S")

_Doubt = tuple[int, Facet]
"""An observation that is left aside: the position of its operation, and the facet."""


def order_of(
    operations: Sequence[T], initial: S, step: Callable[[S, T], Iterable[S]]
) -> tuple[T, ...] | None:
    """An order of the operations that the model explains; `None` where there is none.

    Args:
        operations: In any order.
        initial: The state before the first of them; hashable.
        step: The states that may follow where an operation comes next; none where it cannot.
    """
    waiting = sorted(operations, key=lambda each: each.called)
    must = sum(1 << number for number, each in enumerate(waiting) if not each.may_be_missing)
    seen = {(0, initial)}
    path: list[T] = []
    branches = [_branches(waiting, 0, initial, step)]
    if not must:
        return ()
    while branches:
        found = next(branches[-1], None)
        if found is None:
            branches.pop()
            if path:
                path.pop()
            continue
        done, state, operation = found
        if (done, state) in seen:
            continue
        seen.add((done, state))
        path.append(operation)
        if done & must == must:
            return tuple(path)
        branches.append(_branches(waiting, done, state, step))
    return None


def _branches(
    waiting: Sequence[T], done: int, state: S, step: Callable[[S, T], Iterable[S]]
) -> Iterator[tuple[int, S, T]]:
    """Each operation that may come next, with what is done and the state after it."""
    for number in _next(waiting, done):
        for following in step(state, waiting[number]):
            yield done | 1 << number, following, waiting[number]


def _next(waiting: Sequence[Timed], done: int) -> list[int]:
    """The operations left that were called before any of these returned, by position."""
    found: list[int] = []
    first_left = (~done & (done + 1)).bit_length() - 1
    first_return = inf
    for number in range(first_left, len(waiting)):
        if done >> number & 1:
            continue
        if waiting[number].called > first_return:
            break
        found.append(number)
        first_return = min(first_return, waiting[number].returned)
    return found


def contradiction(
    operations: Sequence[Operation],
    initial: S,
    step: Callable[[S, Operation], Iterable[S]],
) -> Contradiction | None:
    """What no order of the operations explains; `None` where some order explains everything.

    It is the observation without which the rest can be explained, the latest of its facet; of
    several that only together stand in the way, the earliest.
    """
    reached = set[int]()

    def noting(state: S, operation: Operation) -> Iterable[S]:
        reached.add(id(operation))
        return step(state, operation)

    if order_of(operations, initial, noting) is not None:
        return None
    operations = [each for each in operations if id(each) in reached]
    doubts = [
        (position, facet)
        for facet in Facet
        for position in sorted(range(len(operations)), key=lambda each: -operations[each].called)
        if facet in operations[position].observed
    ]

    def explained(aside: Iterable[_Doubt]) -> bool:
        return order_of(_aside(operations, aside), initial, step) is not None

    aside = next(([each] for each in doubts if explained([each])), None)
    if aside is None:
        aside = list(doubts)
        for each in doubts[::-1]:
            if explained(fewer := [other for other in aside if other != each]):
                aside = fewer
    position, facet = min(aside, key=lambda each: (operations[each[0]].called, each[0]))
    return Contradiction(operation=operations[position], facet=facet)


def _aside(operations: Sequence[Operation], aside: Iterable[_Doubt]) -> list[Operation]:
    """The operations with some observations left aside."""
    doubted = list(operations)
    for position, facet in aside:
        doubted[position] = doubted[position].without(facet)
    return doubted
