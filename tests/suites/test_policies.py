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
    ('declared_services = "shown"', "declared-services-lost", "UNI-CHT-008b.4"),
    ('declared_services = "hidden"', "", "UNI-CHT-008b.4"),
    ('services = ["ft"]', "", "UNI-CHT-002b.7"),
]
"""Policies, the variation of a server that follows another one, and the clause that is broken."""


NO_END = 'items = ["REST-CHAT-GRP-S-001-O"]'
ENDS = ("UNI-CHT-003b.1", "UNI-CHT-003b.2", "UNI-CHT-003b.4", "UNI-CHT-004b.4", "UNI-CHT-012b.1")


@pytest.mark.parametrize(("policy", "variation", "clause"), DECIDED)
def test_declared_policy_that_is_not_followed_fails(
    run_suites: RunSuites, policy: str, variation: str, clause: str
) -> None:
    """The target file says what the operator decided, and the server does otherwise."""
    variations = (variation,) if variation else ()

    outcome = run_suites("--requirement", clause, policy=policy, variations=variations)

    assert clause in outcome.with_verdict("fail"), outcome.findings()
    assert outcome.exit_code == 1


FIRST_MESSAGES = {"UNI-CHT-001a.1", "UNI-CHT-001a.2", "UNI-CHT-001a.3", "UNI-CHT-007a.4"}
STARTS = ("--profile", "quick", "--requirement", "UNI-CHT-001a", "--requirement", "UNI-CHT-007a")


def test_first_message_that_is_rejected_as_policy_does_not_apply(run_suites: RunSuites) -> None:
    """403 POL1012: nothing about first messages passes, with that reason."""
    outcome = run_suites(*STARTS, variations=("first-message-forbidden",))

    assert set(outcome.with_verdict("not_applicable")) >= FIRST_MESSAGES, outcome.findings()
    assert outcome.exit_code == 0
    assert "POL1012" in outcome.findings()


def test_declared_services_that_are_shown_nowhere_do_not_apply(run_suites: RunSuites) -> None:
    """Neither those that were declared nor their absence pass, with that reason."""
    words = ("--profile", "quick", "--requirement", "UNI-CHT-008b")

    outcome = run_suites(*words, variations=("declared-services-lost",))

    hidden = {"UNI-CHT-008b.3", "UNI-CHT-008b.4"}
    assert hidden <= set(outcome.with_verdict("not_applicable")), outcome.findings()
    assert outcome.clauses()["UNI-CHT-008b.2"] == "pass"


def test_first_message_that_the_target_file_promises_must_be_taken(run_suites: RunSuites) -> None:
    """The target file says that a message is taken at the start of a session."""
    policy = 'first_message_at_start = "taken"'

    outcome = run_suites(*STARTS, variations=("first-message-forbidden",), policy=policy)

    assert outcome.with_verdict("fail") == ["UNI-CHT-001a.1"], outcome.findings()


@pytest.mark.parametrize("claims", ["", NO_END], ids=["claimed", "not claimed"])
def test_group_that_cannot_be_ended_is_judged_otherwise(run_suites: RunSuites, claims: str) -> None:
    """403 POL1018: by DELETE of participants, and by the trigger `end`."""
    words = [word for each in ENDS for word in ("--requirement", each)]

    outcome = run_suites(*words, variations=("groups-not-ended",), claims=claims)

    verdicts = {each: outcome.clauses()[each] for each in ENDS}
    assert verdicts == {**dict.fromkeys(ENDS, "pass"), "UNI-CHT-003b.4": "not_applicable"}


@pytest.mark.parametrize(
    ("fault", "clauses", "message_id"),
    [
        ("sessions-refused-as-policy", ("UNI-CHT-001.1", "UNI-CHT-001.2"), "POL1013"),
        ("adhoc-refused-as-policy", ("UNI-CHT-018.1", "UNI-CHT-020.1"), "POL1014"),
    ],
)
def test_claimed_chats_that_the_target_says_it_lacks_fail_once(
    run_suites: RunSuites, fault: str, clauses: tuple[str, ...], message_id: str
) -> None:
    """The claim fails; the clauses about such chats stay undecided, with that reason."""
    words = [word for each in ("TS-CHAT-5.13", *clauses) for word in ("--requirement", each)]

    outcome = run_suites(*words, faults=(fault,))

    assert outcome.with_verdict("fail") == ["TS-CHAT-5.13"], outcome.findings()
    assert {outcome.clauses()[each] for each in clauses} == {"inconclusive"}
    assert message_id in outcome.findings()


def test_opt_in_by_a_capability_is_not_tested(run_suites: RunSuites) -> None:
    """The clause says why, and does not count; the rest of the requirement is met."""
    claims = 'features = ["gc_services", "file_transfer", "ft_reference_by_capability"]'
    words = ("--profile", "quick", "--requirement", "UNI-FLT-005")

    outcome = run_suites(*words, claims=claims)

    assert outcome.clauses()["UNI-FLT-005.3"] == "not_tested", outcome.findings()
    assert outcome.clauses()["UNI-FLT-005.1"] == "pass"
    assert outcome.exit_code == 0
    assert "CapDis" in outcome.findings()


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
