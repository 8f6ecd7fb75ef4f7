"""`rcs-conformance baseline`: a waiver file for the clauses that fail in a result."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.report.reading import read_document

_HEAD = """\
# Known failures of {target}, from a run that started {started}.
# Fill in reason, owner and expires (the last day of the waiver, such as 2027-01-31), then use it:
# rcs-conformance run TARGET.toml --waivers FILE
"""
_LONGEST = 100


def baseline(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Write a waiver for each failing clause, without reason, owner and expiry.

    Raises:
        ConfigurationError: The result cannot be read, no clause fails in it, or the file exists or
            cannot be written.
    """
    text = waivers_of(_result(arguments.result), arguments.result)
    if arguments.output is None:
        sys.stdout.write(text)
        return 0
    try:
        with arguments.output.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        reason = error.strerror or "cannot be written"
        raise ConfigurationError(f"-o {arguments.output}: {reason}; name a new file") from None
    return 0


def waivers_of(result: Mapping[str, Any], file: Path) -> str:
    """The waiver file for a result; the first finding of each clause is a comment.

    Raises:
        ConfigurationError: No clause fails.
    """
    failing = [
        clause
        for requirement in result["requirements"].values()
        for clause, found in requirement["clauses"].items()
        if found["verdict"] == "fail"
    ]
    if not failing:
        raise ConfigurationError(f"{file}: no clause fails: there is nothing to waive")
    head = _HEAD.format(target=_inert(result["target"]["name"]), started=_inert(result["started"]))
    return head + "".join(_waiver(clause, result) for clause in failing)


def _waiver(clause: str, result: Mapping[str, Any]) -> str:
    findings = "".join(f"# {line}\n" for line in _findings(clause, result))
    entries = f"[[waivers]]\nclause = {json.dumps(clause)}\n"
    return f'\n{findings}{entries}reason = ""\nowner = ""\nexpires = ""\n'


def _findings(clause: str, result: Mapping[str, Any]) -> Iterator[str]:
    """The rule, expected and actual of the first finding, and how many others there are."""
    found = [
        failure
        for test in result["tests"]
        for failure in test["failures"]
        if failure["clause"] == clause
    ]
    if found:
        yield _inert(f"{found[0]['rule']} at {found[0]['where']}")
        yield _inert(f"expected: {found[0]['expected']}")
        yield _inert(f"actual: {found[0]['actual']}")
    if found[1:]:
        yield f"and {len(found) - 1} more findings"


def _inert(text: str) -> str:
    """A text on one line of a TOML comment, without control characters, and shortened."""
    line = "".join(one if one.isprintable() else "?" for one in text)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."


def _result(file: Path) -> Mapping[str, Any]:
    result = read_document(file)
    if not result.get("complete"):
        raise ConfigurationError(f"{file}: the run is incomplete: repeat it first")
    return result
