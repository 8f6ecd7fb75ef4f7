"""TS-CHAT-5.7: the content of error responses; 5.1, 5.2: their format."""

import pytest

from rcs_conformance.checks import request_errors
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, operations


@pytest.mark.requirement("TS-CHAT-5.7", xml="TS-CHAT-5.1", json="TS-CHAT-5.2")
def test_refusals_carry_an_exception(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """An error response carries an exception that fits its status, in the negotiated format.

    Stimulus: an invalid body, no token, another user's token, a chat that does not exist.
    """
    rejected = operations.missing_resources.refusals(bed, kind, fmt)

    verify(request_errors.fits(each, bed.binding.errors, clause) for each, clause in rejected)


@pytest.mark.requirement("TS-CHAT-5.7", xml="TS-CHAT-5.1", json="TS-CHAT-5.2")
def test_refusals_of_subscriptions(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """An error response about subscriptions carries an exception that fits its status and format.

    Stimulus: an invalid body, no token, another user's token, a deleted subscription.
    """
    rejected = operations.missing_resources.refusals_of_subscriptions(bed, fmt)

    verify(request_errors.fits(each, bed.binding.errors, clause) for each, clause in rejected)


@pytest.mark.requirement("TS-CHAT-5.7")
def test_refusal_by_policy_says_so(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A 403 response carries a policy exception.

    Stimulus: DELETE of the group by a participant that did not start it.
    """
    group = bed.groups.established(GroupOffer(), fmt)

    rejected = group.end(bed.bob)

    verify(request_errors.message_id_fits(rejected, ("POL",)))
