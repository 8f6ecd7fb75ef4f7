"""Long polls: their bodies, and what they are answered with, taken apart into notifications.

An answer is a list of notifications, or one notification without a list (binding, section 3.1). In
XML a notification without a namespace is taken as one of its own. In JSON a notification stands for
a list of one, and null or an empty object for a list of none. `ncListComplete` is no notification.
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

PARAMETERS = "longPollingRequestParameters"
"""The root of a poll's body: a structure without members."""

COMPLETE = "ncListComplete"
"""A member of lists that is no notification; where it stands in JSON is left open."""

_CALLBACK_DATA = "callbackData"
_NOTIFICATION = "Notification"
"""How the names of notifications end in the default binding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A notification of a list.

    Attributes:
        body: A document with it alone, in the format of the list.
        callback_data: What its subscription gave to be returned; `None` where it has none.
        root: What it is where it came without a list, in the default binding; otherwise empty.
    """

    body: bytes
    callback_data: str | None
    root: str = ""


def parameters(fmt: Format, names: Mapping[str, str]) -> bytes:
    """The body of a poll."""
    name = names.get(PARAMETERS, PARAMETERS)
    if fmt is Format.JSON:
        return json.dumps({name: None}).encode()
    return f'<nc:{name} xmlns:nc="{LIST_ROOT.namespace}"/>'.encode()


def listed(body: bytes, fmt: Format, names: Mapping[str, str]) -> tuple[Listed, ...]:
    """The notifications of a list in their order; one without a list is the only one.

    Args:
        body: As it was received; nothing about it is trusted.
        fmt: The format that it must have.
        names: What the binding spells otherwise.

    Raises:
        WireError: It is neither a list nor a notification; what is in it is not looked at.
    """
    return tuple(_in_xml(body, names) if fmt is Format.XML else _in_json(body, names))


def qualified(element: Element, names: Mapping[str, str]) -> Element:
    """A notification of a list as it stands alone: in its namespace, with nothing behind it."""
    namespace, name = split_tag(element.tag)
    root = ROOTS.get(_canonical(name, names))
    if not namespace and root is not None:
        element.tag = f"{{{root.namespace}}}{name}"
    element.tail = None
    return element


def _canonical(name: str, names: Mapping[str, str]) -> str:
    """What the default binding calls a root."""
    spelled = {wire: canonical for canonical, wire in names.items() if canonical in ROOTS}
    return spelled.get(name, name)


def _notification(name: str, names: Mapping[str, str]) -> str:
    """What the default binding calls a root if it is a notification; otherwise empty."""
    root = _canonical(name, names)
    return root if root in ROOTS and root.endswith(_NOTIFICATION) else ""


def notifications_only(document: object, names: Mapping[str, str]) -> object:
    """A list in JSON without `ncListComplete`, wherever that stands; anything else as it is."""
    name, complete = names.get(LIST_ROOT.name, LIST_ROOT.name), names.get(COMPLETE, COMPLETE)
    if not isinstance(document, dict) or name not in document:
        return document
    found = document[name]
    if isinstance(found, list):
        found = [each for each in found if not _says_only(each, complete)]
    elif isinstance(found, dict):
        found = {key: value for key, value in found.items() if key != complete}
    return {key: value for key, value in document.items() if key != complete} | {name: found}


def _says_only(item: object, name: str) -> bool:
    return isinstance(item, dict) and list(item) == [name]


def is_notification(element: Element, names: Mapping[str, str]) -> bool:
    """Whether a child of a list in XML is a notification, and not `ncListComplete`."""
    return split_tag(element.tag)[1] != names.get(COMPLETE, COMPLETE)


def unqualified(body: bytes, names: Mapping[str, str]) -> tuple[str, ...]:
    """The notifications of a list in XML that stand in no namespace, each name once.

    Raises:
        WireError: It is no XML.
    """
    tags = (split_tag(each.tag) for each in parse_xml(body))
    found = (name for namespace, name in tags if not namespace and _notification(name, names))
    return tuple(dict.fromkeys(found))


def _in_xml(body: bytes, names: Mapping[str, str]) -> Iterator[Listed]:
    element = parse_xml(body)
    namespace, name = split_tag(element.tag)
    if (name, namespace) == (names.get(LIST_ROOT.name, LIST_ROOT.name), LIST_ROOT.namespace):
        for child in element:
            if not is_notification(child, names):
                continue
            data = _xml_data(child, names)
            alone = tostring(qualified(child, names), "utf-8").replace(b"\r", b"&#13;")
            yield Listed(body=alone, callback_data=data)
    elif root := _notification(name, names):
        yield Listed(body=body, callback_data=_xml_data(element, names), root=root)
    else:
        said = f"{name[:80]!r} in namespace {namespace[:80]!r}"
        raise WireError(f"{said} is neither {LIST_ROOT.name} nor a notification")


def _xml_data(element: Element, names: Mapping[str, str]) -> str | None:
    """The callback data of a notification in XML."""
    return element.findtext(names.get(_CALLBACK_DATA, _CALLBACK_DATA))


def _in_json(body: bytes, names: Mapping[str, str]) -> Iterator[Listed]:
    value = notifications_only(parse_json(body), names)
    if not isinstance(value, dict) or len(value) != 1:
        raise WireError(f"must be an object with {LIST_ROOT.name} or a notification alone")
    ((name, found),) = value.items()
    if name == names.get(LIST_ROOT.name, LIST_ROOT.name):
        for item in found if isinstance(found, list) else [found] if found else []:
            alone = json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode()
            yield Listed(body=alone, callback_data=_data_in(item, names))
    elif root := _notification(name, names):
        yield Listed(body=body, callback_data=_data_in(value, names), root=root)
    else:
        raise WireError(f"{name[:80]!r} is neither {LIST_ROOT.name} nor a notification")


def _data_in(item: object, names: Mapping[str, str]) -> str | None:
    """The callback data of a notification in JSON, if it looks like one."""
    content = next(iter(item.values()), None) if isinstance(item, dict) else None
    if not isinstance(content, dict):
        return None
    data = content.get(names.get(_CALLBACK_DATA, _CALLBACK_DATA))
    return None if data is None else str(data)
