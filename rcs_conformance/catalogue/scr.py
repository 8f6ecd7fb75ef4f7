"""Reads `scr.csv`, the static conformance requirements."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from rcs_conformance.catalogue.expressions import ExpressionError, ItemExpression
from rcs_conformance.catalogue.records import Operation, ScrItem, suggestion
from rcs_conformance.errors import ConfigurationError

HEADER = ("item", "function", "status", "requires", "operation", "requirements")
"""The columns, in this order."""

VERBS = ("GET", "POST", "PUT", "DELETE", "NOTIFY", "WEBSOCKET")
"""What an operation begins with."""

_ITEM = re.compile(r"REST(-[A-Z0-9]+)+-S-[0-9]{3}-([MO])")
_WORDS = (2, 3)
"""An operation has a verb and a subject, and may have a qualifier."""


def read_items(file: Path) -> Mapping[str, ScrItem]:
    """All items by id; what they name in other files is not checked here.

    Raises:
        ConfigurationError: The file is unreadable or wrong; one line with file, line and item.
    """
    items: dict[str, ScrItem] = {}
    for place, row in _rows(file):
        item = _item(place, row)
        if item.item in items:
            raise ConfigurationError(f"{place}: occurs twice: each item must have one row")
        items[item.item] = item
    for item in items.values():
        names = item.requires.names if item.requires else frozenset[str]()
        for name in sorted(names - items.keys()):
            raise ConfigurationError(
                f"{file}: {item.item}: requires unknown item {name}; {suggestion(name, items)}"
            )
    _check_reachable(file, items)
    return items


def _rows(file: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with its place."""
    try:
        text = file.read_text(encoding="utf-8")
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = tuple(next(lines, ()))
        if header != HEADER:
            raise ConfigurationError(
                f"{file}:1: header must be {','.join(HEADER)}, not {','.join(header)}"
            )
        for cells in lines:
            place = f"{file}:{lines.line_num}: {cells[0] if cells else 'empty row'}"
            if len(cells) != len(HEADER):
                raise ConfigurationError(
                    f"{place}: must have {len(HEADER)} cells, not {len(cells)}; "
                    "quote a cell that contains a comma"
                )
            yield place, dict(zip(HEADER, cells, strict=True))
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ConfigurationError(f"{file}: cannot read the catalogue file: {reason}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"{file}: must be a CSV file in UTF-8: {error}") from error


def _item(place: str, row: Mapping[str, str]) -> ScrItem:
    match = _ITEM.fullmatch(row["item"])
    if match is None:
        raise ConfigurationError(f"{place}: item must look like REST-CHAT-GRP-S-001-O")
    if row["status"] != match[2]:
        raise ConfigurationError(
            f"{place}: status must be {match[2]} as in the item's name, not {row['status']!r}"
        )
    if not row["function"]:
        raise ConfigurationError(f"{place}: function must say what is supported, not be empty")
    try:
        requires = ItemExpression.parse(row["requires"]) if row["requires"] else None
    except ExpressionError as error:
        raise ConfigurationError(f"{place}: requires {error}") from None
    return ScrItem(
        item=row["item"],
        function=row["function"],
        mandatory=row["status"] == "M",
        requires=requires,
        operation=_operation(place, row["operation"]) if row["operation"] else None,
        requirements=tuple(row["requirements"].split()),
    )


def _operation(place: str, text: str) -> Operation:
    words = text.split()
    if words[:1] and words[0] not in VERBS:
        raise ConfigurationError(
            f"{place}: operation must begin with one of {', '.join(VERBS)}, not {words[0]!r}"
        )
    if len(words) not in _WORDS:
        raise ConfigurationError(
            f"{place}: operation must be VERB RESOURCE [QUALIFIER], NOTIFY ROOT [EVENT] or"
            f" WEBSOCKET RESOURCE, not {text!r}"
        )
    return Operation(verb=words[0], subject=words[1], qualifier=" ".join(words[2:]))


def _check_reachable(file: Path, items: Mapping[str, ScrItem]) -> None:
    """Refuses items that can never apply, because what they require leads back to themselves."""
    reached: set[str] = set()
    while True:
        more = {
            item.item
            for item in items.values()
            if item.item not in reached and (not item.requires or item.requires.holds(reached))
        }
        if not more:
            break
        reached |= more
    for item in items:
        if item not in reached:
            raise ConfigurationError(
                f"{file}: {item}: requires refers back to the item itself: remove one of the "
                "references"
            )
