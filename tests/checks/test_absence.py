"""What no request gave: nothing is said where nothing can be read."""

import pytest

from rcs_conformance.checks import absence
from rcs_conformance.errors import Inconclusive
from tests.checks.records import exchange, group


def test_what_can_be_read_is_judged() -> None:
    """A response without a structure beside one with a structure."""
    found = absence.nowhere_added([exchange(201), exchange(200, group(subject=""))])
    assert [each.outcome.value for each in found] == ["failed"]


def test_what_cannot_be_read_is_inconclusive() -> None:
    """The clause about what can be read is the reason."""
    with pytest.raises(Inconclusive) as raised:
        absence.nowhere_added([exchange(201), exchange(200)])
    assert raised.value.clause == "TS-CHAT-5.14"
