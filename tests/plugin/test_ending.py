"""How a test ended, in words."""

from dataclasses import replace

import pytest
from hypothesis.errors import FlakyFailure

from rcs_conformance.errors import Cause
from rcs_conformance.model.exchange import FailedExchange
from rcs_conformance.plugin.ending import ending
from rcs_conformance.plugin.judgement import ConformanceFailure, Judgement
from tests.checks.records import exchange


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        (0, "the same requests were repeated"),
        (1, "were repeated; 1 request got no response, or met a limit, which may be why"),
        (2, "were repeated; 2 requests got no response, or met a limit, which may be why"),
    ],
)
def test_failure_that_did_not_come_again(lost: int, told: str) -> None:
    """Where the network may be why, the reason says so."""
    judgement = Judgement()
    sent = replace(exchange(), number=1)
    failed = FailedExchange(
        number=1, request=sent.request, reason="reset", started=sent.started, seconds=0.0
    )
    judgement.end_example((), (sent, *[failed] * lost))
    found = ending(FlakyFailure("flaky", [ConformanceFailure(())]), judgement)
    assert found.cause is Cause.NONDETERMINISTIC
    assert found.reason.endswith(told)
