"""Permitted variations in how bodies are written."""

import json
import random
from collections.abc import Callable
from xml.etree import ElementTree as ET

from rcs_conformance.model.formats import TEXT_XML, Format
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.seams import ANYWHERE, PERMITTED, Deviation, Usual

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

_BOOLEANS = ("isClosed", "isOriginator", "confirmedChatSupported", "adhocChatSupported")
_FOREIGN = "vendorExtension"


@ANYWHERE.rule(Rules.written, PERMITTED)
def composing_in_namespace_of_rfc3994(usual: Usual[bytes], body: bytes, fmt: Format) -> bytes:
    """In XML, composing indications are in the namespace of RFC 3994."""
    own = b'<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing">'
    return usual(body, fmt).replace(b"<isComposing>", own)


@ANYWHERE.rule(Rules.notification_label, PERMITTED)
def notifications_as_text_xml(usual: Usual[str], fmt: Format) -> str:
    """Notifications in XML are labelled text/xml."""
    return TEXT_XML if fmt is Format.XML else usual(fmt)


class _Rewritten(Deviation):
    """Writes bodies anew: every element of XML, every member of JSON."""

    def _element(self, element: ET.Element) -> None:
        """Change an element of ours in place; its children follow."""

    def _object(self, members: dict[str, Json]) -> dict[str, Json]:
        """Change an object, its members changed already."""
        return members

    def _value(self, value: Json) -> Json:
        """Change a value that is no object; the entries of an array are changed already."""
        return value

    def written(self, body: bytes, fmt: Format) -> bytes:
        body = super().written(body, fmt)
        return self._xml(body) if fmt is Format.XML else self._json(body)

    def _xml(self, body: bytes) -> bytes:
        root = ET.fromstring(body)  # noqa: S314 - our own bytes
        for element in list(root.iter()):
            self._element(element)
        # A carriage return would be read as a line feed; ElementTree leaves it as it is.
        text = ET.tostring(root, encoding="unicode").replace("\r", "&#13;")
        return f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode()

    def _json(self, body: bytes) -> bytes:
        renewed = self._named(json.loads(body))
        return json.dumps(renewed, ensure_ascii=False, separators=(",", ":")).encode()

    def _named(self, one: dict[str, Json]) -> dict[str, Json]:
        """An object whose one member tells what it is, or which holds a list of such objects."""
        (name, content), *_ = one.items()
        if isinstance(content, list):
            return {name: [self._named(each) for each in content if isinstance(each, dict)]}
        return {name: self._renewed(content)}

    def _renewed(self, value: Json) -> Json:
        if isinstance(value, dict):
            return self._object({name: self._renewed(member) for name, member in value.items()})
        if isinstance(value, list):
            return self._value([self._renewed(entry) for entry in value])
        return self._value(value)


@ANYWHERE.deviation(PERMITTED)
class OtherPrefixes(_Rewritten):
    """XML has prefixes and white space of its own."""

    def _element(self, element: ET.Element) -> None:
        if len(element):
            element.text = "\n  "


def _shuffled(names: list[str], chance: random.Random) -> Callable[[str], int]:
    """A new order of names; entries of the same name keep theirs."""
    order = list(dict.fromkeys(names))
    chance.shuffle(order)
    return order.index


@ANYWHERE.deviation(PERMITTED)
class ShuffledOrder(_Rewritten):
    """Elements and members come in any order."""

    def _element(self, element: ET.Element) -> None:
        rank = _shuffled([child.tag for child in element], self.random)
        element[:] = sorted(element, key=lambda child: rank(child.tag))

    def _object(self, members: dict[str, Json]) -> dict[str, Json]:
        rank = _shuffled(list(members), self.random)
        return {name: members[name] for name in sorted(members, key=rank)}


@ANYWHERE.deviation(PERMITTED)
class UnknownExtras(_Rewritten):
    """Bodies contain unknown elements and members."""

    def _element(self, element: ET.Element) -> None:
        if len(element):
            extra = ET.SubElement(element, _FOREIGN)
            ET.SubElement(extra, "level").text = "7"

    def _object(self, members: dict[str, Json]) -> dict[str, Json]:
        return {**members, _FOREIGN: {"level": 7}}


@ANYWHERE.deviation(PERMITTED)
class QuotedScalars(_Rewritten):
    """Numbers and booleans in JSON are quoted."""

    def _value(self, value: Json) -> Json:
        scalar = isinstance(value, (bool, int, float))
        return json.dumps(value) if scalar else value


@ANYWHERE.deviation(PERMITTED)
class BareSingleValues(_Rewritten):
    """A single value in JSON is not put into an array."""

    def _value(self, value: Json) -> Json:
        single = isinstance(value, list) and len(value) == 1
        return value[0] if single and isinstance(value, list) else value


@ANYWHERE.deviation(PERMITTED)
class NumericBooleans(_Rewritten):
    """Booleans are written as 1 and 0."""

    def _element(self, element: ET.Element) -> None:
        if element.tag in _BOOLEANS:
            element.text = "1" if element.text == "true" else "0"

    def _value(self, value: Json) -> Json:
        return int(value) if isinstance(value, bool) else value
