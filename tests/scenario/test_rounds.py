"""Rounds: what the suites go round is all that a target can claim of the Chat API."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.catalogue import Catalogue
from rcs_conformance.errors import Inconclusive, NotApplicable
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario import Stage, rounds
from rcs_conformance.scenario.claims import Claims
from rcs_conformance.scenario.rounds.done import any_of
from rcs_conformance.scenario.rounds.verbs import KEYS, SUBSCRIPTIONS
from rcs_conformance.target import Ics
from tests.scenario.conftest import OpenServer, OpenStage

OTHER_APIS = ("REST-FT-", "REST-NC-")
ELSEWHERE = (" form", "NOTIFY ")
"""Operations that other tests carry out, or that are nobody's request."""


def test_every_claimed_operation_is_carried_out(stage: Stage) -> None:
    """Each item with an operation of the Chat API is met by some round, and works."""
    walked = [rounds.of_subscriptions(stage, Format.JSON)]
    walked += [rounds.of_kind(stage, kind, Format.JSON) for kind in ChatKind]

    met = {item for each in walked for done in each.done for item in done.items}
    due = {
        item
        for item, operation in stage.claims.operations()
        if not item.startswith(OTHER_APIS) and not any(each in operation for each in ELSEWHERE)
    }
    assert [each.stopped for each in walked] == [None] * len(walked)
    assert met == due


def test_every_resource_of_the_chat_api_has_its_verbs_tried() -> None:
    """No key of the binding is left out of the tables; lightweight ones have tests of their own."""
    binding = load_binding()
    keys = {key for key, each in binding.resources.items() if each.api == "chat"}
    tried = {key for keys_of_kind in KEYS.values() for key in keys_of_kind} | set(SUBSCRIPTIONS)
    assert tried == {key for key in keys if not binding.resources[key].element}


def test_round_that_is_cut_short_tells_why(open_server: OpenServer, open_stage: OpenStage) -> None:
    """What was carried out until then is kept, the other ways are walked to their ends."""
    stage = open_stage(open_server(("lacks-sessions",)), timeout=0.2)

    cut = rounds.of_kind(stage, ChatKind.ONE_TO_ONE, Format.XML)

    assert [each.exchange.answer.status for each in cut.done] == [404]
    assert "REST-CHAT-1-1-SESS-S-002-M" in cut.done[0].items
    with pytest.raises(Inconclusive) as caught:
        cut.require_end()
    assert caught.value.clause == "UNI-CHT-001.1"


def test_what_is_not_claimed_is_not_tried(catalogue: Catalogue, stage: Stage) -> None:
    """A kind of chat, an operation and a format are each excused by themselves."""
    ics = Ics(items=frozenset({"REST-CHAT-GRP-S-001-O"}), formats=frozenset({Format.JSON}))
    claims = stage.claims = Claims(catalogue, ics)

    assert claims.some_kind() is ChatKind.GROUP
    assert claims.other_format(Format.JSON) is Format.JSON
    refusals: tuple[Callable[[], object], ...] = (
        lambda: rounds.of_kind(stage, ChatKind.LONG_LIVED, Format.JSON),
        lambda: stage.talk(ChatKind.GROUP, Format.JSON, composing=True),
        lambda: claims.require_operation("GET subscriptions"),
        lambda: claims.require_format(Format.XML),
        lambda: list(any_of([], "anything")),
        lambda: Claims(catalogue, replace(ics, items=frozenset())).some_kind(),
    )
    for refused in refusals:
        with pytest.raises(NotApplicable):
            refused()
    operations = {
        each.exchange.request.operation
        for each in rounds.of_kind(stage, ChatKind.GROUP, Format.JSON).done
    }
    assert not operations & {"DELETE group", "GET participant", "GET groupMessageStatus"}
    assert "DELETE participant" in operations
