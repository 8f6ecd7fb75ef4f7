"""Each check passes on what conforms, fails on what deviates, and speaks of its own clause."""

from collections.abc import Callable

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.checks import (
    added_notifications,
    adhoc,
    chat_notifications,
    chat_subscriptions,
    composing,
    file_transfers,
    group_creation,
    group_list,
    invitations,
    long_lived_groups,
    multimedia_messages,
    one_to_one_sessions,
    received_messages,
    transfer_invitations,
    transfer_services,
)
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import CheckResult, Outcome
from tests.checks.records import (
    ALICE,
    DONE,
    IDLE,
    LOST,
    NO_MESSAGE,
    START,
    Checked,
    exchange,
    group,
    invitation,
    message,
    missed,
)
from tests.checks.rows_access import ACCESS
from tests.checks.rows_conventions import CONVENTIONS, SUBSCRIPTIONS
from tests.checks.rows_lasting import ADDITIONS, LASTING, LISTING, POLICIES, UNTOLD, listed
from tests.checks.rows_media import IMAGE, MEDIA, fetched, shown
from tests.checks.rows_messages import HERE, MESSAGES, WITH_ALICE
from tests.checks.rows_people import NOTICES, PARTICIPATION
from tests.checks.rows_sessions import (
    BETWEEN_TWO,
    INVITATION,
    SESSION_INVITATIONS,
    SESSIONS,
)
from tests.checks.rows_starting import INVITATIONS, STARTING
from tests.checks.rows_transfers import CHAT, NO_OFFER, TRANSFERS, transfer

ROWS = [
    *STARTING,
    *INVITATIONS,
    *SESSIONS,
    *SESSION_INVITATIONS,
    *BETWEEN_TWO,
    *MESSAGES,
    *MEDIA,
    *NOTICES,
    *PARTICIPATION,
    *SUBSCRIPTIONS,
    *CONVENTIONS,
    *ACCESS,
    *LASTING,
    *ADDITIONS,
    *LISTING,
    *POLICIES,
    *TRANSFERS,
]
CONFORMING = [(row[0], row[1], one) for row in ROWS for one in row[2]]
DEVIATING = [(row[0], row[1], one) for row in ROWS for one in row[3]]


def results_of(checked: Checked) -> list[CheckResult]:
    """The results of a check, one or several; remarks are none."""
    found = [checked] if isinstance(checked, CheckResult) else list(checked)
    return [each for each in found if each.outcome is not Outcome.REMARK]


def name(value: object) -> str:
    """The id of a case: its clause and its check."""
    return value if isinstance(value, str) else getattr(value, "__name__", "")


@pytest.mark.parametrize(("clause", "check", "given"), CONFORMING, ids=name)
def test_conforming(clause: str, check: Callable[..., Checked], given: tuple[object, ...]) -> None:
    """All results are for the clause, and passed."""
    results = results_of(check(*given))
    assert {each.clause for each in results} == {clause}
    assert {each.outcome for each in results} == {Outcome.PASSED}


@pytest.mark.parametrize(("clause", "check", "given"), DEVIATING, ids=name)
def test_deviating(clause: str, check: Callable[..., Checked], given: tuple[object, ...]) -> None:
    """One result fails, is for the clause, and says what was expected, what was there, where."""
    results = results_of(check(*given))
    assert {each.clause for each in results} == {clause}
    failed = [each for each in results if each.outcome is Outcome.FAILED]
    assert failed
    for each in failed:
        assert each.expected
        assert each.actual
        assert each.expected != each.actual
        assert each.where
        assert "\n" not in f"{each.expected}{each.actual}{each.where}"


def test_clauses_are_those_of_the_catalogue() -> None:
    """No check speaks of a clause that nobody knows."""
    assert {row[0] for row in ROWS} <= load_catalogue().clauses.keys()


def test_rules_are_stable_names() -> None:
    """Each is two words with a dot, so that failures can be told apart over runs."""
    results = [each for _, check, given in DEVIATING for each in results_of(check(*given))]
    for each in results:
        family, dot, rule = each.rule.partition(".")
        assert family.isidentifier()
        assert dot
        assert rule.isidentifier()


BLAMING: list[tuple[str, Callable[..., object], tuple[object, ...]]] = [
    ("TS-CHAT-4.1.6", group_creation.subject, (LOST, "a")),
    ("TS-CHAT-5.1", group_creation.subject, (exchange(200, problem="cut"), "a")),
    ("TS-CHAT-5.2", group_creation.subject, (exchange(200, fmt=Format.JSON), "a")),
    (
        "TS-CHAT-4.1.1",
        chat_subscriptions.as_requested,
        (exchange(404, operation="GET subscription"), None),
    ),
    ("UNI-CHT-007b.1", invitations.originator, (missed(invitation().content), ALICE)),
    ("UNI-CHT-032.1", added_notifications.subject, (UNTOLD, "a")),
    ("UNI-CHT-034.1", group_list.subject, (listed(), "g1", "a")),
    (
        "UNI-CHT-035.1",
        long_lived_groups.closed,
        (exchange(404, operation="GET longLivedGroup"), [], True),
    ),
    ("UNI-CHT-007a.1", invitations.originator, (missed(INVITATION), ALICE)),
    ("UNI-CHT-007a.1", invitations.leads_to_session, (missed(INVITATION), LOST, "rc1")),
    (
        "TS-CHAT-4.1.4",
        one_to_one_sessions.subject,
        (exchange(404, operation="GET oneToOneSession"), "a"),
    ),
    (
        "UNI-CHT-012a.1",
        chat_notifications.ended_not_cancelled,
        (NO_MESSAGE, "UNI-CHT-003a.3", "UNI-CHT-012a.1"),
    ),
    ("UNI-CHT-020.1", adhoc.no_invitation_before, (NO_MESSAGE, [])),
    ("UNI-CHT-004b.1", chat_notifications.acceptance_services, (NO_MESSAGE, NO_MESSAGE, [], [])),
    ("UNI-CHT-004b.4", chat_notifications.event_type, (NO_MESSAGE,)),
    ("UNI-CHT-020.2", received_messages.sender, (NO_MESSAGE, HERE, ALICE, "UNI-CHT-020.2")),
    ("UNI-CHT-020.1", received_messages.sender, (message(), WITH_ALICE, ALICE, "UNI-CHT-020.1")),
    ("UNI-CHT-020.2", received_messages.report_requested, (NO_MESSAGE, [], "UNI-CHT-020.2")),
    ("UNI-CHT-021.3", composing.unchanged, (NO_MESSAGE, IDLE, "UNI-CHT-021.3")),
    ("UNI-CHT-021.3", composing.success_when_delivered, (DONE, NO_MESSAGE, "UNI-CHT-021.3")),
    ("UNI-CHT-027.3", multimedia_messages.bytes_unchanged, (fetched(404), IMAGE)),
    ("UNI-CHT-027.3", multimedia_messages.type_unchanged, (fetched(404), shown(), IMAGE)),
    ("UNI-FLT-001.1", transfer_invitations.refers, (NO_OFFER, CHAT)),
    ("UNI-FLT-001.2", transfer_invitations.refers_to_none, (NO_OFFER,)),
    ("UNI-FLT-001.2", file_transfers.file_unchanged, (NO_OFFER, transfer())),
    ("UNI-FLT-001.2", file_transfers.shown, (exchange(404, operation="GET ftSession"), transfer())),
    ("TS-CHAT-4.1.6", transfer_services.readable, (LOST, "ft", ())),
]


@pytest.mark.parametrize(("clause", "check", "given"), BLAMING, ids=name)
def test_what_is_not_there_is_the_business_of_another_clause(
    clause: str, check: Callable[..., object], given: tuple[object, ...]
) -> None:
    """Where there is nothing to look at, there is no verdict, and it is said whose fault it is."""
    with pytest.raises(Inconclusive) as caught:
        check(*given)
    assert (caught.value.cause, caught.value.clause) == (Cause.PRECONDITION, clause)
    assert str(caught.value)


def test_no_time_stamp_is_a_freedom() -> None:
    """A server need not send one."""
    with pytest.raises(NotApplicable):
        received_messages.time_stamp(message(), START, "UNI-CHT-020.3")


def test_no_report_goes_where_no_status_is() -> None:
    """A chat without the status of messages need not link to it."""
    assert list(received_messages.report_linked(message(), "", "UNI-CHT-020.3")) == []


def test_unknown_service_that_is_listed_is_a_remark() -> None:
    """It breaks no clause."""
    results = group_creation.known_services_kept(
        exchange(200, group(supported_service=("ft", "x"))), ["ft"], "x"
    )
    assert [each.outcome for each in results] == [Outcome.PASSED, Outcome.REMARK]
