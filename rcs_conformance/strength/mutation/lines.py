"""Which lines of the server each test makes it execute, recorded by coverage.py."""

import json
import time
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
        seconds: How long each test took, by its id.
    """

    tests: Mapping[tuple[str, int], frozenset[str]] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)

    def reaching(self, mutation: Mutation) -> frozenset[str]:
        """The tests that execute the statement of a mutation, as in `tests`."""
        return self._executing(mutation.file, mutation.line, mutation.last)

    def around(self, mutation: Mutation) -> frozenset[str]:
        """The tests that execute its function: what a statement made may be there from another."""
        return self._executing(mutation.file, mutation.begin, mutation.end)

    def _executing(self, file: str, first: int, last: int) -> frozenset[str]:
        none: frozenset[str] = frozenset()
        return none.union(*(self.tests.get((file, line), none) for line in range(first, last + 1)))


def united(parts: Iterable[Lines]) -> Lines:
    """What all parts of a run recorded."""
    tests: dict[tuple[str, int], frozenset[str]] = {}
    seconds: dict[str, float] = {}
    for part in parts:
        seconds.update(part.seconds)
        for place, found in part.tests.items():
            tests[place] = tests.get(place, frozenset()) | found
    return Lines(tests=tests, seconds=seconds)


def kept(file: Path, key: str) -> Lines | None:
    """What a file holds under a key; `None` if there is none, or it has another key."""
    if not file.is_file():
        return None
    try:
        known = json.loads(file.read_text("ascii"))
        if known["key"] != key:
            return None
        tests = known["tests"]
        return Lines(
            tests={
                (name, line): frozenset(tests[number] for number in numbers)
                for name, line, numbers in known["lines"]
            },
            seconds=known["seconds"],
        )
    except (ValueError, LookupError, TypeError):  # cut off, or of another version
        return None


def keep(file: Path, key: str, lines: Lines) -> None:
    """Write lines to a file, under a key of all that they depend on."""
    tests = sorted(frozenset[str]().union(*lines.tests.values()))
    numbers = {test: number for number, test in enumerate(tests)}
    found = [
        [name, line, sorted(numbers[test] for test in reaching)]
        for (name, line), reaching in lines.tests.items()
    ]
    text = json.dumps({"key": key, "tests": tests, "lines": found, "seconds": lines.seconds})
    file.write_text(text, "ascii")


class LineRecorder:
    """A plugin that records the lines; from its making on, for threads that begin after it."""

    def __init__(self) -> None:
        self._coverage = _coverage()
        self._coverage.start()
        self._begun: dict[str, float] = {}
        self._seconds: dict[str, float] = {}

    def order(self, items: list[pytest.Item]) -> None:
        """They stay in their order."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Lines from now on belong to the next test."""
        self._coverage.switch_context(nodeid)
        self._begun[nodeid] = time.perf_counter()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Note how long a test took."""
        self._seconds[nodeid] = round(time.perf_counter() - self._begun[nodeid], 3)

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
        return Lines(tests=found, seconds=self._seconds)


def _coverage() -> "coverage.Coverage":
    try:
        import coverage  # noqa: PLC0415 - only this command needs it
    except ImportError:
        raise ConfigurationError(
            "strength --mutate needs coverage.py: pip install 'rcs-conformance[dev]'"
        ) from None
    return coverage.Coverage(data_file=None, config_file=False, source=[str(ROOT)])
