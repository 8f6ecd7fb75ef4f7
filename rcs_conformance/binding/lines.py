"""Where the entries of a binding file stand: `tomllib` tells no line numbers."""

import re
from collections.abc import Iterator, Mapping

_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"\s*\[\[?\s*({_DOTTED})\s*\]")
_ENTRY = re.compile(rf"\s*({_DOTTED})\s*=")
_PART = re.compile(_NAME)


def lines_of(text: str) -> Mapping[str, int]:
    """The first line of each table and entry of a TOML file, by its dotted name."""
    lines: dict[str, int] = {}
    table: tuple[str, ...] = ()
    for number, line in _outside_of_texts(text):
        if header := _HEADER.match(line):
            table = _parts(header[1])
            _note(lines, table, 1, number)
        elif entry := _ENTRY.match(line):
            name = (*table, *_parts(entry[1]))
            _note(lines, name, len(table) + 1, number)
    return lines


def line_of(lines: Mapping[str, int], place: str) -> int:
    """The line of an entry; that of the innermost table around it, else the first.

    Args:
        lines: As `lines_of` found them.
        place: Dotted name, such as `resources.group.verbs.GET`.
    """
    parts = place.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((lines[name] for name in names if name in lines), 1)


def _note(lines: dict[str, int], name: tuple[str, ...], first: int, number: int) -> None:
    """Note a name, and the tables around it that it is the first to mention."""
    for length in range(first, len(name) + 1):
        lines.setdefault(".".join(name[:length]), number)


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _outside_of_texts(text: str) -> Iterator[tuple[int, str]]:
    """The numbered lines that are not within a text of several lines."""
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside:
            yield number, line
        if (line.count('"""') + line.count("'''")) % 2:
            inside = not inside
