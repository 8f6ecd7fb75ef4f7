"""UNI-CHT-021: receive isComposing, from each kind of chat."""

import pytest

from rcs_conformance.checks import composing, received_messages
from rcs_conformance.model.chat import ComposingState, IsComposing
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.strategies import COMPOSING_CORNERS


@pytest.mark.requirement(
    adhoc="UNI-CHT-021.1",
    one_to_one="UNI-CHT-021.2",
    group="UNI-CHT-021.3",
    long_lived="UNI-CHT-021.4",
)
def test_everybody_receives_under_its_chat_id(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """Each receiver gets an indication under its own chat id.

    Stimulus: an indication by each participant.
    """
    chat = bed.established_chat(kind, fmt, composing=True)

    for by in chat.everyone:
        sent = chat.compose(by, IsComposing(state=ComposingState.ACTIVE))
        bed.require_success(sent, chat.terms.composing)
        for each in chat.others(by):
            heard = message_waits.composing(chat, each, by)
            verify(received_messages.received_in(heard, chat.identity(each), chat.terms.hearing))


@pytest.mark.requirement("UNI-CHT-021.5")
def test_indications_arrive_unchanged(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """State and refresh time arrive unchanged.

    Stimulus: both states in turn, without optional members, with refresh times, and with all
    members.
    """
    chat = bed.established_chat(kind, fmt, composing=True)

    for each in COMPOSING_CORNERS:
        bed.require_success(chat.compose(bed.alice, each), "UNI-CHT-019.5")

    for each in COMPOSING_CORNERS:
        heard = message_waits.indication(chat, bed.bob, bed.alice, each)
        verify(composing.unchanged(heard, each, chat.terms.hearing))
