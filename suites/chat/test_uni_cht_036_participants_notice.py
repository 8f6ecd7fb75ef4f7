"""UNI-CHT-036: notify changes of a long-lived group's participants."""

import pytest

from rcs_conformance.checks import chat_notifications, long_lived_groups, participation
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import CheckResult, Verify
from rcs_conformance.scenario import Stage, telling

_OUT = [ParticipantStatus.DISCONNECTED, None]


@pytest.mark.requirement("UNI-CHT-036.1")
def test_members_are_told_who_was_added(stage: Stage, verify: Verify, fmt: Format) -> None:
    """When a participant is added, the other members are told of the new one.

    Stimulus: a member who did not create the group adds a user.
    """
    group = stage.long_lived.established(GroupOffer(), fmt)
    who = stage.dave.address

    stage.require_success(group.add(stage.bob, stage.dave), "UNI-CHT-031.1")

    told = [telling.joined(group, each, stage.dave) for each in (stage.alice, stage.carol)]
    verify(chat_notifications.notified(each, "UNI-CHT-036.1", f"{who} was added") for each in told)


@pytest.mark.requirement("UNI-CHT-036.1")
def test_members_are_told_of_all_who_were_added(stage: Stage, verify: Verify, fmt: Format) -> None:
    """When several are added at once, the other members are told of each of them.

    Stimulus: the creator of the group adds two users.
    """
    group = stage.long_lived.established(GroupOffer(), fmt, invite=(stage.bob,))
    new = (stage.carol, stage.dave)

    stage.require_success(group.add(stage.alice, *new), "UNI-CHT-031.2")

    told = {each.address: telling.joined(group, stage.bob, each) for each in new}
    found = [
        chat_notifications.notified(told[who], "UNI-CHT-036.1", f"{who} was added") for who in told
    ]

    def otherwise() -> list[CheckResult]:
        additions = [group.addition(each) for each in new]
        return long_lived_groups.members(group.read(stage.alice), additions, "UNI-CHT-031.2")

    verify(stage.owned(found, otherwise))


@pytest.mark.requirement("UNI-CHT-036.2")
def test_members_are_told_who_left(stage: Stage, verify: Verify, fmt: Format) -> None:
    """When a participant leaves, the other members are told who it is.

    Stimulus: one of three members leaves.
    """
    group = stage.long_lived.established(GroupOffer(), fmt)
    who = stage.bob.address

    group.depart(stage.bob)

    told = [telling.gone(group, each, stage.bob) for each in (stage.alice, stage.carol)]
    found = [chat_notifications.notified(each, "UNI-CHT-036.2", f"{who} has left") for each in told]

    def otherwise() -> list[CheckResult]:
        return [participation.status(group.read(stage.alice), who, "UNI-CHT-033.1", _OUT)]

    verify(stage.owned(found, otherwise))
