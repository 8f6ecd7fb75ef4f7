"""TS-CHAT-5.6: status codes that only unusual requests bring about; 503 nobody can provoke.

Success codes are judged on every exchange. 400, 401, 403, 404 and 405 have clauses of their own,
409 is one of the answers that TS-CHAT-5.12 allows, 415 comes up with the near misses.
"""

import pytest

from rcs_conformance.checks import conventions
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, rounds

NO_FORMAT = "an Accept that names no known format"


@pytest.mark.requirement("TS-CHAT-5.6")
def test_answers_that_nobody_can_give(
    stage: Stage, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A reading that accepts no format of the server is refused with 406.

    Stimulus: each reading about a chat of a kind, accepting nothing known.
    """
    refused = rounds.in_no_format(stage, kind, fmt)

    verify(conventions.status_is(each, 406, NO_FORMAT) for each in refused)


@pytest.mark.requirement("TS-CHAT-5.6")
def test_subscriptions_in_no_format(stage: Stage, verify: Verify, fmt: Format) -> None:
    """The same holds for subscriptions.

    Stimulus: each reading of subscriptions, accepting nothing known.
    """
    refused = rounds.subscriptions_in_no_format(stage, fmt)

    verify(conventions.status_is(each, 406, NO_FORMAT) for each in refused)


@pytest.mark.requirement("TS-CHAT-5.6")
@pytest.mark.parametrize(
    "family", [rounds.TRANSFERS, rounds.CHANNELS], ids=["transfers", "channels"]
)
def test_what_is_beside_chats_in_no_format(
    stage: Stage, verify: Verify, fmt: Format, family: rounds.Family
) -> None:
    """The same holds for file transfers and for notification channels.

    Stimulus: each reading of them that the server has, accepting nothing known.
    """
    refused = rounds.beside.in_no_format(stage, fmt, family)

    verify(conventions.status_is(each, 406, NO_FORMAT) for each in refused)


@pytest.mark.requirement("TS-CHAT-5.6")
def test_bodies_beyond_the_limit(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A body that is larger than the server takes is refused with 413, where it has such a limit.

    Stimulus: a subscription, filled up with white space to 2 MiB.
    """
    refused = rounds.far_too_long(stage, fmt)

    verify(conventions.status_is(refused, 413, "a body that is right but for its length"))
