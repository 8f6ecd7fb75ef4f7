"""Before any request: whether the ICS claims contradict themselves or the SCR tables."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from rcs_conformance.catalogue import Catalogue
from rcs_conformance.catalogue.contradictions import Claim, Contradiction, contradictions
from rcs_conformance.configuration import read
from rcs_conformance.errors import ConfigurationErrors
from rcs_conformance.target import Ics


def check_claims(catalogue: Catalogue, ics: Ics, file: Path | None = None) -> None:
    """Reject ICS claims that contradict each other or a mandatory item, or are unknown.

    Args:
        catalogue: Requirements and SCR items.
        ics: The claim.
        file: The target file of the claims; `None` without one.

    Raises:
        ConfigurationErrors: A line for each problem.
    """
    claim = Claim(features=ics.features, items=ics.items, not_supported=ics.not_supported)
    if found := contradictions(catalogue, claim):
        raise ConfigurationErrors(_lines(found, file))


def _lines(found: Iterable[Contradiction], file: Path | None) -> Iterator[str]:
    """The problems, a line each; with file, line and key if there is a file."""
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
