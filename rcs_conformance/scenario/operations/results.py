"""What came of a round: the operations that were carried out, and what cut it short."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from rcs_conformance.errors import Inconclusive, NotApplicable
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.scenario.bed import TestBed

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationResult:
    """An operation that was carried out.

    Attributes:
        exchange: What was exchanged.
        items: The SCR items behind it that the target must support or claims.
        by_policy: Whether the operator's policy may forbid it with 403.
    """

    exchange: Exchange
    items: tuple[str, ...]
    by_policy: bool = False


Steps = Iterator[OperationResult]
"""Operations in a row, each needing those before it; they end where one stands in the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationResults:
    """The results of operations.

    Attributes:
        results: What was carried out, in order.
        stopped: What stood in the way of the rest; `None` where nothing did.
    """

    results: tuple[OperationResult, ...]
    stopped: Inconclusive | None = None

    def require_end(self) -> None:
        """Go on only if the round came to its end.

        Raises:
            Inconclusive: It did not; what was carried out is worth checking first.
        """
        if self.stopped is not None:
            raise self.stopped


def results_of(*ways: Steps) -> OperationResults:
    """Walk several ways; where one is cut short, the others go on."""
    done: list[OperationResult] = []
    stops: list[Inconclusive] = []
    for way in ways:
        try:
            for each in way:
                done.append(each)
        except Inconclusive as stopped:
            stops.append(stopped)
    return OperationResults(results=tuple(done), stopped=next(iter(stops), None))


def result_of(
    bed: TestBed, exchange: Exchange, *operations: str, by_policy: bool = False
) -> OperationResult:
    """An operation that was carried out, with the items behind it.

    Args:
        bed: Where.
        exchange: What was exchanged.
        *operations: What it is called in the SCR table beside its verb and resource:
            `POST groups isClosed`.
        by_policy: Whether the operator's policy may forbid it.
    """
    names = (exchange.request.operation, *operations)
    items = tuple(item for name in names for item in bed.claims.items(name))
    return OperationResult(exchange=exchange, items=items, by_policy=by_policy)


def any_of(made: Iterable[T], what: str) -> Iterator[T]:
    """What was made, of which there must be something.

    Args:
        made: Requests, or what came of them.
        what: What they are about, as a phrase.

    Raises:
        NotApplicable: There is nothing, for the target claims none of it.
    """
    count = 0
    for each in made:
        count += 1
        yield each
    if not count:
        raise NotApplicable(f"the target does not claim {what}")
