"""All tests and the clauses that they declare: the suites collected, not run."""

from dataclasses import dataclass

import pytest

from rcs_conformance.errors import HarnessError
from rcs_conformance.plugin.collection import clauses_of, generates
from rcs_conformance.plugin.invocation import CONFIGURATION, QUIET, SUITES, run_pytest

_NOTHING = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """A test in one of its forms, as pytest collected it.

    Attributes:
        id: Its node id, parameters included.
        clauses: The clauses that it declares.
        generates: Whether it makes examples or takes random steps, and so costs more than others.
    """

    id: str
    clauses: tuple[str, ...]
    generates: bool = False


class Notes:
    """A plugin that notes what is collected, and what cannot be."""

    def __init__(self) -> None:
        self.tests: tuple[Collected, ...] = ()
        self._faults: list[str] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note the marks of all tests."""
        self.tests = tuple(
            Collected(id=item.nodeid, clauses=clauses_of(item), generates=generates(item))
            for item in session.items
        )

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note what could not be collected."""
        if report.failed:
            self._faults.append(report.nodeid)

    def check(self, code: int, suites: str = str(SUITES)) -> None:
        """Check that everything was collected.

        Args:
            code: With which pytest ended.
            suites: What was to be collected.

        Raises:
            HarnessError: Something could not be collected.
        """
        if self._faults or code not in _NOTHING:
            places = ", ".join(self._faults) or suites
            raise HarnessError(
                f"the suites cannot be collected (pytest exit code {code}): {places}"
            )


def collect(suites: str = str(SUITES)) -> tuple[Collected, ...]:
    """All tests, as pytest collects them; their modules stay imported.

    Args:
        suites: Where they are.

    Raises:
        HarnessError: The suites cannot be collected.
    """
    notes = Notes()
    notes.check(run_pytest([*CONFIGURATION, *QUIET, "--collect-only", suites], [notes]), suites)
    return notes.tests
