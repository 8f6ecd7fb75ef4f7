"""Reads `result.json` back: the run, for whatever is made of it later.

The published schema says what a result is. A file that it does not describe, one that is cut off,
or one that contradicts itself is a `ConfigurationError` of one line.
"""

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from cattrs import Converter
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import TEMPLATES
from rcs_conformance.model.results import (
    CheckResult,
    CleanUp,
    Counters,
    Outcome,
    TestRecord,
    Verdict,
)
from rcs_conformance.record.archive import ARCHIVE, Archive
from rcs_conformance.record.chain import ChainEnd
from rcs_conformance.report.result import FORMAT
from rcs_conformance.report.text import shortened
from rcs_conformance.verdict import ItemResult, RequirementResult, Run, RunInformation
from rcs_conformance.verdict.run import ClauseResult
from rcs_conformance.verdict.waivers import Waiver

LARGEST_RESULT = 256 * 1024 * 1024
"""Bytes of the largest file that is read; the result of a whole run has about 2 million."""

_SCHEMA = "result.schema.json"
_NUMBER = re.compile(r"#([0-9]{1,9})$")
_MESSAGE_LENGTH = 200
_RIGHT = "give the result.json of a run"
_CONVERTER = Converter()


def _content_of(file: Path) -> bytes:
    """What a result file has, or the result in the record of a run."""
    if file.suffix == Path(ARCHIVE).suffix and file.exists():
        with Archive(file) as archive:
            return archive.result()
    with file.open("rb") as opened:
        return opened.read(LARGEST_RESULT + 1)


def read_document(file: Path) -> Mapping[str, Any]:
    """The members of a result, as the published schema has them.

    Raises:
        ConfigurationError: The file cannot be read, or is no result; the message names the place.
    """
    try:
        content = _content_of(file)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise ConfigurationError(f"{file}: cannot be read: {reason}; {_RIGHT}") from None
    except ValueError:
        raise ConfigurationError(f"{str(file)!r}: not the name of a file; {_RIGHT}") from None
    if len(content) > LARGEST_RESULT:
        raise ConfigurationError(f"{file}: larger than 256 MiB; {_RIGHT}")
    try:
        document = json.loads(content, parse_constant=_reject_constant)
    except (ValueError, RecursionError):
        raise ConfigurationError(f"{file}: not JSON, or cut off; {_RIGHT}") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ConfigurationError(f"{file}: not a {FORMAT}; {_RIGHT}")
    schema = json.loads((TEMPLATES / _SCHEMA).read_text("utf-8"))
    mistake = best_match(Draft202012Validator(schema).iter_errors(document))
    if mistake is not None:
        place = "/".join(map(str, mistake.absolute_path)) or "top level"
        message = shortened(mistake.message, _MESSAGE_LENGTH)
        raise ConfigurationError(f"{file}: {place}: {message}; {_RIGHT}")
    return document


def read_run(file: Path) -> Run:
    """The run of a result.

    What a result does not hold is missing in it: numbers of exchanges of remarks, signs of SCR
    items, verdicts over declared clauses alone.

    Raises:
        ConfigurationError: The file cannot be read, is no result, or contradicts itself.
    """
    return run_of(read_document(file), file)


def run_of(document: Mapping[str, Any], file: Path) -> Run:
    """The run of a result that was read; `file` is for messages.

    Raises:
        ConfigurationError: The result contradicts itself.
    """
    try:
        run = _run(document)
    except ValueError as error:
        raise ConfigurationError(f"{file}: {error}; {_RIGHT}") from None
    is_met = run.complete and run.verdict in (Verdict.PASS, Verdict.WAIVED)
    if run.exit_code == 0 and not is_met:
        state = "complete" if run.complete else "incomplete"
        raise ConfigurationError(
            f"{file}: exitCode 0 contradicts the verdict {run.verdict} of a run that is {state};"
            f" {_RIGHT}"
        )
    return run


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _run(document: Mapping[str, Any]) -> Run:
    return Run(
        information=_information(document),
        verdict=Verdict(document["verdict"]),
        exit_code=document["exitCode"],
        complete=document["complete"],
        requirements=tuple(
            _requirement(name, found) for name, found in document["requirements"].items()
        ),
        items=tuple(
            _CONVERTER.structure({**item, "item": name}, ItemResult)
            for name, item in document["scr"].items()
        ),
        records=tuple(map(_record, document["tests"])),
        counters=_CONVERTER.structure(document["counters"], Counters),
        remarks=tuple(
            (remark["test"], _check(remark, Outcome.REMARK)) for remark in document["remarks"]
        ),
        idle=tuple(document["idleWaivers"]),
        excused=document.get("excused", {}),
    )


def _information(document: Mapping[str, Any]) -> RunInformation:
    stopped = document.get("stopped", "")
    clean_up = document.get("cleanUp")
    return RunInformation(
        suite_version=document["suite"]["version"],
        target_name=document["target"]["name"],
        target=document["target"],
        seed=document["seed"],
        started=datetime.fromisoformat(document["started"]),
        seconds=document["seconds"],
        profile=document["profile"],
        arguments=_arguments(document),
        command=_command(document),
        selection=tuple(document["selection"]),
        release=document["release"],
        versions=tuple(document["suite"]["versions"].items()),
        interrupted=not document["complete"] and not stopped,
        problems=tuple(document["problems"]),
        waivers=tuple(map(_waiver, document["waivers"])),
        left_out=document.get("leftOut", 0),
        strict=document.get("strict", False),
        stopped=stopped,
        clean_up=clean_up and _CONVERTER.structure(clean_up, CleanUp),
        chains=tuple(
            ChainEnd(name=name, entries=end["entries"], root=end["root"])
            for name, end in document.get("record", {}).get("chains", {}).items()
        ),
    )


def _arguments(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The arguments for the target: what all commands that repeat a test have before its data."""
    if not document["tests"]:
        return ()
    if _command(document):
        return ()
    words = shlex.split(document["tests"][0]["rerun"])
    if words[:2] != ["rcs-conformance", "run"] or "--" not in words:
        raise ValueError("tests/0/rerun: must be a command rcs-conformance run ... -- TEST")
    profile = ["--profile", document["profile"]] if document["profile"] else []
    data = [*profile, "--seed", str(document["seed"])]
    given = words[2 : words.index("--")]
    return tuple(given[: -len(data)] if given[-len(data) :] == data else given)


def _command(document: Mapping[str, Any]) -> tuple[str, ...]:
    """What finds the same again, where traffic was judged that no test made."""
    words = shlex.split(document["tests"][0]["rerun"]) if document["tests"] else []
    return tuple(words) if words[:2] == ["rcs-conformance", "judge"] else ()


def _waiver(waiver: Mapping[str, str]) -> Waiver:
    about = waiver["about"]
    return Waiver(
        clause="" if "::" in about else about,
        test=about if "::" in about else "",
        rule=waiver.get("rule", ""),
        where=waiver.get("where", ""),
        reason=waiver["reason"],
        owner=waiver["owner"],
        expires=date.fromisoformat(waiver["expires"]),
        place="",
    )


def _requirement(name: str, found: Mapping[str, Any]) -> RequirementResult:
    clauses = tuple(
        _CONVERTER.structure({**clause, "id": number}, ClauseResult)
        for number, clause in found["clauses"].items()
    )
    return RequirementResult(
        id=name,
        title=found["title"],
        section=found["section"],
        change=found["change"],
        verdict=Verdict(found["verdict"]),
        clauses=clauses,
    )


def _record(test: Mapping[str, Any]) -> TestRecord:
    counts = [{"clause": clause, **count} for clause, count in test["counts"].items()]
    record = _CONVERTER.structure({**test, "counts": counts, "failures": ()}, TestRecord)
    return replace(
        record,
        failures=tuple(_check(each) for each in test["failures"]),
        curl=tuple(each.get("curl", "") for each in test["failures"]),
    )


def _check(found: Mapping[str, str], outcome: Outcome = Outcome.FAILED) -> CheckResult:
    number = _NUMBER.search(found.get("exchange", ""))
    return CheckResult(
        clause=found["clause"],
        rule=found["rule"],
        outcome=outcome,
        expected=found["expected"],
        actual=found["actual"],
        where=found["where"],
        event=int(number[1]) if number else None,
        history=found.get("history", ""),
    )
