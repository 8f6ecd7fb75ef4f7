"""`rcs-conformance rerun`: repeat findings of a result, and say of each whether it is fixed."""

import argparse
import shlex
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from rcs_conformance.cli import arguments as command_line
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.results import Verdict
from rcs_conformance.report.output import RESULT, default_output
from rcs_conformance.report.reading import read_document
from rcs_conformance.report.text import inert

_DECIDED = frozenset({Verdict.PASS, Verdict.FAIL, Verdict.WAIVED})


class State(StrEnum):
    """What became of a finding."""

    FIXED = "fixed"
    FAILING = "failing"
    UNDECIDED = "undecided"


_CODES = {State.FIXED: 0, State.FAILING: 1, State.UNDECIDED: 5}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """A failed check of a result.

    Attributes:
        clause: The clause that is not met.
        rule: Name of the check.
        tests: Ids of the tests that found it.
    """

    clause: str
    rule: str
    tests: tuple[str, ...]


def rerun(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Run the tests of findings again, and print what became of each finding.

    Returns:
        0 if all are fixed, 1 if one is failing, 5 if one is undecided; the code of the run if that
        was interrupted, lost its target or failed itself.

    Raises:
        ConfigurationError: The result cannot be read, or has no such finding.
    """
    file, words = _file_and_words(arguments.words)
    document = read_document(file)
    findings = chosen(found(document), words)
    if not findings:
        print(f"{inert(str(file))}: no findings to repeat")  # noqa: T201 - the command's output
        return 0
    out = (arguments.out or file.parent.with_name(f"{file.parent.name}-rerun")).absolute()
    tests = sorted({test for finding in findings for test in finding.tests})
    code = _run(document, tests, out)
    if code not in _CODES.values():
        return code
    states = {each: state(each, read_document(out / RESULT)) for each in findings}
    for each, now in states.items():
        print(f"{now:<9} {inert(each.clause)}  {inert(each.rule)}")  # noqa: T201 - as above
    return next((_CODES[now] for now in _SEVEREST if now in states.values()), 0)


_SEVEREST = (State.FAILING, State.UNDECIDED)


def found(document: Mapping[str, Any]) -> tuple[Finding, ...]:
    """The findings of a result: each failed check once, known failures left out."""
    tests: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for test in document["tests"]:
        if test["verdict"] != Verdict.WAIVED:
            for failure in test["failures"]:
                tests[failure["clause"], failure["rule"]].append(test["id"])
    return tuple(
        Finding(clause=clause, rule=rule, tests=tuple(sorted(set(ids))))
        for (clause, rule), ids in sorted(tests.items())
    )


def chosen(findings: Sequence[Finding], words: Sequence[str]) -> tuple[Finding, ...]:
    """The findings that words name: by requirement, clause, rule or test; all without words.

    Raises:
        ConfigurationError: A word names none.
    """
    for word in words:
        if not any(_is_named(each, word) for each in findings):
            raise ConfigurationError(
                f"{word}: the result has no such finding; give a requirement, a clause, a rule or"
                " a test id of a failed check"
            )
    return tuple(
        each for each in findings if not words or any(_is_named(each, word) for word in words)
    )


def state(finding: Finding, document: Mapping[str, Any]) -> State:
    """What became of a finding in the result of the repetition."""
    repeated = [test for test in document["tests"] if test["id"] in finding.tests]
    key = (finding.clause, finding.rule)
    if any(key == (one["clause"], one["rule"]) for test in repeated for one in test["failures"]):
        return State.FAILING
    decided = [test for test in repeated if test["verdict"] in _DECIDED]
    return State.FIXED if len(decided) == len(finding.tests) else State.UNDECIDED


def _is_named(finding: Finding, word: str) -> bool:
    tests = {name for test in finding.tests for name in (test, test.partition("[")[0])}
    return word in {finding.clause, finding.clause.rpartition(".")[0], finding.rule, *tests}


def _file_and_words(words: Sequence[str]) -> tuple[Path, Sequence[str]]:
    """The result file, by default that of the last run, and the other words."""
    if words and words[0].endswith(".json"):
        return Path(words[0]), words[1:]
    return default_output() / RESULT, words


def _run(document: Mapping[str, Any], tests: Sequence[str], out: Path) -> int:
    """Run tests against the target of a result; returns the exit code."""
    again = next(test["rerun"] for test in document["tests"] if test["id"] == tests[0])
    words = shlex.split(again)[1:]
    given = words[: words.index("--")]
    parsed, rest = command_line.parsed([*given, "--out", str(out), "--", *tests])
    return int(parsed.command(parsed, rest))
