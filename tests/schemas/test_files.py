"""The schema files: are schemas, name the roots and members of the model, stay off the network."""

import json
import re
import socket
from typing import Any, NoReturn
from xml.etree import ElementTree

import pytest
import xmlschema
from jsonschema import Draft202012Validator

from rcs_conformance import kit
from rcs_conformance.model.formats import Format
from rcs_conformance.wire import ROOTS
from rcs_conformance.wire.schema import roots, violations
from rcs_conformance.wire.schema_json import APIS
from rcs_conformance.wire.structure import structure_of
from tests.schemas.shapes import shape_of

XS = "{http://www.w3.org/2001/XMLSchema}"


def _json(api: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads((kit.SCHEMAS / "json" / f"{api}.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("api", APIS)
def test_files_are_schemas(api: str) -> None:
    """Both files of an API are valid in their own language, which running does not check."""
    Draft202012Validator.check_schema(_json(api))
    built = xmlschema.XMLSchema11(kit.SCHEMAS / "xsd" / f"{api}.xsd", validation="strict")
    assert built.target_namespace == f"urn:oma:xml:rest:netapi:{api}:1"


@pytest.mark.parametrize("api", APIS)
def test_both_languages_have_the_same_names(api: str) -> None:
    """Each root and each type of the one is in the other, but for the arrays of JSON."""
    tree = ElementTree.parse(kit.SCHEMAS / "xsd" / f"{api}.xsd").getroot()  # noqa: S314 - ours
    in_xsd = {str(node.get("name")) for node in tree if node.get("name")}
    definitions = _json(api)["$defs"]
    arrays = {name for name, body in definitions.items() if "items" in body.get("then", {})}
    extra = {"Notification"} if api == "notificationchannel" else set()
    assert in_xsd == set(definitions) - (arrays - {"NotificationList"}) - extra


@pytest.mark.parametrize("api", APIS)
def test_both_languages_have_the_same_patterns(api: str) -> None:
    """A pattern is the same text in both; JSON adds only the anchors."""
    tree = ElementTree.parse(kit.SCHEMAS / "xsd" / f"{api}.xsd").getroot()  # noqa: S314 - ours
    for node in tree.findall(f"{XS}simpleType[@name]"):
        own = [str(facet.get("value")) for facet in node.iter(f"{XS}pattern")]
        body = json.dumps(_json(api)["$defs"][node.get("name")])
        patterns = re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', body)
        assert [json.loads(text) for text in patterns] == [
            f"^({text})$(?![\\s\\S])" for text in own
        ]


@pytest.mark.parametrize("root", sorted(ROOTS.keys() & roots()))
def test_members_are_those_of_the_model(root: str) -> None:
    """Each member stands in both, is repeatable in both, and is at least as mandatory here."""
    model = {member.element: member for member in structure_of(ROOTS[root].cls).members}
    slots = shape_of(root).slots
    assert slots.keys() == model.keys()
    for name, member in model.items():
        assert slots[name].repeatable == member.repeatable, name
        if member.mandatory and not member.repeatable:
            assert slots[name].mandatory, name


def test_no_schema_reaches_for_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown elements of namespaces that the library knows addresses for fetch nothing."""

    def refuse(*_: object) -> NoReturn:
        pytest.fail("the network was used")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    unknown = "".join(
        f'<x:a xmlns:x="{namespace}"/>'
        for namespace in (
            "http://www.w3.org/1999/xhtml",
            "http://www.w3.org/1998/Math/MathML",
            "http://www.w3.org/1999/xlink",
            "http://192.0.2.1/ns",
        )
    )
    name = "urn:oma:xml:rest:netapi:notificationchannel:1"
    body = f'<n:notificationList xmlns:n="{name}">{unknown}</n:notificationList>'.encode()
    assert violations(body, Format.XML, "notificationList") == ()
