"""Bodies derived from the schemas and changed in one place, in either format."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hypothesis import strategies as st

from rcs_conformance.model.formats import Format
from tests.schemas.deviations import deviating
from tests.schemas.trees import documents, to_json, to_xml

_XML = "{http://www.w3.org/XML/1998/namespace}"
_NUMBERS: list[object] = [0, 1, -1, 1.0, 3600.0, 7200, 1.5, 1e300, 2**53 + 1, 10**10, -0.0]
_TEXTS = [
    *("", " ", "0", "1", "01", "+5", "-0", "3600", "3600.0", "7.2e3", "\u00a05", "\u0663"),
    *("true", "TRUE", " true", "Sent", "sent", "a b", "tel:+1", " tel:+1", "1:b"),
    *("2026-01-31T10:00:00Z", " 2026-01-31T10:00:00Z"),
]
_VALUES: list[object] = [None, True, False, [], {}, [[]], [None], ["a"], ["a", "b"], {"a": 1}]
_UNKNOWN = ("x-note", "x-data", "deep")


@st.composite
def mutated(draw: st.DrawFn, root: str, fmt: Format) -> bytes:
    """A body of a root: valid, with one thing wrong, or with one value or element changed."""
    if draw(st.booleans()):
        _, tree = draw(deviating(root))
        return to_json(root, tree) if fmt is Format.JSON else to_xml(root, tree)
    tree = draw(documents(root))
    if fmt is Format.JSON:
        document = json.loads(to_json(root, tree))
        *way, last = draw(st.sampled_from([*_ways(document)]))
        holder = document
        for step in way:
            holder = holder[step]
        holder[last] = draw(st.sampled_from([*_NUMBERS, *_TEXTS, *_VALUES]))
        return json.dumps(document).encode()
    document = ElementTree.fromstring(to_xml(root, tree))  # noqa: S314 - our own
    known = [each for each in document.iter() if each.tag not in _UNKNOWN]
    _change(draw, document, draw(st.sampled_from(known)))
    return ElementTree.tostring(document)


def _ways(value: Any, way: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:  # noqa: ANN401
    """The ways to all values below the top of a JSON document, unknown members left out."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for step, each in inner:
        if step not in _UNKNOWN:
            yield (*way, step)
            if isinstance(each, dict | list):
                yield from _ways(each, (*way, step))


def _change(draw: st.DrawFn, document: Element, element: Element) -> None:
    """Change an element, its attributes, or what stands in it or behind it."""
    parent = next((each for each in document.iter() if element in each), None)
    match draw(st.integers(0, 9)):
        case 0:
            element.text = draw(st.sampled_from(_TEXTS))
        case 1:
            element.text = f"\n {element.text or ''}\t"
        case 2:
            name = draw(st.sampled_from(["other", f"{_XML}lang", "{urn:x}other"]))
            element.set(name, "de")
        case 3:
            ElementTree.SubElement(element, "inner").text = "x"
        case 4:
            ElementTree.SubElement(element, "{urn:x}inner").text = "x"
        case 5:
            element.insert(0, ElementTree.Comment("c"))
        case 6:
            element.insert(0, ElementTree.ProcessingInstruction("p", "c"))
        case 7 if parent is not None:
            parent.append(element)
        case 8 if parent is not None:
            element.tag = f"{document.tag.partition('}')[0]}}}{element.tag}"
        case _ if parent is not None:
            element.tail = "words"
