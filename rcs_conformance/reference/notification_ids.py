"""Ids of notifications, which some dialects have: one each, the same when it is sent again."""

import json
from collections.abc import Mapping
from itertools import count
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

from rcs_conformance.model.formats import Format
from rcs_conformance.wire.structure import LIST_ROOT

_numbers = count(1)


def identified(body: bytes, fmt: Format, member: str, names: Mapping[str, str]) -> bytes:
    """A notification, or a list of them, with an id in each.

    Args:
        body: As it was encoded.
        fmt: Its format.
        member: The member for the id; empty: the body stays as it is.
        names: What the dialect spells otherwise.
    """
    if not member:
        return body
    whole = names.get(LIST_ROOT.name, LIST_ROOT.name)
    if fmt is Format.JSON:
        document = json.loads(body)
        for each in document.get(whole, [document]):
            _identify_object(each, member)
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    root = fromstring(body)  # noqa: S314 - written by this server
    for element in root if root.tag.endswith(f"}}{whole}") else [root]:
        told = Element(member)
        told.text = _next_id()
        element.insert(0, told)
    data: bytes = tostring(root, "utf-8", xml_declaration=True)
    return data.replace(b"\r", b"&#13;")


def _identify_object(document: dict[str, Any], member: str) -> None:
    for content in document.values():
        content[member] = _next_id()


def _next_id() -> str:
    return f"notification-{next(_numbers)}"
