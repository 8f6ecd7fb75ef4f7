"""TS-CHAT-5.1, 5.2, 5.6, 5.13 to 5.15: every operation works, with its status and its format."""

import pytest

from rcs_conformance.checks import conventions
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, operations

EXISTS = pytest.mark.requirement(xml="TS-CHAT-5.1", json="TS-CHAT-5.2")
VALID = pytest.mark.requirement(xml="TS-CHAT-5.14", json="TS-CHAT-5.15")


@pytest.mark.requirement("TS-CHAT-5.6", "TS-CHAT-5.13")
@EXISTS
@VALID
def test_operations_on_chats_work(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """Every mandatory or claimed operation on chats works, with its status code and format.

    Stimulus: each operation on chats of a kind once, as soon as it can succeed.
    """
    results = operations.of_kind(bed, kind, fmt)

    verify(
        conventions.carried_out(each.exchange, each.items, by_policy=each.by_policy)
        for each in results.results
    )
    results.require_end()


@pytest.mark.requirement("TS-CHAT-5.6", "TS-CHAT-5.13")
@EXISTS
@VALID
def test_operations_on_subscriptions_work(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Every mandatory or claimed operation on subscriptions works.

    Stimulus: each operation on subscriptions once.
    """
    results = operations.of_subscriptions(bed, fmt)

    verify(
        conventions.carried_out(each.exchange, each.items, by_policy=each.by_policy)
        for each in results.results
    )
    results.require_end()


@pytest.mark.requirement("TS-CHAT-5.6", "TS-CHAT-5.13")
@EXISTS
@VALID
def test_operations_on_channels_work(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Every claimed operation on notification channels works, the long poll included.

    Stimulus: each operation on channels once, the poll after a message.
    """
    results = operations.of_channels(bed, fmt)

    verify(conventions.carried_out(each.exchange, each.items) for each in results.results)
    results.require_end()
