"""UNI-CHT-019: send isComposing, in each kind of chat."""

import pytest
from hypothesis import given

from rcs_conformance.checks import composing
from rcs_conformance.model.chat import ComposingState, IsComposing
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.strategies import COMPOSING_CORNERS, some_indications

_ACTIVE = IsComposing(state=ComposingState.ACTIVE)


@pytest.mark.requirement(
    adhoc="UNI-CHT-019.1",
    one_to_one="UNI-CHT-019.2",
    group="UNI-CHT-019.3",
    long_lived="UNI-CHT-019.4",
)
def test_indication_is_taken(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """Every participant sends composing indications to the chat.

    Stimulus: POST of an indication without optional members by each participant.
    """
    chat = bed.established_chat(kind, fmt, composing=True)

    for each in chat.everyone:
        sent = chat.compose(each, _ACTIVE)
        heard = message_waits.composing(chat, chat.others(each)[0], each)
        verify(composing.accepted(sent, heard, chat.terms.composing))


@pytest.mark.requirement("UNI-CHT-019.5")
def test_both_states_and_refresh_times_are_taken(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """Both states are accepted, with and without the optional members of an indication.

    Stimulus: POST of both states in turn, without optional members, with refresh times, and with
    all members.
    """
    chat = bed.established_chat(kind, fmt, composing=True)
    bed.require_success(chat.compose(bed.alice, _ACTIVE), chat.terms.composing)

    sent = [(chat.compose(bed.alice, each), each) for each in COMPOSING_CORNERS]

    verify(composing.states_accepted(answer, each) for answer, each in sent)


@pytest.mark.requirement("UNI-CHT-019.5", "UNI-CHT-021.5")
@given(indications=some_indications())
def test_any_indications_are_taken_and_arrive(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format, indications: list[IsComposing]
) -> None:
    """Any indication is accepted and arrives with its state and refresh time.

    Stimulus: POST of indications as of RFC 3994.
    """
    chat = bed.established_chat(kind, fmt, composing=True)
    bed.require_success(chat.compose(bed.alice, _ACTIVE), chat.terms.composing)

    sent = [(chat.compose(bed.alice, each), each) for each in indications]

    verify(composing.states_accepted(answer, each) for answer, each in sent)
    verify(
        composing.unchanged(
            message_waits.indication(chat, bed.bob, bed.alice, each), each, chat.terms.hearing
        )
        for each in indications
    )


@pytest.mark.requirement("UNI-CHT-019.6")
def test_delivered_indication_is_a_success(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """The response to an indication that reaches another user says success.

    Stimulus: POST of an indication that another user receives.
    """
    chat = bed.established_chat(kind, fmt, composing=True)

    sent = chat.compose(bed.alice, _ACTIVE)

    heard = message_waits.composing(chat, bed.bob, bed.alice)
    verify(composing.success_when_delivered(sent, heard, chat.terms.hearing))
