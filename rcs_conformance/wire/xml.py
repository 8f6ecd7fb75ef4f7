"""XML: between bytes and structures (binding, section 5).

Only the root is qualified. Elements that are not known are passed over; so are those of a foreign
namespace, in whatever place.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from rcs_conformance.errors import WireError
from rcs_conformance.wire.scalars import check_xml_text, read_scalar, write_scalar
from rcs_conformance.wire.structure import (
    Member,
    Root,
    Structure,
    namespace_of,
    structure_of,
)

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = re.compile("[ \t\r\n]+")
_ESCAPES = {"\r": "&#13;"}

XSI = "http://www.w3.org/2001/XMLSchema-instance"
"""The namespace of `xsi:type`."""


def split_tag(tag: str) -> tuple[str, str]:
    """Namespace and local name of a tag as ElementTree writes it."""
    if tag.startswith("{"):
        namespace, _, local = tag[1:].partition("}")
        return namespace, local
    return "", tag


class XmlWriter:
    """Writes structures as XML under the names of a binding."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def document(self, content: object, root: Root) -> str:
        """A whole document with one structure."""
        return _DECLARATION + "".join(self._root(content, root))

    def list_document(self, items: list[tuple[object, Root]], root: Root) -> str:
        """A document whose root holds whole documents."""
        inner = "".join("".join(self._root(content, item)) for content, item in items)
        name = self._names.get(root.name, root.name)
        return f'{_DECLARATION}<nc:{name} xmlns:nc="{root.namespace}">{inner}</nc:{name}>'

    def _root(self, content: object, root: Root) -> Iterator[str]:
        name = self._names.get(root.name, root.name)
        yield f'<n:{name} xmlns:n="{root.namespace}">'
        yield from self._members(content, structure_of(type(content)), name)
        yield f"</n:{name}>"

    def _members(self, content: object, layout: Structure, path: str) -> Iterator[str]:
        for member in layout.members:
            value = getattr(content, member.attribute)
            if value is not None:
                for item in value if member.repeatable else (value,):
                    yield from self._element(item, member, path)

    def _element(self, value: object, member: Member, path: str) -> Iterator[str]:
        name = self._names.get(member.element, member.element)
        here = f"{path}/{name}"
        if isinstance(value, str) or not member.is_structure:
            yield f"<{name}>{escape(self._text(value, here), _ESCAPES)}</{name}>"
            return
        layout = structure_of(member.type)
        if layout.as_attributes:
            pairs = (
                (
                    self._names.get(m.element, m.element),
                    self._text(getattr(value, m.attribute), here),
                )
                for m in layout.members
            )
            yield f"<{name} {' '.join(f'{key}={quoteattr(text)}' for key, text in pairs)}/>"
            return
        yield f"<{name}{_type(value, member)}>"
        yield from self._members(value, layout, here)
        yield f"</{name}>"

    @staticmethod
    def _text(value: object, path: str) -> str:
        text = write_scalar(value, path)
        check_xml_text(text, path)
        return text


class XmlReader:
    """Reads structures from parsed XML under the names of a binding."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def structure(self, element: Element, cls: type, path: str) -> object:
        """The structure that an element holds.

        Raises:
            WireError: A mandatory member is missing, a single one repeated, a value mistyped.
        """
        layout = structure_of(cls)
        if layout.as_attributes:
            return cls(**{m.attribute: self._attribute(element, m, path) for m in layout.members})
        children: dict[str, list[Element]] = {}
        for child in element:
            children.setdefault(child.tag, []).append(child)
        return cls(
            **{
                member.attribute: value
                for member in layout.members
                if (value := self._member(children, member, path)) is not None
            }
        )

    def _attribute(self, element: Element, member: Member, path: str) -> str:
        name = self._names.get(member.element, member.element)
        value = element.get(name)
        if value is None:
            raise WireError(f"attribute {name} is missing", path)
        return _collapsed(value) if member.is_collapsed else value

    def _member(
        self, children: Mapping[str, list[Element]], member: Member, path: str
    ) -> object | None:
        name = self._names.get(member.element, member.element)
        elements = children.get(name, [])
        if not elements:
            if member.mandatory:
                raise WireError(f"element {name} is missing", path)
            return None
        if member.repeatable:
            return tuple(
                self._value(element, member, f"{path}/{name}[{number}]")
                for number, element in enumerate(elements, 1)
            )
        if len(elements) > 1:
            raise WireError(f"element {name} occurs {len(elements)} times, once is allowed", path)
        return self._value(elements[0], member, f"{path}/{name}")

    def _value(self, element: Element, member: Member, path: str) -> object:
        if member.or_text and not len(element):
            return element.text or ""
        if member.is_structure:
            return self.structure(element, member.type, path)
        if len(element):
            raise WireError("contains elements where a value is expected", path)
        text = element.text or ""
        return read_scalar(_collapsed(text) if member.is_collapsed else text, member.type, path)


def _type(value: object, member: Member) -> str:
    """The `xsi:type` of a structure that is more special than its member; empty for all others."""
    if type(value) is member.type:
        return ""
    spaces = f'xmlns:xsi="{XSI}" xmlns:t="{namespace_of(member.type)}"'
    return f' {spaces} xsi:type="t:{type(value).__name__}"'


def _collapsed(text: str) -> str:
    """A text without the white space around it, and with one space for more within it."""
    return _SPACE.sub(" ", text).strip(" ")
