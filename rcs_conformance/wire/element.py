"""Elements that stand alone in a body: what a lightweight resource is read and changed by.

In XML the element is the root, in the namespace of the Chat API; in JSON it is the one member of
an object.
"""

import json
from dataclasses import dataclass
from xml.sax.saxutils import escape

from rcs_conformance.errors import WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.wire.guard import read_json, read_xml
from rcs_conformance.wire.scalars import (
    Scalar,
    check_xml_text,
    read_scalar,
    without_fraction,
    write_scalar,
)
from rcs_conformance.wire.structure import NAMESPACE

_NAMESPACE = NAMESPACE.format("chat")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneElement:
    """An element alone.

    Attributes:
        name: As the binding spells it.
        value: What it holds.
    """

    name: str
    value: Scalar


def write_element(element: LoneElement, fmt: Format) -> bytes:
    """The body with an element alone.

    Raises:
        WireError: The value has no form in the format.
    """
    if fmt is Format.JSON:
        native = isinstance(element.value, bool | int)
        value = element.value if native else write_scalar(element.value, element.name)
        return json.dumps({element.name: value}, ensure_ascii=False).encode()
    text = write_scalar(element.value, element.name)
    check_xml_text(text, element.name)
    return f'<n:{element.name} xmlns:n="{_NAMESPACE}">{escape(text)}</n:{element.name}>'.encode()


def read_element(body: bytes, fmt: Format, name: str, kind: type) -> LoneElement:
    """The element that stands alone in a body.

    Args:
        body: As it was received.
        fmt: Its format.
        name: Of the element, as the binding spells it.
        kind: Of its value.

    Raises:
        WireError: The body is malformed, holds something else, or a value of another kind.
    """
    text = _in_xml(body, name) if fmt is Format.XML else _in_json(body, name)
    return LoneElement(name=name, value=read_scalar(text, kind, name))


def _in_xml(body: bytes, name: str) -> str:
    root = read_xml(body)
    if root.tag != f"{{{_NAMESPACE}}}{name}":
        raise WireError(f"the root is {root.tag[:80]!r}, expected {name} in {_NAMESPACE}")
    if len(root):
        raise WireError("contains elements where a value is expected", name)
    return root.text or ""


def _in_json(body: bytes, name: str) -> str:
    document = read_json(body)
    if not isinstance(document, dict) or list(document) != [name]:
        raise WireError(f"must be an object with {name} as its only member")
    value = without_fraction(document[name])
    if isinstance(value, dict | list) or value is None:
        raise WireError("is not a string, number or boolean", name)
    return write_scalar(value, name)
