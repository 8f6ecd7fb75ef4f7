"""Every finding has its exchange or notification, whatever kind of fault it is about."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rcs_conformance.model.exchange import Exchange, FailedExchange
from rcs_conformance.reference.faults import FAULTS
from rcs_conformance.report.evidence import read_evidence
from tests.report.whole_runs import WholeRun, run_suites_in_full
from tests.suites import killers

SERVERS = {
    "groups": (
        "acceptance-kept-from-originator",
        "addition-answer-names-others",
        "additions-cut-to-one",
        "event-of-unknown-chat",
        "invitation-without-subject",
        "leaving-nothing-succeeds",
        "services-cut",
    ),
    "1-to-1": (
        "adhoc-invites-first",
        "composing-without-id",
        "extension-cut-to-one",
        "first-message-refused",
        "session-acceptance-silent",
        "session-event-without-id",
        "time-stamp-ahead",
    ),
    "conventions": (
        "channel-stays",
        "file-line-ends",
        "form-plus-kept",
        "lacks-subscription-list",
        "list-in-no-namespace",
        "no-token-answered-403",
        "not-found-as-policy",
        "state-unknown-idle",
        "transfer-offered-twice",
        "xml-session-without-originator",
    ),
    "long-lived groups and files": (
        "added-subject-ascii",
        "file-cancellation-not-told",
        "list-subject-cut",
        "long-lived-drops-member",
        "long-lived-extension-drops-added",
        "unknown-chat-told-as-any",
    ),
}
"""Faults of one server each: missing and wrong notifications, schema, status, content, form
fields, correlators, tokens, invalid requests, from 18 files of faults."""


def failures(done: WholeRun) -> Iterator[dict[str, str]]:
    """The failed checks of all tests of a run."""
    for test in done.result["tests"]:
        yield from test["failures"]


def lack(done: WholeRun, failure: dict[str, str]) -> str:
    """What the evidence of a failed check lacks; empty where it has all."""
    file, _, number = failure["exchange"].partition("#")
    if not file:
        return f"{failure}: no evidence"
    events = {str(event.number): event for event in read_evidence(done.out / file)}
    if not any(isinstance(each, Exchange | FailedExchange) for each in events.values()):
        return f"{failure}: no exchange"
    named = {number, *re.findall(r"#([0-9]+) \w+Notification", failure["actual"])} - {""}
    return f"{failure}: {named - events.keys()} are missing" if named - events.keys() else ""


@pytest.mark.exhaustive
@pytest.mark.parametrize("server", SERVERS)
def test_every_finding_has_its_evidence(server: str, tmp_path: Path) -> None:
    """The file of a finding holds its event, and each that the finding names.

    Where something did not come, the file holds what was sent and what came instead.
    """
    clauses = {FAULTS[fault].clause for fault in SERVERS[server]}
    tests = {killers.load()[fault] for fault in SERVERS[server]}
    done = run_suites_in_full(tmp_path / "out", "--", *sorted(tests), faults=SERVERS[server])
    found = [*failures(done)]
    assert clauses - {each["clause"] for each in found} == set()
    assert [told for each in found if (told := lack(done, each))] == []
