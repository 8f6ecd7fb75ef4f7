"""Claims: what features imply, what applies, and which verbs follow."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcs_conformance.catalogue import Catalogue, load_catalogue
from rcs_conformance.catalogue.ics import (
    FEATURES,
    GROUP_CHAT,
    REPRESENTATIONS,
    applies,
    claimed_items,
    excuse,
    known_features,
    supported_verbs,
)
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.formats import Format

from .conftest import CSV, TOML

SHIPPED = load_catalogue()
ONE_TO_ONE = "REST-CHAT-1-1-SESS-S-001-O"


def test_every_feature_of_the_catalogue_is_known() -> None:
    """And those of the binding that no `when` names."""
    assert SHIPPED.features <= FEATURES.keys()
    others = {"delivered_by_client", "group_message_status"}
    assert known_features(SHIPPED) == SHIPPED.features | others


def test_clauses_about_a_representation_need_it() -> None:
    """What is not claimed is named; all other clauses hold in whichever there is."""
    assert REPRESENTATIONS.keys() <= SHIPPED.clauses.keys()
    for clause in SHIPPED.clauses.values():
        said = excuse(clause, SHIPPED.features, frozenset({Format.JSON}))
        assert bool(said) == (clause.id in {"TS-CHAT-5.1", "TS-CHAT-5.4", "TS-CHAT-5.14"}), (
            clause.id
        )
        assert not said or "does not claim XML" in said
        assert not excuse(clause, SHIPPED.features, frozenset(Format))
    form = SHIPPED.clauses["TS-CHAT-5.3"]
    assert "not claim form" in excuse(form, frozenset(), frozenset(Format))


def test_implied_items_are_in_the_catalogue() -> None:
    """No feature implies an item that was renamed or removed."""
    for implication in FEATURES.values():
        for item in (*implication.always, *implication.where_supported):
            assert item in SHIPPED.items


def test_a_target_that_claims_nothing_has_the_mandatory_items() -> None:
    """Subscriptions and representations, but no kind of chat."""
    claimed = claimed_items(SHIPPED, [])
    assert "REST-CHAT-SUBSCR-S-003-M" in claimed
    assert "REST-CHAT-GRP-S-002-O" not in claimed
    assert all(SHIPPED.items[item].mandatory for item in claimed)


@pytest.mark.parametrize(
    "feature", ["closed_group_chat", "gc_services", "group_message_status", "file_transfer"]
)
def test_features_of_group_chats_claim_the_group_chat(feature: str) -> None:
    """With the mandatory items below it, as if it were claimed by name."""
    claimed = claimed_items(SHIPPED, [feature])
    assert claimed_items(SHIPPED, [], [GROUP_CHAT]) < claimed


@pytest.mark.parametrize(
    ("features", "items", "expected"),
    [
        (["multimedia"], [], {"REST-CHAT-NOTIF-MM-MSG-S-001-O"}),
        (["multimedia"], [GROUP_CHAT], {"REST-CHAT-GRP-MSG-S-005-O"}),
        (["multimedia", "adhoc"], [], {"REST-CHAT-1-1-MSG-S-005-O"}),
        (["multimedia", "long_lived"], [], {"REST-CHAT-LL-MSG-S-004-O"}),
        (["form"], [], {"REST-CHAT-SUPPORT-S-004-O", "REST-CHAT-SUBSCR-S-004-O"}),
        (["form"], [GROUP_CHAT], {"REST-CHAT-GRP-S-003-O", "REST-CHAT-GRP-MSG-S-003-O"}),
        (["form"], [ONE_TO_ONE], {"REST-CHAT-1-1-SESS-S-003-O", "REST-CHAT-1-1-MSG-S-003-O"}),
        (["file_transfer", "ft_reference_opt_in"], [], {"REST-FT-NOTIF-INV-S-002-O"}),
        (["lightweight"], [], {"REST-CHAT-SUPPORT-S-005-O"}),
    ],
)
def test_feature_claims_its_items_where_their_resources_are_claimed(
    features: list[str], items: list[str], expected: set[str]
) -> None:
    """The optional items are those that the rest of the claim has room for, and no others."""
    claimed = claimed_items(SHIPPED, features, items)
    more = claimed - claimed_items(SHIPPED, features[1:], items)
    assert expected <= more


def test_multimedia_does_not_claim_long_lived_groups() -> None:
    """Nor forms the resources of a 1-to-1 chat."""
    claimed = claimed_items(SHIPPED, ["multimedia", "form"], [GROUP_CHAT])
    assert "REST-CHAT-LL-MSG-S-004-O" not in claimed
    assert "REST-CHAT-1-1-MSG-S-003-O" not in claimed


def test_item_without_what_it_requires_is_refused() -> None:
    """The message names what else is to be claimed; with that, the item applies."""
    rejoin, group = "REST-CHAT-LL-PART-STATUS-S-001-O", "REST-CHAT-LL-GRP-S-001-O"
    assert not applies(SHIPPED.items[rejoin], claimed_items(SHIPPED, []))
    with pytest.raises(ConfigurationError, match=f"ICS: {rejoin} requires {group}: claim it too"):
        claimed_items(SHIPPED, [], [rejoin])
    assert applies(SHIPPED.items[rejoin], claimed_items(SHIPPED, ["long_lived"], [rejoin]))


@given(features=st.frozensets(st.sampled_from(sorted(FEATURES))), data=st.data())
def test_claims_are_closed(features: frozenset[str], data: st.DataObject) -> None:
    """What is claimed applies, what is mandatory and applies is claimed; again adds nothing."""
    base = claimed_items(SHIPPED, features)
    possible = sorted(item.item for item in SHIPPED.items.values() if applies(item, base))
    items = data.draw(st.frozensets(st.sampled_from(possible)), label="items")
    claimed = claimed_items(SHIPPED, features, items)
    assert items <= claimed
    for item in SHIPPED.items.values():
        assert applies(item, claimed) or item.item not in claimed
        assert not (item.mandatory and applies(item, claimed)) or item.item in claimed
    assert claimed_items(SHIPPED, features, claimed) == claimed


@pytest.mark.parametrize(
    ("features", "items", "message"),
    [
        (
            ["closed_chat"],
            [],
            r"ICS: unknown feature 'closed_chat'; did you mean .*closed_group_chat",
        ),
        (["?"], [], r"ICS: unknown feature '\?'; see address_book and others"),
        ([], ["REST-CHAT-GRP-S-01-O"], r"unknown SCR item .*mean REST-CHAT-GRP-S-001-O"),
    ],
)
def test_unknown_claim_is_refused(features: list[str], items: list[str], message: str) -> None:
    """The message names what was probably meant."""
    with pytest.raises(ConfigurationError, match=message):
        claimed_items(SHIPPED, features, items)


def test_catalogue_without_an_implied_item_is_no_obstacle(
    write: Callable[[str, str], Path],
) -> None:
    """A feature claims what there is."""
    catalogue = load_catalogue(write(TOML, CSV))
    assert claimed_items(catalogue, ["adhoc", "form"]) == catalogue.items.keys()


def test_verbs_follow_from_the_claim(shipped: Catalogue) -> None:
    """Mandatory verbs always, optional ones where claimed, none for what is not claimed."""
    claimed = claimed_items(shipped, [], [GROUP_CHAT])
    assert supported_verbs(shipped, claimed, "group") == {"GET"}
    assert supported_verbs(shipped, claimed, "participants") == {"GET", "POST"}
    assert supported_verbs(shipped, claimed, "longLivedGroup") == frozenset()
    more = claimed_items(shipped, [], [GROUP_CHAT, "REST-CHAT-INDGRP-S-003-O"])
    assert supported_verbs(shipped, more, "group") == {"GET", "DELETE"}
