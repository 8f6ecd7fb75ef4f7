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


class _Noted:
    """A plugin that notes what is collected, and what cannot be."""

    def __init__(self) -> None:
        self.tests: list[Collected] = []
        self.faults: list[str] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note the marks of all tests."""
        self.tests += [
            Collected(id=item.nodeid, clauses=clauses_of(item), generates=generates(item))
            for item in session.items
        ]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note what could not be collected."""
        if report.failed:
            self.faults.append(report.nodeid)


def collect(suites: str = str(SUITES)) -> tuple[Collected, ...]:
    """All tests, as pytest collects them; their modules stay imported.

    Args:
        suites: Where they are.

    Raises:
        HarnessError: The suites cannot be collected.
    """
    noted = _Noted()
    code = run_pytest([*CONFIGURATION, *QUIET, "--collect-only", suites], [noted])
    if noted.faults or code not in _NOTHING:
        places = ", ".join(noted.faults) or suites
        raise HarnessError(f"the suites cannot be collected (pytest exit code {code}): {places}")
    return tuple(noted.tests)
