"""`result.json`: the run for machines, in the form of `reports/result.schema.json`."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from rcs_conformance.model.results import CheckResult, CleanUp, TestRecord
from rcs_conformance.record import FORMAT as RECORD
from rcs_conformance.report.findings import curl_of, exchange_reference, rerun_command
from rcs_conformance.report.output import RESULT
from rcs_conformance.verdict import ClauseResult, RequirementResult, Run, RunInformation
from rcs_conformance.verdict.run import ItemResult
from rcs_conformance.verdict.waivers import Waiver

FORMAT = "rcs-conformance-result/1"
"""Name and version of the form."""


def write_result(run: Run, out: Path) -> None:
    """Write `result.json`; the same run gives the same bytes."""
    text = json.dumps(result_document(run), indent=1)
    unfinished = out / f"{RESULT}.new"
    unfinished.write_text(text + "\n", "ascii")
    unfinished.replace(out / RESULT)


def result_document(run: Run) -> Mapping[str, object]:
    """The run as plain JSON values, as the schema describes them."""
    information = run.information
    return {
        "format": FORMAT,
        "complete": run.complete,
        "verdict": run.verdict.value,
        "exitCode": run.exit_code,
        "suite": {"version": information.suite_version, "versions": dict(information.versions)},
        "target": {**information.target, "name": information.target_name},
        "seed": information.seed,
        "profile": information.profile,
        "leftOut": information.left_out,
        "strict": information.strict,
        "stopped": information.stopped,
        "cleanUp": _clean_up(information.clean_up),
        "selection": list(information.selection),
        "release": information.release,
        "started": information.started.isoformat(),
        "seconds": information.seconds,
        "problems": list(information.problems),
        "waivers": [_waiver(each) for each in information.waivers],
        "idleWaivers": list(run.idle),
        "excused": dict(run.excused),
        "counters": {
            "tests": len(run.records),
            "checks": run.counters.checks,
            "exchanges": run.counters.exchanges,
            "notifications": run.counters.notifications,
        },
        **_record(information),
        "requirements": {found.id: _requirement(found) for found in run.requirements},
        "scr": {item.item: _item(item) for item in run.items},
        "tests": [_test(record, information) for record in run.records],
        "remarks": [{"test": test, **_check(result)} for test, result in run.remarks],
    }


def _record(information: RunInformation) -> Mapping[str, object]:
    """Where the chains of the record end; nothing where the run has none."""
    if not information.chains:
        return {}
    return {
        "record": {
            "format": RECORD,
            "chains": {
                each.name: {"entries": each.entries, "root": each.root}
                for each in information.chains
            },
        }
    }


def _clean_up(found: CleanUp | None) -> Mapping[str, object] | None:
    if found is None:
        return None
    return {"removed": found.removed, "left": found.left, "reasons": list(found.reasons)}


def _waiver(waiver: Waiver) -> Mapping[str, object]:
    return {
        "about": waiver.clause or waiver.test,
        "rule": waiver.rule,
        "where": waiver.where,
        "reason": waiver.reason,
        "owner": waiver.owner,
        "expires": waiver.expires.isoformat(),
    }


def _item(item: ItemResult) -> Mapping[str, object]:
    return {
        "function": item.function,
        "mandatory": item.mandatory,
        "claimed": item.claimed,
        "applies": item.applies,
        "operation": item.operation,
        "requirements": list(item.requirements),
        "verdict": item.verdict.value,
        "reason": item.reason,
        "supported": item.supported,
        "seen": item.seen,
        "reference": item.reference,
    }


def _requirement(found: RequirementResult) -> Mapping[str, object]:
    return {
        "verdict": found.verdict.value,
        "title": found.title,
        "section": found.section,
        "change": found.change,
        "clauses": {clause.id: _clause(clause) for clause in found.clauses},
    }


def _clause(clause: ClauseResult) -> Mapping[str, object]:
    return {
        "verdict": clause.verdict.value,
        "level": clause.level,
        "text": clause.text,
        "when": clause.when,
        "cause": clause.cause.value if clause.cause else None,
        "reason": clause.reason,
        "precondition": clause.precondition,
        "passed": clause.passed,
        "failed": clause.failed,
        "tests": list(clause.tests),
    }


def _test(record: TestRecord, information: RunInformation) -> Mapping[str, object]:
    return {
        "id": record.id,
        "title": record.title,
        "clauses": list(record.clauses),
        "format": record.format.value if record.format else None,
        "verdict": record.verdict.value,
        "cause": record.cause.value if record.cause else None,
        "reason": record.reason,
        "precondition": record.precondition,
        "seconds": record.seconds,
        "counts": {
            count.clause: {"passed": count.passed, "failed": count.failed}
            for count in record.counts
        },
        "counters": {
            "checks": record.counters.checks,
            "exchanges": record.counters.exchanges,
            "notifications": record.counters.notifications,
        },
        "failures": [
            {
                **_check(result),
                **({"history": result.history} if result.history else {}),
                "exchange": exchange_reference(record, result),
                "curl": curl_of(record, result),
            }
            for result in record.failures
        ],
        "repeated": asdict(record.repeated) if record.repeated else None,
        "example": record.example,
        "evidence": record.evidence,
        "rerun": rerun_command(information, record.id),
    }


def _check(result: CheckResult) -> Mapping[str, object]:
    return {
        "clause": result.clause,
        "rule": result.rule,
        "expected": result.expected,
        "actual": result.actual,
        "where": result.where,
    }
