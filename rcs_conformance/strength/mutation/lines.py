"""Which lines of the server each test makes it execute, recorded by coverage.py."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.strength.mutation.sites import ROOT, Mutation

if TYPE_CHECKING:
    import coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The tests in which each line is executed.

    Attributes:
        tests: Ids of tests, by file below the server's folder and line; an empty id stands for
            what is before the first test.
    """

    tests: Mapping[tuple[str, int], frozenset[str]] = field(default_factory=dict)

    def reaching(self, mutation: Mutation) -> frozenset[str]:
        """The tests that execute the statement of a mutation, as in `tests`."""
        lines = range(mutation.line, mutation.last + 1)
        none: frozenset[str] = frozenset()
        return none.union(*(self.tests.get((mutation.file, line), none) for line in lines))

    def weights(self) -> Mapping[str, int]:
        """How many lines each test executes, by its id."""
        return Counter(test for tests in self.tests.values() for test in tests)


def united(parts: Iterable[Lines]) -> Lines:
    """What all parts of a run recorded."""
    tests: dict[tuple[str, int], frozenset[str]] = {}
    for part in parts:
        for place, found in part.tests.items():
            tests[place] = tests.get(place, frozenset()) | found
    return Lines(tests=tests)


class LineRecorder:
    """A plugin that records the lines; from its making on, for threads that begin after it."""

    def __init__(self) -> None:
        self._coverage = _coverage()
        self._coverage.start()

    def order(self, items: list[pytest.Item]) -> None:
        """They stay in their order."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Lines from now on belong to the next test."""
        self._coverage.switch_context(nodeid)

    @property
    def lines(self) -> Lines:
        """What was recorded; ends the recording."""
        self._coverage.stop()
        data = self._coverage.get_data()
        found = {}
        for name in data.measured_files():
            file = Path(name).relative_to(ROOT).as_posix()
            for line, contexts in data.contexts_by_lineno(name).items():
                found[file, line] = frozenset(contexts)
        return Lines(tests=found)


def _coverage() -> "coverage.Coverage":
    try:
        import coverage  # noqa: PLC0415 - only this command needs it
    except ImportError:
        raise ConfigurationError(
            "strength --mutate needs coverage.py: pip install 'rcs-conformance[dev]'"
        ) from None
    return coverage.Coverage(data_file=None, config_file=False, source=[str(ROOT)])
