"""A policy that the target file declares is tested strictly.

That one which it leaves out is not, the variations of the reference server show.
"""

import pytest

from rcs_conformance.reference import VARIATIONS
from tests.suites.conftest import RunSuites

pytestmark = pytest.mark.exhaustive

DECIDED = [
    ('originator_leave = "ends"', "", "UNI-CHT-011.3"),
    ('originator_leave = "goes_on"', "originator-ends-chat", "UNI-CHT-011.3"),
    ('add_to_closed = "allowed"', "", "UNI-CHT-002b.4"),
    ('add_to_closed = "refused"', "closed-takes-additions", "UNI-CHT-002b.4"),
    ('long_lived_extension = "allowed"', "long-lived-extension-refused", "UNI-CHT-039.1"),
    ('long_lived_extension = "refused"', "", "UNI-CHT-039.1"),
    ('long_lived_rejoin = "allowed"', "long-lived-rejoin-refused", "UNI-CHT-040.1"),
    ('long_lived_rejoin = "refused"', "", "UNI-CHT-040.1"),
    ('long_lived_read = "allowed"', "", "UNI-CHT-033.3"),
    ('long_lived_read = "refused"', "long-lived-leavers-keep-reading", "UNI-CHT-033.3"),
    ('first_message = "allowed"', "first-message-withheld", "UNI-CHT-001a.2"),
    ('first_message = "refused"', "", "UNI-CHT-001a.2"),
    ('services = ["ft"]', "", "UNI-CHT-002b.7"),
]
"""Policies, the variation of a server that follows another one, and the clause that is broken."""


@pytest.mark.parametrize(("policy", "variation", "clause"), DECIDED)
def test_declared_policy_that_is_not_followed_fails(
    run_suites: RunSuites, policy: str, variation: str, clause: str
) -> None:
    """The target file says what the operator decided, and the server does otherwise."""
    variations = (variation,) if variation else ()

    outcome = run_suites("--requirement", clause, policy=policy, variations=variations)

    assert clause in outcome.with_verdict("fail"), outcome.findings()
    assert outcome.exit_code == 1


LENIENT = tuple(name for name in VARIATIONS if name.startswith("lenient-"))
"""Every lenient reading of requests that the binding permits."""
ABOUT_BODIES = ("--requirement", "TS-CHAT-5.6", "--requirement", "TS-CHAT-5.8")


def test_lenient_reading_is_a_remark(run_suites: RunSuites) -> None:
    """A server that takes whatever leaves no doubt fails nothing; each kind is remarked upon."""
    outcome = run_suites(*ABOUT_BODIES, variations=LENIENT)

    assert outcome.with_verdict("fail", "inconclusive", "error") == [], outcome.findings()
    assert outcome.exit_code == 0
    remarks = {each["rule"]: each["actual"] for each in outcome.result["remarks"]}
    assert remarks.keys() >= {"body.lenient", "media_type.lenient"}


def test_reference_server_reads_strictly(run_suites: RunSuites) -> None:
    """Without a variation it meets a strict policy, so that a fault of reading shows alone."""
    outcome = run_suites(*ABOUT_BODIES, policy='reading = "strict"')

    assert outcome.with_verdict("fail", "inconclusive", "error") == [], outcome.findings()
    assert {"TS-CHAT-5.6", "TS-CHAT-5.8"} <= {*outcome.with_verdict("pass")}
