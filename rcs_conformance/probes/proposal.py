"""ICS claims that fit the findings, and the reason for each claim."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rcs_conformance.catalogue import Catalogue, ScrItem
from rcs_conformance.catalogue.contradictions import Claim, contradictions, features_of
from rcs_conformance.catalogue.ics import FEATURES, GROUP_CHAT, claimed_items
from rcs_conformance.probes.records import Finding, Findings
from rcs_conformance.probes.trials import LIGHTWEIGHT

Reasons = Mapping[str, str]
"""Features or items, and the reason for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """ICS claims to be reviewed.

    Attributes:
        features: To be claimed.
        items: To be claimed beside the features.
        not_supported: Implied by the features, but not supported.
        open: Features and optional items of unknown support.
        lacking: Mandatory items that apply but are not supported.
    """

    features: Reasons = field(default_factory=dict)
    items: Reasons = field(default_factory=dict)
    not_supported: Reasons = field(default_factory=dict)
    open: Reasons = field(default_factory=dict)
    lacking: Reasons = field(default_factory=dict)

    @property
    def claim(self) -> Claim:
        """The claim as such."""
        return Claim(
            features=frozenset(self.features),
            items=frozenset(self.items),
            not_supported=frozenset(self.not_supported),
        )


def propose(catalogue: Catalogue, found: Findings) -> Proposal:
    """The claims that fit the findings; they never contradict each other.

    Args:
        catalogue: Requirements and SCR items.
        found: By the probes.
    """
    seen = _Seen(catalogue, found)
    features = _features(seen)
    items = {
        item.item: seen.reason(item)
        for item in catalogue.items.values()
        if not item.mandatory
        and seen.served(item)
        and (not (needed := features_of(item)) or features.keys() & set(needed))
    }
    features, items = _consistent(catalogue, features, items)
    claimed = claimed_items(catalogue, features, items, strict=False)
    refused = {
        name: seen.reason(catalogue.items[name])
        for name in sorted(claimed)
        if seen.served(catalogue.items[name]) is False and catalogue.items[name].operation
    }
    mandatory = {name for name in refused if catalogue.items[name].mandatory}
    return Proposal(
        features=features,
        items=items,
        not_supported={name: refused[name] for name in refused.keys() - mandatory},
        open=_open(seen, features, claimed),
        lacking={name: refused[name] for name in sorted(mandatory)},
    )


class _Seen:
    """What was found, by item."""

    def __init__(self, catalogue: Catalogue, found: Findings) -> None:
        self.catalogue = catalogue
        self.found = found

    def finding(self, item: ScrItem) -> Finding | None:
        """What was found of the operation that shows an item: its own, or the first below it."""
        if item.operation is not None:
            return self.found.get(str(item.operation))
        below = [
            found
            for one in self.catalogue.items.values()
            if one.mandatory and one.requires and one.requires.names == {item.item}
            if (found := self.finding(one))
        ]
        known = (each for each in below if each.served is not None)
        return next(known, below[0] if below else None)

    def served(self, item: ScrItem) -> bool | None:
        """Whether an item was found to be served."""
        finding = self.finding(item)
        return None if finding is None else finding.served

    def reason(self, item: ScrItem) -> str:
        """What shows it."""
        finding = self.finding(item)
        return "" if finding is None else f"{finding.operation}: {finding.why}"


def _features(seen: _Seen) -> dict[str, str]:
    """The features all of whose items are served, or any where one is enough."""
    features: dict[str, str] = {}
    for name, implied in FEATURES.items():
        needed = [one for one in implied.always if one != GROUP_CHAT]
        items = [seen.catalogue.items[one] for one in needed or implied.where_supported]
        if name == "multimedia":
            items = [seen.catalogue.items[one] for one in implied.where_supported]
        if name == "form":
            items = [seen.catalogue.items["REST-CHAT-SUBSCR-S-004-O"]]
        served = [item for item in items if seen.served(item)]
        if any(seen.served(seen.catalogue.items[one]) is False for one in implied.always):
            continue
        if served and name != "ft_reference_opt_in":
            features[name] = seen.reason(served[0])
    light = seen.found.get(LIGHTWEIGHT)
    if light and light.served:
        features["lightweight"] = light.why
    return features


def _consistent(
    catalogue: Catalogue, features: dict[str, str], items: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """What is left when that is taken out which contradicts the rest."""
    while wrong := {
        each.name
        for each in contradictions(
            catalogue, Claim(features=frozenset(features), items=frozenset(items))
        )
    }:
        fewer = {name: why for name, why in features.items() if name not in wrong}
        kept = {name: why for name, why in items.items() if name not in wrong}
        if (fewer, kept) == (features, items):  # an item that a feature implies is wrong
            return {}, kept
        features, items = fewer, kept
    return features, items


def _open(seen: _Seen, features: Reasons, claimed: frozenset[str]) -> Reasons:
    """What could not be seen, and would make sense beside what is claimed."""
    left: dict[str, str] = {}
    for name, implied in FEATURES.items():
        items = [*implied.always, *implied.where_supported]
        known = [seen.served(seen.catalogue.items[one]) for one in items if one != GROUP_CHAT]
        if name not in features and name not in {"form", "lightweight"} and False not in known:
            left[name] = "cannot be seen from outside"
    for item in seen.catalogue.items.values():
        applies = item.requires is None or item.requires.holds(claimed)
        homeless = features_of(item) and not features.keys() & set(features_of(item))
        if item.mandatory or item.item in claimed or not applies or homeless:
            continue
        if (item.operation or seen.finding(item)) and seen.served(item) is None:
            left[item.item] = seen.reason(item) or f"{item.operation}: not probed"
    return left
