"""TS-CHAT-5.6: status codes that only unusual requests cause.

Success codes are checked on every exchange. 400, 401, 403, 404 and 405 have clauses of their own,
TS-CHAT-5.12 allows 409, and invalid requests cause 415. No request can cause 503.
"""

import pytest

from rcs_conformance.checks import conventions
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, operations

NO_FORMAT = "an Accept that names no known format"


@pytest.mark.requirement("TS-CHAT-5.6")
def test_answers_that_nobody_can_give(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A GET about a chat that accepts no supported format returns 406.

    Stimulus: each GET about a chat of a kind, with an unknown media type in Accept.
    """
    rejected = operations.in_no_format(bed, kind, fmt)

    verify(conventions.status_is(each, 406, NO_FORMAT) for each in rejected)


@pytest.mark.requirement("TS-CHAT-5.6")
def test_subscriptions_in_no_format(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A GET of subscriptions that accepts no supported format returns 406.

    Stimulus: each GET of subscriptions, with an unknown media type in Accept.
    """
    rejected = operations.subscriptions_in_no_format(bed, fmt)

    verify(conventions.status_is(each, 406, NO_FORMAT) for each in rejected)


@pytest.mark.requirement("TS-CHAT-5.6")
@pytest.mark.parametrize(
    "family", [operations.TRANSFERS, operations.CHANNELS], ids=["transfers", "channels"]
)
def test_what_is_beside_chats_in_no_format(
    bed: TestBed, verify: Verify, fmt: Format, family: operations.ResourceFamily
) -> None:
    """A GET of transfers or channels that accepts no supported format returns 406.

    Stimulus: each GET of them that the server has, with an unknown media type in Accept.
    """
    rejected = operations.family_requests.in_no_format(bed, fmt, family)

    verify(conventions.status_is(each, 406, NO_FORMAT) for each in rejected)


@pytest.mark.requirement("TS-CHAT-5.6")
def test_bodies_beyond_the_limit(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A body that is larger than the server's limit is rejected with 413.

    Stimulus: a subscription, padded with white space to 2 MiB.
    """
    rejected = operations.far_too_long(bed, fmt)

    verify(conventions.status_is(rejected, 413, "a body that is right but for its length"))
