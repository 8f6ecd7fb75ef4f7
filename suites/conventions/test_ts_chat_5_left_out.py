"""TS-CHAT-5.20: what a request did not give is shown nowhere."""

import pytest

from rcs_conformance.checks import absence
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, operations

CLAUSE = "TS-CHAT-5.20"


@pytest.mark.requirement(CLAUSE)
@pytest.mark.unmarked
def test_chat_shows_what_was_given_alone(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A chat that was started with the least is shown and notified without any further member.

    Stimulus: a chat without subject, names, first message and correlator; a message of text alone.
    """
    given = {"subject"} if kind is ChatKind.LONG_LIVED else set()

    shown = operations.absence.of_chat(bed, kind, fmt)

    verify(absence.nowhere_added(shown, given))


@pytest.mark.requirement(CLAUSE)
def test_transfer_shows_what_was_given_alone(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A file that was offered with the least is shown and notified without any further member.

    Stimulus: a file without description and correlator, offered outside of any group chat.
    """
    shown = operations.absence.of_transfer(bed, fmt)

    verify(absence.nowhere_added(shown))


@pytest.mark.requirement(CLAUSE)
@pytest.mark.parametrize(
    "requested",
    [
        operations.absence.of_subscription,
        operations.absence.of_transfer_subscription,
        operations.absence.of_channel,
    ],
    ids=["subscription", "transfer-subscription", "channel"],
)
def test_no_correlator_is_invented(
    bed: TestBed, verify: Verify, fmt: Format, requested: operations.absence.Requested
) -> None:
    """A subscription or channel that was requested without a correlator is shown without one.

    Stimulus: POST without a correlator, and GET.
    """
    shown = requested(bed, fmt)

    verify(absence.nowhere_added(shown))
