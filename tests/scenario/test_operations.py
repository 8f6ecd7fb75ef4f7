"""Rounds: what the suites go round is all that a target can claim of the Chat API."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.catalogue import Catalogue
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario import GroupChat, TestBed, operations
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat
from rcs_conformance.scenario.operations.results import any_of
from rcs_conformance.scenario.operations.verbs import KEYS, SUBSCRIPTIONS
from rcs_conformance.scenario.setup.claims import Claims
from rcs_conformance.target import Ics
from tests.scenario.conftest import OpenBed, OpenServer

OTHER_APIS = ("REST-FT-", "REST-NC-")
ELSEWHERE = (" form", "NOTIFY ")
"""Operations that other tests carry out, or that are nobody's request."""


def test_every_claimed_operation_is_carried_out(bed: TestBed) -> None:
    """Each item with an operation of the Chat API is met by some round, and works."""
    walked = [operations.of_subscriptions(bed, Format.JSON)]
    walked += [operations.of_kind(bed, kind, Format.JSON) for kind in ChatKind]

    met = {item for each in walked for done in each.results for item in done.items}
    due = {
        item
        for item, operation in bed.claims.operations()
        if not item.startswith(OTHER_APIS) and not any(each in operation for each in ELSEWHERE)
    }
    assert [each.stopped for each in walked] == [None] * len(walked)
    assert met == due


def test_every_resource_has_its_verbs_tried() -> None:
    """No key of the binding is left out of the tables; lightweight ones have tests of their own."""
    binding = load_binding()
    tried = {key for keys_of_kind in KEYS.values() for key in keys_of_kind} | set(SUBSCRIPTIONS)
    tried |= {*operations.TRANSFERS.keys, *operations.CHANNELS.keys}
    assert tried == {key for key, each in binding.resources.items() if not each.element}


def test_what_is_beside_chats_is_tried_as_far_as_it_is_served(bed: TestBed) -> None:
    """Each verb of each resource is asked for without the right token, deletions last."""
    for family in (operations.TRANSFERS, operations.CHANNELS):
        found = operations.family_requests.unauthorized(bed, Format.JSON, family, foreign=True)
        wrong = operations.family_requests.unauthorized(bed, Format.JSON, family, foreign=False)

        asked = [each.request.operation for each, _ in found.rejected]
        resources = {key: bed.binding.resources[key].verbs for key in family.keys}
        assert sorted(asked) == sorted(f"{v} {key}" for key, row in resources.items() for v in row)
        assert asked == sorted(asked, key=lambda each: each.startswith("DELETE"))
        assert len(wrong.rejected) == 2 * len(asked)
        assert len(found.before) == len(found.after) > 0
        assert found.listed


def test_readings_beside_chats_go_by_claim_and_service(
    catalogue: Catalogue, open_server: OpenServer, open_bed: OpenBed
) -> None:
    """A reading with an item is left out unless claimed; one without is, where it is not served."""
    ics = Ics(features=frozenset({"file_transfer"}), items=frozenset({"REST-NC-SUPPORT-S-001-M"}))
    bed = open_bed(open_server(variations=("unread-beside-chats",)), ics=ics)

    found = operations.family_requests.unauthorized(
        bed, Format.XML, operations.TRANSFERS, foreign=True
    )
    gone = list(operations.family_requests.absent(bed, Format.XML, operations.TRANSFERS))

    tried = [each.request.operation for each in (*(one for one, _ in found.rejected), *gone)]
    assert not [each for each in tried if each.startswith("GET")]
    assert found.used.answer.status == 204
    assert found.before == ()


def test_channel_elsewhere_is_not_polled(bed: TestBed) -> None:
    """A URL that is none, or leads to somebody else, is not where a user asks with its token."""
    assert bed.bob.located("/polls") == f"{bed.target.server_root}/polls"
    assert bed.bob.located("http://elsewhere.example/polls") is None
    assert bed.bob.located("ftp://elsewhere.example/polls") is None
    assert bed.bob.located(None) is None


def test_round_that_is_cut_short_tells_why(open_server: OpenServer, open_bed: OpenBed) -> None:
    """What was carried out until then is kept, the other ways are walked to their ends."""
    bed = open_bed(open_server(("lacks-sessions",)), timeout=0.2)

    cut = operations.of_kind(bed, ChatKind.ONE_TO_ONE, Format.XML)

    assert [each.exchange.answer.status for each in cut.results] == [404]
    assert "REST-CHAT-1-1-SESS-S-002-O" in cut.results[0].items
    with pytest.raises(Inconclusive) as caught:
        cut.require_end()
    assert caught.value.clause == "UNI-CHT-001.1"


def test_what_is_not_claimed_is_not_tried(catalogue: Catalogue, bed: TestBed) -> None:
    """A kind of chat, an operation and a format are each excused by themselves."""
    ics = Ics(items=frozenset({"REST-CHAT-GRP-S-001-O"}), formats=frozenset({Format.JSON}))
    claims = bed.claims = Claims(catalogue, ics)

    assert claims.some_kind() is ChatKind.GROUP
    assert claims.other_format(Format.JSON) is Format.JSON
    refusals: tuple[Callable[[], object], ...] = (
        lambda: operations.of_kind(bed, ChatKind.LONG_LIVED, Format.JSON),
        lambda: bed.established_chat(ChatKind.GROUP, Format.JSON, composing=True),
        lambda: claims.require_operation("GET subscriptions"),
        lambda: claims.require_format(Format.XML),
        lambda: list(any_of([], "anything")),
        lambda: Claims(catalogue, replace(ics, items=frozenset())).some_kind(),
    )
    for rejected in refusals:
        with pytest.raises(NotApplicable):
            rejected()
    names = {
        each.exchange.request.operation
        for each in operations.of_kind(bed, ChatKind.GROUP, Format.JSON).results
    }
    assert not names & {"DELETE group", "GET participant", "GET groupMessageStatus"}
    assert "DELETE participant" in names


@pytest.mark.parametrize("kind", [ChatKind.ONE_TO_ONE, ChatKind.GROUP])
def test_nothing_is_sent_in_a_chat_that_nobody_could_accept(
    bed: TestBed, kind: ChatKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server may reject messages there: that says nothing of the operation."""

    def lost(*_: object) -> None:
        raise Inconclusive(Cause.PRECONDITION, "no invitation came")

    for chat in (OneToOneChat, GroupChat):
        monkeypatch.setattr(chat, "await_invitations", lost)
    found = operations.of_kind(bed, kind, Format.JSON)
    sent = [each.exchange.request.resource for each in found.results]
    assert not [each for each in sent if "Messages" in each]
    assert found.stopped is not None
