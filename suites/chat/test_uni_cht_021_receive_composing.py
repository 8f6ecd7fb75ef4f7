"""UNI-CHT-021: receive isComposing, from a group chat."""

import pytest
from hypothesis import given

from rcs_conformance.checks import composing, messages
from rcs_conformance.model.chat import ComposingState, IsComposing
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, receiving
from rcs_conformance.strategies import indications, with_composing_corners


@pytest.mark.requirement("UNI-CHT-021.3")
def test_everybody_receives_under_its_session_id(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Each of the other participants gets the indication under its own session id.

    Stimulus: an indication by the originator.
    """
    group = stage.groups.established(GroupOffer(), fmt)

    sent = group.compose(stage.alice, IsComposing(state=ComposingState.ACTIVE))

    stage.require_success(sent, "UNI-CHT-019.3")
    for each in group.invited:
        received = receiving.composing(group, each)
        verify(messages.received_in(received, group.chat_id(each), "UNI-CHT-021.3"))


@pytest.mark.requirement("UNI-CHT-021.5")
@with_composing_corners
@given(indication=indications())
def test_indication_arrives_unchanged(
    stage: Stage, verify: Verify, fmt: Format, indication: IsComposing
) -> None:
    """State and refresh time arrive as they were sent.

    Stimulus: any indication of RFC 3994.
    """
    group = stage.groups.established(GroupOffer(), fmt)

    sent = group.compose(stage.alice, indication)

    stage.require_success(sent, "UNI-CHT-019.5")
    verify(composing.composing_unchanged(receiving.composing(group, stage.bob), indication))
