"""Invalid requests: each mutation is sent, and the effect of one is found."""

from dataclasses import replace

import pytest

from rcs_conformance.binding.keys import RESOURCES
from rcs_conformance.catalogue import Catalogue
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.model.channel import NotificationChannelList
from rcs_conformance.model.chat import ParticipantList
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario import TestBed, invalid_requests
from rcs_conformance.scenario.invalid_requests import LABELLED, REQUESTS, Trial, chats, creations
from rcs_conformance.scenario.situations import barrier
from rcs_conformance.strategies.invalid_requests import mutations, wrong_media_types
from rcs_conformance.strategies.invalid_requests.media_type_mutations import WrongMediaType
from rcs_conformance.target import Ics, Policy, Reading
from tests.scenario.conftest import OpenBed, OpenServer

JSON = Format.JSON
BY_NAME = {each.name: each for each in REQUESTS}
OTHER_CHANNELS = {f"POST channels {each}" for each in ("WebSockets", "OMAPush", "form")}
"""The same body as for LongPolling but for a value, and what is only listed."""
SAME = ("adhoc", "rejoin", "isClosed", "supportedService", "groupChatURL")
"""What operations with the same body as another end in."""

TRAILING = "words behind its end"


def test_every_mutation_is_sent_once(bed: TestBed) -> None:
    """Each with a marker of its own, and none has an effect on a server that conforms."""
    trial = BY_NAME["long-lived group"].send_mutations(bed, JSON)
    shape = creations.long_lived(bed, JSON).content("x")
    sent = [each.miss.mutation for each in trial]
    known = mutations(shape, JSON)
    assert sent == [each.name for each in sorted(known, key=lambda each: each.lenient)]
    assert [each.exchange.request.mutation for each in trial] == sent
    assert len({each.marker for each in trial}) == len(sent)
    assert {each.exchange.answer.status for each in trial} == {400}
    assert len(trial.malformed) == len(sent)
    assert (trial.effects, trial.valid.answer.status) == ((), 201)


def test_wrong_labels_are_sent_once(bed: TestBed) -> None:
    """Those that nobody takes, and that of the other format."""
    trial = BY_NAME["group"].send_with_wrong_media_types(bed, JSON)
    labels = [each.miss.media_type for each in trial]
    assert labels == [each.media_type for each in wrong_media_types(JSON)]
    assert [each.statuses for each in trial] == [each.statuses for each in wrong_media_types(JSON)]


@pytest.mark.parametrize(
    ("fault", "name", "effect"),
    [
        ("refused-but-subscribed", "subscription", "a resource that shows the body with"),
        (
            "refused-but-started",
            "group",
            "groupChatSessionInvitationNotification to {bob} caused by the body with",
        ),
        ("refused-but-sent", "message in a session", "chatMessageNotification to {bob} caused by"),
        ("refused-but-opened", "channel", "a resource that shows the body with"),
        (
            "refused-but-fed",
            "subscription to file transfers",
            "a resource that shows the body with",
        ),
        (
            "refused-but-offered",
            "file transfer",
            "fileTransferSessionInvitationNotification to {bob} caused by the body with",
        ),
    ],
)
def test_effect_of_a_refused_request_is_found(
    open_server: OpenServer, open_bed: OpenBed, fault: str, name: str, effect: str
) -> None:
    """The effect names its mutation."""
    bed = open_bed(open_server(faults=(fault,)))
    trial = BY_NAME[name].send_mutations(bed, JSON)
    assert trial.effects
    assert trial.effects[0].startswith(effect.format(bob=bed.bob.address))
    assert all(TRAILING in each for each in trial.effects)


def test_change_by_a_refused_request_is_found(open_server: OpenServer, open_bed: OpenBed) -> None:
    """The readings around it differ, and no others."""
    bed = open_bed(open_server(faults=("refused-but-added",)))
    trial = BY_NAME["addition to a group"].send_mutations(bed, JSON)
    assert [each.miss.mutation for each in trial if _differs(each)] == [TRAILING]
    assert any("one of the rejected bodies" in each for each in trial.effects)


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ("refused-but-taken", "acceptance of a file"),
        ("refused-but-changed", "subject alone"),
        ("refused-but-changed", "duration alone"),
    ],
)
def test_change_of_what_is_read_is_found(
    open_server: OpenServer, open_bed: OpenBed, fault: str, name: str
) -> None:
    """By the readings around it."""
    bed = open_bed(open_server(faults=(fault,)))
    trial = BY_NAME[name].send_mutations(bed, JSON)
    changed = [
        each.miss.mutation
        for each in trial
        if each.readings[0].answer.content != each.readings[1].answer.content
    ]
    assert changed[0] == TRAILING


def test_what_was_taken_is_taken_back(open_server: OpenServer, open_bed: OpenBed) -> None:
    """A channel that should not have been made is deleted, for a user may have few."""
    bed = open_bed(open_server(faults=("channel-type-missing-polls",)))
    trial = BY_NAME["channel"].send_mutations(bed, JSON)
    taken = [each.miss.mutation for each in trial if each.exchange.answer.status == 201]
    assert taken == ["no channelType", "null for channelType"]
    left = bed.alice.send("GET", "channels", fmt=JSON).answer.content
    assert isinstance(left, NotificationChannelList)
    assert left.notification_channel == ()


def _differs(attempt: invalid_requests.Attempt) -> bool:
    before, after = (each.answer.content for each in attempt.readings)
    assert isinstance(before, ParticipantList)
    return before != after


def test_effect_of_what_was_taken_is_no_matter(open_server: OpenServer, open_bed: OpenBed) -> None:
    """An accepted mutation is a failure by itself; its effects are not looked for."""
    bed = open_bed(open_server(faults=("trailing-words-ignored",)))
    trial = BY_NAME["message in a group"].send_mutations(bed, JSON)
    taken = [each for each in trial if each.exchange.answer.status == 201]
    assert {each.miss.mutation for each in taken} == {TRAILING}
    assert trial.effects == ()


@pytest.mark.parametrize(
    ("variation", "name", "fmt", "mutation"),
    [
        ("lenient-members-by-local-name", "group", Format.XML, "qualified members"),
        ("lenient-array-unwrapped", "acceptance of a group", JSON, "an array around it"),
        ("lenient-values-in-any-case", "report in a group", JSON, "status 'displayed'"),
        ("lenient-uris-unchecked", "file transfer", JSON, "fileInformation/fileURL '%zz'"),
        ("lenient-bytes-replaced", "subject alone", JSON, "a byte that is no UTF-8"),
    ],
)
def test_what_is_taken_leniently_is_shown_as_meant(
    open_server: OpenServer,
    open_bed: OpenBed,
    variation: str,
    name: str,
    fmt: Format,
    mutation: str,
) -> None:
    """It is no attempt that failed to be rejected; each is sent in a situation of its own."""
    bed = open_bed(open_server(variations=(variation,)))
    trial = BY_NAME[name].send_mutations(bed, fmt)
    taken = {each.exchange.request.mutation: each for each in trial.taken}
    assert mutation in taken
    assert {each.lost for each in taken.values()} == {()}
    assert not any(each.exchange.answer.status < 300 for each in trial)
    assert (trial.effects, trial.valid.answer.status // 100) == ((), 2)


def test_what_shows_as_something_else_is_found(open_server: OpenServer, open_bed: OpenBed) -> None:
    """The member that is not shown as it was sent, though that of the valid request is."""
    bed = open_bed(open_server(faults=("capital-boolean-is-true",)))
    trial = BY_NAME["group"].send_mutations(bed, JSON)
    lost = {each.exchange.request.mutation: each.lost for each in trial.taken}
    assert lost["isClosed 'FALSE'"] == ("isClosed = true, sent as false",)


def test_nothing_is_taken_under_a_strict_reading(
    open_server: OpenServer, open_bed: OpenBed
) -> None:
    """What was accepted is an attempt like all others."""
    policy = Policy(reading=Reading.STRICT)
    bed = open_bed(open_server(variations=("lenient-array-unwrapped",)), policy=policy)
    trial = BY_NAME["group"].send_mutations(bed, JSON)
    accepted = [each.miss.mutation for each in trial if each.exchange.answer.status < 300]
    assert (accepted, trial.taken) == (["an array around it"], ())


@pytest.mark.parametrize(
    ("variation", "name"),
    [
        ("long-lived-extension-refused", "extension to a long-lived group"),
        ("long-lived-rejoin-refused", "return to a long-lived group"),
    ],
)
def test_what_policy_forbids_is_not_judged(
    open_server: OpenServer, open_bed: OpenBed, variation: str, name: str
) -> None:
    """A request that is refused whatever is in it tells nothing about bodies."""
    bed = open_bed(open_server(variations=(variation,)))
    with pytest.raises(NotApplicable, match="policy forbids"):
        BY_NAME[name].send_mutations(bed, JSON)


def test_what_is_refused_alike_is_not_judged(bed: TestBed) -> None:
    """If the valid request is rejected like the mutated ones, its own clause is at fault."""
    original = chats.group_acceptance(bed, JSON)
    absent = replace(original, ids={**original.ids, "sessionId": "none"}, state=None)
    harmless = WrongMediaType(media_type=JSON.media_type, statuses=(400,))
    with pytest.raises(Inconclusive) as caught:
        invalid_requests.tried(bed, lambda: absent, lambda _body: [harmless])
    assert (caught.value.cause, caught.value.clause) == (Cause.PRECONDITION, "UNI-CHT-008b.1")


@pytest.mark.parametrize("body_request", REQUESTS, ids=lambda each: each.name)
def test_what_is_not_claimed_is_not_asked_for(
    open_server: OpenServer, open_bed: OpenBed, body_request: invalid_requests.BodyRequest
) -> None:
    """A target of ad-hoc chats alone is asked for them, and for subscriptions."""
    bed = open_bed(open_server(), ics=Ics(features=frozenset({"adhoc"})))
    if body_request.name in (
        "subscription",
        "message in an ad-hoc chat",
        "report in an ad-hoc chat",
    ):
        assert isinstance(body_request.send_mutations(bed, JSON), Trial)
    else:
        with pytest.raises(NotApplicable):
            body_request.send_mutations(bed, JSON)


@pytest.mark.parametrize("kind", list(ChatKind))
def test_barrier_uses_any_claimed_kind_of_chat(
    open_server: OpenServer, open_bed: OpenBed, kind: ChatKind
) -> None:
    """It arrives at everybody who is to see it."""
    claims = {
        ChatKind.ADHOC: Ics(features=frozenset({"adhoc"})),
        ChatKind.ONE_TO_ONE: Ics(items=frozenset({"REST-CHAT-1-1-SESS-S-001-O"})),
        ChatKind.GROUP: Ics(items=frozenset({"REST-CHAT-GRP-S-001-O"})),
        ChatKind.LONG_LIVED: Ics(features=frozenset({"long_lived"})),
    }
    bed = open_bed(open_server(), ics=claims[kind])
    barrier.wait_for_all(bed, JSON, (bed.bob, bed.carol))
    for who in (bed.bob, bed.carol):
        assert bed.mailboxes.of(who, JSON).arrived()


def test_barrier_of_files_is_a_file(bed: TestBed) -> None:
    """It arrives by the subscription to file transfers."""
    barrier.wait_for_all(bed, JSON, (bed.bob,), by_file=True)
    assert bed.transfer_mailboxes.of(bed.bob, JSON).arrived()


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
    } - OTHER_CHANNELS
    covered = {each.claim for each in REQUESTS} | {each.form for each in REQUESTS}
    assert {each for each in with_body if not each.endswith(SAME)} <= covered


def test_requests_are_named_once() -> None:
    """And every one that has a resource of its own is tried with wrong labels."""
    names = [each.name for each in REQUESTS]
    assert len(set(names)) == len(names)
    assert {each.name for each in LABELLED} < set(names)
