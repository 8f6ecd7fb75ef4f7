"""What a vendor reads about a violation."""

import json

import pytest

from rcs_conformance.errors import HarnessError
from rcs_conformance.model.formats import Format
from rcs_conformance.wire.schema import violations
from rcs_conformance.wire.violation import LIMIT

CHAT = "urn:oma:xml:rest:netapi:chat:1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ADDRESS = "<address>tel:+1</address>"
P = "participantInformation"

XML = {
    "missing": ("<name>x</name>", f"{P}: missing element address"),
    "qualified": (
        "<c:address>tel:+1</c:address>",
        f"{P}: missing element address (there is {{{CHAT}}}address,"
        " but only the root is qualified)",
    ),
    "repeated": (ADDRESS * 3, f"{P}/address: 3 elements: one is expected"),
    "boolean": (
        f"{ADDRESS}<isOriginator>maybe</isOriginator>",
        f"{P}/isOriginator: 'maybe' is not a boolean: true or false",
    ),
    "enumeration": (
        f"{ADDRESS}<status>Gone</status>",
        f"{P}/status: 'Gone' is not one of Invited, Connected, Disconnected",
    ),
    "uri": (
        "<address>not a uri %zz</address>",
        f"{P}/address: 'not a uri %zz' is not a URI reference (RFC 3986)",
    ),
    "attribute-missing": (f'{ADDRESS}<link rel="x"/>', f"{P}/link: missing attribute href"),
    "attribute-wrong": (
        f'{ADDRESS}<link rel="x" href="/"/><link rel="x" href="%"/>',
        f"{P}/link[2]/href: '%' is not a URI reference (RFC 3986)",
    ),
    "text-between": (f"{ADDRESS}junk", f"{P}: 'junk' stands where only elements may"),
    "element-in-value": (
        f"{ADDRESS}<name><b/></name>",
        f"{P}/name: element b stands where the value should be a string",
    ),
    "attribute-of-value": (
        f'{ADDRESS}<name lang="de">x</name>',
        f"{P}/name: attribute lang is not expected here",
    ),
    "nil": (
        f'{ADDRESS}<link rel="x" href="/" xmlns:xsi="{XSI}" xsi:nil="true"/>',
        f"{P}/link: element is not nillable",
    ),
}

JSON: dict[str, tuple[object, str]] = {
    "missing": ({"name": "x"}, f"{P}: missing member address"),
    "array": ({"address": ["tel:+1"] * 3}, f"{P}/address: an array of 3: one value is expected"),
    "boolean": (
        {"address": "tel:+1", "isOriginator": "maybe"},
        f"{P}/isOriginator: 'maybe' is not a boolean: true or false",
    ),
    "null": ({"address": None, "name": None}, f"{P}: missing member address"),
    "null in an array": (
        {"address": "tel:+1", "link": [None]},
        f"{P}/link: null is not an object",
    ),
    "literal": ({"address": "tel:+1", "name": True}, f"{P}/name: true is not a string"),
    "number": ({"address": "tel:+1", "name": 5}, f"{P}/name: 5 is not a string"),
    "not-an-object": ("x", f"{P}: 'x' is not an object"),
    "second-of-two": (
        {"address": "tel:+1", "link": [{"rel": "x", "href": "/"}, {"rel": "x"}]},
        f"{P}/link[2]: missing member href",
    ),
}


def _xml(inner: str, attributes: str = "") -> bytes:
    return f'<c:{P} xmlns:c="{CHAT}" {attributes}>{inner}</c:{P}>'.encode()


@pytest.mark.parametrize(("inner", "expected"), XML.values(), ids=XML)
def test_xml_message(inner: str, expected: str) -> None:
    """Each deviation is told once, in our words, with its place."""
    assert [str(found) for found in violations(_xml(inner), Format.XML, P)] == [expected]


@pytest.mark.parametrize(("content", "expected"), JSON.values(), ids=JSON)
def test_json_message(content: object, expected: str) -> None:
    """Each deviation is told once, in our words, with its place."""
    found = violations(json.dumps({P: content}).encode(), Format.JSON, P)
    assert [str(violation) for violation in found] == [expected]


@pytest.mark.parametrize("content", [[], {"participant": []}])
def test_empty_array_is_refused_where_one_is_needed(content: object) -> None:
    """A mandatory repeatable member has at least one entry."""
    body = json.dumps({"participantList": content}).encode()
    assert len(violations(body, Format.JSON, "participantList")) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"<chatMessage><text/></chatMessage>",
        b'<a:chatMessage xmlns:a="urn:a"><text/></a:chatMessage>',
    ],
)
def test_wrong_namespace_is_told_with_the_right_one(body: bytes) -> None:
    """A root without, or of another, namespace is refused."""
    (found,) = violations(body, Format.XML, "chatMessage")
    assert found.path == ""
    assert f"chatMessage in namespace {CHAT} is expected" in found.message


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"message": {"text": ""}}', b'"chatMessage"'])
def test_wrong_json_root_is_told_with_the_right_one(body: bytes) -> None:
    """A document without the member of its root is refused."""
    (found,) = violations(body, Format.JSON, "chatMessage")
    assert "the member chatMessage is expected" in found.message


def test_members_beside_the_root_are_refused() -> None:
    """A JSON document has one member."""
    (found,) = violations(b'{"chatMessage": {"text": ""}, "x": 1}', Format.JSON, "chatMessage")
    assert found.message == "one member is expected in this object: there are 2"


@pytest.mark.parametrize("fmt", Format)
def test_body_that_cannot_be_read_is_a_violation(fmt: Format) -> None:
    """A malformed body is judged, not raised."""
    (found,) = violations(b"<{", fmt, "chatMessage")
    assert found.path == ""


def test_unknown_root_is_the_caller_s_fault() -> None:
    """To ask for a root without schema is an error of the suite."""
    with pytest.raises(HarnessError, match="no schema of the root 'chatmessage'"):
        violations(b"{}", Format.JSON, "chatmessage")


def test_schema_instance_attributes_do_not_matter() -> None:
    """A type or a schema location in the document is neither followed nor held against it."""
    hints = f'xmlns:xsi="{XSI}" xsi:type="x:y" xsi:schemaLocation="urn:x http://192.0.2.1/x.xsd"'
    assert violations(_xml(ADDRESS, hints), Format.XML, P) == ()


def test_number_of_violations_is_limited() -> None:
    """A body that is wrong everywhere gives no endless list."""
    inner = "<participant/>" * 500
    body = f'<c:participantList xmlns:c="{CHAT}">{inner}</c:participantList>'.encode()
    assert len(violations(body, Format.XML, "participantList")) <= LIMIT


@pytest.mark.parametrize("item", [5, {}, {"a": 1, "b": 2}])
def test_list_holds_objects_of_one_member(item: object) -> None:
    """Each entry of a JSON notification list names one notification."""
    body = json.dumps({"notificationList": [{"vendorNotification": {}}, item]}).encode()
    (found,) = violations(body, Format.JSON, "notificationList")
    assert found.path == "notificationList[2]"


def test_qualified_notification_in_a_list_is_judged() -> None:
    """A list may qualify its notifications; they are judged all the same."""
    body = (
        '<n:notificationList xmlns:n="urn:oma:xml:rest:netapi:notificationchannel:1">'
        f'<c:chatEventNotification xmlns:c="{CHAT}"/></n:notificationList>'
    ).encode()
    (found,) = violations(body, Format.XML, "notificationList")
    assert str(found) == "notificationList/chatEventNotification: missing element eventType"
