"""Near misses are invalid, and in nothing but what they say."""

import pytest

from rcs_conformance.errors import HarnessError
from rcs_conformance.model.chat import (
    GroupChatSessionInformation,
    ParticipantInformation,
)
from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.near_miss import (
    Deviation,
    cut_short,
    empty,
    other_namespace,
    other_root,
    twice,
    value_of,
    without,
)
from rcs_conformance.wire import Codec
from rcs_conformance.wire.schema import violations

CODEC = Codec()
GROUP = GroupChatSessionInformation(
    subject="talk",
    participant=(
        ParticipantInformation(address="tel:+1", is_originator=True),
        ParticipantInformation(address="tel:+2"),
    ),
    is_closed=True,
)
DEVIATIONS = (
    cut_short(),
    empty(),
    other_root(),
    other_namespace(),
    twice("subject"),
    twice("isClosed"),
    without("address"),
    value_of("isClosed", "maybe"),
    value_of("isOriginator", "maybe"),
)
CASES = [(deviation, fmt) for deviation in DEVIATIONS for fmt in deviation.formats]


@pytest.mark.parametrize(("deviation", "fmt"), CASES, ids=lambda one: getattr(one, "name", one))
def test_near_miss_is_invalid(deviation: Deviation, fmt: Format) -> None:
    """The schema refuses it, and its name is the deviation's."""
    miss = deviation.of(GROUP, fmt, CODEC)
    assert violations(miss.data, fmt, "groupChatSessionInformation")
    assert miss.deviation == deviation.name
    assert miss.data != CODEC.encode(GROUP, fmt)


@pytest.mark.parametrize("fmt", list(Format))
def test_near_miss_deviates_in_one_thing(fmt: Format) -> None:
    """The first leaf alone is changed; the rest is as it was."""
    miss = value_of("isClosed", "maybe").of(GROUP, fmt, CODEC)
    assert miss.data.count(b"maybe") == 1
    assert [one.path for one in violations(miss.data, fmt, "groupChatSessionInformation")] == [
        "groupChatSessionInformation/isClosed"
    ]
    without_one = without("address").of(GROUP, fmt, CODEC)
    assert b"tel:+1" not in without_one.data
    assert b"tel:+2" in without_one.data


@pytest.mark.parametrize(
    "deviation", [value_of("isClosed", "false"), Deviation(name="no change", change=lambda b, _: b)]
)
@pytest.mark.parametrize("fmt", list(Format))
def test_what_is_valid_is_no_near_miss(deviation: Deviation, fmt: Format) -> None:
    """No target is blamed for taking what is right: the harness is."""
    with pytest.raises(HarnessError, match=f"with {deviation.name} is valid"):
        deviation.of(GROUP, fmt, CODEC)


def test_names_are_phrases() -> None:
    """They complete `a body with ...`."""
    names = [deviation.name for deviation in DEVIATIONS]
    assert len(set(names)) == len(names)
