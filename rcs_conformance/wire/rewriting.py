"""Between what a dialect has on the wire and the forms of the default binding.

Other names are the business of codec and schemas. What differs in more than a name is rewritten
here, in parsed documents: members that stand elsewhere or are left out, and values that are
written in another way. Codec and schemas then meet the default forms only. Where a dialect has no
such forms, documents pass as they are.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from xml.etree.ElementTree import Element, SubElement

from rcs_conformance.binding import Forms
from rcs_conformance.wire.structure import LIST_ROOT, ROOTS, Member, Structure, structure_of
from rcs_conformance.wire.values import read_value, written_value

T = TypeVar("T")

_INSTEAD = {"sessionId": "groupChatId"}
"""Members in whose place another one may stand."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Rewrites documents of one direction in a dialect.

    Attributes:
        names: Roots and members that the binding spells otherwise.
        forms: What the binding has otherwise than by another name.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    forms: Forms = field(default_factory=Forms)

    def read_element(self, element: Element) -> Element:
        """An XML document from the wire in the forms of the default binding.

        Raises:
            WireError: A value is not written as the dialect writes it.
        """
        return self._element(element, _Reader) if self.forms else element

    def written_element(self, element: Element) -> Element:
        """An XML document in the forms of the default binding as it is on the wire.

        A value that has no form there, as invalid ones have none, stays as it is.
        """
        return self._element(element, _Writer) if self.forms else element

    def read_object(self, document: T) -> T:
        """A JSON document from the wire in the forms of the default binding.

        Raises:
            WireError: A value is not written as the dialect writes it.
        """
        return self._object(document, _Reader) if self.forms else document

    def written_object(self, document: T) -> T:
        """A JSON document in the forms of the default binding, as `written_element`."""
        return self._object(document, _Writer) if self.forms else document

    def _element(self, element: Element, kind: "type[_Way]") -> Element:
        changed = copy.deepcopy(element)
        self._walk_element(changed, kind(self.names, self.forms))
        return changed

    def _walk_element(self, element: Element, way: "_Way") -> None:
        name = element.tag.rpartition("}")[2]
        if name == self._list_name:
            for child in element:
                self._walk_element(child, way)
        elif cls := self._class_of(name):
            way.element(element, cls, name)

    def _object(self, document: T, kind: "type[_Way]") -> T:
        changed = copy.deepcopy(document)
        self._walk_object(changed, kind(self.names, self.forms))
        return changed

    def _walk_object(self, document: object, way: "_Way") -> None:
        for name, content in document.items() if isinstance(document, dict) else ():
            if name == self._list_name:
                for item in content if isinstance(content, list) else [content]:
                    self._walk_object(item, way)
            elif cls := self._class_of(name):
                way.members(content, cls, name)

    @property
    def _list_name(self) -> str:
        return self.names.get(LIST_ROOT.name, LIST_ROOT.name)

    def _class_of(self, name: str) -> type | None:
        """The structure of a root, as the dialect calls it."""
        spelled = {wire: canonical for canonical, wire in self.names.items() if canonical in ROOTS}
        canonical = spelled.get(name, "" if name in self.names else name)
        return ROOTS[canonical].cls if canonical in ROOTS else None


class _Way:
    """One way through a document: changes the structures in it, the outer ones first.

    Args:
        names: As of `Rewriting`.
        forms: As of `Rewriting`.
    """

    def __init__(self, names: Mapping[str, str], forms: Forms) -> None:
        self._names = names
        self._forms = forms

    def members(self, content: object, cls: type, path: str) -> None:
        """Rewrite a JSON object in its place."""
        if not isinstance(content, dict):
            return
        layout = structure_of(cls)
        self._move_in_object(content, layout)
        for member in layout.members:
            name = self._spelt(member)
            if name not in content:
                continue
            here = f"{path}/{name}"
            if member.is_structure:
                found = content[name]
                for item in found if isinstance(found, list) else [found]:
                    self.members(item, member.type, here)
            elif isinstance(content[name], list):
                content[name] = [self._value(item, member, here) for item in content[name]]
            else:
                content[name] = self._value(content[name], member, here)

    def element(self, element: Element, cls: type, path: str) -> None:
        """Rewrite an XML element in its place."""
        layout = structure_of(cls)
        if layout.as_attributes:
            return
        self._move_in_element(element, layout)
        members = {self._spelt(member): member for member in layout.members}
        for child in element:
            member = members.get(child.tag)
            if member is not None and member.is_structure:
                self.element(child, member.type, f"{path}/{child.tag}")
            elif member is not None and not len(child):
                text = self._text(child.text or "", member, f"{path}/{child.tag}")
                child.text = text or None

    def _spelt(self, member: Member) -> str:
        return self._names.get(member.element, member.element)

    def _moved(self, layout: Structure) -> list[tuple[Member, str, str]]:
        """The members that stand in a neighbour: the member, the neighbour, its name there."""
        neighbours = {self._spelt(member) for member in layout.members if member.is_structure}
        places = self._forms.places
        return [
            (member, places[member.element][0], places[member.element][1])
            for member in layout.members
            if member.element in places and places[member.element][0] in neighbours
        ]

    def _absent(self, layout: Structure) -> Mapping[str, str]:
        """The members that are left out, by their names on the wire, each with its value."""
        name = layout.cls.__name__
        left_out = self._forms.absent.get(name[0].lower() + name[1:], {})
        return {self._names.get(each, each): value for each, value in left_out.items()}

    def _instead(self, name: str) -> str:
        other = next(
            (two for one, two in _INSTEAD.items() if self._names.get(one, one) == name), ""
        )
        return self._names.get(other, other)

    def _value(self, value: object, member: Member, path: str) -> object:
        raise NotImplementedError

    def _text(self, text: str, member: Member, path: str) -> str:
        raise NotImplementedError

    def _move_in_object(self, content: dict[str, Any], layout: Structure) -> None:
        raise NotImplementedError

    def _move_in_element(self, element: Element, layout: Structure) -> None:
        raise NotImplementedError


class _Reader(_Way):
    """From the wire."""

    def _value(self, value: object, member: Member, path: str) -> object:
        return read_value(value, member, self._forms, path)

    def _text(self, text: str, member: Member, path: str) -> str:
        found = self._value(text, member, path)
        return str(found).lower() if isinstance(found, bool) else str(found)

    def _move_in_object(self, content: dict[str, Any], layout: Structure) -> None:
        for member, outer, inner in self._moved(layout):
            if isinstance(content.get(outer), dict):
                content.pop(member.element, None)
                if inner in content[outer]:
                    content[member.element] = content[outer].pop(inner)
        for name, value in self._absent(layout).items():
            if name not in content and self._instead(name) not in content:
                content[name] = value

    def _move_in_element(self, element: Element, layout: Structure) -> None:
        order = [self._spelt(member) for member in layout.members]
        for member, outer, inner in self._moved(layout):
            holder = element.find(outer)
            if holder is None:
                continue
            for misplaced in element.findall(member.element):
                element.remove(misplaced)
            for found in holder.findall(inner):
                holder.remove(found)
                found.tag = member.element
                _insert(element, found, order)
        for name, value in self._absent(layout).items():
            if element.find(name) is None and element.find(self._instead(name)) is None:
                left_out = Element(name)
                left_out.text = value
                _insert(element, left_out, order)


class _Writer(_Way):
    """To the wire."""

    def _value(self, value: object, member: Member, path: str) -> object:
        return written_value(value, member, self._forms)

    def _text(self, text: str, member: Member, path: str) -> str:
        return str(written_value(text, member, self._forms))

    def _move_in_object(self, content: dict[str, Any], layout: Structure) -> None:
        for member, outer, inner in self._moved(layout):
            if isinstance(content.get(outer), dict) and member.element in content:
                value = content.pop(member.element)
                content[outer][inner] = self._value(value, member, "")
        for name, value in self._absent(layout).items():
            if content.get(name) == value:
                del content[name]

    def _move_in_element(self, element: Element, layout: Structure) -> None:
        for member, outer, inner in self._moved(layout):
            holder = element.find(outer)
            if holder is None:
                continue
            for found in element.findall(member.element):
                element.remove(found)
                moved = SubElement(holder, inner)
                moved.text = self._text(found.text or "", member, "")
        for name, value in self._absent(layout).items():
            for found in element.findall(name):
                if found.text == value:
                    element.remove(found)


def _insert(element: Element, child: Element, order: list[str]) -> None:
    """Put a member where the order of the binding has it."""
    rank = order.index(child.tag)
    later = set(order[rank + 1 :])
    at = next((place for place, each in enumerate(element) if each.tag in later), len(element))
    element.insert(at, child)
