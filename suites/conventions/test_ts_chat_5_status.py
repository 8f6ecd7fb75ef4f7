"""TS-CHAT-5.6: status codes that only unusual requests bring about; 503 nobody can provoke.

Success codes are judged on every exchange. 400, 401, 403, 404 and 405 have clauses of their own,
409 is one of the answers that TS-CHAT-5.12 allows, 415 comes up with the near misses.
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
    """A reading that accepts no format of the server is refused with 406.

    Stimulus: each reading about a chat of a kind, accepting nothing known.
    """
    refused = operations.in_no_format(bed, kind, fmt)

    verify(conventions.status_is(each, 406, NO_FORMAT) for each in refused)


@pytest.mark.requirement("TS-CHAT-5.6")
def test_subscriptions_in_no_format(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The same holds for subscriptions.

    Stimulus: each reading of subscriptions, accepting nothing known.
    """
    refused = operations.subscriptions_in_no_format(bed, fmt)

    verify(conventions.status_is(each, 406, NO_FORMAT) for each in refused)


@pytest.mark.requirement("TS-CHAT-5.6")
@pytest.mark.parametrize(
    "family", [operations.TRANSFERS, operations.CHANNELS], ids=["transfers", "channels"]
)
def test_what_is_beside_chats_in_no_format(
    bed: TestBed, verify: Verify, fmt: Format, family: operations.ResourceFamily
) -> None:
    """The same holds for file transfers and for notification channels.

    Stimulus: each reading of them that the server has, accepting nothing known.
    """
    refused = operations.family_requests.in_no_format(bed, fmt, family)

    verify(conventions.status_is(each, 406, NO_FORMAT) for each in refused)


@pytest.mark.requirement("TS-CHAT-5.6")
def test_bodies_beyond_the_limit(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A body that is larger than the server takes is refused with 413, where it has such a limit.

    Stimulus: a subscription, filled up with white space to 2 MiB.
    """
    refused = operations.far_too_long(bed, fmt)

    verify(conventions.status_is(refused, 413, "a body that is right but for its length"))
