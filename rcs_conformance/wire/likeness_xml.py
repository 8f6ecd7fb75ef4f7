"""What of an XML document decides whether its schema accepts it: all but its valid values.

As `likeness_json`. That the schema files hold to it is a test's business: their assertions ask
which elements there are, never what stands in them, and no type is one of `xs:ID` or `xs:QName`.
"""

from functools import cache, lru_cache
from xml.etree.ElementTree import Element, tostring

from xmlschema.validators import XsdComplexType, XsdElement, XsdGroup, XsdSimpleType

from rcs_conformance.wire.schema_xml import schema
from rcs_conformance.wire.spelling import PLAIN, Spelling

_Kind = XsdComplexType | XsdSimpleType

_LONG = 256
"""Values of more characters are judged each time, for what is kept must not grow large."""


def likeness_of(document: Element, api: str, spelling: Spelling = PLAIN) -> object | None:
    """A document without its values; `None` where the text of a simple element is none.

    White space and whatever is not declared stay in it as they are.

    Args:
        document: The root element, as `guard.parse_xml` read it.
        api: The schema file that declares the root.
        spelling: Of the dialect.
    """
    declared = schema(api, spelling).maps.elements.get(document.tag)
    return None if declared is None else _likeness(document, declared.type)


def _likeness(element: Element, kind: _Kind) -> object | None:
    if isinstance(kind, XsdSimpleType):
        if len(element) or not _is_value(kind, element.text or ""):
            return None
        return (element.tag, element.tail, tuple(element.attrib.items()))
    attributes = tuple(_attribute(name, text, kind) for name, text in element.attrib.items())
    text = None if kind.mixed and not len(element) else element.text
    parts: list[object] = [element.tag, element.tail, attributes, text]
    members = _members(kind)
    for child in element:
        declared = members.get(child.tag)
        part = tostring(child) if declared is None else _likeness(child, declared)
        if part is None:
            return None
        parts.append(part)
    return tuple(parts)


def _attribute(name: str, text: str, kind: XsdComplexType) -> tuple[str, ...]:
    declared = kind.attributes.get(name)
    value_type = None if declared is None else declared.type
    is_valid = value_type is not None and _is_value(value_type, text)
    return (name,) if is_valid else (name, text)


@cache
def _members(kind: XsdComplexType) -> dict[str, _Kind]:
    content = kind.content
    elements = content.iter_elements() if isinstance(content, XsdGroup) else ()
    return {member.name: member.type for member in elements if isinstance(member, XsdElement)}


def _is_value(kind: XsdSimpleType, text: str) -> bool:
    judge = _is_value_again if len(text) <= _LONG else _is_value_again.__wrapped__
    return judge(kind, text)


@lru_cache(maxsize=2048)
def _is_value_again(kind: XsdSimpleType, text: str) -> bool:
    return bool(kind.text_is_valid(text))
