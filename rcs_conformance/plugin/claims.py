"""Before any request: whether the target's claim (ICS) contradicts itself or the SCR tables."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from rcs_conformance.catalogue import Catalogue
from rcs_conformance.catalogue.contradictions import Claim, Contradiction, contradictions
from rcs_conformance.configuration import read
from rcs_conformance.errors import ConfigurationErrors
from rcs_conformance.target import Ics


def check_claims(catalogue: Catalogue, ics: Ics, file: Path | None = None) -> None:
    """Refuse a claim that contradicts itself, a mandatory item, or names what nobody knows.

    Args:
        catalogue: Requirements and SCR items.
        ics: The claim.
        file: The target file that it stands in; `None` where there is none.

    Raises:
        ConfigurationErrors: It does; all that is wrong, a line each.
    """
    claim = Claim(features=ics.features, items=ics.items, not_supported=ics.not_supported)
    if found := contradictions(catalogue, claim):
        raise ConfigurationErrors(_told(found, file))


def _told(found: Iterable[Contradiction], file: Path | None) -> Iterator[str]:
    """What is wrong, a line each; with file, line and key where there is a file."""
    if file is None:
        yield from map(str, found)
        return
    top, tables = read(file, "target file")
    ics = tables.get("ics")
    for each in found:
        names = ics.get(each.key) if isinstance(ics, dict) else None
        place = top.at("ics", each.key)
        if isinstance(names, list) and each.name in names:
            place = place.at(names.index(each.name))
        yield f"{place}: ics.{each.key}: {each.name}: {each.text}"
