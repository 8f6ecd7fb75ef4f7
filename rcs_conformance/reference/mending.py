"""Reading an invalid body as if it were valid: what lenient servers do, on purpose or not."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import wraps
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from rcs_conformance.model.formats import Format
from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.negotiation import format_of
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.seams import Usual

Decode = Callable[[Call], object]

Mend = Callable[[Call, Format], bytes | None]
"""The body of a request as it should have been; `None` where it stays rejected."""

EditJson = Callable[[Any], Any]
"""What a JSON document should have been."""

EditXml = Callable[[Element], None]
"""Makes an element what it should have been."""


def misread(mend: Mend) -> Callable[..., object]:
    """The rule that reads a body as mended, where it would be rejected with 400."""

    @wraps(mend)
    def misread(usual: Usual[object], call: Call, decode: Decode, rejection: Rejection) -> object:
        fmt = format_of(call.content_type)
        body = mend(call, fmt) if fmt and rejection.status == 400 else None
        if body is not None:
            with suppress(Rejection):
                return decode(replace(call, body=body))
        return usual(call, decode, rejection)

    return misread


def edited(
    call: Call,
    fmt: Format,
    edit_json: EditJson = lambda document: document,
    edit_xml: EditXml = lambda _: None,
) -> bytes | None:
    """The body of a request, edited; `None` where it is malformed."""
    try:
        if fmt is Format.JSON:
            return json.dumps(edit_json(json.loads(call.body))).encode()
        root = ElementTree.fromstring(call.body)  # noqa: S314 - read again by the guard
    except (ValueError, LookupError, TypeError, AttributeError, ElementTree.ParseError):
        return None
    edit_xml(root)
    return ElementTree.tostring(root)


def objects_in(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """The objects in a JSON value, at any depth."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, dict | list):
            yield from objects_in(each)


def respelt(call: Call, fmt: Format, spelt: Callable[[str, str], str]) -> bytes | None:
    """The body with its texts spelt otherwise, each by the name of its member."""

    def of_json(name: str, value: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, list):
            return [of_json(name, each) for each in value]
        return spelt(name, value) if isinstance(value, str) else value

    def edit_json(document: Any) -> Any:  # noqa: ANN401 - JSON
        for members in [*objects_in(document)]:
            members.update({name: of_json(name, value) for name, value in members.items()})
        return document

    def edit_xml(root: Element) -> None:
        for element in root.iter():
            if not len(element):
                element.text = spelt(element.tag, element.text or "")

    return edited(call, fmt, edit_json, edit_xml)
