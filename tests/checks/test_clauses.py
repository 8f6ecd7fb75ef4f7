"""Each check passes on what conforms, fails on what deviates, and speaks of its own clause."""

from collections.abc import Callable

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.checks import (
    file_transfers,
    group_creation,
    notification_channels,
    received_messages,
)
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.model.common import ResourceReference
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult, Outcome
from tests.checks.records import (
    DONE,
    LOST,
    START,
    Checked,
    exchange,
    group,
    message,
)
from tests.checks.rows import PRECONDITIONS, ROWS
from tests.checks.rows_transfers import CHAT, transfer

CONFORMING = [(check, one) for check, conforming, _ in ROWS for one in conforming]
DEVIATING = [(check, one) for check, _, deviating in ROWS for one in deviating]


def results_of(checked: Checked) -> list[CheckResult]:
    """The results of a check, one or several; remarks are none."""
    found = [checked] if isinstance(checked, CheckResult) else list(checked)
    return [each for each in found if each.outcome is not Outcome.REMARK]


def name(value: object) -> str:
    """The id of a case: its clause and its check."""
    return value if isinstance(value, str) else getattr(value, "__name__", "")


@pytest.mark.parametrize(("check", "given"), CONFORMING, ids=name)
def test_conforming(check: Callable[..., Checked], given: tuple[object, ...]) -> None:
    """All results are for one clause, and passed."""
    results = results_of(check(*given))
    assert len({each.clause for each in results}) == 1
    assert {each.outcome for each in results} == {Outcome.PASSED}


@pytest.mark.parametrize(("check", "given"), DEVIATING, ids=name)
def test_deviating(check: Callable[..., Checked], given: tuple[object, ...]) -> None:
    """All results are for one clause; one fails, with condition, observation and place."""
    results = results_of(check(*given))
    assert len({each.clause for each in results}) == 1
    failed = [each for each in results if each.outcome is Outcome.FAILED]
    assert failed
    for each in failed:
        assert each.expected
        assert each.actual
        assert each.expected != each.actual
        assert each.where
        assert "\n" not in f"{each.expected}{each.actual}{each.where}"


def test_clauses_are_those_of_the_catalogue() -> None:
    """No result is for an unknown clause."""
    results = [each for check, given in DEVIATING for each in results_of(check(*given))]
    assert {each.clause for each in results} <= load_catalogue().clauses.keys()


def test_rules_are_stable_names() -> None:
    """Each is two words with a dot, so that failures can be told apart over runs."""
    results = [each for check, given in DEVIATING for each in results_of(check(*given))]
    for each in results:
        family, dot, rule = each.rule.partition(".")
        assert family.isidentifier()
        assert dot
        assert rule.isidentifier()


@pytest.mark.parametrize(("clause", "check", "given"), PRECONDITIONS, ids=name)
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


@pytest.mark.parametrize(
    "silent", [DONE, LOST, exchange(403, transfer(), operation="GET ftSession")]
)
def test_no_transfer_names_no_chat(silent: Exchange) -> None:
    """A response without a transfer, or an error with one, shows no chat to look at."""
    assert list(file_transfers.names_chat(silent, CHAT)) == []


def test_second_websocket_beside_the_first_is_a_remark() -> None:
    """Nothing is said where it takes its place."""
    begun = exchange(201, operation="POST channels")
    (remark,) = notification_channels.replaced(begun, ended=False, seconds=2.0)
    assert (remark.outcome, remark.rule) == (Outcome.REMARK, "socket.second")
    assert not list(notification_channels.replaced(begun, ended=True, seconds=2.0))


def test_reference_to_a_channel_is_a_remark() -> None:
    """Beside the result that there is one."""
    reference = ResourceReference(resource_url="http://host/channels/1")
    found = notification_channels.created(exchange(201, reference, operation="POST channels"))
    assert [each.outcome for each in found] == [Outcome.PASSED, Outcome.REMARK]
