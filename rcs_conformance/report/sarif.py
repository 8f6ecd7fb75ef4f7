"""SARIF 2.1.0, for code scanning: a rule is a clause, a result is a finding of it.

Nothing is green where the run is not: a run that did not pass has a result of kind `fail` that is
not suppressed, if need be one of the rule `run`. Fingerprints are formed from clause, check and
operation alone, so they are the same in every run and under every seed.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, timedelta
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from rcs_conformance.model.results import Verdict
from rcs_conformance.report.findings import (
    Finding,
    exchange_reference,
    findings,
    named_operation,
)
from rcs_conformance.report.text import inert, shortened, visible
from rcs_conformance.verdict import MEANINGS, ClauseResult, Run

RUN = "run"
"""The rule of what is wrong with the run as a whole."""

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_DOMAIN = "rcsConformanceFinding/v1"
_LINE = "primaryLocationLineHash"
"""The fingerprint that GitHub compares; without it, it would make one from the source line."""

_VALUE_LENGTH = 600
_MEANT = re.compile(r"[\\\[\]]")
_OPEN = frozenset({Verdict.INCONCLUSIVE, Verdict.NOT_TESTED, Verdict.ERROR})

Json = Mapping[str, object]


def as_sarif(run: Run, file: Path) -> str:
    """The run as SARIF.

    Args:
        run: The run.
        file: Its result, which stands for the target where that has no file.
    """
    location = _location(run, file)
    found = [*_findings(run, location), *_undecided(run, location)]
    is_red = any(one["kind"] == "fail" and "suppressions" not in one for one in found)
    if run.exit_code not in (0, 1) or (run.exit_code and not is_red):
        found.append(_about_run(run, location))
    named = {str(one["ruleId"]) for one in found}
    rules = [_rule(clause) for clause in run.clauses.values() if clause.id in named]
    rules += [_RUN_RULE] if RUN in named else []
    places = {str(rule["id"]): number for number, rule in enumerate(rules)}
    document = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "rcs-conformance",
                        "version": run.information.suite_version,
                        "rules": rules,
                    }
                },
                "invocations": [_invocation(run)],
                "columnKind": "unicodeCodePoints",
                "results": [{**one, "ruleIndex": places[str(one["ruleId"])]} for one in found],
                "properties": {
                    "verdict": run.verdict.value,
                    "complete": run.complete,
                    "target": inert(run.information.target_name),
                },
            }
        ],
    }
    return json.dumps(document, indent=1) + "\n"


def _rule(clause: ClauseResult) -> Json:
    text = _message(clause.text)
    return {
        "id": clause.id,
        "shortDescription": text,
        "fullDescription": text,
        "defaultConfiguration": {"level": "error"},
        "properties": {"level": clause.level, "tags": [clause.id.rpartition(".")[0]]},
    }


_RUN_RULE: Json = {
    "id": RUN,
    "shortDescription": {"text": "The run comes to a verdict that passes."},
    "defaultConfiguration": {"level": "error"},
}


def _invocation(run: Run) -> Json:
    information = run.information
    end = information.started + timedelta(seconds=information.seconds)
    errors = [f"{each.id}: {each.reason}" for each in run.records if each.verdict is Verdict.ERROR]
    troubles = [*filter(None, [information.stopped]), *information.problems, *errors]
    return {
        "executionSuccessful": run.complete and run.exit_code in (0, 1, 5),
        "exitCode": run.exit_code,
        "exitCodeDescription": MEANINGS[run.exit_code],
        "startTimeUtc": information.started.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "endTimeUtc": end.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "toolExecutionNotifications": [
            {"level": "error", "message": _message(text)} for text in troubles
        ],
    }


def _findings(run: Run, location: Json) -> Iterator[Json]:
    """Findings that count for the verdict: those of one check and operation are one result."""
    counted = [one for one in findings(run) if one.clause.id not in run.excused]
    counted.sort(key=_identity)
    for identity, same in groupby(counted, key=_identity):
        yield _result(run, identity, tuple(same), location)


def _identity(finding: Finding) -> tuple[str, str, str]:
    result = finding.result
    return result.clause, result.rule, named_operation(result.where)


def _result(
    run: Run, identity: tuple[str, str, str], same: Sequence[Finding], location: Json
) -> Json:
    first = same[0].result
    tests = sorted({test for finding in same for test in finding.tests})
    values = (
        first.rule,
        f"expected {shortened(first.expected, _VALUE_LENGTH)}",
        f"actual {shortened(first.actual, _VALUE_LENGTH)}",
        f"where {shortened(first.where, _VALUE_LENGTH)}",
    )
    suppressions = [
        {"kind": "external", "status": "accepted", "justification": inert(same[0].clause.reason)}
    ]
    return {
        "ruleId": first.clause,
        "kind": "fail",
        "level": "error",
        "message": _message("; ".join(values)),
        "locations": [location],
        "partialFingerprints": _fingerprints(*identity),
        "occurrenceCount": len(tests),
        **({"suppressions": suppressions} if same[0].waived else {}),
        "properties": {
            "tests": tests,
            "reproduce": visible(same[0].rerun),
            **({"repeated": same[0].repeated} if same[0].repeated else {}),
            "evidence": inert(exchange_reference(same[0].record, first)),
            "seed": run.information.seed,
        },
    }


def _undecided(run: Run, location: Json) -> Iterator[Json]:
    """Clauses without a verdict that count; such a result has no level."""
    for clause in run.clauses.values():
        if clause.verdict in _OPEN and clause.id not in run.excused:
            cause = f" ({clause.cause.value})" if clause.cause else ""
            reason = shortened(clause.reason, _VALUE_LENGTH) or "no reason is known"
            yield {
                "ruleId": clause.id,
                "kind": "open",
                "level": "none",
                "message": _message(f"{clause.verdict.value}{cause}: {reason}"),
                "locations": [location],
                "partialFingerprints": _fingerprints(clause.id, clause.verdict.value),
            }


def _about_run(run: Run, location: Json) -> Json:
    stopped = f": {run.information.stopped}" if run.information.stopped else ""
    meaning = f"exit code {run.exit_code}: {MEANINGS[run.exit_code]}{stopped}"
    return {
        "ruleId": RUN,
        "kind": "fail",
        "level": "error",
        "message": _message(meaning),
        "locations": [location],
        "partialFingerprints": _fingerprints(RUN, str(run.exit_code)),
    }


def _fingerprints(*parts: str) -> Mapping[str, str]:
    digest = sha256("\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
    return {_DOMAIN: digest, _LINE: f"{digest[:16]}:1"}


def _message(text: str) -> Mapping[str, str]:
    """A text without links and placeholders, which brackets and braces would begin."""
    plain = _MEANT.sub(lambda found: f"\\{found[0]}", inert(text))
    return {"text": plain.replace("{", "{{").replace("}", "}}")}


def _location(run: Run, file: Path) -> Json:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(target_file(run) or file)},
            "region": {"startLine": 1},
        }
    }


def target_file(run: Run) -> Path | None:
    """The target file as the run was given it; `None` for a URL or the reference server."""
    word = run.information.arguments[0] if run.information.arguments else ""
    is_file = word and "://" not in word and not word.startswith("-") and "\0" not in word
    return Path(word) if is_file else None


def _uri(file: Path) -> str:
    """A path relative to the working directory if it is below that, as code scanning needs it."""
    here = Path.cwd()
    if file.is_absolute() and not file.is_relative_to(here):
        return file.as_uri()
    shown = file.relative_to(here) if file.is_absolute() else file
    return quote(shown.as_posix())
