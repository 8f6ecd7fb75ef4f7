"""What a claim (ICS) contradicts: itself, or the static conformance requirements.

Everything is found at once and before any request: what is wrong with a claim is the tester's to
mend, and no test could say anything about it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rcs_conformance.catalogue.ics import (
    CHANNELS,
    FEATURES,
    GROUP_CHAT,
    applies,
    claimed_items,
    today,
)
from rcs_conformance.catalogue.records import Catalogue, ScrItem, suggestion

NEEDS = {
    "ft_reference_opt_in": "file_transfer",
    "ft_reference_by_capability": "file_transfer",
    "multimedia_first_message": "REST-CHAT-1-1-SESS-S-001-O",
}
"""What a feature makes no sense without, and does not claim by itself: a feature or an item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim as it was written.

    Attributes:
        features: By name.
        items: Claimed beside what the features imply.
        not_supported: Items that are disclaimed.
    """

    features: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    not_supported: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """One thing that is wrong with a claim.

    Attributes:
        name: The feature or item as it was written.
        key: Of the list in the target file that names it.
        text: What is wrong and what would be right, in one line without the name.
    """

    name: str
    key: str
    text: str

    def __str__(self) -> str:
        return f"ICS: {self.name}: {self.text}"


def contradictions(catalogue: Catalogue, claim: Claim) -> tuple[Contradiction, ...]:
    """All mistakes in a claim, unknown names first.

    Args:
        catalogue: Where the items are.
        claim: As it was written.
    """
    claim = Claim(
        features=claim.features,
        items=frozenset(today(catalogue, claim.items)),
        not_supported=frozenset(today(catalogue, claim.not_supported)),
    )
    unknown = tuple(_unknown(catalogue, claim))
    wrong = {each.name for each in unknown}
    known = Claim(
        features=claim.features - wrong,
        items=claim.items - wrong,
        not_supported=claim.not_supported - wrong,
    )
    claimed = claimed_items(
        catalogue,
        known.features,
        known.items,
        not_supported=known.not_supported,
        strict=False,
    )
    return (
        *unknown,
        *_twofold(known),
        *_unsupported_features(catalogue, known, claimed),
        *_mandatory(catalogue, known, claimed),
        *_homeless(catalogue, known, claimed),
        *_incomplete(catalogue, known, claimed),
        *_featureless(catalogue, known),
    )


def features_of(item: ScrItem) -> tuple[str, ...]:
    """The features without which an item makes no sense; any of them is enough."""
    if item.item in (CHANNELS, GROUP_CHAT):
        return ()
    qualifier = item.operation.qualifier if item.operation else ""
    return tuple(
        name
        for name, implied in FEATURES.items()
        if item.item in (*implied.always, *implied.where_supported)
        or (qualifier and implied.qualifier == qualifier)
    )


def _unknown(catalogue: Catalogue, claim: Claim) -> Iterator[Contradiction]:
    """Names that are no feature or no item."""
    lists = (
        ("features", claim.features, sorted(FEATURES), "a feature"),
        ("items", claim.items, list(catalogue.items), "an SCR item"),
        ("not_supported", claim.not_supported, list(catalogue.items), "an SCR item"),
    )
    for key, names, known, kind in lists:
        for name in sorted(names - set(known)):
            yield Contradiction(
                name=name, key=key, text=f"is not {kind}; {_meant(catalogue, key, name, known)}"
            )


def _meant(catalogue: Catalogue, key: str, name: str, known: Iterable[str]) -> str:
    """What was meant: the other list, where the name would be right there; else what is close."""
    if key == "features" and name in catalogue.items:
        return "it is an SCR item and belongs to items"
    if key == "items" and name in FEATURES:
        return "it is a feature and belongs to features"
    return suggestion(name, known)


def _twofold(claim: Claim) -> Iterator[Contradiction]:
    """Items that are claimed and disclaimed by name."""
    for item in sorted(claim.items & claim.not_supported):
        text = "is in both items and not_supported; remove one of them"
        yield Contradiction(name=item, key="not_supported", text=text)


def _unsupported_features(
    catalogue: Catalogue, claim: Claim, claimed: frozenset[str]
) -> Iterator[Contradiction]:
    """Features whose items are disclaimed, or that nothing in the claim has room for."""
    for name in sorted(claim.features):
        implied = FEATURES[name]
        for item in (one for one in implied.always if one in claim.not_supported):
            text = f"requires {item}, which not_supported disclaims; remove one of them"
            yield Contradiction(name=name, key="features", text=text)
        need = NEEDS.get(name, "")
        if need and need not in claim.features | claimed:
            yield Contradiction(name=name, key="features", text=f"needs {need}; claim it too")
        elif implied.where_supported and claimed.isdisjoint(implied.where_supported):
            known = [one for one in implied.where_supported if one in catalogue.items]
            text = (
                f"is claimed without any of its items: {', '.join(known)}; claim what one requires"
            )
            if known:
                yield Contradiction(name=name, key="features", text=text)


def _mandatory(
    catalogue: Catalogue, claim: Claim, claimed: frozenset[str]
) -> Iterator[Contradiction]:
    """Mandatory items that are disclaimed though they apply."""
    for name in sorted(claim.not_supported):
        item = catalogue.items[name]
        if item.mandatory and applies(item, claimed):
            because = f" where {item.requires} is claimed" if item.requires else ""
            text = f"is mandatory{because} ({item.function}); it cannot be disclaimed"
            yield Contradiction(name=name, key="not_supported", text=text)


def _homeless(
    catalogue: Catalogue, claim: Claim, claimed: frozenset[str]
) -> Iterator[Contradiction]:
    """Claimed items without what they require."""
    for name in sorted(claimed - claim.not_supported):
        item = catalogue.items[name]
        if not applies(item, claimed):
            text = f"requires {item.requires}; claim it too"
            key = "items" if name in claim.items else "features"
            yield Contradiction(name=name, key=key, text=text)


def _incomplete(
    catalogue: Catalogue, claim: Claim, claimed: frozenset[str]
) -> Iterator[Contradiction]:
    """Claimed items that apply, without the other items that the table has them require."""
    for name in sorted(claimed):
        item = catalogue.items[name]
        requirement = item.requirement
        if requirement is None or requirement.names & claim.not_supported:
            continue
        if applies(item, claimed) and not requirement.holds(claimed):
            key = "items" if name in claim.items else "features"
            text = f"requires {requirement}; claim what is missing too"
            yield Contradiction(name=name, key=key, text=text)


def _featureless(catalogue: Catalogue, claim: Claim) -> Iterator[Contradiction]:
    """Items whose clauses depend on a feature that is not claimed."""
    for name in sorted(claim.items):
        features = features_of(catalogue.items[name])
        if features and claim.features.isdisjoint(features):
            text = f"is claimed without the feature {' or '.join(features)}; claim it too"
            yield Contradiction(name=name, key="items", text=text)
