"""Rows about races: histories that some order explains, and histories that none explains."""

from rcs_conformance.checks import races
from rcs_conformance.histories.chat_model import Standing, begun
from rcs_conformance.histories.creation_model import Created
from rcs_conformance.histories.records import Action, Facet, Operation, Outcome, Signal
from rcs_conformance.model.kinds import ChatKind
from tests.checks.records import ALICE, BOB, Row

_SESSION = begun(ChatKind.ONE_TO_ONE, ALICE, (BOB,), Standing.INVITED)


def _cancel(signal: Signal | None) -> Operation:
    return Operation(
        user=ALICE,
        action=Action.END,
        called=0.0,
        returned=0.002,
        signalled=signal,
        clauses=dict.fromkeys(Facet, "UNI-CHT-003a.3"),
        where="DELETE oneToOneSession",
        event=3,
    )


def _accept(outcome: Outcome) -> Operation:
    return Operation(
        user=BOB,
        action=Action.ACCEPT,
        called=0.001,
        returned=0.003,
        outcome=outcome,
        where="PUT oneToOneStatus",
        event=4,
    )


def _start(made: str) -> Operation:
    return Operation(
        user=ALICE,
        action=Action.MAKE,
        subject="correlator",
        called=0.0,
        returned=0.001,
        made=made,
        clauses=dict.fromkeys(Facet, "TS-CHAT-5.12"),
        where="POST groups",
        event=1,
    )


RACES: list[Row] = [
    (
        races.in_chat,
        [
            ((_cancel(Signal.ENDED), _accept(Outcome.ACCEPTED)), _SESSION),
            ((_cancel(Signal.CANCELLED), _accept(Outcome.REFUSED)), _SESSION),
            ((_cancel(Signal.CANCELLED), _accept(Outcome.CONFLICT)), _SESSION),
        ],
        [((_cancel(Signal.CANCELLED), _accept(Outcome.ACCEPTED)), _SESSION)],
    ),
    (
        races.of_creations,
        [((_start("one"), _start("one")), Created())],
        [((_start("one"), _start("other")), Created())],
    ),
]
