"""What the notifications of some dialects have beside the members of the binding.

An id, the same when a notification is sent again, and within a message the address of its receiver.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from rcs_conformance.model.formats import Format
from rcs_conformance.wire.structure import LIST_ROOT

_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherMembers:
    """The members that a dialect has; an empty name is none.

    Attributes:
        identity: The member for the id of a notification.
        destination: The member of chatMessage for the address of the receiver.
        names: What the dialect spells otherwise.
    """

    identity: str
    destination: str
    names: Mapping[str, str]

    def added(self, body: bytes, fmt: Format, receiver: str) -> bytes:
        """A notification, or a list of them, with these members.

        Args:
            body: As it was encoded.
            fmt: Its format.
            receiver: The address of the user that is notified.
        """
        if not self.identity and not self.destination:
            return body
        whole = self._spelt(LIST_ROOT.name)
        if fmt is Format.JSON:
            document = json.loads(body)
            for each in document.get(whole, [document]):
                self._in_object(each, receiver)
            return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        root = fromstring(body)  # noqa: S314 - written by this server
        for element in root if root.tag.endswith(f"}}{whole}") else [root]:
            self._in_element(element, receiver)
        data: bytes = tostring(root, "utf-8", xml_declaration=True)
        return data.replace(b"\r", b"&#13;")

    def _spelt(self, name: str) -> str:
        return self.names.get(name, name)

    def _in_object(self, document: dict[str, Any], receiver: str) -> None:
        message = self._spelt("chatMessage")
        for content in document.values():
            if self.identity:
                content[self.identity] = _next_id()
            if self.destination and message in content:
                content[message][self.destination] = receiver

    def _in_element(self, element: Element, receiver: str) -> None:
        if self.identity:
            told = Element(self.identity)
            told.text = _next_id()
            element.insert(0, told)
        message = element.find(self._spelt("chatMessage"))
        if self.destination and message is not None:
            SubElement(message, self.destination).text = receiver


def _next_id() -> str:
    return f"notification-{next(_numbers)}"
