"""What need not run any more: further tests of a clause that has failed already."""

import pytest

from rcs_conformance.plugin import records
from rcs_conformance.plugin.collection import clauses_of
from rcs_conformance.strength.sampling import number_of


class Sparing:
    """A plugin that runs the tests of one clause first, and no more of them once it has failed.

    A test that is the first to speak about any other clause still runs.

    Args:
        clause: The clause.
    """

    def __init__(self, clause: str) -> None:
        self._clause = clause
        self._failed = False
        self._judged: set[str] = set()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Mix formats and kinds of chat, for a fault may show in one of them only."""
        items.sort(
            key=lambda item: (
                (0, number_of(item.nodeid)) if self._clause in clauses_of(item) else (1, 0)
            )
        )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> bool | None:
        """Take a test as done where it can tell nothing new."""
        clauses = set(clauses_of(item))
        if not (self._failed and self._clause in clauses and clauses <= self._judged):
            return None
        # What the test before it left standing for this one is not what the next one needs.
        item.session._setupstate.teardown_exact(nextitem)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what a test spoke about, and whether the clause failed in it."""
        text = getattr(report, records.ATTRIBUTE, None)
        if text is not None:
            record = records.from_json(text)
            self._judged.update(count.clause for count in record.counts)
            self._failed |= any(each.clause == self._clause for each in record.failures)
