"""Reads `scr.csv`, the static conformance requirements.

The table is in the form of published ones. It has blocks, each with a title and with items that
share their name up to the number; the first one stands for the block. The column requirement names
the items that an item requires: those that are its parts stand below it, those that it builds on
above it. M is unconditional, so the parts of what is optional are optional by name; `ScrItem` has
what follows.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from rcs_conformance.catalogue.expressions import ExpressionError, ItemExpression
from rcs_conformance.catalogue.records import Operation, ScrItem, suggestion
from rcs_conformance.errors import ConfigurationError

HEADER = ("item", "function", "reference", "requirement", "operation", "clauses", "formerly")
"""The columns, in this order."""

VERBS = ("GET", "POST", "PUT", "DELETE", "NOTIFY", "WEBSOCKET")
"""What an operation begins with."""

_ITEM = re.compile(r"(REST(?:-[A-Z0-9]+)+)-S-([0-9]{3})-([MO])")
_FIRST = "001"
_WORDS = (2, 3)
"""An operation has a verb and a subject, and may have a qualifier."""


def read_items(file: Path) -> Mapping[str, ScrItem]:
    """All items by id; what they name in other files is not checked here.

    Raises:
        ConfigurationError: The file is unreadable or wrong; one line with file, line and item.
    """
    items: dict[str, ScrItem] = {}
    block = ""
    for place, row in _rows(file):
        if not row["item"]:
            block = _title(place, row)
            continue
        item = _item(place, row, block)
        if item.item in items:
            raise ConfigurationError(f"{place}: occurs twice: each item must have one row")
        items[item.item] = item
    for item in items.values():
        names = item.requirement.names if item.requirement else frozenset[str]()
        for name in sorted(names - items.keys()):
            raise ConfigurationError(
                f"{file}: {item.item}: requires unknown item {name}; {suggestion(name, items)}"
            )
    _check_blocks(file, items)
    return {item.item: _placed(item, items) for item in items.values()}


def _title(place: str, row: Mapping[str, str]) -> str:
    """The title of a block."""
    if not row["function"] or any(value for key, value in row.items() if key != "function"):
        raise ConfigurationError(f"{place}: without an item, a row must have the title of a block")
    return row["function"]


def _check_blocks(file: Path, items: Mapping[str, ScrItem]) -> None:
    """Refuses a block whose items do not share their name, or that does not begin with a first."""
    names: dict[str, str] = {}
    for item in items.values():
        name, _, number = item.item.partition("-S-")
        if item.block not in names and not number.startswith(_FIRST):
            raise ConfigurationError(f"{file}: {item.item}: a block must begin with item {_FIRST}")
        if names.setdefault(item.block, name) != name:
            raise ConfigurationError(
                f"{file}: {item.item}: must begin with {names[item.block]}, as its block"
                f" {item.block!r} does, or have a block of its own"
            )


def _placed(item: ScrItem, items: Mapping[str, ScrItem]) -> ScrItem:
    """The item with what the table says of it: whether it must be there, and under what."""
    order = list(items)
    above = order[: order.index(item.item)]
    heads = {one.block: one.item for one in reversed(list(items.values()))}
    head = heads[item.block]
    namers = [name for name in above if _needs(items[name], item.item)]
    leading = [name for name in namers if name in heads.values()]
    needed = item.requirement.needed if item.requirement else ()
    bases = [name for name in needed if name in above]
    if item.item != head:
        under = [" AND ".join([head, *bases])]
    elif item.mandatory:
        under = []
    else:
        blocks = list(dict.fromkeys(heads[items[name].block] for name in namers))
        under = leading or (blocks if len(namers) > 1 else namers)
        under = under or ([" AND ".join(bases)] if bases else [])
    return replace(
        item,
        mandatory=item.mandatory or bool(leading),
        requires=ItemExpression.parse(" OR ".join(under)) if under else None,
    )


def _needs(item: ScrItem, other: str) -> bool:
    return item.requirement is not None and other in item.requirement.needed


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
            name = (cells[0] or "row without item") if cells else "empty row"
            place = f"{file}:{lines.line_num}: {name}"
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


def _item(place: str, row: Mapping[str, str], block: str) -> ScrItem:
    match = _ITEM.fullmatch(row["item"])
    if match is None:
        raise ConfigurationError(f"{place}: item must look like REST-CHAT-GRP-S-001-O")
    if not row["function"]:
        raise ConfigurationError(f"{place}: function must say what is supported, not be empty")
    try:
        requirement = ItemExpression.parse(row["requirement"]) if row["requirement"] else None
    except ExpressionError as error:
        raise ConfigurationError(f"{place}: requirement {error}") from None
    return ScrItem(
        item=row["item"],
        function=row["function"],
        mandatory=match[3] == "M",
        requires=None,
        requirement=requirement,
        block=block or match[1],
        reference=row["reference"],
        formerly=row["formerly"],
        operation=_operation(place, row["operation"]) if row["operation"] else None,
        requirements=tuple(row["clauses"].split()),
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
