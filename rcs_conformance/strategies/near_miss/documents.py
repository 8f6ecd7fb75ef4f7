"""Bodies taken apart, to be changed in one place and written again.

A document of either format knows the same few changes. It is found by the names of a binding, so
that a deviation is the same whatever its members are called.
"""

import copy
import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.near_miss.sites import Site, Step
from rcs_conformance.wire.guard import parse_xml


class Document(Protocol):
    """A body that can be changed."""

    def remove(self, site: Site) -> None:
        """Leave a member out, with all its entries."""

    def repeat(self, site: Site) -> None:
        """Let a member that may occur once occur twice."""

    def put(self, site: Site, value: object) -> None:
        """Put something else in the place of an entry; in XML its text."""

    def rename(self, name: str) -> None:
        """Give the root another name."""

    def written(self) -> bytes:
        """The body."""


class JsonDocument:
    """A JSON body; `content` is what its root holds."""

    def __init__(self, body: bytes, names: Mapping[str, str]) -> None:
        ((self.root, self.content),) = json.loads(body).items()
        self._names = names

    def remove(self, site: Site) -> None:
        """Leave a member out, with all its entries."""
        del self._holder(site)[self._name(site.way[-1])]

    def empty(self, site: Site) -> None:
        """Leave a repeatable member without entries."""
        self._holder(site)[self._name(site.way[-1])] = []

    def repeat(self, site: Site) -> None:
        """Put an array of two in the place of a single value."""
        holder, name = self._holder(site), self._name(site.way[-1])
        holder[name] = [holder[name], holder[name]]

    def put(self, site: Site, value: object) -> None:
        """Put something else in the place of an entry."""
        holder, name = self._holder(site), self._name(site.way[-1])
        if site.member.repeatable:
            holder[name][site.way[-1].index] = value
        else:
            holder[name] = value

    def rename(self, name: str) -> None:
        """Give the root another name."""
        self.root = self._names.get(name, name)

    def written(self) -> bytes:
        """The body."""
        return dumped({self.root: self.content})

    def _holder(self, site: Site) -> Any:  # noqa: ANN401 - JSON
        """The object that the member of a site stands in."""
        holder = self.content
        for step in site.way[:-1]:
            holder = holder[self._name(step)]
            if step.member.repeatable:
                holder = holder[step.index]
        return holder

    def _name(self, step: Step) -> str:
        return self._names.get(step.member.element, step.member.element)


class XmlDocument:
    """An XML body."""

    def __init__(self, body: bytes, names: Mapping[str, str]) -> None:
        self.root = parse_xml(body)
        self._names = names

    @property
    def namespace(self) -> str:
        """The namespace of the root."""
        return self.root.tag[1:].partition("}")[0]

    def remove(self, site: Site) -> None:
        """Leave a member out, with all its entries."""
        holder, step = self._holder(site), site.way[-1]
        if step.is_attribute:
            del holder.attrib[self._name(step)]
        for element in holder.findall(self._name(step)):
            holder.remove(element)

    def repeat(self, site: Site) -> None:
        """Put an element there a second time."""
        holder, element = self._holder(site), self._element(site)
        holder.insert([*holder].index(element), copy.deepcopy(element))

    def put(self, site: Site, value: object) -> None:
        """Put a text in the place of an entry."""
        step = site.way[-1]
        if step.is_attribute:
            self._holder(site).set(self._name(step), str(value))
            return
        element = self._element(site)
        element.clear()
        element.text = str(value)

    def rename(self, name: str) -> None:
        """Give the root another name."""
        self.root.tag = f"{{{self.namespace}}}{self._names.get(name, name)}"

    def move(self, namespace: str) -> None:
        """Put the root into another namespace; an empty one is none."""
        local = self.root.tag.rpartition("}")[2]
        self.root.tag = f"{{{namespace}}}{local}" if namespace else local

    def qualify(self) -> None:
        """Put what the root holds into the namespace of the root."""
        for element in self.root.iter():
            if not element.tag.startswith("{"):
                element.tag = f"{{{self.namespace}}}{element.tag}"

    def written(self) -> bytes:
        """The body."""
        data: bytes = ElementTree.tostring(self.root, encoding="utf-8", xml_declaration=True)
        return data.replace(b"\r", b"&#13;")

    def _holder(self, site: Site) -> Element:
        """The element that the member of a site stands in."""
        holder = self.root
        for step in site.way[:-1]:
            holder = holder.findall(self._name(step))[step.index]
        return holder

    def _element(self, site: Site) -> Element:
        return self._holder(site).findall(self._name(site.way[-1]))[site.way[-1].index]

    def _name(self, step: Step) -> str:
        return self._names.get(step.member.element, step.member.element)


READERS: Mapping[Format, Callable[[bytes, Mapping[str, str]], Document]] = {
    Format.JSON: JsonDocument,
    Format.XML: XmlDocument,
}
"""What takes a body apart, by its format."""


def dumped(value: object) -> bytes:
    """A JSON text as the codec writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
