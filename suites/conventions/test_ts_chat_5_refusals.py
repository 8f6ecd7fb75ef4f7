"""TS-CHAT-5.8: bodies that are wrong."""

import pytest

from rcs_conformance.checks import refusals
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, misses
from rcs_conformance.strategies.near_miss import Deviation


@pytest.mark.requirement("TS-CHAT-5.8")
@pytest.mark.parametrize("deviation", misses.STARTS, ids=lambda each: each.name)
def test_wrong_start_is_refused(
    stage: Stage, verify: Verify, fmt: Format, deviation: Deviation
) -> None:
    """A request for a group chat that is wrong in one thing is refused and starts nothing.

    Stimulus: such a request, then a valid one whose invitations show that none came before them.
    """
    refused = stage.groups.start(GroupOffer(closed=True), fmt, deviation=deviation)

    stage.groups.invited(GroupOffer(), fmt)

    subjects = stage.mail.invited_to(stage.bob, fmt)
    verify(
        refusals.bad_request(refused.started, deviation.name),
        refusals.nothing_started(subjects, refused.marker),
    )


@pytest.mark.requirement("TS-CHAT-5.8", fmt=Format.XML)
@pytest.mark.parametrize("deviation", misses.STARTS_IN_XML, ids=lambda each: each.name)
def test_wrong_start_in_xml_is_refused(
    stage: Stage, verify: Verify, fmt: Format, deviation: Deviation
) -> None:
    """What can be wrong in XML alone is refused as well.

    Stimulus: a request for a group chat that is wrong in one thing.
    """
    refused = stage.groups.start(GroupOffer(closed=True), fmt, deviation=deviation)

    verify(refusals.bad_request(refused.started, deviation.name))


@pytest.mark.requirement("TS-CHAT-5.8")
@pytest.mark.parametrize("miss", misses.CHANGES, ids=lambda each: each.name)
def test_wrong_change_is_refused(
    stage: Stage, verify: Verify, fmt: Format, miss: misses.Miss
) -> None:
    """A request about a chat that is wrong in one thing is refused and changes nothing.

    Stimulus: an acceptance, an addition, a message, a composing indication, each wrong in one
    thing; readings of the participants before and after.
    """
    group = stage.groups.invited(GroupOffer(), fmt)
    group.join(stage.carol)
    before = group.read_participants(stage.alice)

    refused = miss.send(stage, group)

    after = group.read_participants(stage.alice)
    verify(
        refusals.bad_request(refused, miss.deviation.name),
        refusals.unchanged(before, after, "TS-CHAT-5.8", "a refused request"),
    )
