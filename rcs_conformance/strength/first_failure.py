"""Leaves out the tests of a clause that has failed already: a fault is killed only once."""

import pytest

from rcs_conformance.plugin import records
from rcs_conformance.plugin.collection import clauses_of, generates
from rcs_conformance.strength.plans import stable_number


class StopAtFirstFailure:
    """A plugin that runs the tests of one clause first, and no more of them once it has failed.

    Args:
        clause: The clause.
        end: Whether no other test runs then either, and the fastest tests run first. Otherwise a
            test still runs that is the first to give a result for any other clause.
        likely: Id, or the end of it, of the test that runs first; empty: not known.
    """

    def __init__(self, clause: str, *, end: bool = False, likely: str = "") -> None:
        self._clause = clause
        self._end = end
        self._likely = likely
        self._failed = False
        self._judged: set[str] = set()

    def order(self, items: list[pytest.Item]) -> None:
        """Put the clause's tests first.

        Formats and kinds of chat are mixed, for a fault may show in one of them only.
        """
        items.sort(
            key=lambda item: (
                (
                    0,
                    not item.nodeid.endswith(self._likely),
                    self._end and generates(item),
                    stable_number(item.nodeid),
                )
                if self._clause in clauses_of(item)
                else (1, False, False, 0)
            )
        )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> bool | None:
        """Treat a test as done where its result would change nothing."""
        if not (self._failed and (self._end or self._is_known(item))):
            return None
        # What the test before it left standing for this one is not what the next one needs.
        item.ihook.pytest_runtest_teardown(item=item, nextitem=nextitem)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note which clauses have a result, and whether this one failed."""
        text = getattr(report, records.ATTRIBUTE, None)
        if text is not None:
            record = records.from_json(text)
            self._judged.update(count.clause for count in record.counts)
            self._failed |= any(each.clause == self._clause for each in record.failures)

    def _is_known(self, item: pytest.Item) -> bool:
        """Whether the test is of this clause, and all others that it declares have a result."""
        clauses = set(clauses_of(item))
        return self._clause in clauses and clauses <= self._judged
