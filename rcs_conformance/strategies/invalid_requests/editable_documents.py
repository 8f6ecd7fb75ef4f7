"""Parsed bodies that can be edited in one place and written again.

Members are found by the names of a binding, so that a mutation is the same in every binding.
"""

import copy
import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.invalid_requests.positions import Position, Step
from rcs_conformance.wire.guard import parse_xml


class Document(Protocol):
    """A body that can be edited."""

    def remove(self, position: Position) -> None:
        """Remove a member with all its entries."""

    def repeat(self, position: Position) -> None:
        """Repeat a member that may occur once."""

    def put(self, position: Position, value: object) -> None:
        """Replace an entry; in XML its text."""

    def rename(self, name: str) -> None:
        """Rename the root."""

    def written(self) -> bytes: ...


class JsonDocument:
    """A JSON body; `content` is what its root holds."""

    def __init__(self, body: bytes, names: Mapping[str, str]) -> None:
        ((self.root, self.content),) = json.loads(body).items()
        self._names = names

    def remove(self, position: Position) -> None:
        del self._holder(position)[self._name(position.path[-1])]

    def empty(self, position: Position) -> None:
        """Empty a repeatable member."""
        self._holder(position)[self._name(position.path[-1])] = []

    def repeat(self, position: Position) -> None:
        """Replace a single value by an array of two."""
        holder, name = self._holder(position), self._name(position.path[-1])
        holder[name] = [holder[name], holder[name]]

    def put(self, position: Position, value: object) -> None:
        holder, name = self._holder(position), self._name(position.path[-1])
        if position.member.repeatable:
            holder[name][position.path[-1].index] = value
        else:
            holder[name] = value

    def rename(self, name: str) -> None:
        self.root = self._names.get(name, name)

    def written(self) -> bytes:
        return dumped({self.root: self.content})

    def _holder(self, position: Position) -> Any:  # noqa: ANN401 - JSON
        """The object that holds the member."""
        holder = self.content
        for step in position.path[:-1]:
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
        return self.root.tag[1:].partition("}")[0]

    def remove(self, position: Position) -> None:
        holder, step = self._holder(position), position.path[-1]
        if step.is_attribute:
            del holder.attrib[self._name(step)]
        for element in holder.findall(self._name(step)):
            holder.remove(element)

    def repeat(self, position: Position) -> None:
        """Insert a second copy of the element."""
        holder, element = self._holder(position), self._element(position)
        holder.insert([*holder].index(element), copy.deepcopy(element))

    def put(self, position: Position, value: object) -> None:
        step = position.path[-1]
        if step.is_attribute:
            self._holder(position).set(self._name(step), str(value))
            return
        element = self._element(position)
        element.clear()
        element.text = str(value)

    def rename(self, name: str) -> None:
        self.root.tag = f"{{{self.namespace}}}{self._names.get(name, name)}"

    def move(self, namespace: str) -> None:
        """Move the root to another namespace; an empty one means none."""
        local = self.root.tag.rpartition("}")[2]
        self.root.tag = f"{{{namespace}}}{local}" if namespace else local

    def qualify(self) -> None:
        """Move all elements to the namespace of the root."""
        for element in self.root.iter():
            if not element.tag.startswith("{"):
                element.tag = f"{{{self.namespace}}}{element.tag}"

    def reverse(self) -> None:
        """Put the members of the root into the reverse order."""
        self.root[:] = [*self.root][::-1]

    def written(self) -> bytes:
        data: bytes = ElementTree.tostring(self.root, encoding="utf-8", xml_declaration=True)
        return data.replace(b"\r", b"&#13;")

    def _holder(self, position: Position) -> Element:
        """The element that holds the member."""
        holder = self.root
        for step in position.path[:-1]:
            holder = holder.findall(self._name(step))[step.index]
        return holder

    def _element(self, position: Position) -> Element:
        return self._holder(position).findall(self._name(position.path[-1]))[
            position.path[-1].index
        ]

    def _name(self, step: Step) -> str:
        return self._names.get(step.member.element, step.member.element)


READERS: Mapping[Format, Callable[[bytes, Mapping[str, str]], Document]] = {
    Format.JSON: JsonDocument,
    Format.XML: XmlDocument,
}


def dumped(value: object) -> bytes:
    """A value as the codec writes JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
