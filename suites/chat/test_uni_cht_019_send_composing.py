"""UNI-CHT-019: send isComposing, in a group chat."""

import pytest
from hypothesis import given

from rcs_conformance.checks import composing
from rcs_conformance.model.chat import ComposingState, IsComposing
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, receiving
from rcs_conformance.strategies import indications, with_composing_corners

_ACTIVE = IsComposing(state=ComposingState.ACTIVE)


@pytest.mark.requirement("UNI-CHT-019.3")
def test_indication_to_group_session_is_taken(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Each participant tells the session of a group chat that it is composing.

    Stimulus: POST of the plainest indication by each of them.
    """
    group = stage.groups.established(GroupOffer(), fmt)

    sent = [group.compose(each, _ACTIVE) for each in group.everyone]

    verify(composing.composing_taken(each) for each in sent)


@pytest.mark.requirement("UNI-CHT-019.5")
@with_composing_corners
@given(indication=indications())
def test_both_states_and_any_refresh_are_taken(
    stage: Stage, verify: Verify, fmt: Format, indication: IsComposing
) -> None:
    """Both states are taken, with a refresh time or without.

    Stimulus: POST of any indication of RFC 3994.
    """
    group = stage.groups.established(GroupOffer(), fmt)
    stage.require_success(group.compose(stage.alice, _ACTIVE), "UNI-CHT-019.3")

    sent = group.compose(stage.alice, indication)

    verify(composing.composing_states(sent, indication))


@pytest.mark.requirement("UNI-CHT-019.6")
def test_delivered_indication_is_a_success(stage: Stage, verify: Verify, fmt: Format) -> None:
    """An indication that reaches the others is answered with success.

    Stimulus: POST of an indication that another participant receives.
    """
    group = stage.groups.established(GroupOffer(), fmt)

    sent = group.compose(stage.alice, _ACTIVE)

    verify(composing.delivered_is_success(sent, receiving.composing(group, stage.bob)))
