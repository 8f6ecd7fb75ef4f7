"""UNI-CHT-017: notify about the participants of a group chat."""

import pytest

from rcs_conformance.checks import chat_notifications
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatParticipantStatusNotification
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, telling


@pytest.mark.requirement("UNI-CHT-017.1")
def test_who_accepts_is_told_of_the_others(stage: Stage, verify: Verify, fmt: Format) -> None:
    """On accepting, a participant gets a first notification of who takes part.

    Stimulus: acceptance by one of two invited users.
    """
    group = stage.groups.invited(GroupOffer(), fmt)

    group.join(stage.bob)

    first = telling.participants(group, stage.bob)
    verify(chat_notifications.first_participants(first, [stage.alice.address, stage.bob.address]))


@pytest.mark.requirement("UNI-CHT-017.2")
def test_everybody_connected_is_told_of_changes(stage: Stage, verify: Verify, fmt: Format) -> None:
    """When the set changes, every connected participant is told, the originator included.

    Stimulus: a second user accepts, and then leaves again.
    """
    group = stage.groups.invited(GroupOffer(), fmt)
    group.join(stage.bob)

    group.join(stage.carol)
    joined = [telling.accepted(group, each, stage.carol) for each in (stage.alice, stage.bob)]
    group.depart(stage.carol)
    left = [telling.gone(group, each, stage.carol) for each in (stage.alice, stage.bob)]

    who = stage.carol.address
    verify(
        *(
            chat_notifications.notified(each, "UNI-CHT-017.2", f"{who} has joined")
            for each in joined
        ),
        *(chat_notifications.notified(each, "UNI-CHT-017.2", f"{who} has left") for each in left),
    )


@pytest.mark.requirement("UNI-CHT-017.3")
def test_first_set_is_that_of_the_resource(stage: Stage, verify: Verify, fmt: Format) -> None:
    """What an accepting user is told first is what the participants resource shows.

    Stimulus: acceptance by one user while another is still only invited; then a reading.
    """
    group = stage.groups.invited(GroupOffer(), fmt)

    group.join(stage.bob)

    stage.require(telling.participants(group, stage.bob), "UNI-CHT-017.1")
    told = group.told(stage.bob, ChatParticipantStatusNotification)
    verify(chat_notifications.same_set(told, group.read_participants(stage.bob)))


@pytest.mark.requirement("UNI-CHT-017.3")
def test_notified_set_is_that_of_the_resource(stage: Stage, verify: Verify, fmt: Format) -> None:
    """What is notified, applied in turn, is what the participants resource shows.

    Stimulus: two users accept, one of them leaves; the other one reads the participants.
    """
    group = stage.groups.established(GroupOffer(), fmt)
    stage.require(telling.accepted(group, stage.bob, stage.carol), "UNI-CHT-017.2")
    group.depart(stage.carol)
    stage.require(telling.gone(group, stage.bob, stage.carol), "UNI-CHT-017.2")

    told = group.told(stage.bob, ChatParticipantStatusNotification)

    verify(chat_notifications.same_set(told, group.read_participants(stage.bob)))
