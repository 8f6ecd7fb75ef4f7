"""The SCR tables (TS-CHAT-5.13): what the target supports without claiming it, as remarks."""

import pytest

from rcs_conformance.checks import conventions, scr_items
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import Verify
from rcs_conformance.probes import served_unclaimed
from rcs_conformance.scenario import TestBed


@pytest.mark.requirement("TS-CHAT-5.13")
def test_what_is_served_is_claimed(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """An operation that works although the target does not claim it is a remark.

    Stimulus: for each item that is not claimed: GET, methods that a resource does not have, and
    invalid bodies; for a mandatory one a subscription.
    """
    served = served_unclaimed(bed, fmt)

    subscription = bed.mailboxes.subscription(bed.alice, fmt)
    verify(
        conventions.supported(subscription.creation, "REST-CHAT-SUBSCR-S-003-M"),
        (scr_items.unclaimed(item, each.operation, each.why) for item, each in served.items()),
    )
