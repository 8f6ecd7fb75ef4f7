"""Before any request: whether the target's claim (ICS) contradicts itself or the SCR tables."""

from pathlib import Path

from rcs_conformance.catalogue import Catalogue
from rcs_conformance.catalogue.contradictions import Claim, Contradiction, contradictions
from rcs_conformance.errors import ConfigurationErrors
from rcs_conformance.target import Ics
from rcs_conformance.target.reading import Source


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
        place = _Places(file)
        raise ConfigurationErrors(place.told(each) for each in found)


class _Places:
    """Where the names of a claim stand in a target file."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        text = "" if file is None else file.read_text(encoding="utf-8")
        self._source = Source(file=str(file), text=text)
        self._lines = text.splitlines()

    def told(self, found: Contradiction) -> str:
        """What is wrong, with file, line and key."""
        if self._file is None:
            return str(found)
        line = self._line(found)
        where = f"{self._file}:{line}" if line else str(self._file)
        return f"{where}: ics.{found.key}: {found.name}: {found.text}"

    def _line(self, found: Contradiction) -> int:
        """The first line from the list on that has the name in quotes; else that of the list."""
        first = self._source.line("ics", found.key)
        for number, line in enumerate(self._lines[max(0, first - 1) :], start=max(1, first)):
            if f'"{found.name}"' in line or f"'{found.name}'" in line:
                return number
        return first
