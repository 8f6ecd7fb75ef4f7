"""Markers: unique texts by which a test knows its own groups and messages again.

Any test may run beside any other on the same users. What it sends carries a marker in a text that
the target must pass on unchanged; what carries the marker of another is not its business.
"""

import itertools
import re
import secrets

from rcs_conformance.record import Journal

_PATTERN = re.compile(r"rc[0-9a-f]{8}x[0-9a-f]+", re.IGNORECASE)


class Markers:
    """Hands out markers that no other process of the run, nor another run, hands out.

    Args:
        journal: Of the process; the markers pass through it.
    """

    def __init__(self, journal: Journal | None = None) -> None:
        self._journal = journal or Journal()
        self._run = self._journal.observed("markers", lambda: secrets.token_hex(4))
        self._numbers = itertools.count(1)

    @property
    def of_process(self) -> str:
        """What all of them begin with."""
        return f"rc{self._run}x"

    def next(self) -> str:
        return f"{self.of_process}{self._number():x}"

    def number(self) -> str:
        """Digits that nobody uses: for an address that no user has."""
        return f"{int(self._run, 16) % 10**6:06}{self._number()}"

    def _number(self) -> int:
        return self._journal.observed("marker", lambda: next(self._numbers))


def process_of(marker: str) -> str:
    """What all markers begin with that come from where this one does; see `Markers.of_process`."""
    return marker[: marker.index("x") + 1]


def markers_in(data: bytes) -> frozenset[str]:
    """All markers in a body, wherever they stand."""
    text = data.decode("utf-8", "replace")
    return frozenset(found.lower() for found in _PATTERN.findall(text))


def marker_in(text: str | None) -> str | None:
    """The marker that a text carries, whatever became of its case; `None` without one."""
    found = _PATTERN.search(text or "")
    return found.group().lower() if found else None


def before(text: str, marker: str) -> str:
    """A text with a marker in it, the white space at its start and at its end left where it is."""
    words = text.lstrip()
    return f"{text.removesuffix(words)}{marker} {words}"
