"""Operations on group chats and long-lived groups."""

from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.long_lived import LongLivedChat
from rcs_conformance.scenario.chats.multi_user import MultiUserChat
from rcs_conformance.scenario.operations.messages import messaging, uploading
from rcs_conformance.scenario.operations.results import (
    OperationResults,
    Steps,
    result_of,
    results_of,
)


def claimed_offer(bed: TestBed, *, closed: bool = False) -> GroupOffer:
    """All parameters of a group that the target claims to take."""
    return GroupOffer(
        closed=closed if bed.claims.feature("closed_group_chat") else None,
        services=bed.binding.services if bed.claims.feature("gc_services") else (),
    )


def of_groups(bed: TestBed, fmt: Format) -> OperationResults:
    """Each operation on group chats, once, as soon as it can succeed."""
    group = bed.groups.start(claimed_offer(bed), fmt, invite=(bed.bob,))
    return results_of(
        _starting(bed, group),
        _taking_part(bed, group),
        _answered(bed, group, messaging(bed, group)),
        _answered(bed, group, uploading(bed, group)),
        _leaving(bed, group),
        _ending(bed, group),
    )


def of_long_lived(bed: TestBed, fmt: Format) -> OperationResults:
    """Each operation on long-lived groups, once."""
    group = bed.long_lived.start(claimed_offer(bed), fmt, invite=(bed.bob,))
    return results_of(
        _creating(bed, group),
        _being_member(bed, group),
        messaging(bed, group),
        uploading(bed, group),
        _coming_back(bed, group),
    )


def _starting(bed: TestBed, group: GroupChat) -> Steps:
    parameters = ("POST groups isClosed", "POST groups supportedService")
    yield result_of(bed, group.creation, *parameters)
    bed.require_success(group.creation, "UNI-CHT-002b.1")
    group.await_invitations()
    yield result_of(bed, group.accept(bed.bob))


def _answered(bed: TestBed, group: GroupChat, steps: Steps) -> Steps:
    """Operations that a server may reject before a user, once invited, has accepted."""
    bed.require_success(group.creation, "UNI-CHT-002b.1")
    group.await_invitations()
    yield from steps


def _taking_part(bed: TestBed, group: GroupChat) -> Steps:
    alice = group.originator
    yield result_of(bed, group.read(alice))
    yield result_of(bed, group.add(alice, bed.carol))
    yield from _showing(bed, group)


def _showing(bed: TestBed, group: MultiUserChat) -> Steps:
    """Its participants, together and alone, where the target claims to show them."""
    alice = group.originator
    if bed.claims.operation(f"GET {group.terms.participants}"):
        yield result_of(bed, group.read_participants(alice))
    if bed.claims.operation(f"GET {group.terms.participant}"):
        yield result_of(bed, group.read_participant(alice, bed.bob))


def _leaving(bed: TestBed, group: GroupChat) -> Steps:
    """Leaving while two others take part, for with one alone a server may end the chat."""
    bed.require(group.invitation(bed.carol), "UNI-CHT-014.1")
    group.join(bed.carol)
    left = group.leave(bed.bob)
    yield result_of(bed, left)
    bed.require_success(left, "UNI-CHT-011.1")
    if bed.claims.operation("PUT participantStatus rejoin"):
        yield result_of(bed, group.come_back(bed.bob), "PUT participantStatus rejoin")


def _ending(bed: TestBed, group: GroupChat) -> Steps:
    if bed.claims.operation("DELETE group"):
        yield result_of(bed, group.end(group.originator))


def _creating(bed: TestBed, group: LongLivedChat) -> Steps:
    yield result_of(bed, group.creation)
    yield result_of(bed, bed.alice.send("GET", "longLivedGroups", fmt=group.fmt))
    bed.require_success(group.creation, "UNI-CHT-030.1")
    group.await_invitations()


def _being_member(bed: TestBed, group: LongLivedChat) -> Steps:
    alice = group.originator
    yield result_of(bed, group.read(alice))
    yield result_of(bed, group.add(alice, bed.carol))
    yield from _showing(bed, group)


def _coming_back(bed: TestBed, group: LongLivedChat) -> Steps:
    left = group.leave(bed.bob)
    yield result_of(bed, left)
    bed.require_success(left, "UNI-CHT-033.1")
    if bed.claims.operation("PUT longLivedParticipantStatus"):
        yield result_of(bed, group.accept(bed.bob), by_policy=True)
