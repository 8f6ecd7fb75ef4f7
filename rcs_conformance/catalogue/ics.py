"""What a target claims (ICS), in terms of SCR items.

A target claims features, and single items beside them. Some features are items by another name;
some claim an item wherever the resource behind it is claimed. The confirmed 1-to-1 chat and the
group chat have no feature name, because no `when` depends on them: a target claims them as the
items `REST-CHAT-1-1-SESS-S-001-O` and `REST-CHAT-GRP-S-001-O`. Features that make no sense
without a group chat claim the latter as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from rcs_conformance.catalogue.records import Catalogue, Clause, ScrItem, is_later
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.formats import Format

CHANNELS = "REST-NC-SUPPORT-S-001-M"
"""Support for the Notification Channel API."""

OWN_APIS: Mapping[str, str] = {"REST-NC-": CHANNELS}
"""APIs that a target need not have at all: how their items begin, and the item that claims each.

Their mandatory items hold where that is claimed (Notification Channel, appendix B)."""

GROUP_CHAT = "REST-CHAT-GRP-S-001-O"
"""Support for group chat sessions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Implication:
    """The items that a feature claims.

    Attributes:
        always: Claimed by the feature as such.
        where_supported: Claimed where what they require is claimed or mandatory.
        qualifier: Likewise every item whose operation is so qualified; empty for none.
    """

    always: tuple[str, ...] = ()
    where_supported: tuple[str, ...] = ()
    qualifier: str = ""


FEATURES: Mapping[str, Implication] = {
    "adhoc": Implication(always=("REST-CHAT-1-1-ADHOC-S-001-O",)),
    "closed_group_chat": Implication(always=(GROUP_CHAT, "REST-CHAT-GRP-S-004-O")),
    "gc_services": Implication(always=(GROUP_CHAT, "REST-CHAT-GRP-S-005-O")),
    "group_message_status": Implication(always=(GROUP_CHAT, "REST-CHAT-GRP-MSG-STATUS-S-001-O")),
    "long_lived": Implication(always=("REST-CHAT-LL-GRP-S-001-O",)),
    "multimedia": Implication(
        always=("REST-CHAT-NOTIF-MM-MSG-S-001-O",),
        where_supported=(
            "REST-CHAT-1-1-MSG-S-005-O",
            "REST-CHAT-GRP-MSG-S-005-O",
            "REST-CHAT-LL-MSG-S-004-O",
        ),
    ),
    "file_transfer": Implication(always=(GROUP_CHAT, "REST-FT-SUPPORT-S-001-O")),
    "ft_reference_opt_in": Implication(where_supported=("REST-FT-NOTIF-INV-S-002-O",)),
    "form": Implication(always=("REST-CHAT-SUPPORT-S-004-O",), qualifier="form"),
    "lightweight": Implication(always=("REST-CHAT-SUPPORT-S-005-O",)),
    "notification_channel": Implication(
        always=(CHANNELS,),
        where_supported=(
            "REST-NC-CHANNELS-S-003-O",
            "REST-NC-LONGPOLL-S-001-O",
            "REST-NC-LONGPOLL-S-002-O",
        ),
    ),
    "nc_refresh": Implication(
        where_supported=(
            "REST-NC-REFRESH-S-001-O",
            "REST-NC-REFRESH-S-002-O",
            "REST-NC-REFRESH-S-003-O",
        ),
    ),
    "nc_websocket": Implication(
        where_supported=(
            "REST-NC-CHANNELS-S-006-O",
            "REST-NC-WEBSOCK-S-001-O",
            "REST-NC-WEBSOCK-S-002-O",
        ),
    ),
    # No item is about these; their clauses alone depend on them.
    "ft_reference_by_capability": Implication(),
    "sip_uri": Implication(),
    "address_book": Implication(),
    "multimedia_first_message": Implication(),
    "delivered_by_client": Implication(),
    "scopes": Implication(),
}
"""What each feature claims."""


REPRESENTATIONS: Mapping[str, frozenset[Format]] = {
    "TS-CHAT-5.1": frozenset({Format.XML}),
    "TS-CHAT-5.2": frozenset({Format.JSON}),
    "TS-CHAT-5.4": frozenset(Format),
    "TS-CHAT-5.14": frozenset({Format.XML}),
    "TS-CHAT-5.15": frozenset({Format.JSON}),
}
"""The representations that a clause is about, by its id; all other clauses hold in each."""


def known_features(catalogue: Catalogue) -> frozenset[str]:
    """What a target may claim: the names that `when` expressions use, and those of `FEATURES`."""
    return catalogue.features | FEATURES.keys()


def later_than(since: str, release: str) -> str:
    """Why something does not apply to a release of RCS; empty where it does.

    Args:
        since: The first release that has it.
        release: That the target is tested for; empty: the last.
    """
    if not is_later(since, release):
        return ""
    return f"RCS {since} adds it, and the target is tested for RCS {release}"


def excuse(
    clause: Clause, features: frozenset[str], formats: frozenset[Format], release: str = ""
) -> str:
    """Why a clause does not apply to a target; empty where it does.

    Args:
        clause: The clause.
        features: That the target claims.
        formats: The representations that it claims.
        release: The release of RCS that it is tested for; empty: the last.
    """
    if later := later_than(clause.since, release):
        return later
    if not clause.applies(features):
        return f"the target does not claim {clause.when}"
    lacking = REPRESENTATIONS.get(clause.id, frozenset()) - formats
    if lacking:
        return f"the target does not claim {' and '.join(sorted(each.name for each in lacking))}"
    return ""


def today(catalogue: Catalogue, items: Iterable[str]) -> Iterable[str]:
    """The items by their ids of today; a claim may name them as earlier versions did."""
    renamed = catalogue.renamed
    return (renamed.get(item, item) for item in items)


def applies(item: ScrItem, claimed: frozenset[str]) -> bool:
    """Whether an item applies to a target that claims these items."""
    own = next((each for start, each in OWN_APIS.items() if item.item.startswith(start)), None)
    return (own is None or own in claimed) and (
        item.requires is None or item.requires.holds(claimed)
    )


def condition(item: ScrItem) -> str:
    """What an item requires: other items, or that the API is claimed that it belongs to."""
    own = (each for start, each in OWN_APIS.items() if item.item.startswith(start))
    return str(item.requires or next(own, ""))


def claimed_items(
    catalogue: Catalogue,
    features: Iterable[str],
    items: Iterable[str] = (),
    release: str = "",
    *,
    not_supported: Iterable[str] = (),
    strict: bool = True,
) -> frozenset[str]:
    """The items that a target claims, with the mandatory ones that follow from them.

    Args:
        catalogue: Where the items are.
        features: That the target claims.
        items: Single items that it claims beside them.
        release: The release of RCS that the target is tested for; what later ones add is left
            out, claimed or not. Empty: the last.
        not_supported: Items that it disclaims, although a feature would imply them.
        strict: Whether each of them must apply.

    Returns:
        All claimed items, closed over mandatory items that apply; each of them applies.

    Raises:
        ConfigurationError: A feature or an item is unknown, or what an item requires is claimed
            neither by name nor by a feature.
    """
    later = {each.item for each in catalogue.items.values() if is_later(each.since, release)}
    out = later | set(_known(today(catalogue, not_supported), list(catalogue.items), "SCR item"))
    known = _known(features, sorted(FEATURES), "feature")
    left_out = catalogue.later_features(release)
    implications = [FEATURES[name] for name in known if name not in left_out]
    named = _known(today(catalogue, items), list(catalogue.items), "SCR item")
    if CHANNELS in named:
        implications.append(FEATURES["notification_channel"])
    claimed = {*named, *(one for implied in implications for one in implied.always)}
    offered = {one for implied in implications for one in implied.where_supported}
    qualifiers = {implied.qualifier for implied in implications} - {""}
    following = [
        item
        for item in catalogue.items.values()
        if item.item not in out
        and (item.mandatory or item.item in offered or _qualified(item, qualifiers))
    ]
    closed = _closed(frozenset(claimed & (catalogue.items.keys() - out)), following)
    for name in sorted(closed) if strict else ():
        if not applies(catalogue.items[name], closed):
            requires = condition(catalogue.items[name])
            raise ConfigurationError(f"ICS: {name} requires {requires}: claim it too")
    return closed


def _closed(claimed: frozenset[str], following: Sequence[ScrItem]) -> frozenset[str]:
    """Claims, and of the items that follow from them those that apply, until no more does."""
    while more := {
        each.item for each in following if each.item not in claimed and applies(each, claimed)
    }:
        claimed |= more
    return claimed


def supported_verbs(catalogue: Catalogue, claimed: frozenset[str], resource: str) -> frozenset[str]:
    """The verbs that a target claims for a resource: those that `Allow` must list at least.

    Args:
        catalogue: Where the items are.
        claimed: As `claimed_items` gives it, so with the mandatory ones.
        resource: Key of the resource.
    """
    return frozenset(
        item.operation.verb
        for item in catalogue.items.values()
        if item.operation
        and item.operation.is_request
        and item.operation.subject == resource
        and item.item in claimed
    )


def _qualified(item: ScrItem, qualifiers: set[str]) -> bool:
    return item.operation is not None and item.operation.qualifier in qualifiers


def _known(names: Iterable[str], known: list[str], kind: str) -> list[str]:
    """The names, each of them known."""
    checked = list(names)
    for name in checked:
        if name not in known:
            close = get_close_matches(name, known, n=3)
            hint = f"did you mean {' or '.join(close)}?" if close else f"see {known[0]} and others"
            raise ConfigurationError(f"ICS: unknown {kind} {name!r}; {hint}")
    return checked
