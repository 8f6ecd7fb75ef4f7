"""`rcs-conformance trace`: requirement to clause to test and fault, without a target."""

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from rcs_conformance.catalogue import Change, load_catalogue
from rcs_conformance.catalogue.trace import KnownFault, Selection, unknown_clauses
from rcs_conformance.catalogue.trace import trace as traced
from rcs_conformance.errors import ConfigurationError, HarnessError
from rcs_conformance.plugin.inventory import collect
from rcs_conformance.plugin.invocation import SUITES
from rcs_conformance.reference import FAULTS


def trace(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Write the trace in the requested format, to a file or to stdout.

    Raises:
        ConfigurationError: A selected id is unknown, or the file cannot be written.
        HarnessError: The suites cannot be collected.
    """
    from rcs_conformance.report.trace import FORMATS  # noqa: PLC0415 - Jinja2, for it alone

    catalogue, selection = load_catalogue(), selected(arguments)
    traced(catalogue, {}, {}, selection)  # reports a wrong selection before tests are collected
    tests = collected_tests()
    unknown = unknown_clauses(catalogue, tests)
    if unknown:
        raise HarnessError(
            f"tests declare clauses that the catalogue does not have: {', '.join(unknown)}"
        )
    text = FORMATS[arguments.form](traced(catalogue, tests, known_faults(), selection))
    write_text(text, arguments.out)
    return 0


def selected(arguments: argparse.Namespace) -> Selection:
    """The selection that the options describe."""
    return Selection(
        ids=tuple(arguments.requirement),
        changes=tuple(Change(change) for change in arguments.change),
        release=arguments.release or "",
        without_source=arguments.without_source,
    )


def collected_tests(suites: str = str(SUITES)) -> Mapping[str, Sequence[str]]:
    """Clauses to ids of the tests that declare them, as pytest collects them.

    Raises:
        HarnessError: The suites cannot be collected.
    """
    tests: defaultdict[str, list[str]] = defaultdict(list)
    for test in collect(suites):
        for clause in test.clauses:
            tests[clause].append(test.id.removeprefix("suites/"))
    return tests


def known_faults() -> Mapping[str, Sequence[KnownFault]]:
    """Clauses to the faults of the reference server that break them."""
    faults: defaultdict[str, list[KnownFault]] = defaultdict(list)
    for fault in FAULTS.values():
        faults[fault.clause].append(KnownFault(name=fault.name, sentence=fault.sentence))
    return faults


def write_text(text: str, file: Path | None) -> None:
    """Write the same bytes to a file and to stdout: UTF-8, the format's line ends.

    Raises:
        ConfigurationError: The file cannot be written.
    """
    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()
        return
    try:
        file.write_bytes(text.encode("utf-8"))
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise ConfigurationError(f"-o {file}: cannot be written: {reason}") from None
