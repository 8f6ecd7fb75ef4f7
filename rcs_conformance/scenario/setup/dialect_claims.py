"""What a binding has resources for, and what a target can claim with it."""

from collections.abc import Iterator
from dataclasses import replace

from rcs_conformance.binding import Binding
from rcs_conformance.catalogue import Catalogue
from rcs_conformance.catalogue.contradictions import NEEDS
from rcs_conformance.catalogue.ics import FEATURES, applies, claimed_items
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.channel import ChannelType
from rcs_conformance.scenario.setup.terms import TERMS
from rcs_conformance.target import Ics, Target

_FILE_TRANSFER = "REST-FT-SUPPORT-S-001-O"
_CHANNELS = {
    ChannelType.LONG_POLLING: (
        "REST-NC-CHANNELS-S-003-O",
        "REST-NC-LONGPOLL-S-001-O",
        "REST-NC-LONGPOLL-S-002-O",
    ),
    ChannelType.WEB_SOCKETS: (
        "REST-NC-CHANNELS-S-006-O",
        "REST-NC-WEBSOCK-S-001-O",
        "REST-NC-WEBSOCK-S-002-O",
    ),
}


def missing_items(binding: Binding) -> dict[str, str]:
    """The SCR items that a binding has no resources for, each with what is missing."""
    found = {
        terms.item: f"{kind.replace('_', '-')} chat"
        for kind, terms in TERMS.items()
        if kind not in binding.chats
    }
    return found if binding.file_transfer else {**found, _FILE_TRANSFER: "file transfer"}


def without_other_channels(ics: Ics, binding: Binding) -> Ics:
    """A claim without the types of channels that a binding does not have."""
    missing = (
        item
        for kind, items in _CHANNELS.items()
        if kind not in binding.delivery.channels
        for item in items
    )
    return replace(ics, not_supported=ics.not_supported | frozenset(missing))


def fitted(ics: Ics, catalogue: Catalogue, binding: Binding) -> Ics:
    """The part of a claim that a binding has resources for."""
    lost = missing_items(binding).keys()
    features = frozenset(name for name in ics.features if not lost & set(FEATURES[name].always))
    items = frozenset(ics.items) - lost
    while unsupported := frozenset(_unsupported(features, items, catalogue)):
        items -= unsupported
    alone = {name for name in features if NEEDS.get(name, name) not in features | items}
    kept = replace(ics, features=features - alone, items=items)
    return without_other_channels(kept, binding)


def check_fit(target: Target, catalogue: Catalogue, binding: Binding) -> None:
    """Check that a target claims nothing that its binding has no resources for.

    Raises:
        ConfigurationError: It does.
    """
    claimed = claimed_items(catalogue, target.ics.features, target.ics.items)
    for item, what in missing_items(binding).items():
        if item in claimed:
            raise ConfigurationError(
                f"[ics] claims {item}, but binding {binding.name} has no {what}: remove the claim,"
                " or name another binding"
            )


def _unsupported(
    features: frozenset[str], items: frozenset[str], catalogue: Catalogue
) -> Iterator[str]:
    """The items that require what is not claimed."""
    claimed = {*items, *(one for name in features for one in FEATURES[name].always)}
    known = catalogue.items.values()
    while more := {
        item.item
        for item in known
        if item.mandatory and item.item not in claimed and applies(item, frozenset(claimed))
    }:
        claimed |= more
    return (name for name in items if not applies(catalogue.items[name], frozenset(claimed)))
