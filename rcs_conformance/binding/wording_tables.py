"""Reads `[names]`, `[values]`, `[times]` and `[absent]` of a binding file.

What stands in `[names]` and `[values]` holds for all bodies; their tables `requests`, `responses`
and `notifications` say what differs there.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rcs_conformance.binding.wording import CanonicalNames, Direction, Forms, TimeFormat, Wording
from rcs_conformance.configuration import Place, shown, suggestion

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_OWN_KEYS = ("name", "true", "false")
_OWN_EXAMPLE = '{ name = "x-type", true = "closed", false = "open" }'

Tables = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingTables:
    """The tables as they stand in the file, and that file."""

    names: Tables
    values: Tables
    times: Mapping[str, TimeFormat]
    absent: Mapping[str, Mapping[str, str]]
    message_id: str
    place: Place


def wordings(
    tables: WordingTables, known: CanonicalNames | None, roots: frozenset[str]
) -> tuple[Wording, Mapping[Direction, Wording]]:
    """What all bodies have in common, and the wording of each direction.

    Args:
        tables: Of the file.
        known: The canonical names; without, names are not checked against them.
        roots: The notifications, whose names no other root may take.

    Raises:
        ConfigurationError: An unknown name, two things of one name, a value that means two things.
    """
    for name, table in (("names", tables.names), ("values", tables.values)):
        for direction, specific in _apart(table)[1].items():
            if not isinstance(specific, dict):
                raise tables.place.at(name, direction).error("must be a table in [ ]")
    _check_times(tables, known)
    _check_absent(tables, known)
    found = {each: _wording(tables, each, known, roots) for each in Direction}
    return _wording(tables, None, known, roots), found


def _apart(table: Tables) -> tuple[Tables, Tables]:
    """What holds for all bodies, and the tables that hold for some."""
    common = {key: value for key, value in table.items() if key not in tuple(Direction)}
    return common, {key: value for key, value in table.items() if key not in common}


def _entries(
    tables: WordingTables, name: str, direction: Direction | None
) -> Iterator[tuple[str, object, Place]]:
    """The entries of a table that hold in a direction, each with its place."""
    table = tables.names if name == "names" else tables.values
    common, apart = _apart(table)
    specific = apart.get(direction, {}) if direction else {}
    own = specific if isinstance(specific, dict) else {}
    for key, value in common.items():
        if key not in own:
            yield key, value, tables.place.at(name, key)
    for key, value in own.items():
        yield key, value, tables.place.at(name, str(direction), key)


def _wording(
    tables: WordingTables,
    direction: Direction | None,
    known: CanonicalNames | None,
    roots: frozenset[str],
) -> Wording:
    names: dict[str, str] = {}
    booleans: dict[str, tuple[str, str]] = {}
    paths: dict[str, tuple[str, str]] = {}
    places: dict[str, Place] = {}
    for key, value, place in _entries(tables, "names", direction):
        places[key] = place
        _check_known(key, known, place)
        if isinstance(value, dict):
            names[key], booleans[key] = _own_values(key, value, known, place)
        elif isinstance(value, str) and "/" in value:
            paths[key] = _path(value, place)
        else:
            names[key] = _name(value, place)
    _check_names(names, places, known, roots)
    _check_paths(paths, names, places, known)
    return Wording(
        names=names,
        forms=Forms(
            values=_values(tables, direction, known),
            booleans=booleans,
            times=tables.times,
            places=paths,
            absent=tables.absent,
            message_id=tables.message_id,
        ),
    )


def _name(value: object, place: Place) -> str:
    if not isinstance(value, str):
        raise place.error(f"must be a name in quotes, a path, or {_OWN_EXAMPLE}")
    if not _NAME.fullmatch(value):
        raise place.error(f"must be an element name such as fileNotification, not {shown(value)}")
    return value


def _path(value: str, place: Place) -> tuple[str, str]:
    names = value.split("/")
    if len(names) != 2 or not all(_NAME.fullmatch(each) for each in names):
        right = "a neighbour and a name in it, such as chatMessage/senderAddress"
        raise place.error(f"must be {right}, not {shown(value)}")
    return names[0], names[1]


def _own_values(
    key: str, table: Mapping[str, object], known: CanonicalNames | None, place: Place
) -> tuple[str, tuple[str, str]]:
    """A member that is true or false and has other words for that."""
    for each in table:
        if each not in _OWN_KEYS:
            raise place.at(each).error(f"unknown key; {suggestion(each, _OWN_KEYS)}")
    for each in ("true", "false"):
        if not isinstance(table.get(each), str) or not table[each]:
            raise place.error(f"needs a text for true and one for false: {_OWN_EXAMPLE}")
    if table["true"] == table["false"]:
        raise place.at("false").error(
            f"{shown(table['false'])} also stands for true: use each once"
        )
    if known and key not in known.booleans:
        right = suggestion(key, known.booleans)
        raise place.error(f"only a member that is true or false has values of its own; {right}")
    name = _name(table.get("name", key), place.at("name") if "name" in table else place)
    return name, (str(table["true"]), str(table["false"]))


def _check_known(key: str, known: CanonicalNames | None, place: Place) -> None:
    names = frozenset[str]().union(*known.side_by_side) if known else frozenset[str]()
    if known and key not in names:
        raise place.error(f"no such canonical name; {suggestion(key, names)}")


def _check_names(
    names: Mapping[str, str],
    places: Mapping[str, Place],
    known: CanonicalNames | None,
    roots: frozenset[str],
) -> None:
    """Refuse a spelling that would mean two things."""
    used: set[str] = set()
    for canonical, spelling in names.items():
        if spelling in used:
            message = f"{spelling!r} already spells another name: use each once"
            raise places[canonical].error(message)
        used.add(spelling)
    for canonical, spelling in names.items():
        if spelling in roots - names.keys():
            message = f"{spelling!r} is also a notification: rename that as well"
            raise places[canonical].error(message)
        for neighbours in known.side_by_side if known else ():
            if canonical in neighbours and spelling in neighbours - names.keys():
                message = f"{spelling!r} is the name of its neighbour: rename that as well"
                raise places[canonical].error(message)


def _check_paths(
    paths: Mapping[str, tuple[str, str]],
    names: Mapping[str, str],
    places: Mapping[str, Place],
    known: CanonicalNames | None,
) -> None:
    """Refuse two members at one place, and a path through what holds no members."""
    taken = Counter(paths.values())
    for canonical, (outer, inner) in paths.items():
        place = places[canonical]
        if taken[outer, inner] > 1 and canonical != next(
            each for each, path in paths.items() if path == (outer, inner)
        ):
            raise place.error(f"{outer}/{inner} is already the place of another member")
        if known is None:
            continue
        holders = {names.get(each, each): members for each, members in known.within.items()}
        if outer not in holders:
            raise place.error(f"{outer!r} holds no members; {suggestion(outer, holders)}")
        if inner in {names.get(each, each) for each in holders[outer]}:
            raise place.error(f"{inner!r} is a member of {outer} itself: use each place once")


def _values(
    tables: WordingTables, direction: Direction | None, known: CanonicalNames | None
) -> Mapping[str, str]:
    values: dict[str, str] = {}
    places: dict[str, Place] = {}
    for key, value, place in _entries(tables, "values", direction):
        if not isinstance(value, str) or not value.strip():
            raise place.error(f"must be the spelling of {key} in quotes, not {shown(value)}")
        if known and not any(key in each for each in known.values):
            canonical = frozenset[str]().union(*known.values)
            raise place.error(f"no such canonical value; {suggestion(key, canonical)}")
        values[key], places[key] = value, place
    for enumeration in known.values if known else (frozenset(values),):
        spelled = Counter(values.get(each, each) for each in enumeration)
        for key, value in values.items():
            if key in enumeration and spelled[value] > 1:
                message = f"{value!r} already stands for another value: use each once"
                raise places[key].error(message)
    return values


def _check_times(tables: WordingTables, known: CanonicalNames | None) -> None:
    for key in tables.times:
        if known and key not in known.times:
            place = tables.place.at("times", key)
            raise place.error(f"no such member that is a time; {suggestion(key, known.times)}")


def _check_absent(tables: WordingTables, known: CanonicalNames | None) -> None:
    for structure, members in tables.absent.items():
        place = tables.place.at("absent", structure)
        if known and structure not in known.within:
            raise place.error(f"no such structure; {suggestion(structure, known.within)}")
        for member in members:
            if known and member not in known.within[structure]:
                right = suggestion(member, known.within[structure])
                raise place.at(member).error(f"no such member of {structure}; {right}")
