"""What is generated is valid, reaches the corners first, and shrinks to the simplest."""

import io
import wave
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from rcs_conformance.histories.records import Action
from rcs_conformance.model.chat import ChatMessage, ComposingState, IsComposing
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer, Service, SessionOffer
from rcs_conformance.strategies import (
    ATTACHMENTS,
    COMBINATIONS,
    COMPOSING_CORNERS,
    CORNERS,
    DECLARED_CORNERS,
    PICTURE,
    TEXT_CORNERS,
    Declared,
    declarations,
    group_offers,
    indications,
    offers_with_first_message,
    session_offers,
    some_indications,
    some_texts,
    texts,
    with_corners,
    with_declared_corners,
    with_first_message_corners,
    with_session_subject_corners,
    with_subject_corners,
)
from rcs_conformance.strategies.groups import CLOSED, SERVICES, SUBJECT_CORNERS
from rcs_conformance.strategies.races import Plan, Racer, plans
from rcs_conformance.wire import Codec
from rcs_conformance.wire.schema import violations

CODEC = Codec()
FEW = settings(max_examples=1, database=None)


def test_corners_are_all_combinations_the_simplest_first() -> None:
    """Every closed with every services, each once."""
    pairs = [(offer.closed, offer.services) for offer in CORNERS]
    assert sorted(pairs, key=repr) == sorted(((c, s) for c in CLOSED for s in SERVICES), key=repr)
    assert len(set(CORNERS)) == len(CORNERS) == 12
    assert CORNERS[0] == GroupOffer()
    sizes = [len(offer.services) for offer in CORNERS]
    assert sizes == sorted(sizes)


def test_declared_corners_hold_every_pair_of_services() -> None:
    """What is asked for at the start against what is declared on accepting, by either user."""
    for position in range(2):
        pairs = {(offer.services, declared[position]) for offer, declared in DECLARED_CORNERS}
        assert pairs == {(asked, declared) for asked in SERVICES for declared in SERVICES}
    assert {offer.closed for offer, _ in DECLARED_CORNERS} == set(CLOSED)


def test_corners_are_tried_first_and_in_order() -> None:
    """Before anything is generated, whatever that is."""
    seen: list[GroupOffer] = []

    @with_corners
    @FEW
    @given(offer=group_offers())
    def test(offer: GroupOffer) -> None:
        seen.append(offer)

    test()
    assert tuple(seen[: len(CORNERS)]) == CORNERS
    assert len(seen) == len(CORNERS) + 1


def test_other_corners_are_tried_first_and_in_order() -> None:
    """Subjects, first messages and declarations."""
    seen: list[object] = []

    @with_subject_corners
    @FEW
    @given(offer=group_offers())
    def subjects(offer: GroupOffer) -> None:
        seen.append(offer.subject)

    @with_declared_corners
    @FEW
    @given(offer=group_offers(), declared=declarations())
    def declared(offer: GroupOffer, declared: Declared) -> None:
        seen.append((offer, declared))

    @with_session_subject_corners
    @FEW
    @given(offer=session_offers())
    def session_subjects(offer: SessionOffer) -> None:
        seen.append(offer.subject)

    @with_first_message_corners
    @FEW
    @given(offer=offers_with_first_message())
    def first_messages(offer: SessionOffer) -> None:
        seen.append(offer.first)

    tests: list[tuple[Callable[[], None], tuple[object, ...]]] = [
        (session_subjects, SUBJECT_CORNERS),
        (first_messages, TEXT_CORNERS),
        (subjects, SUBJECT_CORNERS),
        (declared, DECLARED_CORNERS),
    ]
    for run, corners in tests:
        seen.clear()
        run()
        assert tuple(seen[: len(corners)]) == corners


def simplest(strategy: st.SearchStrategy[object], wanted: Callable[..., bool]) -> object:
    """The simplest value that is wanted."""
    return find(strategy, wanted, settings=settings(max_examples=2000, database=None))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (lambda offer: True, GroupOffer(subject="")),
        (lambda offer: offer.closed, GroupOffer(subject="", closed=True)),
        (lambda offer: offer.services, GroupOffer(subject="", services=(Service.FILE_TRANSFER,))),
        (lambda offer: offer.subject, GroupOffer(subject="0")),
    ],
)
def test_offers_shrink_to_the_simplest(wanted: Callable[..., bool], expected: GroupOffer) -> None:
    """A failing example shows only what makes it fail."""
    assert simplest(group_offers(), wanted) == expected


def test_session_offers_shrink_to_the_simplest() -> None:
    """No first message but where one is asked for, then the empty one."""
    assert simplest(session_offers(), lambda offer: True) == SessionOffer(subject="")
    both = SessionOffer(subject="", first="")
    assert simplest(offers_with_first_message(), lambda offer: True) == both


def test_combinations_are_all_of_subject_and_first_message() -> None:
    """Neither, either, both, each once."""
    given = {(offer.subject is None, offer.first is None) for offer in COMBINATIONS}
    assert len(given) == len(COMBINATIONS) == 4


@pytest.mark.exhaustive
def test_texts_and_indications_shrink_to_the_simplest() -> None:
    """The empty text, the first state, no refresh time."""
    assert simplest(texts(), lambda text: True) == ""
    assert simplest(texts(), lambda text: len(text) > 2) == "000"
    idle = IsComposing(state=next(iter(ComposingState)))
    assert simplest(indications(), lambda indication: True) == idle
    shortest = simplest(indications(), lambda indication: indication.refresh is not None)
    assert getattr(shortest, "refresh", None) == 60
    assert simplest(some_texts(), lambda some: True) == [""]
    assert simplest(some_indications(), lambda some: True) == [idle]
    assert simplest(declarations(), lambda declared: True) == ((), ())


@settings(max_examples=50, database=None)
@given(text=texts(), fmt=st.sampled_from(Format))
def test_texts_can_be_sent_in_both_formats(text: str, fmt: Format) -> None:
    """What is written is valid and read back unchanged."""
    body = CODEC.encode(ChatMessage(text=text), fmt)
    assert CODEC.decode(body, fmt).content == ChatMessage(text=text)
    assert violations(body, fmt, "chatMessage") == ()


@pytest.mark.parametrize("fmt", list(Format))
@pytest.mark.parametrize("text", [*TEXT_CORNERS, *SUBJECT_CORNERS])
def test_corner_texts_can_be_sent(text: str, fmt: Format) -> None:
    """The fixed texts, too, are valid and come back unchanged."""
    body = CODEC.encode(ChatMessage(text=text), fmt)
    assert CODEC.decode(body, fmt).content == ChatMessage(text=text)
    assert violations(body, fmt, "chatMessage") == ()


@settings(max_examples=50, database=None)
@given(indication=indications(), fmt=st.sampled_from(Format))
def test_indications_are_valid(indication: IsComposing, fmt: Format) -> None:
    """A refresh time is a minute at least, or is not there."""
    assert indication.refresh is None or indication.refresh >= 60
    assert violations(CODEC.encode(indication, fmt), fmt, "isComposing") == ()


@settings(max_examples=50, database=None)
@given(some=some_indications())
def test_indications_of_one_chat_can_be_told_apart(some: list[IsComposing]) -> None:
    """Nothing but state and refresh time tells them apart."""
    assert len({(each.state, each.refresh) for each in some}) == len(some)


def test_corner_indications_take_turns_and_are_valid() -> None:
    """Each is a change of state, all members of RFC 3994 occur, and no two are alike."""
    assert len({(each.state, each.refresh) for each in COMPOSING_CORNERS}) == len(COMPOSING_CORNERS)
    states = [each.state for each in COMPOSING_CORNERS]
    assert all(one is not next_one for one, next_one in pairwise(states))
    assert any(each.lastactive and each.contenttype and each.refresh for each in COMPOSING_CORNERS)
    for each in COMPOSING_CORNERS:
        for fmt in Format:
            assert violations(CODEC.encode(each, fmt), fmt, "isComposing") == ()


def test_attachments_hold_what_servers_change() -> None:
    """A single byte, all line ends, all values of a byte, 200 kB; each valid of its type."""
    contents = [each.data for each in ATTACHMENTS]
    assert min(map(len, contents)) == 1
    assert max(map(len, contents)) > 200_000
    assert any(set(data) == set(range(256)) for data in contents)
    lines = next(each for each in ATTACHMENTS if each.name == "lines.txt").data
    assert all(ends in lines for ends in (b"s\n", b"d\r\n", b"s\r,"))
    assert PICTURE.data.startswith(b"\x89PNG")
    for each in ATTACHMENTS:
        if each.media_type == "audio/wav":
            with wave.open(io.BytesIO(each.data)) as sound:
                assert sound.getnframes() + 44 == len(each.data)


@settings(max_examples=50, database=None)
@given(offer=group_offers())
def test_offers_are_what_a_server_must_take(offer: GroupOffer) -> None:
    """A subject of one line without spaces at its ends, each service once."""
    assert offer.subject is not None
    assert offer.subject == offer.subject.strip()
    assert len(offer.subject.splitlines()) <= 1
    assert len(set(offer.services)) == len(offer.services)
    assert set(offer.services) <= set(Service)


@given(plan=plans())
def test_generated_races_are_between_different_users(plan: Plan) -> None:
    """Each round has two or three users, each with one step; dave is added at most once."""
    for steps in plan:
        assert 2 <= len(steps) <= 3
        assert len({each.racer for each in steps}) == len(steps)
    first = next((each for steps in plan for each in steps if each.action is Action.ADD), None)
    assert first is None or first.racer is not Racer.DAVE
