"""`rcs-conformance baseline`: a waiver file for the failures of a result."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.report.reading import read_document
from rcs_conformance.verdict.places import stable_place

_HEAD = """\
# Known failures of {target}, from a run that started {started}.
# Fill in reason, owner and expires (the last day of the waiver, such as 2027-01-31), then use it:
# rcs-conformance run TARGET.toml --waivers FILE
"""
_LONGEST = 100


def baseline(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Write a waiver for each rule and place that fail, without reason, owner and expiry.

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
    """The waiver file for a result: a waiver for each rule and place, its finding as a comment.

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
    waivers = (waiver for clause in failing for waiver in _waivers(clause, result))
    return head + "".join(waivers)


def _waivers(clause: str, result: Mapping[str, Any]) -> Iterator[str]:
    """A waiver for each rule and place of the findings of a clause; of all without a finding."""
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for test in result["tests"]:
        for failure in test["failures"]:
            if failure["clause"] == clause:
                key = (failure["rule"], stable_place(failure["where"]))
                found.setdefault(key, []).append(failure)
    for (rule, place), findings in found.items():
        yield _waiver({"clause": clause, "rule": rule, "where": place}, _comments(findings))
    if not found:
        yield _waiver({"clause": clause}, ())


def _waiver(entries: Mapping[str, str], comments: Iterable[str]) -> str:
    above = "".join(f"# {line}\n" for line in comments)
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in entries.items())
    return f'\n{above}[[waivers]]\n{lines}reason = ""\nowner = ""\nexpires = ""\n'


def _comments(findings: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The first finding, and how many others there are."""
    yield _inert(f"expected: {findings[0]['expected']}")
    yield _inert(f"actual: {findings[0]['actual']}")
    if findings[1:]:
        yield f"and {len(findings) - 1} more findings"


def _inert(text: str) -> str:
    """A text on one line of a TOML comment, without control characters, and shortened."""
    line = "".join(one if one.isprintable() else "?" for one in text)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."


def _result(file: Path) -> Mapping[str, Any]:
    result = read_document(file)
    if not result.get("complete"):
        raise ConfigurationError(f"{file}: the run is incomplete: repeat it first")
    return result
