"""Claims that contradict themselves or the SCR tables: all is found at once, a line each."""

import re

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.catalogue.contradictions import Claim, contradictions, features_of
from rcs_conformance.catalogue.ics import CHANNELS, FEATURES, GROUP_CHAT, claimed_items

SHIPPED = load_catalogue()
LONG_LIVED = "REST-CHAT-LL-GRP-S-001-O"
SESSIONS = "REST-CHAT-1-1-SESS-S-001-O"


def found(
    features: tuple[str, ...] = (), items: tuple[str, ...] = (), without: tuple[str, ...] = ()
) -> list[str]:
    """What is wrong with a claim."""
    claim = Claim(
        features=frozenset(features), items=frozenset(items), not_supported=frozenset(without)
    )
    return [str(each) for each in contradictions(SHIPPED, claim)]


@pytest.mark.parametrize(
    ("features", "items", "without", "message"),
    [
        (
            ("closed_chat",),
            (),
            (),
            r"closed_chat: is not a feature; did you mean closed_group_chat",
        ),
        (
            (),
            ("REST-CHAT-GRP-S-01-O",),
            (),
            r"is not an SCR item; did you mean REST-CHAT-GRP-S-001-O",
        ),
        (
            (),
            (),
            ("REST-CHAT-GRP-S-01-O",),
            r"is not an SCR item; did you mean REST-CHAT-GRP-S-001-O",
        ),
        ((GROUP_CHAT,), (), (), r"it is an SCR item and belongs to items"),
        ((), ("adhoc",), (), r"it is a feature and belongs to features"),
        ((), (GROUP_CHAT,), (GROUP_CHAT,), r"in both items and not_supported"),
        (
            ("gc_services",),
            (),
            ("REST-CHAT-GRP-S-005-O",),
            r"gc_services: requires REST-CHAT-GRP-S-005-O, .* disclaims",
        ),
        (("ft_reference_opt_in",), (), (), r"needs file_transfer; claim it too"),
        (("ft_reference_by_capability",), (), (), r"needs file_transfer; claim it too"),
        (
            ("multimedia_first_message", "adhoc"),
            (),
            (),
            rf"needs {SESSIONS}; claim it too",
        ),
        (("multimedia",), (), (), r"without any of its items: REST-CHAT-1-1-MSG-S-005-O, REST-"),
        (
            (),
            (),
            ("REST-CHAT-SUBSCR-S-003-M",),
            r"mandatory where REST-CHAT-SUBSCR-S-001-M is claimed .*cannot be disclaimed",
        ),
        ((), (), ("REST-CHAT-SUPPORT-S-001-M",), r"is mandatory \(Support for the RESTful Chat"),
        (
            ("long_lived",),
            (),
            ("REST-CHAT-LL-GRP-S-003-O",),
            rf"mandatory where {LONG_LIVED} is claimed",
        ),
        (
            (),
            ("REST-CHAT-1-1-MSG-S-004-O",),
            (),
            r"requires REST-CHAT-1-1-MSG-S-001-O; claim it too",
        ),
        (
            (),
            ("REST-CHAT-GRP-S-004-O", GROUP_CHAT),
            (),
            r"REST-CHAT-GRP-S-004-O: is claimed without the feature closed_group_chat",
        ),
        (
            ("notification_channel", "nc_websocket"),
            (),
            (),
            r"REST-NC-CHANNELS-S-006-O: requires REST-NC-REFRESH-S-001-O AND REST-NC-WEBSOCK-",
        ),
        ((), (LONG_LIVED,), (), rf"{LONG_LIVED}: is claimed without the feature long_lived"),
        ((), ("REST-CHAT-SUBSCR-S-004-O",), (), r"without the feature form; claim it too"),
    ],
)
def test_contradiction_is_told(
    features: tuple[str, ...], items: tuple[str, ...], without: tuple[str, ...], message: str
) -> None:
    """Alone, in one line that says what would be right."""
    (line,) = found(features, items, without)
    assert re.search(message, line), line
    assert "\n" not in line


def test_all_contradictions_are_told_at_once() -> None:
    """The names that nobody knows first; they hide nothing else."""
    lines = found(
        ("adhoc2", "multimedia"),
        ("REST-CHAT-LL-PART-STATUS-S-001-O", "REST-CHAT-X"),
        ("REST-CHAT-INDSUBSCR-S-003-M", "REST-CHAT-Y"),
    )
    assert len(lines) == 6
    assert [("is no" in line) for line in lines] == [True] * 3 + [False] * 3


@pytest.mark.parametrize(
    ("features", "items", "without"),
    [
        ((), (), ()),
        (("adhoc",), (), ()),
        ((), (SESSIONS,), ()),
        ((), (GROUP_CHAT,), ("REST-CHAT-LL-GRP-S-002-O",)),
        (("multimedia", "adhoc"), (GROUP_CHAT,), ("REST-CHAT-GRP-MSG-S-005-O",)),
        (("form",), (GROUP_CHAT,), ("REST-CHAT-GRP-S-003-O", "REST-CHAT-GRP-MSG-S-003-O")),
        (tuple(sorted(FEATURES)), (SESSIONS,), ()),
    ],
)
def test_consistent_claim_is_taken(
    features: tuple[str, ...], items: tuple[str, ...], without: tuple[str, ...]
) -> None:
    """What is mandatory for something else may be disclaimed, and parts of what features imply."""
    assert found(features, items, without) == []


def test_claim_may_name_items_as_earlier_versions_did() -> None:
    """An old id counts as the one of today; it is no other item's."""
    assert not SHIPPED.renamed.keys() & SHIPPED.items.keys()
    old, new = "REST-CHAT-IND-GRP-S-003-O", "REST-CHAT-INDGRP-S-003-O"
    assert SHIPPED.renamed[old] == new
    assert found((), (GROUP_CHAT, old), ()) == []
    assert claimed_items(SHIPPED, (), (GROUP_CHAT, old)) == claimed_items(
        SHIPPED, (), (GROUP_CHAT, new)
    )


def test_disclaimed_item_is_not_claimed() -> None:
    """Though a feature implies it; the feature's other items stay."""
    features, items = ("multimedia", "adhoc"), (GROUP_CHAT,)
    claimed = claimed_items(SHIPPED, features, items, not_supported=("REST-CHAT-GRP-MSG-S-005-O",))
    assert claimed_items(SHIPPED, features, items) - claimed == {"REST-CHAT-GRP-MSG-S-005-O"}


def test_every_item_of_a_feature_knows_it() -> None:
    """By name or by its qualifier; group chat and channels may be claimed by their items alone."""
    for name, implied in FEATURES.items():
        for item in {*implied.always, *implied.where_supported} - {CHANNELS, GROUP_CHAT}:
            assert name in features_of(SHIPPED.items[item])
    assert features_of(SHIPPED.items["REST-CHAT-GRP-S-003-O"]) == ("form",)
    assert features_of(SHIPPED.items[GROUP_CHAT]) == ()
