"""Rounds over group chats and long-lived groups."""

from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario.gathering import Gathering
from rcs_conformance.scenario.group import GroupChat
from rcs_conformance.scenario.long_lived import LongLivedChat
from rcs_conformance.scenario.rounds.done import Round, Steps, done, walked
from rcs_conformance.scenario.rounds.messages import messaging, uploading
from rcs_conformance.scenario.stage import Stage


def claimed_offer(stage: Stage, *, closed: bool = False) -> GroupOffer:
    """All parameters of a group that the target claims to take."""
    return GroupOffer(
        closed=closed if stage.claims.feature("closed_group_chat") else None,
        services=stage.binding.services if stage.claims.feature("gc_services") else (),
    )


def of_groups(stage: Stage, fmt: Format) -> Round:
    """Each operation on group chats, once, as soon as it can succeed."""
    group = stage.groups.start(claimed_offer(stage), fmt, invite=(stage.bob,))
    return walked(
        _starting(group),
        _taking_part(group),
        messaging(group),
        uploading(group),
        _leaving(group),
        _ending(group),
    )


def of_long_lived(stage: Stage, fmt: Format) -> Round:
    """Each operation on long-lived groups, once."""
    group = stage.long_lived.start(claimed_offer(stage), fmt, invite=(stage.bob,))
    return walked(
        _creating(group),
        _being_member(group),
        messaging(group),
        uploading(group),
        _coming_back(group),
    )


def _starting(group: GroupChat) -> Steps:
    parameters = ("POST groups isClosed", "POST groups supportedService")
    yield done(group.stage, group.started, *parameters)
    group.stage.require_success(group.started, "UNI-CHT-002b.1")
    group.gather()
    yield done(group.stage, group.accept(group.stage.bob))


def _taking_part(group: GroupChat) -> Steps:
    stage, alice = group.stage, group.originator
    yield done(stage, group.read(alice))
    yield done(stage, group.add(alice, stage.carol))
    yield from _showing(group)


def _showing(group: Gathering) -> Steps:
    """Its participants, together and alone, where the target claims to show them."""
    stage, alice = group.stage, group.originator
    if stage.claims.operation(f"GET {group.terms.participants}"):
        yield done(stage, group.read_participants(alice))
    if stage.claims.operation(f"GET {group.terms.participant}"):
        yield done(stage, group.read_participant(alice, stage.bob))


def _leaving(group: GroupChat) -> Steps:
    """Leaving while two others take part, for with one alone a server may end the chat."""
    stage = group.stage
    stage.require(group.invitation(stage.carol), "UNI-CHT-014.1")
    group.join(stage.carol)
    left = group.leave(stage.bob)
    yield done(stage, left)
    stage.require_success(left, "UNI-CHT-011.1")
    if stage.claims.operation("PUT participantStatus rejoin"):
        yield done(stage, group.come_back(stage.bob), "PUT participantStatus rejoin")


def _ending(group: GroupChat) -> Steps:
    if group.stage.claims.operation("DELETE group"):
        yield done(group.stage, group.end(group.originator))


def _creating(group: LongLivedChat) -> Steps:
    stage = group.stage
    yield done(stage, group.started)
    yield done(stage, stage.alice.send("GET", "longLivedGroups", fmt=group.fmt))
    stage.require_success(group.started, "UNI-CHT-030.1")
    group.gather()


def _being_member(group: LongLivedChat) -> Steps:
    stage, alice = group.stage, group.originator
    yield done(stage, group.read(alice))
    yield done(stage, group.add(alice, stage.carol))
    yield from _showing(group)


def _coming_back(group: LongLivedChat) -> Steps:
    stage = group.stage
    left = group.leave(stage.bob)
    yield done(stage, left)
    stage.require_success(left, "UNI-CHT-033.1")
    if stage.claims.operation("PUT longLivedParticipantStatus"):
        yield done(stage, group.accept(stage.bob), by_policy=True)
