"""A run with failures, and what a hostile target would have them say."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.errors import Cause
from rcs_conformance.model.exchange import (
    REDACTED,
    Answer,
    Event,
    Exchange,
    FailedExchange,
    Notification,
    Request,
)
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import (
    CheckResult,
    ClauseCount,
    Counters,
    Outcome,
    TestRecord,
    Verdict,
)
from rcs_conformance.target import Ics
from rcs_conformance.verdict import Run, RunInformation, judge

START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CANARY = "canary-7f3a9c"
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>"
    "\x1b]0;owned\x07\x1b[31mred\x00\x08\x9b2J\u202egnp.exe"
    "\n::error::broken\n##[error]bad\n##vso[task.complete]\n=cmd()'\"&"
)
TEST = "chat/test_uni_cht_002b_start.py::test_closed_is_shown[json]"
REQUEST = Request(
    user="tel:+15550100",
    resource="groups",
    method="POST",
    url="http://target/chat/v1/tel%3A%2B15550100/group",
    headers=(("authorization", f"Bearer {CANARY}"), ("accept", "application/json")),
    body=b'{"groupChatSessionInformation":{"subject":"hi","participant":[{"address":"a"}]}}',
    format=Format.JSON,
)


@pytest.fixture
def events() -> tuple[Event, ...]:
    """An exchange, one without an answer, and two notifications, all of a hostile target."""
    exchange = Exchange(
        number=1,
        request=REQUEST,
        answer=Answer(
            status=201,
            headers=(("content-type", HOSTILE), ("set-cookie", CANARY)),
            body=HOSTILE.encode(),
        ),
        started=START,
        seconds=0.012,
    )
    failed = FailedExchange(
        number=2, request=REQUEST, reason=f"reset {HOSTILE}", started=START, seconds=1.0
    )
    readable = Notification(
        number=3,
        user="tel:+15550101",
        format=Format.XML,
        callback_data="x",
        received=START,
        headers=(("content-type", "application/xml"), ("authorization", REDACTED)),
        body=b"<a><b>1</b><c/></a>",
        root="chatMessageNotification",
        content=object(),
    )
    binary = Notification(
        number=4,
        user="tel:+15550101",
        format=Format.XML,
        callback_data="",
        received=START,
        headers=(),
        body=b"\xff\xfe\x00",
        root="",
        content=None,
        problem=HOSTILE,
    )
    return (exchange, failed, readable, binary)


def check(clause: str, outcome: Outcome = Outcome.FAILED, **members: object) -> CheckResult:
    """What a check found on a group, in words of a hostile target."""
    given: dict[str, object] = {
        "rule": "group.closed",
        "expected": "isClosed true",
        "actual": HOSTILE,
        "where": "#1 POST groups: groupChatSessionInformation/isClosed",
        "event": 1,
    }
    return CheckResult(clause=clause, outcome=outcome, **{**given, **members})  # type: ignore[arg-type]


@pytest.fixture
def make_record() -> Callable[..., TestRecord]:
    """Makes a test's record, by default of one that failed."""

    def make(**members: object) -> TestRecord:
        given: dict[str, object] = {
            "id": TEST,
            "title": "A closed group is shown as closed.",
            "clauses": ("UNI-CHT-002b.6",),
            "format": Format.JSON,
            "verdict": Verdict.FAIL,
            "seconds": 0.5,
            "counts": (ClauseCount(clause="UNI-CHT-002b.6", passed=3, failed=1),),
            "failures": (check("UNI-CHT-002b.6"),),
            "remarks": (check("UNI-CHT-001.1", Outcome.REMARK),),
            "counters": Counters(checks=4, exchanges=2, notifications=2),
            "example": f"group={HOSTILE!r}",
        }
        return TestRecord(**{**given, **members})  # type: ignore[arg-type]

    return make


@pytest.fixture
def make_run() -> Callable[..., Run]:
    """Judges records for a target that claims everything."""
    catalogue = load_catalogue()
    claims = Ics(features=catalogue.features)

    def make(*records: TestRecord, claims: Ics = claims, **members: object) -> Run:
        given: dict[str, object] = {
            "suite_version": "1.0",
            "target_name": f"Acme {HOSTILE}",
            "target": {
                "server_root": "http://target",
                "users": [{"address": "tel:+15550100"}, {"address": "tel:+15550101"}],
                "ics": {"features": ["adhoc"], "items": []},
                "policy": None,
            },
            "seed": 7,
            "started": START,
            "seconds": 3.25,
            "profile": "quick",
            "arguments": ("acme.toml",),
            "versions": (("pytest", "9"),),
        }
        information = RunInformation(**{**given, **members})  # type: ignore[arg-type]
        return judge(catalogue, claims, records, information)

    return make


@pytest.fixture
def records(make_record: Callable[..., TestRecord]) -> tuple[TestRecord, ...]:
    """One test of each kind, the failure seen in two."""
    nothing: dict[str, object] = {"failures": (), "remarks": (), "counts": (), "example": ""}
    return (
        make_record(),
        make_record(id=TEST.replace("json", "xml"), format=Format.XML),
        make_record(
            id="chat/test_a.py::test_late",
            clauses=("UNI-CHT-001.1",),
            verdict=Verdict.INCONCLUSIVE,
            cause=Cause.TIMEOUT,
            reason=f"no notification {HOSTILE}",
            **nothing,
        ),
        make_record(
            id="chat/test_a.py::test_broken",
            clauses=("UNI-CHT-001.2",),
            verdict=Verdict.ERROR,
            reason=f"KeyError {HOSTILE}",
            **nothing,
        ),
        make_record(
            id="chat/test_a.py::test_fine",
            clauses=("UNI-CHT-001.5",),
            verdict=Verdict.PASS,
            **{**nothing, "counts": (ClauseCount(clause="UNI-CHT-001.5", passed=2, failed=0),)},
        ),
    )
