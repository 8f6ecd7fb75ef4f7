"""The codec: bytes to structures and back, in the names of a binding."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from xml.etree.ElementTree import Element, fromstring, tostring

from rcs_conformance.binding import Forms, Wording
from rcs_conformance.errors import WireError
from rcs_conformance.model.channel import ConnAck, ConnCheck
from rcs_conformance.model.formats import Format
from rcs_conformance.wire.addresses import recognised
from rcs_conformance.wire.element import LoneElement, write_element
from rcs_conformance.wire.form import read_form, write_form
from rcs_conformance.wire.guard import parse_xml, read_json, read_xml
from rcs_conformance.wire.json import JsonReader, JsonWriter
from rcs_conformance.wire.notification_list import (
    is_notification,
    notifications_only,
    qualified,
)
from rcs_conformance.wire.rewriting import Rewriting
from rcs_conformance.wire.structure import LIST_ROOT, ROOTS, Root, root_of
from rcs_conformance.wire.xml import XmlReader, XmlWriter, split_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a body holds.

    Attributes:
        root: Name of the root as the default binding spells it.
        spelt: As it stood on the wire.
        content: The structure; for a notification list the tuple of its notifications.
    """

    root: str
    spelt: str
    content: object


_MAY_BE_NULL = (ConnCheck, ConnAck)
"""Structures that may be empty; in JSON, null stands for them as for the parameters of a poll."""

_NO_ALIASES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Codec:
    """Encodes and decodes bodies.

    Attributes:
        names: Roots and members that the binding spells otherwise, from the default's spelling.
        parts: Names of the parts of a body of several: the structure, the content.
        aliases: Addresses that stand for another one in what is decoded; see `recognised`.
        forms: What the binding has otherwise than by another name.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[str, str] = ("root-fields", "attachments")
    aliases: Mapping[str, str] = field(default_factory=dict)
    forms: Forms = field(default_factory=Forms)

    @classmethod
    def of(
        cls, wording: Wording, parts: tuple[str, str], aliases: Mapping[str, str] = _NO_ALIASES
    ) -> "Codec":
        """The codec of a wording."""
        return cls(wording.names, parts, aliases, wording.forms)

    def encode(self, content: object, fmt: Format) -> bytes:
        """A whole body with one structure, or with an element alone.

        Raises:
            WireError: A text has no form in the format.
        """
        if isinstance(content, LoneElement):
            return write_element(content, fmt)
        root = root_of(content)
        if fmt is Format.XML:
            return self._written_xml(XmlWriter(self.names).document(content, root).encode())
        return _dump(self._member(content, root))

    def rewritten(self, body: bytes, fmt: Format) -> bytes:
        """A body under the names of the binding, and otherwise in the forms of the default one.

        Returns:
            The body in the forms of the binding; as it is where it cannot be read.
        """
        if not self.forms:
            return body
        try:
            document = read_xml(body) if fmt is Format.XML else read_json(body)
        except WireError:
            return body
        if isinstance(document, Element):
            return self._written_xml(body)
        return _dump(self._rewriting.written_object(document))

    def encode_list(self, contents: Iterable[object], fmt: Format) -> bytes:
        """A notification list, each notification under its own root."""
        items = [(content, root_of(content)) for content in contents]
        if fmt is Format.XML:
            return self._written_xml(XmlWriter(self.names).list_document(items, LIST_ROOT).encode())
        name = self._list_name
        return _dump({name: [self._member(content, root) for content, root in items]})

    def encode_form(self, content: object) -> bytes:
        """A request as form fields."""
        return write_form(content, self.names, self.forms)

    def decode(self, body: bytes, fmt: Format) -> Document:
        """The structure that a body holds.

        Raises:
            WireError: The body is malformed, its root unknown, or a member not as declared.
        """
        document = self._decode_xml(body) if fmt is Format.XML else self._decode_json(body)
        if not self.aliases:
            return document
        content = recognised(document.content, self.aliases)
        return document if content is document.content else replace(document, content=content)

    def decode_form(self, body: bytes, root: str, originator: str) -> object:
        """The structure that form fields describe for a resource that takes `root`.

        Raises:
            WireError: The fields do not describe one.
        """
        return read_form(body, ROOTS[root].cls, originator, self.names, self.forms)

    @property
    def _rewriting(self) -> Rewriting:
        return Rewriting(self.names, self.forms)

    def _written_xml(self, body: bytes) -> bytes:
        if not self.forms:
            return body
        document = self._rewriting.written_element(fromstring(body))  # noqa: S314 - written by us
        data: bytes = tostring(document, "utf-8", xml_declaration=True)
        return data.replace(b"\r", b"&#13;")

    @property
    def _list_name(self) -> str:
        return self.names.get(LIST_ROOT.name, LIST_ROOT.name)

    def _member(self, content: object, root: Root) -> dict[str, object]:
        name = self.names.get(root.name, root.name)
        document: dict[str, object] = {name: JsonWriter(self.names).value(content, name)}
        return self._rewriting.written_object(document)

    def _root(self, name: str) -> Root:
        spelt = {wire: canonical for canonical, wire in self.names.items() if canonical in ROOTS}
        canonical = spelt.get(name, "" if name in self.names else name)
        if (root := ROOTS.get(canonical)) is None:
            raise WireError(f"unknown root {name[:80]!r}{self._hint(name)}")
        return root

    def _hint(self, name: str) -> str:
        """What the binding calls what the default binding calls so."""
        return f": the binding calls it {self.names[name]}" if name in self.names else ""

    def _decode_xml(self, body: bytes) -> Document:
        element = read_xml(body)
        namespace, name = split_tag(element.tag)
        reader = XmlReader(self.names)
        if (name, namespace) == (self._list_name, LIST_ROOT.namespace):
            notified = (each for each in parse_xml(body) if is_notification(each, self.names))
            alone = (qualified(child, self.names) for child in notified)
            contents = tuple(self._xml_root(each, reader).content for each in alone)
            return Document(root=LIST_ROOT.name, spelt=name, content=contents)
        return self._xml_root(element, reader)

    def _xml_root(self, element: Element, reader: XmlReader) -> Document:
        namespace, name = split_tag(element.tag)
        root = self._root(name)
        if namespace != root.namespace:
            raise WireError(f"namespace {namespace[:80]!r}, expected {root.namespace!r}", name)
        element = self._rewriting.read_element(element)
        content = reader.structure(element, root.cls, name)
        return Document(root=root.name, spelt=name, content=content)

    def _decode_json(self, body: bytes) -> Document:
        value = notifications_only(read_json(body), self.names)
        reader = JsonReader(self.names)
        if isinstance(value, dict) and list(value) == [self._list_name]:
            items = value[self._list_name]
            if not isinstance(items, list):
                raise WireError("is not an array", self._list_name)
            contents = tuple(self._json_root(item, reader).content for item in items)
            return Document(root=LIST_ROOT.name, spelt=self._list_name, content=contents)
        return self._json_root(value, reader)

    def _json_root(self, value: object, reader: JsonReader) -> Document:
        if not isinstance(value, dict) or len(value) != 1:
            raise WireError("must be an object with the root as its only member")
        ((name, content),) = self._rewriting.read_object(value).items()
        root = self._root(name)
        if content is None and root.cls in _MAY_BE_NULL:
            content = {}
        return Document(
            root=root.name, spelt=name, content=reader.structure(content, root.cls, name)
        )


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
