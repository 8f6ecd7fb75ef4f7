"""UNI-CHT-014: add users to a group chat."""

import pytest

from rcs_conformance.checks import group_creation, invitations, participation, policies
from rcs_conformance.checks.judging import succeeded
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed

_INVITED = [ParticipantStatus.INVITED]


@pytest.mark.requirement("UNI-CHT-014.1")
def test_one_user_is_added(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A participant that is not the originator adds a user, and the user is invited.

    Stimulus: POST of one participant by a connected user.
    """
    group = bed.groups.established(GroupOffer(), fmt, invite=(bed.bob,))

    added = group.add(bed.bob, bed.carol)

    verify(
        participation.accepted(added, "UNI-CHT-014.1", "add a user"),
        participation.response_names(added, [bed.carol.address], "UNI-CHT-014.1"),
    )
    read = group.read_participants(bed.alice)
    verify(
        participation.status(read, bed.carol.address, "UNI-CHT-014.1", _INVITED),
        invitations.arrived(group.invitation(bed.carol), "UNI-CHT-014.1"),
    )


@pytest.mark.requirement("UNI-CHT-014.2")
def test_several_users_are_added(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A participant adds several users with one request, and each of them is invited.

    Stimulus: POST of two participants by the originator.
    """
    group = bed.groups.established(GroupOffer(), fmt, invite=(bed.bob,))
    new = (bed.carol, bed.dave)

    added = group.add(bed.alice, *new)

    verify(
        participation.accepted(added, "UNI-CHT-014.2", "add several users"),
        participation.response_names(added, [each.address for each in new], "UNI-CHT-014.2"),
    )
    read = group.read_participants(bed.alice)
    for each in new:
        verify(
            participation.status(read, each.address, "UNI-CHT-014.2", _INVITED),
            invitations.arrived(group.invitation(each), "UNI-CHT-014.2"),
        )


@pytest.mark.requirement(group="TS-CHAT-4.1.6", long_lived="UNI-CHT-030.7")
def test_present_users_stay_connected(
    bed: TestBed, verify: Verify, fmt: Format, kind: ChatKind
) -> None:
    """A connected participant that is named in an addition stays connected.

    Stimulus: an addition of a connected participant and a new user, accepted or not.
    """
    group = bed.established_group(kind, GroupOffer(), fmt, invite=(bed.bob,))
    clause = "TS-CHAT-4.1.6" if kind is ChatKind.GROUP else "UNI-CHT-030.7"

    group.add(bed.alice, bed.bob, bed.carol)

    read, connected = group.read_participants(bed.alice), [ParticipantStatus.CONNECTED]
    verify(participation.status(read, bed.bob.address, clause, connected))


@pytest.mark.requirement("UNI-CHT-014.3")
def test_adding_needs_a_chat(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Adding users to a chat that does not exist is rejected.

    Stimulus: POST of a participant under an unknown session id.
    """
    added = bed.groups.nonexistent(fmt).add(bed.alice, bed.carol)

    verify(participation.rejected(added, "UNI-CHT-014.3", "add to a chat that does not exist"))


@pytest.mark.requirement(group="UNI-CHT-002b.4", long_lived="UNI-CHT-030.3")
def test_adding_to_a_closed_group_is_policy(
    bed: TestBed, verify: Verify, fmt: Format, kind: ChatKind
) -> None:
    """Adding a user to a closed group works, or is rejected by policy without any effect.

    Stimulus: POST of one participant to a closed group; if it is rejected, an invitation to another
    group, which marks the end of what the request caused.
    """
    group = bed.established_group(kind, GroupOffer(closed=True), fmt, invite=(bed.bob,))
    clause, who = group.occasion.closed, bed.carol.address

    added = group.add(bed.alice, bed.carol)

    policy = bed.target.policy.add_to_closed
    verify(policies.decided(added, clause, "add to a closed group", policy))
    read = group.read(bed.alice)
    if succeeded(added):
        present = [ParticipantStatus.INVITED, ParticipantStatus.CONNECTED]
        verify(participation.status(read, who, clause, present))
    else:
        bed.established_group(kind, GroupOffer(), fmt, invite=(bed.carol,))
        subjects = bed.mailboxes.invitation_subjects(bed.carol, fmt)
        verify(
            policies.not_added(read, [who], clause),
            group_creation.nothing_started(clause, subjects, group.marker, "an addition"),
        )
