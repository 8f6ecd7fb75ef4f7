"""Turns the tables of a file into records, and reports mistakes by their place.

A record is a dataclass: its fields are the keys of a table, a field without a default is a key that
the file must give. Numbers are above 0. `Form` and `Keys` in an annotation say more.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from math import isfinite
from types import GenericAlias
from typing import Annotated, Any, TypeVar, get_args, get_origin

from cattrs import ClassValidationError, Converter, IterableValidationError
from cattrs.cols import (
    homogenous_tuple_structure_factory,
    is_frozenset,
    is_mapping,
    is_sequence,
    mapping_structure_factory,
)
from cattrs.gen import make_dict_structure_fn

from rcs_conformance.configuration.document import Place
from rcs_conformance.configuration.lines import KeyPath
from rcs_conformance.configuration.wording import kind_of, shown, suggestion

T = TypeVar("T")

Hook = Callable[[Any, Any], Any]
"""A structure hook of `cattrs`: value and type to the structured value."""


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a value, in an annotation: ``Annotated[str, Form(url_fault)]``.

    Attributes:
        fault: Returns what would be right where a value is wrong, else an empty text.
    """

    fault: Callable[[Any], str]


Filled = Annotated[str, Form(lambda value: "" if value.strip() else "must not be empty")]
"""A string that is not blank."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a table that is a mapping, in an annotation."""

    needed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


class _EntryError(ValueError):
    """What is wrong stands one level below: at a key of a table, or an index of a list."""

    def __init__(self, entry: str | int, message: str) -> None:
        super().__init__(message)
        self.entry = entry


class _UnknownKeyError(_EntryError):
    """A table has no such key."""


def structured(tables: Mapping[str, object], record: type[T], place: Place) -> T:
    """The record of a file's tables.

    Args:
        tables: As `read` gives them.
        record: A dataclass.
        place: The file.

    Raises:
        ConfigurationError: A key or a value is wrong; of several mistakes, the first in the file.
    """
    try:
        return _CONVERTER.structure(tables, record)
    except (ClassValidationError, IterableValidationError, ValueError) as error:
        mistakes = [(place.at(*path), each) for path, each in _mistakes(error, ())]
    first, mistake = min(mistakes, key=lambda found: found[0].line)
    if isinstance(mistake, _UnknownKeyError) and (right := _table_with(mistake.entry, record)):
        raise first.error(f"unknown key; it belongs to {right}")
    raise first.error(str(mistake))


def _table_with(key: str | int, record: type[Any]) -> str:
    """The header of the table of a file that has a key, if one has."""
    for each in fields(record):
        is_list = get_origin(each.type) is tuple
        kind = get_args(each.type)[0] if is_list else each.type
        if isinstance(kind, type) and is_dataclass(kind) and key in [k.name for k in fields(kind)]:
            return f"[[{each.name}]]" if is_list else f"[{each.name}]"
    return ""


def _mistakes(error: Exception, path: KeyPath) -> Iterator[tuple[KeyPath, Exception]]:
    """Every mistake that `cattrs` found, with its path."""
    if isinstance(error, ClassValidationError):
        for each, attribute in error.group_exceptions()[0]:
            yield from _mistakes(each, (*path, attribute.name))
    elif isinstance(error, IterableValidationError):
        for each, item in error.group_exceptions()[0]:
            yield from _mistakes(each, (*path, item.index))
    elif isinstance(error, _EntryError):
        yield (*path, error.entry), error
    else:
        yield path, error


def _check_keys(value: object, needed: Sequence[str], optional: Sequence[str]) -> None:
    if not isinstance(value, dict):
        raise ValueError(f"must be a table in [ ], not {kind_of(value)}")
    known = (*needed, *optional)
    for key in value:
        if key not in known:
            raise _UnknownKeyError(key, f"unknown key; {suggestion(key, known)}")
    for key in needed:
        if key not in value:
            raise _EntryError(key, "missing: this key is required")


def _text(value: object, _: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"must be a string in quotes, not {shown(value)}")
    return value


def _flag(value: object, _: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {shown(value)}")
    return value


def _whole(value: object, _: object) -> int:
    if type(value) is not int or value <= 0:
        raise ValueError(f"must be a whole number above 0, not {shown(value)}")
    return value


def _number(value: object, _: object) -> float:
    number = 0.0
    if isinstance(value, int | float) and not isinstance(value, bool):
        with suppress(OverflowError):
            number = float(value)
    if not isfinite(number) or number <= 0:
        raise ValueError(f"must be a number above 0, not {shown(value)}")
    return number


def _day(value: object, _: object) -> date:
    if type(value) is not date:
        raise ValueError(f"must be a date such as 2027-01-31, not {shown(value)}")
    return value


def _choice(value: object, kind: type[StrEnum]) -> StrEnum:
    if not isinstance(value, str) or value not in list(kind):
        near = get_close_matches(str(value), list(kind), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise ValueError(f"must be one of {', '.join(kind)}, not {shown(value)}{hint}")
    return kind(value)


def _table(kind: type, converter: Converter) -> Hook:
    needed = [each.name for each in fields(kind) if each.default is each.default_factory is MISSING]
    optional = [each.name for each in fields(kind) if each.name not in needed]
    structure: Hook = make_dict_structure_fn(kind, converter)

    def hook(value: object, _: object) -> object:
        _check_keys(value, needed, optional)
        return structure(value, kind)

    return hook


def _mapping(kind: type, converter: Converter) -> Hook:
    structure: Hook = mapping_structure_factory(kind, converter)

    def hook(value: object, _: object) -> object:
        if not isinstance(value, dict):
            raise ValueError(f"must be a table in [ ], not {kind_of(value)}")
        return structure(value, kind)

    return hook


def _list(kind: type, converter: Converter) -> Hook:
    """A tuple or a frozen set, from a list without repetitions."""
    element, origin = get_args(kind)[0], get_origin(kind)
    items_kind: Any = GenericAlias(tuple, (element, ...))
    structure = homogenous_tuple_structure_factory(items_kind, converter)
    of_tables = is_dataclass(element)
    of_numbers = int in (element, *get_args(element))
    example = "[200]" if of_numbers else '["NAME"]'

    def hook(value: object, _: object) -> object:
        if not isinstance(value, list):
            if of_tables:
                raise ValueError(f"must be tables in [[ ]], not {kind_of(value)}")
            raise ValueError(f"must be a list such as {example}, not {shown(value)}")
        items = structure(value, kind)
        if not of_tables and len(set(items)) < len(items):
            number = next(at for at, item in enumerate(items) if item in items[:at])
            raise _EntryError(number, f"{shown(value[number])} is in the list twice: remove one")
        return items if origin is tuple else frozenset(items)

    return hook


def _is_annotated(kind: object) -> bool:
    return get_origin(kind) is Annotated


def _annotated(kind: type, converter: Converter) -> Hook:
    inner, *rules = get_args(kind)
    forms = [rule for rule in rules if isinstance(rule, Form)]
    keys = [rule for rule in rules if isinstance(rule, Keys)]

    def hook(value: object, _: object) -> object:
        for rule in keys:
            _check_keys(value, rule.needed, rule.optional)
        found = converter.structure(value, inner)
        for form in forms:
            if fault := form.fault(found):
                raise ValueError(fault)
        return found

    return hook


_SIMPLE: Mapping[type, Hook] = {
    str: _text,
    bool: _flag,
    int: _whole,
    float: _number,
    date: _day,
    StrEnum: _choice,
}


def _converter() -> Converter:
    converter = Converter()
    for kind, hook in _SIMPLE.items():
        converter.register_structure_hook(kind, hook)
    converter.register_structure_hook_func(lambda kind: kind is object, lambda value, _: value)
    for applies, factory in (
        (is_mapping, _mapping),
        (is_sequence, _list),
        (is_frozenset, _list),
        (is_dataclass, _table),
        (_is_annotated, _annotated),
    ):
        converter.register_structure_hook_factory(applies, factory)
    return converter


_CONVERTER = _converter()
