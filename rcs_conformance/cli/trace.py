"""`rcs-conformance trace`: requirement to clause to test and fault, without a target."""

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rcs_conformance.catalogue import Catalogue, Change, load_catalogue
from rcs_conformance.catalogue.comparison import Recorded, differences, suspects
from rcs_conformance.catalogue.statements import load_statements
from rcs_conformance.catalogue.trace import KnownFault, Selection, Source, unknown_clauses
from rcs_conformance.catalogue.trace import trace as traced
from rcs_conformance.cli.output_file import write_text
from rcs_conformance.errors import HarnessError
from rcs_conformance.model.results import Verdict
from rcs_conformance.plugin.inventory import collect
from rcs_conformance.plugin.invocation import SUITES
from rcs_conformance.reference import FAULTS
from rcs_conformance.runs.locating import result_file
from rcs_conformance.verdict import worst


def trace(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Write the trace in the requested format, to a file or to stdout.

    Returns:
        0; or 1 where a sentence of the source differs or a clause is suspect.

    Raises:
        ConfigurationError: A selected id is unknown, a document or result cannot be read, or the
            file cannot be written.
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
    found = source(catalogue, arguments)
    text = FORMATS[arguments.form](traced(catalogue, tests, known_faults(), selection, found))
    write_text(text, arguments.out)
    return 1 if found.differences or found.suspects else 0


def source(catalogue: Catalogue, arguments: argparse.Namespace) -> Source:
    """What became of the sentences of the source, compared with what the options name.

    Raises:
        ConfigurationError: A document or the result cannot be read.
    """
    statements = load_statements(catalogue)
    found = differences(statements, arguments.source) if arguments.source else ()
    documents = [_document(each) for each in arguments.result]
    recorded = _recorded(documents[-1]) if documents else None
    return Source(
        statements=statements,
        compared=arguments.source is not None,
        differences=found,
        suspects=suspects(catalogue.clauses.values(), found, recorded),
        outcomes=outcomes(documents),
    )


def _document(place: Path) -> Mapping[str, Any]:
    from rcs_conformance.report.reading import read_document  # noqa: PLC0415 - jsonschema

    return read_document(result_file(place))


def _recorded(document: Mapping[str, Any]) -> Recorded:
    verdicts = {
        clause: found["verdict"]
        for requirement in document["requirements"].values()
        for clause, found in requirement["clauses"].items()
    }
    return Recorded(made=datetime.fromisoformat(document["started"]).date(), verdicts=verdicts)


def outcomes(documents: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    """Tests without their parameters to the worst verdict that their forms have in each run.

    Args:
        documents: Results, in the order in which the verdicts are shown.
    """
    runs: list[Mapping[str, list[Verdict]]] = []
    for document in documents:
        verdicts: defaultdict[str, list[Verdict]] = defaultdict(list)
        for test in document["tests"]:
            verdicts[test["id"].partition("[")[0]].append(Verdict(test["verdict"]))
        runs.append(verdicts)
    return {
        test: ", ".join(
            worst(run[test]).value.replace("_", " ") if test in run else "not run" for run in runs
        )
        for test in sorted({test for run in runs for test in run})
    }


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
