"""TS-CHAT-5.7: what a refusal says."""

import pytest

from rcs_conformance.checks import request_errors
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, operations


@pytest.mark.requirement("TS-CHAT-5.7")
def test_refusals_carry_an_exception(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A refusal carries an exception whose kind and id fit its status, in the negotiated format.

    Stimulus: a body that is wrong, no token, another user's token, a chat that does not exist.
    """
    refused = operations.missing_resources.refusals(bed, kind, fmt)

    verify(request_errors.fits(each, bed.binding.errors, clause) for each, clause in refused)


@pytest.mark.requirement("TS-CHAT-5.7")
def test_refusals_of_subscriptions(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The same holds for subscriptions.

    Stimulus: a body that is wrong, no token, another user's token, a subscription that is gone.
    """
    refused = operations.missing_resources.refusals_of_subscriptions(bed, fmt)

    verify(request_errors.fits(each, bed.binding.errors, clause) for each, clause in refused)


@pytest.mark.requirement("TS-CHAT-5.7")
def test_refusal_by_policy_says_so(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A refusal with 403 carries a policy exception.

    Stimulus: DELETE of the group by who did not start it.
    """
    group = bed.groups.established(GroupOffer(), fmt)

    refused = group.end(bed.bob)

    verify(request_errors.message_id_fits(refused, ("POL",)))
