"""Notification lists: what a long poll is answered with, taken apart into whole notifications.

How the notifications in a list are qualified is left open (binding, section 3): in XML one without
a namespace is taken as one of its own. In JSON a bare notification stands for a list of one.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from rcs_conformance.errors import WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.wire.guard import parse_json, parse_xml
from rcs_conformance.wire.structure import LIST_ROOT, ROOTS
from rcs_conformance.wire.xml import split_tag

_CALLBACK_DATA = "callbackData"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A notification of a list.

    Attributes:
        body: A document with it alone, in the format of the list.
        callback_data: What its subscription gave to be returned; `None` where it has none.
    """

    body: bytes
    callback_data: str | None


def listed(body: bytes, fmt: Format, names: Mapping[str, str]) -> tuple[Listed, ...]:
    """The notifications of a list in their order.

    Args:
        body: As it was received; nothing about it is trusted.
        fmt: The format that it must have.
        names: What the binding spells otherwise.

    Raises:
        WireError: It is no notification list; what is in it is not looked at.
    """
    return tuple(_in_xml(body, names) if fmt is Format.XML else _in_json(body, names))


def qualified(element: Element, names: Mapping[str, str]) -> Element:
    """A notification of a list as it stands alone: in its namespace, with nothing behind it."""
    namespace, name = split_tag(element.tag)
    spelled = {wire: canonical for canonical, wire in names.items() if canonical in ROOTS}
    root = ROOTS.get(spelled.get(name, name))
    if not namespace and root is not None:
        element.tag = f"{{{root.namespace}}}{name}"
    element.tail = None
    return element


def _in_xml(body: bytes, names: Mapping[str, str]) -> Iterator[Listed]:
    element = parse_xml(body)
    namespace, name = split_tag(element.tag)
    if (name, namespace) != (names.get(LIST_ROOT.name, LIST_ROOT.name), LIST_ROOT.namespace):
        raise WireError(f"{name[:80]!r} in namespace {namespace[:80]!r} is not {LIST_ROOT.name}")
    for child in element:
        data = child.findtext(names.get(_CALLBACK_DATA, _CALLBACK_DATA))
        alone = tostring(qualified(child, names), "utf-8").replace(b"\r", b"&#13;")
        yield Listed(body=alone, callback_data=data)


def _in_json(body: bytes, names: Mapping[str, str]) -> Iterator[Listed]:
    value = parse_json(body)
    name = names.get(LIST_ROOT.name, LIST_ROOT.name)
    if not isinstance(value, dict) or list(value) != [name]:
        raise WireError(f"must be an object with {name} as its only member")
    found = value[name]
    for item in found if isinstance(found, list) else [found]:
        body = json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode()
        yield Listed(body=body, callback_data=_data_in(item, names))


def _data_in(item: object, names: Mapping[str, str]) -> str | None:
    """The callback data of a notification in JSON, if it looks like one."""
    content = next(iter(item.values()), None) if isinstance(item, dict) else None
    if not isinstance(content, dict):
        return None
    data = content.get(names.get(_CALLBACK_DATA, _CALLBACK_DATA))
    return None if data is None else str(data)
