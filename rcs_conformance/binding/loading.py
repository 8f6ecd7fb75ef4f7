"""Reads and validates binding files."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from rcs_conformance import kit
from rcs_conformance.binding.keys import LIGHTWEIGHT, NOTIFICATIONS, RESOURCES
from rcs_conformance.binding.reading import Table, read, suggestion
from rcs_conformance.binding.records import (
    VARIABLE,
    VARIABLES,
    Additions,
    Api,
    Authentication,
    Binding,
    CreationBodies,
    ElementOrder,
    ErrorCase,
    Mark,
    ParticipantLists,
    Rejoining,
    Resource,
)
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.kinds import ChatKind

VERBS = ("GET", "POST", "PUT", "DELETE")
"""The verbs that a resource may have, in the order of the binding's rows."""

_TOP = (
    *("name", "api_version", "prefix", "authentication", "element_order"),
    *("relative_resource_url", "participant_lists", "additions", "creation_bodies", "rejoining"),
    *("chats", "file_transfer", "services", "headers", "parts", "errors"),
    *("names", "notifications", "resources"),
)
_SEGMENT = re.compile(r"[A-Za-z0-9._~-]+")
_PREFIX = re.compile(r"([A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*)?")
_PATH = re.compile(r"(/([A-Za-z0-9._~-]+|\{[^{}/]*\}))+")
_ELEMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_FIELD = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FIELD_VALUE = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")
_PART = re.compile(r"[\x21-\x7e]+")
_OUR_FIELDS = frozenset({"accept", "authorization", "content-length", "content-type", "host"})
_MESSAGE_ID = re.compile(r"(SVC|POL)[0-9]{4}")


def shipped_bindings() -> tuple[str, ...]:
    """The names of the bindings that are shipped."""
    return tuple(sorted(path.stem for path in kit.BINDINGS.glob("*.toml")))


def load_binding(
    name: str | Path = "oma-v1", *, side_by_side: Collection[frozenset[str]] = ()
) -> Binding:
    """Reads a binding file.

    Args:
        name: Of a shipped binding; or the path of a file, told by a slash or the suffix `.toml`.
        side_by_side: The canonical names that stand beside each other: the roots, and the members
            of each structure. Checks what `[names]` renames; without, that is not checked.

    Raises:
        ConfigurationError: There is no such file or it is wrong; one line with file and key.
    """
    top = read(_path(name))
    top.check_keys(_TOP, ("lightweight",))
    notifications = _notifications(top.table("notifications"))
    names = _names(top.table("names"), frozenset(notifications), side_by_side)
    return Binding(
        name=_matching(top, "name", _SEGMENT, "a name such as oma-v1"),
        api_version=_matching(top, "api_version", _SEGMENT, "a path segment such as v1"),
        prefix=_matching(top, "prefix", _PREFIX, "empty, or a path such as cpaas without / around"),
        authentication=top.choice("authentication", Authentication),
        element_order=top.choice("element_order", ElementOrder),
        relative_resource_url=top.flag("relative_resource_url"),
        participant_lists=top.choice("participant_lists", ParticipantLists),
        additions=top.choice("additions", Additions),
        creation_bodies=top.choice("creation_bodies", CreationBodies),
        rejoining=top.choice("rejoining", Rejoining),
        chats=frozenset(top.choices("chats", ChatKind)),
        file_transfer=top.flag("file_transfer"),
        services=top.texts("services"),
        headers=_headers(top.table("headers")),
        parts=_parts(top.table("parts")),
        errors=_errors(top.table("errors")),
        names=names,
        notifications=notifications,
        resources=_resources(top),
    )


def _path(name: str | Path) -> Path:
    path = Path(name)
    if isinstance(name, Path) or "/" in name or path.suffix == ".toml":
        return path
    if name not in shipped_bindings():
        known = ", ".join(shipped_bindings())
        raise ConfigurationError(
            f"binding {name!r} is not shipped: known are {known}; a file of your own is given by"
            " its path, such as ./my.toml"
        )
    return kit.BINDINGS / f"{name}.toml"


def _matching(table: Table, key: str, pattern: re.Pattern[str], right: str) -> str:
    """A string of a certain form; `right` describes the form."""
    value = table.text(key)
    if not pattern.fullmatch(value):
        raise table.error(key, f"must be {right}, not {value!r}")
    return value


def _errors(table: Table) -> Mapping[ErrorCase, tuple[str, ...]]:
    table.check_keys(list(ErrorCase))
    errors = {case: table.texts(case) for case in ErrorCase}
    for case, codes in errors.items():
        for code in codes:
            if not _MESSAGE_ID.fullmatch(code):
                raise table.error(case, f"must be message ids such as SVC0002, not {code!r}")
    return errors


def _notifications(table: Table) -> Mapping[str, Mark]:
    table.check_keys(NOTIFICATIONS)
    return {root: table.choice(root, Mark) for root in NOTIFICATIONS}


def _headers(table: Table) -> Mapping[str, str]:
    """Header fields that are the dialect's own: none of those that the suites set themselves."""
    for name in table.entries:
        if not _FIELD.fullmatch(name):
            raise table.error(name, f"must be the name of a header field, not {name!r}")
        if name.lower() in _OUR_FIELDS:
            raise table.error(name, "is set by the suites themselves: leave it out")
    right = "the value of a header field, in ASCII"
    return {name: _matching(table, name, _FIELD_VALUE, right) for name in table.entries}


def _parts(table: Table) -> tuple[str, str]:
    table.check_keys(("structure", "content"))
    right = "the name of a part such as root-fields"
    structure, content = (_matching(table, key, _PART, right) for key in ("structure", "content"))
    if structure == content:
        raise table.error("content", f"{content!r} is the structure's name: use each once")
    return structure, content


def _names(
    table: Table, roots: frozenset[str], side_by_side: Collection[frozenset[str]]
) -> Mapping[str, str]:
    """The renamings: each canonical name known, each spelling an XML name that means one thing."""
    names: dict[str, str] = {}
    known = frozenset[str]().union(*side_by_side)
    for canonical in table.entries:
        if known and canonical not in known:
            raise table.error(canonical, f"no such canonical name; {suggestion(canonical, known)}")
        spelling = _matching(table, canonical, _ELEMENT, "an element name such as fileNotification")
        if spelling in names.values():
            raise table.error(canonical, f"{spelling!r} already spells another name: use each once")
        names[canonical] = spelling
    for canonical, spelling in names.items():
        if spelling in roots - names.keys():
            raise table.error(
                canonical, f"{spelling!r} spells the notification of that name: rename that as well"
            )
        for neighbours in side_by_side:
            if canonical in neighbours and spelling in neighbours - names.keys():
                raise table.error(
                    canonical,
                    f"{spelling!r} is the name of another one beside it: rename that as well",
                )
    return names


def _resources(top: Table) -> Mapping[str, Resource]:
    table = top.table("resources")
    table.check_keys(RESOURCES)
    resources = {key: _resource(key, table.table(key)) for key in RESOURCES}
    if "lightweight" not in top.entries:
        return resources
    below = top.table("lightweight")
    below.check_keys((), LIGHTWEIGHT)
    light = {key: _lightweight(key, below.table(key), resources) for key in below.entries}
    return {**resources, **light}


def _lightweight(key: str, table: Table, resources: Mapping[str, Resource]) -> Resource:
    """A lightweight resource: an element below the resource that has it."""
    table.check_keys(("resource", "path", "element", "verbs", "mark"))
    whole = table.text("resource")
    if whole not in resources:
        raise table.error("resource", f"no such resource; {suggestion(whole, resources)}")
    verbs = _verbs(table)
    return Resource(
        key=key,
        api=resources[whole].api,
        path=f"{resources[whole].path or ''}{_template(table)}",
        verbs=verbs,
        by_root={},
        mark=table.choice("mark", Mark),
        element=_matching(table, "element", _ELEMENT, "an element name such as duration"),
    )


def _verbs(table: Table) -> Mapping[str, tuple[int, ...]]:
    verbs = table.table("verbs")
    verbs.check_keys((), VERBS)
    if not verbs.entries:
        raise verbs.error("", "must give at least one verb such as { GET = [200] }")
    return {verb: verbs.codes(verb) for verb in VERBS if verb in verbs.entries}


def _resource(key: str, table: Table) -> Resource:
    path = None if key == "channelURL" else _template(table)
    table.check_keys(("api", "mark", "verbs") + (() if path is None else ("path",)), ("by_root",))
    verbs = _verbs(table)
    by_root = table.table("by_root") if "by_root" in table.entries else None
    if by_root is not None and "POST" not in verbs:
        raise table.error("by_root", "is about POST, which verbs must give then")
    return Resource(
        key=key,
        api=table.choice("api", Api),
        path=path,
        verbs=verbs,
        by_root={root: by_root.codes(root) for root in by_root.entries} if by_root else {},
        mark=table.choice("mark", Mark),
    )


def _template(table: Table) -> str:
    """The path below the base, with known variables only."""
    if "path" not in table.entries:
        raise table.error("path", "missing: a binding file must give it")
    path = _matching(table, "path", _PATH, "a path below the base such as /group/{sessionId}")
    for variable in VARIABLE.findall(path):
        if variable not in VARIABLES:
            known = suggestion(variable, VARIABLES)
            raise table.error("path", f"unknown variable {{{variable}}}; {known}")
    return path
