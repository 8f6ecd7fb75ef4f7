"""Premises: what does not hold is looked at again, what has held is not."""

import pytest

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.record import Journal
from rcs_conformance.scenario.setup.premises import Premises
from tests.scenario.conftest import OpenBed, OpenServer

CLAUSE = "UNI-CHT-002b.2"


def test_what_has_held_is_not_looked_at_again() -> None:
    """In the same format; in the other one it is."""
    premises, looks = Premises(Journal()), []

    def look() -> str:
        looks.append(CLAUSE)
        return ""

    for fmt in (Format.XML, Format.XML, Format.JSON):
        premises.require(CLAUSE, fmt, look)

    assert len(looks) == 2


def test_what_does_not_hold_is_looked_at_again() -> None:
    """It is attributed to its clause, and may hold for the next chat."""
    premises = Premises(Journal())

    with pytest.raises(Inconclusive, match="not found") as caught:
        premises.require(CLAUSE, Format.XML, lambda: "not found")
    premises.require(CLAUSE, Format.XML, lambda: "")

    assert (caught.value.cause, caught.value.clause) == (Cause.PRECONDITION, CLAUSE)


@pytest.mark.parametrize(
    ("fault", "clause"),
    [
        ("start-returns-unknown-id", "UNI-CHT-002b.2"),
        ("acceptance-without-effect", "UNI-CHT-008b.1"),
    ],
)
def test_chats_that_are_not_as_they_should_be_are_not_gone_on_with(
    open_server: OpenServer, open_bed: OpenBed, fault: str, clause: str
) -> None:
    """What tests would find in them would be due to one defect."""
    bed = open_bed(open_server(faults=(fault,)))

    with pytest.raises(Inconclusive) as caught:
        bed.groups.established(GroupOffer(), Format.JSON)

    assert caught.value.clause == clause
