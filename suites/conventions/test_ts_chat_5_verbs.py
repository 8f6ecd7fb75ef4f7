"""TS-CHAT-5.5: methods that a resource does not have."""

import pytest

from rcs_conformance.checks import conventions
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, operations


@pytest.mark.requirement("TS-CHAT-5.5")
def test_unsupported_verbs_are_not_allowed(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A method that a chat resource does not have returns 405 with Allow.

    Stimulus: each method that the binding does not list, on each resource of a kind of chat.
    """
    tried = operations.unsupported(bed, kind, fmt)

    verify(conventions.not_allowed(each.exchange, each.required, each.row) for each in tried)


@pytest.mark.requirement("TS-CHAT-5.5")
def test_unsupported_verbs_on_subscriptions(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A method that a subscription resource does not have returns 405 with Allow.

    Stimulus: each method that the binding does not list, on the list and on one subscription.
    """
    tried = operations.unsupported_on_subscriptions(bed, fmt)

    verify(conventions.not_allowed(each.exchange, each.required, each.row) for each in tried)


@pytest.mark.requirement("TS-CHAT-5.5")
@pytest.mark.parametrize(
    "family", [operations.TRANSFERS, operations.CHANNELS], ids=["transfers", "channels"]
)
def test_unsupported_verbs_beside_chats(
    bed: TestBed, verify: Verify, fmt: Format, family: operations.ResourceFamily
) -> None:
    """A method that a transfer or channel resource does not have returns 405 with Allow.

    Stimulus: each method that the binding does not list, on each of their resources.
    """
    tried = operations.family_requests.unsupported(bed, fmt, family)

    verify(conventions.not_allowed(each.exchange, each.required, each.row) for each in tried)
