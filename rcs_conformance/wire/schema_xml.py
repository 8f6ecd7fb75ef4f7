"""Judging XML documents by the XML Schemas of `schemas/xsd`.

The library tells that, and at which element, a document is wrong; what is wrong there is then
told from the declaration of that element, so that both formats use the same words. A type's
`appinfo` is the phrase that completes "... is not", an assertion's is the whole message.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

from xmlschema import XMLSchema11, XMLSchemaValidationError
from xmlschema.validators import (
    XsdAssert,
    XsdComplexType,
    XsdComponent,
    XsdElement,
    XsdGroup,
    XsdSimpleType,
)

from rcs_conformance import kit
from rcs_conformance.wire.guard import shown
from rcs_conformance.wire.spelling import PLAIN, Spelling
from rcs_conformance.wire.violation import LIMIT, Violation

_FOLDER = kit.SCHEMAS / "xsd"
_DECLARED = re.compile(r'(<xs:(?:element|attribute)\b[^>]*?\bname=")([^"]*)')
_ASKED = re.compile(r'(?<=<xs:assert test=")[^"]*')
_TOLD = re.compile(r"(?<=<xs:appinfo>)[^<]*")
_MESSAGE_ID = re.compile(
    r'(<xs:simpleType name="MessageId">.*?<xs:appinfo>)[^<]*(<.*?<xs:pattern value=")[^"]*(")',
    re.DOTALL,
)
_TYPE_ATTRIBUTE = "{http://www.w3.org/2001/XMLSchema-instance}type"


@cache
def schema(api: str, spelling: Spelling) -> XMLSchema11:
    """The schema of an API in a dialect, built once; it reads local files only.

    Whether the files are schemas at all is a test's business: checking it here would take four
    times as long as building.
    """
    if spelling == PLAIN:
        return _built(_FOLDER / f"{api}.xsd")
    with tempfile.TemporaryDirectory(prefix="rcs-conformance-") as folder:
        for file in _FOLDER.glob("*.xsd"):
            (Path(folder) / file.name).write_text(_spelt(file, spelling), "utf-8")
        return _built(Path(folder) / f"{api}.xsd")


def _built(path: Path) -> XMLSchema11:
    return XMLSchema11(path, allow="local", use_fallback=False, validation="skip")


def _spelt(file: Path, spelling: Spelling) -> str:
    """A schema file with the names of a dialect: declared, asked for, and told of."""
    text = file.read_text("utf-8")
    if spelling.message_id:
        form = spelling.message_id
        text = _MESSAGE_ID.sub(
            lambda found: f"{found[1]}of the form {form}{found[2]}{form}{found[3]}", text
        )
    text = _DECLARED.sub(lambda found: found[1] + spelling.of(found[2]), text)
    text = _ASKED.sub(lambda found: spelling.path(found[0]), text)
    return _TOLD.sub(lambda found: spelling.sentence(found[0]), text)


def violations_of(
    document: Element, api: str, root: str, spelling: Spelling = PLAIN
) -> Iterator[Violation]:
    """What the schema of a root finds in an XML document, at most `LIMIT` errors of it.

    Args:
        document: The root element, as `guard.parse_xml` read it; its `xsi:type` is left out, since
            its prefixes are no longer known and the declared type is what is judged.
        api: The schema file that declares the root.
        root: The root that is expected, by its name in the default binding.
        spelling: Of the dialect.
    """
    declarations = schema(api, spelling)
    expected = f"{{{declarations.target_namespace}}}{spelling.of(root)}"
    if document.tag != expected:
        message = f"the root is {_described(document.tag)}: {_described(expected)} is expected"
        yield Violation(path="", message=message)
        return
    document = _untyped(document)
    errors = list(islice(declarations.iter_errors(document), LIMIT))
    parents = {child: parent for parent in document.iter() for child in parent} if errors else {}
    for error in errors:
        way = _way(parents, error.elem if isinstance(error.elem, Element) else document)
        declared = _declared(declarations, way)
        for place, message in _explanations(error, way[-1], declared.type):
            yield Violation(path=_path(way) + place, message=message)


def _untyped(document: Element) -> Element:
    """The document without `xsi:type`."""
    if not any(_TYPE_ATTRIBUTE in element.attrib for element in document.iter()):
        return document
    untyped = deepcopy(document)
    for element in untyped.iter():
        element.attrib.pop(_TYPE_ATTRIBUTE, None)
    return untyped


def _explanations(
    error: XMLSchemaValidationError, element: Element, kind: XsdComplexType | XsdSimpleType
) -> list[tuple[str, str]]:
    """What is wrong with an element, each as the path below it and the message."""
    if isinstance(error.validator, XsdAssert):
        return [("", _phrase(error.validator))]
    if isinstance(kind, XsdSimpleType):
        found = [*_value(element, kind)]
    else:
        found = [*_attributes(element, kind), *_text(element), *_children(element, kind)]
    return found or [("", str(error.reason))]


def _attributes(element: Element, kind: XsdComplexType) -> Iterator[tuple[str, str]]:
    for name, attribute in kind.attributes.items():
        if name is None:
            continue
        value = element.get(name)
        if value is None:
            yield "", f"missing attribute {name}"
        elif attribute.type is not None and not attribute.type.is_valid(value):
            yield f"/{name}", f"{shown(value)} is not {_phrase(attribute.type)}"


def _text(element: Element) -> Iterator[tuple[str, str]]:
    for text in (element.text, *(child.tail for child in element)):
        if text and text.strip():
            yield "", f"{shown(text.strip())} stands where only elements may"


def _children(element: Element, kind: XsdComplexType) -> Iterator[tuple[str, str]]:
    counts = Counter(child.tag for child in element)
    for name, member in _members(kind).items():
        if counts[name] < member.min_occurs:
            yield "", f"missing element {name}{_hint(name, counts)}"
        elif member.max_occurs is not None and counts[name] > member.max_occurs:
            yield f"/{name}", f"{counts[name]} elements: one is expected"


def _members(kind: XsdComplexType | XsdSimpleType) -> dict[str, XsdElement]:
    content = kind.content if isinstance(kind, XsdComplexType) else None
    elements = content.iter_elements() if isinstance(content, XsdGroup) else ()
    return {member.name: member for member in elements if isinstance(member, XsdElement)}


def _hint(name: str, counts: Counter[str]) -> str:
    """Where the element is there, but qualified."""
    return next(
        (
            f" (there is {tag}, but only the root is qualified)"
            for tag in counts
            if _local(tag) == name
        ),
        "",
    )


def _value(element: Element, kind: XsdSimpleType) -> Iterator[tuple[str, str]]:
    if len(element):
        yield "", f"element {element[0].tag} stands where the value should be {_phrase(kind)}"
    elif not kind.text_is_valid(element.text or ""):
        yield "", f"{shown(element.text or '')} is not {_phrase(kind)}"
    for name in element.attrib:
        yield "", f"attribute {name} is not expected here"


def _phrase(component: XsdComponent) -> str:
    """What the schema file says of a type or an assertion for use in messages."""
    annotation = component.annotation
    return str(annotation.appinfo[0].text) if annotation is not None else str(component)


def _declared(declarations: XMLSchema11, way: list[Element]) -> XsdElement:
    """The declaration of the last element of a way that begins at the root."""
    declared = declarations.maps.elements[way[0].tag]
    for element in way[1:]:
        members = _members(declared.type)
        known = element.tag in members
        declared = members[element.tag] if known else declarations.maps.elements[element.tag]
    return declared


def _way(parents: dict[Element, Element], element: Element) -> list[Element]:
    """The elements from the root to an element, both included."""
    way = [element]
    while way[0] in parents:
        way.insert(0, parents[way[0]])
    return way


def _path(way: list[Element]) -> str:
    path = _local(way[0].tag)
    for parent, child in pairwise(way):
        twins = parent.findall(child.tag)
        index = f"[{twins.index(child) + 1}]" if len(twins) > 1 else ""
        path += f"/{_local(child.tag)}{index}"
    return path


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _described(tag: str) -> str:
    namespace, _, local = tag.rpartition("}")
    return f"{local} in namespace {namespace[1:]}" if namespace else f"{local} without a namespace"
