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

RACE = "race.explained"
"""Name of the check of races, which show only now and then."""

TIMES_OF_RACE = 10
"""How often the test of a race is repeated."""

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

    Tests of races are repeated several times; then it says in how many they failed again.

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
    code, documents = _repeated(document, findings, out)
    if code not in _CODES.values():
        return code
    states = {each: reproduced(each, documents) for each in findings}
    for each, (now, rate) in states.items():
        line = f"{now:<9} {inert(each.clause)}  {inert(each.rule)}{rate and f'  {rate}'}"
        print(line)  # noqa: T201 - the command's output
    found_states = {now for now, _ in states.values()}
    return next((_CODES[now] for now in _SEVEREST if now in found_states), 0)


def _repeated(
    document: Mapping[str, Any], findings: Sequence[Finding], out: Path
) -> tuple[int, list[Mapping[str, Any]]]:
    """Run the tests of all findings, then those of races several times more.

    Returns:
        The exit code of the last run, and the results of all; none is run after one that failed
        itself.
    """
    documents: list[Mapping[str, Any]] = []
    of_races = [each for each in findings if each.rule == RACE]
    code = 0
    for which in (findings, *([of_races] * (TIMES_OF_RACE - 1) if of_races else ())):
        tests = sorted({test for finding in which for test in finding.tests})
        code = _run(document, tests, out)
        if code not in _CODES.values():
            break
        documents.append(read_document(out / RESULT))
    return code, documents


def reproduced(finding: Finding, documents: Sequence[Mapping[str, Any]]) -> tuple[State, str]:
    """What became of a finding, and in words how often it failed again if it is a race.

    Args:
        finding: The finding.
        documents: The results of the repetitions; of a race all of them count.
    """
    if finding.rule != RACE:
        return state(finding, documents[0]), ""
    states = [state(finding, each) for each in documents]
    now = next((each for each in _SEVEREST if each in states), State.FIXED)
    return now, f"failed in {states.count(State.FAILING)} of {len(states)} repetitions"


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
