"""What tests of other clauses rely on: where it does not hold, its own clause fails alone."""

from collections.abc import Callable

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.formats import Format
from rcs_conformance.record import Journal


class Premises:
    """Looks once, in each format, whether a target does what tests of other clauses rely on.

    What did not hold is looked at again the next time.

    Args:
        journal: Of the process: a test that is played again looks where it looked before.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._held: set[tuple[str, Format]] = set()

    def require(self, clause: str, fmt: Format, against: Callable[[], str]) -> None:
        """Go on only if nothing that is seen stands against a clause.

        Args:
            clause: The clause.
            fmt: The format in which the test goes on.
            against: Says what stands against it; empty where nothing does.

        Raises:
            Inconclusive: Something does; attributed to the clause.
        """
        key = (clause, fmt)
        if self._journal.observed(f"{clause} has held", lambda: key in self._held):
            return
        if found := against():
            raise Inconclusive(Cause.PRECONDITION, found, clause)
        self._held.add(key)
