"""Near misses on the stage: each is sent, and what comes of one is found."""

from dataclasses import replace

import pytest

from rcs_conformance.binding.keys import RESOURCES
from rcs_conformance.catalogue import Catalogue
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.model.channel import NotificationChannelList
from rcs_conformance.model.chat import ParticipantList
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario import Stage, beacon, misses
from rcs_conformance.scenario.misses import LABELLED, REQUESTS, Trial, beginnings, chats
from rcs_conformance.strategies.invalid_requests import mutations, wrong_media_types
from rcs_conformance.strategies.invalid_requests.media_type_mutations import WrongMediaType
from rcs_conformance.target import Ics
from tests.scenario.conftest import OpenServer, OpenStage

JSON = Format.JSON
BY_NAME = {each.name: each for each in REQUESTS}
SAME = ("adhoc", "rejoin", "isClosed", "supportedService", "groupChatURL")
"""What operations with the same body as another end in."""

TRAILING = "words behind its end"


def test_every_deviation_is_sent_once(stage: Stage) -> None:
    """Each with a marker of its own, and none has an effect on a server that conforms."""
    trial = BY_NAME["long-lived group"].deviating(stage, JSON)
    shape = beginnings.long_lived(stage, JSON).content("x")
    sent = [each.miss.mutation for each in trial]
    assert sent == [each.name for each in mutations(shape, JSON)]
    assert [each.exchange.request.mutation for each in trial] == sent
    assert len({each.marker for each in trial}) == len(sent)
    assert {each.exchange.answer.status for each in trial} == {400}
    assert len(trial.malformed) == len(sent)
    assert (trial.effects, trial.valid.answer.status) == ((), 201)


def test_wrong_labels_are_sent_once(stage: Stage) -> None:
    """Those that nobody takes, and that of the other format."""
    trial = BY_NAME["group"].mislabelled(stage, JSON)
    labels = [each.miss.media_type for each in trial]
    assert labels == [each.media_type for each in wrong_media_types(JSON)]
    assert [each.statuses for each in trial] == [(415,), (415,), (400, 415)]


@pytest.mark.parametrize(
    ("fault", "name", "effect"),
    [
        ("refused-but-subscribed", "subscription", "a trace of the body with"),
        (
            "refused-but-started",
            "group",
            "groupChatSessionInvitationNotification tells {bob} of the body with",
        ),
        ("refused-but-sent", "message in a session", "chatMessageNotification tells {bob} of"),
        ("refused-but-opened", "channel", "a trace of the body with"),
        ("refused-but-fed", "subscription to file transfers", "a trace of the body with"),
        (
            "refused-but-offered",
            "file transfer",
            "fileTransferSessionInvitationNotification tells {bob} of the body with",
        ),
    ],
)
def test_effect_of_a_refused_request_is_found(
    open_server: OpenServer, open_stage: OpenStage, fault: str, name: str, effect: str
) -> None:
    """It is told which deviation had it."""
    stage = open_stage(open_server(faults=(fault,)))
    trial = BY_NAME[name].deviating(stage, JSON)
    assert trial.effects
    assert trial.effects[0].startswith(effect.format(bob=stage.bob.address))
    assert all(TRAILING in each for each in trial.effects)


def test_change_by_a_refused_request_is_found(
    open_server: OpenServer, open_stage: OpenStage
) -> None:
    """The readings around it differ, and no others."""
    stage = open_stage(open_server(faults=("refused-but-added",)))
    trial = BY_NAME["addition to a group"].deviating(stage, JSON)
    assert [each.miss.mutation for each in trial if _differs(each)] == [TRAILING]
    assert any("of one of them" in each for each in trial.effects)


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ("refused-but-taken", "acceptance of a file"),
        ("refused-but-changed", "subject alone"),
        ("refused-but-changed", "duration alone"),
    ],
)
def test_change_of_what_is_read_is_found(
    open_server: OpenServer, open_stage: OpenStage, fault: str, name: str
) -> None:
    """By the readings around it."""
    stage = open_stage(open_server(faults=(fault,)))
    trial = BY_NAME[name].deviating(stage, JSON)
    changed = [
        each.miss.mutation
        for each in trial
        if each.readings[0].answer.content != each.readings[1].answer.content
    ]
    assert changed[0] == TRAILING


def test_what_was_taken_is_taken_back(open_server: OpenServer, open_stage: OpenStage) -> None:
    """A channel that should not have been made is deleted, for a user may have few."""
    stage = open_stage(open_server(faults=("channel-type-missing-polls",)))
    trial = BY_NAME["channel"].deviating(stage, JSON)
    taken = [each.miss.mutation for each in trial if each.exchange.answer.status == 201]
    assert taken == ["no channelType", "null for channelType"]
    left = stage.alice.send("GET", "channels", fmt=JSON).answer.content
    assert isinstance(left, NotificationChannelList)
    assert left.notification_channel == ()


def _differs(attempt: misses.Attempt) -> bool:
    before, after = (each.answer.content for each in attempt.readings)
    assert isinstance(before, ParticipantList)
    return before != after


def test_effect_of_what_was_taken_is_no_matter(
    open_server: OpenServer, open_stage: OpenStage
) -> None:
    """That a near miss was taken says it all."""
    stage = open_stage(open_server(faults=("trailing-words-ignored",)))
    trial = BY_NAME["message in a group"].deviating(stage, JSON)
    taken = [each for each in trial if each.exchange.answer.status == 201]
    assert {each.miss.mutation for each in taken} == {TRAILING}
    assert trial.effects == ()


@pytest.mark.parametrize(
    ("variation", "name"),
    [
        ("long-lived-extension-refused", "extension to a long-lived group"),
        ("long-lived-rejoin-refused", "return to a long-lived group"),
    ],
)
def test_what_policy_forbids_is_not_judged(
    open_server: OpenServer, open_stage: OpenStage, variation: str, name: str
) -> None:
    """A request that is refused whatever is in it tells nothing about bodies."""
    stage = open_stage(open_server(variations=(variation,)))
    with pytest.raises(NotApplicable, match="policy forbids"):
        BY_NAME[name].deviating(stage, JSON)


def test_what_is_refused_alike_is_not_judged(stage: Stage) -> None:
    """Where the request itself is refused like its near misses, its own clause is to blame."""
    scene = chats.group_acceptance(stage, JSON)
    absent = replace(scene, ids={**scene.ids, "sessionId": "none"}, state=None)
    harmless = WrongMediaType(media_type=JSON.media_type, statuses=(400,))
    with pytest.raises(Inconclusive) as caught:
        misses.tried(stage, lambda: absent, lambda _body: [harmless])
    assert (caught.value.cause, caught.value.clause) == (Cause.PRECONDITION, "UNI-CHT-008b.1")


@pytest.mark.parametrize("asked", REQUESTS, ids=lambda each: each.name)
def test_what_is_not_claimed_is_not_asked_for(
    open_server: OpenServer, open_stage: OpenStage, asked: misses.Asked
) -> None:
    """A target of ad-hoc chats alone is asked for them, and for subscriptions."""
    stage = open_stage(open_server(), ics=Ics(features=frozenset({"adhoc"})))
    if asked.name in ("subscription", "message in an ad-hoc chat", "report in an ad-hoc chat"):
        assert isinstance(asked.deviating(stage, JSON), Trial)
    else:
        with pytest.raises(NotApplicable):
            asked.deviating(stage, JSON)


@pytest.mark.parametrize("kind", list(ChatKind))
def test_beacon_is_lit_by_whatever_chat_there_is(
    open_server: OpenServer, open_stage: OpenStage, kind: ChatKind
) -> None:
    """It arrives at everybody who is to see it."""
    claims = {
        ChatKind.ADHOC: Ics(features=frozenset({"adhoc"})),
        ChatKind.ONE_TO_ONE: Ics(items=frozenset({"REST-CHAT-1-1-SESS-S-001-O"})),
        ChatKind.GROUP: Ics(items=frozenset({"REST-CHAT-GRP-S-001-O"})),
        ChatKind.LONG_LIVED: Ics(features=frozenset({"long_lived"})),
    }
    stage = open_stage(open_server(), ics=claims[kind])
    beacon.light(stage, JSON, (stage.bob, stage.carol))
    for who in (stage.bob, stage.carol):
        assert stage.mail.box(who, JSON).arrived()


def test_beacon_is_a_file_for_who_is_told_of_files(stage: Stage) -> None:
    """It arrives by the subscription to file transfers."""
    beacon.light(stage, JSON, (stage.bob,), by_file=True)
    assert stage.transfers.mail.box(stage.bob, JSON).arrived()


def test_no_request_body_is_missing(catalogue: Catalogue) -> None:
    """Each operation with a body that the SCR table knows is among them."""
    operations = (item.operation for item in catalogue.items.values())
    with_body = {
        str(each)
        for each in operations
        if each is not None
        and each.verb in ("POST", "PUT")
        and each.subject in {*RESOURCES}
        and each.subject != "channelURL"
    }
    covered = {each.claim for each in REQUESTS} | {each.form for each in REQUESTS}
    assert {each for each in with_body if not each.endswith(SAME)} <= covered


def test_requests_are_named_once() -> None:
    """And every one that has a resource of its own is tried with wrong labels."""
    names = [each.name for each in REQUESTS]
    assert len(set(names)) == len(names)
    assert {each.name for each in LABELLED} < set(names)
