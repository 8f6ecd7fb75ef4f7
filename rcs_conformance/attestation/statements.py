"""What is signed of a run: an in-toto statement with the predicate test-result.

Its subjects are the files of the run with their digests; its predicate is the verdict, the tests
behind it, and what the run was configured with.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from google.protobuf.json_format import MessageToDict, ParseDict, ParseError
from in_toto_attestation.predicates.test_result.v0.test_result_pb2 import TestResult
from in_toto_attestation.v1.resource_descriptor import ResourceDescriptor
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as StatementMessage

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.results import Verdict
from rcs_conformance.verdict import Run

PREDICATE = "https://in-toto.io/attestation/test-result/v0.1"
"""Type of the predicate."""

PAYLOAD_TYPE = "application/vnd.in-toto+json"

_RESULTS = {Verdict.PASS: "PASSED", Verdict.WAIVED: "WARNED"}
"""Result by verdict; that of all others is FAILED: the target was not shown to conform."""

_LISTS = {
    Verdict.PASS: "passed_tests",
    Verdict.WAIVED: "warned_tests",
    Verdict.INCONCLUSIVE: "warned_tests",
    Verdict.FAIL: "failed_tests",
    Verdict.ERROR: "failed_tests",
}
"""The list that a test is in, by its verdict; the others were not run."""

Digests = Mapping[str, str]
"""SHA-256 of files, in hexadecimal, by their names."""


def digest_of(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def statement_of(run: Run, files: Digests) -> bytes:
    """The statement about a run, as it is signed.

    Args:
        run: The run.
        files: What it left.
    """
    subjects = [_descriptor(name, digest).pb for name, digest in sorted(files.items())]
    statement = Statement(subjects, PREDICATE, _predicate(run))
    statement.validate()
    return json.dumps(MessageToDict(statement.pb), sort_keys=True).encode("ascii")


def check_statement(payload: bytes, run: Run, files: Digests) -> None:
    """Check that a signed statement is about this run.

    Raises:
        ConfigurationError: It is about another one, or no such statement; the message says where.
    """
    statement = _read(payload)
    signed = {each.name: each.digest.get("sha256", "") for each in statement.pb.subject}
    for name, digest in files.items():
        if name not in signed:
            raise ConfigurationError(f"{name}: the signature is not about it")
        if signed[name] != digest:
            raise ConfigurationError(f"{name}: not the file that was signed")
    missing = sorted(signed.keys() - files.keys())
    if missing:
        raise ConfigurationError(f"{missing[0]}: was signed, and is missing")
    if json.loads(payload) != json.loads(statement_of(run, files)):
        raise ConfigurationError("the signed verdict or tests are not those of result.json")


def _read(payload: bytes) -> Statement:
    try:
        statement = Statement.copy_from_pb(ParseDict(json.loads(payload), StatementMessage()))
        statement.validate()
    except (ValueError, ParseError, RecursionError):
        raise ConfigurationError("what was signed is not an in-toto statement") from None
    if statement.pb.predicate_type != PREDICATE:
        raise ConfigurationError(f"what was signed is not a {PREDICATE}")
    return statement


def _predicate(run: Run) -> Mapping[str, Any]:
    """Verdict, tests, and configuration: the suite, and the target without its secrets."""
    lists: dict[str, list[str]] = {name: [] for name in _LISTS.values()}
    for test in run.records:
        if test.verdict in _LISTS:
            lists[_LISTS[test.verdict]].append(test.id)
    information = run.information
    target = json.dumps(information.target, sort_keys=True).encode("ascii")
    result = TestResult(
        result=_RESULTS.get(run.verdict, "FAILED") if run.complete else "FAILED",
        configuration=[
            ResourceDescriptor(
                name="rcs-conformance", annotations={"version": information.suite_version}
            ).pb,
            _descriptor("target", digest_of(target)).pb,
        ],
        **lists,
    )
    found: Mapping[str, Any] = MessageToDict(result)
    return found


def _descriptor(name: str, digest: str) -> ResourceDescriptor:
    return ResourceDescriptor(name=name, digest={"sha256": digest})
