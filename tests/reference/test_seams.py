"""Seams: a function or a class becomes a deviation that is named, described and confined."""

import pytest

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import registry
from rcs_conformance.reference.edits import OneKind, SomeOperations
from rcs_conformance.reference.registry import Fault, Variation, combined
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.seams import (
    ANYWHERE,
    GROUP,
    PERMITTED,
    Deviation,
    Twin,
    Usual,
    operations,
)
from rcs_conformance.reference.state import Conversation

TIME = "2020-01-01T00:00:00Z"


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> dict[str, Fault]:
    """The faults that a test makes."""
    known: dict[str, Fault] = {}
    monkeypatch.setattr(registry, "FAULTS", known)
    return known


def chat(kind: ChatKind) -> Conversation:
    """A chat of a kind."""
    return Conversation(
        kind=kind,
        number=1,
        originator="tel:+1",
        subject=None,
        closed=False,
        services=(),
        correlator=None,
    )


def test_function_names_and_describes_its_fault(faults: dict[str, Fault]) -> None:
    """The name of the fault is that of the function, its sentence the docstring."""

    @GROUP.shown("UNI-CHT-020.7")
    def text_in_capitals(shown: ChatMessage) -> ChatMessage:
        """The text is in capitals."""
        return shown

    (fault,) = faults.values()
    assert (fault.name, fault.clause) == ("text-in-capitals", "UNI-CHT-020.7")
    assert fault.sentence == "The text is in capitals."


def test_twins_are_named_after_the_first(faults: dict[str, Fault]) -> None:
    """A twin that only gives its clause is named and described by its kind of chat."""

    @GROUP.dropped("A.1", also={ChatKind.LONG_LIVED: "B.1", ChatKind.ADHOC: Twin("C.1", "own")})
    def nothing_sent(_notice: object) -> bool:
        """Nothing is sent."""
        return True

    sentences = {(fault.name, fault.clause): fault.sentence for fault in faults.values()}
    assert sentences == {
        ("nothing-sent", "A.1"): "Nothing is sent.",
        ("long-lived-nothing-sent", "B.1"): "In a long-lived group chat, nothing is sent.",
        ("own", "C.1"): "In an ad-hoc chat, nothing is sent.",
    }


def test_deviation_is_confined_to_its_kind(faults: dict[str, Fault]) -> None:
    """In chats of another kind the usual rule holds, also where both twins are at work."""

    @GROUP.rule(Rules.time_stamp, "A.1", also={ChatKind.LONG_LIVED: "B.1"})
    def stamped(usual: Usual[str | None], conversation: Conversation) -> str | None:
        """The time stamp is old."""
        return TIME

    one = combined([faults["stamped"].rules], seed=0)
    both = combined([fault.rules for fault in faults.values()], seed=0)
    session, group, lasting = map(chat, (ChatKind.ONE_TO_ONE, ChatKind.GROUP, ChatKind.LONG_LIVED))
    assert one.time_stamp(group) == both.time_stamp(group) == both.time_stamp(lasting) == TIME
    assert TIME not in (one.time_stamp(lasting), one.time_stamp(session), both.time_stamp(session))


def test_usual_rule_comes_first(faults: dict[str, Fault]) -> None:
    """Two faults over one rule add up: each gets what the other makes of it."""

    @ANYWHERE.rule(Rules.message_id, "A.1")
    def first(usual: Usual[str], number: int) -> str:
        """An id ends with 1."""
        return usual(number) + "1"

    @ANYWHERE.rule(Rules.message_id, "A.1")
    def second(usual: Usual[str], number: int) -> str:
        """An id ends with 2."""
        return usual(number) + "2"

    rules = combined([fault.rules for fault in faults.values()], seed=0)
    assert rules.message_id(1) == Rules().message_id(1) + "21"


def test_class_with_a_memory_is_a_fault(faults: dict[str, Fault]) -> None:
    """It is named after the class and confined by the place above it."""

    @operations("GET group").deviation("A.1")
    class CountsUp(Deviation):
        """It counts."""

    fault = faults["counts-up"]
    assert issubclass(fault.rules, CountsUp)
    assert issubclass(fault.rules, OneKind)
    assert issubclass(fault.rules, SomeOperations)
    assert (fault.rules.kind, fault.rules.operations) == (None, frozenset({"GET group"}))


def test_permitted_variation_breaks_no_clause(
    faults: dict[str, Fault], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no fault."""
    known: dict[str, Variation] = {}
    monkeypatch.setattr(registry, "VARIATIONS", known)

    @ANYWHERE.rule(Rules.hold, PERMITTED)
    def polls_short(usual: Usual[float]) -> float:
        """A poll is held for a moment."""
        return 0.1

    assert (list(known), faults) == (["polls-short"], {})


def test_names_are_given_once(faults: dict[str, Fault]) -> None:
    """Two deviations cannot have the same name."""
    ANYWHERE.add("twice", "A.1", "It is there twice.", Rules.hold, lambda usual: usual())
    with pytest.raises(ConfigurationError, match="'twice'"):
        ANYWHERE.add("twice", "A.1", "It is there twice.", Rules.hold, lambda usual: usual())
