"""The parts that a ReqIF file is made of, as its schema has them.

Ids are derived from names, so that a tool that has read an earlier file recognises each object;
the time stamp is that of the catalogue. Elements stand in the order that the schema requires.
"""

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

NAMESPACE = "http://www.omg.org/spec/ReqIF/20110401/reqif.xsd"
"""Of ReqIF 1.0 to 1.2."""

XHTML = "http://www.w3.org/1999/xhtml"
"""Of formatted text."""

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:rcs-conformance:trace")
_LONGEST = "32000"
_LARGEST = "1000000"


class Kind(StrEnum):
    """The kinds of attributes, as element names spell them."""

    STRING = "STRING"
    INTEGER = "INTEGER"
    XHTML = "XHTML"
    ENUMERATION = "ENUMERATION"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """An attribute of a type of objects.

    Attributes:
        name: Shown by tools; some names have a meaning to them, such as ``ReqIF.Text``.
        kind: Of its values.
        choices: The values that an enumeration has.
    """

    name: str
    kind: Kind = Kind.STRING
    choices: tuple[str, ...] = ()


def identifier(*names: str) -> str:
    """An id that is the same whenever the names are, in the form that XML requires."""
    return f"_{uuid.uuid5(_SPACE, '/'.join(names))}"


def element(tag: str, *children: ET.Element, text: str = "", **attributes: str) -> ET.Element:
    """An element; attributes are named as in the schema, with `_` for the hyphen."""
    made = ET.Element(
        f"{{{NAMESPACE}}}{tag}", {key.replace("_", "-"): one for key, one in attributes.items()}
    )
    made.text = text or None
    made.extend(children)
    return made


def reference(holder: str, tag: str, target: str) -> ET.Element:
    """An element that holds a reference to another."""
    return element(holder, element(f"{tag}-REF", text=target))


class Writer:
    """Makes elements that carry an id and a time stamp.

    Args:
        changed: When they were last changed, as a time in ISO 8601.
    """

    def __init__(self, changed: str) -> None:
        self.changed = changed

    def identified(
        self, tag: str, names: Sequence[str], long_name: str, *children: ET.Element, **more: str
    ) -> ET.Element:
        """An element whose id is derived from names."""
        return element(
            tag,
            *children,
            IDENTIFIER=identifier(tag, *names),
            LAST_CHANGE=self.changed,
            LONG_NAME=long_name,
            **more,
        )

    def data_type(self, attribute: Attribute) -> ET.Element:
        """The type of an attribute's values; all of a kind but enumeration share one."""
        tag = f"DATATYPE-DEFINITION-{attribute.kind}"
        if attribute.kind is Kind.ENUMERATION:
            values = [
                self.identified("ENUM-VALUE", (attribute.name, value), value, _key(number, value))
                for number, value in enumerate(attribute.choices)
            ]
            holder = element("SPECIFIED-VALUES", *values)
            return self.identified(tag, (attribute.name,), attribute.name, holder)
        more = {
            Kind.STRING: {"MAX_LENGTH": _LONGEST},
            Kind.INTEGER: {"MIN": "0", "MAX": _LARGEST},
        }.get(attribute.kind, {})
        return self.identified(tag, ("",), attribute.kind.value.lower(), **more)

    def object_type(self, name: str, attributes: Iterable[Attribute]) -> ET.Element:
        """A type of objects with its attributes."""
        definitions = [self._definition(name, attribute) for attribute in attributes]
        holder = element("SPEC-ATTRIBUTES", *definitions)
        return self.identified("SPEC-OBJECT-TYPE", (name,), name, holder)

    def spec_object(
        self, type_name: str, name: str, values: Iterable[tuple[Attribute, str]]
    ) -> ET.Element:
        """An object; attributes without a value are left out."""
        given = [_value(type_name, attribute, value) for attribute, value in values if value]
        return self.identified(
            "SPEC-OBJECT",
            (type_name, name),
            name,
            element("VALUES", *given),
            reference("TYPE", "SPEC-OBJECT-TYPE", identifier("SPEC-OBJECT-TYPE", type_name)),
        )

    def node(self, type_name: str, name: str, children: Sequence[ET.Element] = ()) -> ET.Element:
        """The place of an object in the hierarchy."""
        target = identifier("SPEC-OBJECT", type_name, name)
        below = [element("CHILDREN", *children)] if children else []
        return self.identified(
            "SPEC-HIERARCHY",
            (type_name, name),
            name,
            reference("OBJECT", "SPEC-OBJECT", target),
            *below,
        )

    def _definition(self, type_name: str, attribute: Attribute) -> ET.Element:
        tag, data_type = f"ATTRIBUTE-DEFINITION-{attribute.kind}", _data_type_id(attribute)
        more = {"MULTI_VALUED": "false"} if attribute.kind is Kind.ENUMERATION else {}
        return self.identified(
            tag,
            (type_name, attribute.name),
            attribute.name,
            reference("TYPE", f"DATATYPE-DEFINITION-{attribute.kind}", data_type),
            **more,
        )


def _data_type_id(attribute: Attribute) -> str:
    name = attribute.name if attribute.kind is Kind.ENUMERATION else ""
    return identifier(f"DATATYPE-DEFINITION-{attribute.kind}", name)


def _key(number: int, value: str) -> ET.Element:
    return element("PROPERTIES", element("EMBEDDED-VALUE", KEY=str(number), OTHER_CONTENT=value))


def _value(type_name: str, attribute: Attribute, value: str) -> ET.Element:
    tag = f"ATTRIBUTE-DEFINITION-{attribute.kind}"
    definition = reference("DEFINITION", tag, identifier(tag, type_name, attribute.name))
    made = f"ATTRIBUTE-VALUE-{attribute.kind}"
    if attribute.kind is Kind.ENUMERATION:
        chosen = reference("VALUES", "ENUM-VALUE", identifier("ENUM-VALUE", attribute.name, value))
        return element(made, definition, chosen)
    if attribute.kind is Kind.XHTML:
        text = ET.Element(f"{{{XHTML}}}div")
        text.text = value
        return element(made, definition, element("THE-VALUE", text))
    return element(made, definition, THE_VALUE=value)
