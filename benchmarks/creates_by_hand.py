"""200 creates as one writes such tests by hand; the twin of `creates_by_suites.py`."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import referencing
import requests
import xmlschema

SCHEMAS = Path(__file__).parent.parent / "schemas"
JSON = SCHEMAS / "json"
ROOT = os.environ.get("RCS_ROOT", "")
USERS = [f"tel:+1555010{number}" for number in range(3)]
XML = """<?xml version="1.0" encoding="UTF-8"?>
<chat:groupChatSessionInformation xmlns:chat="urn:oma:xml:rest:netapi:chat:1">\
<subject>talk {number}</subject>\
<participant><address>{users[0]}</address><isOriginator>true</isOriginator></participant>\
<participant><address>{users[1]}</address></participant>\
<participant><address>{users[2]}</address></participant>\
<isClosed>true</isClosed></chat:groupChatSessionInformation>"""


@pytest.fixture(scope="session")
def session() -> Iterator[requests.Session]:
    """One keep-alive session with the token of the first user."""
    with requests.Session() as opened:
        opened.trust_env = False
        opened.headers["Authorization"] = "Bearer token-0"
        yield opened


@pytest.fixture(scope="session")
def xml_schema() -> xmlschema.XMLSchema11:
    """The XML Schema, built once."""
    return xmlschema.XMLSchema11(SCHEMAS / "xsd" / "chat.xsd")


@pytest.fixture(scope="session")
def json_schema() -> jsonschema.Draft202012Validator:
    """The JSON Schema, built once."""
    documents = {path.name: json.loads(path.read_text("utf-8")) for path in JSON.iterdir()}
    registry: referencing.Registry[Any] = referencing.Registry().with_contents(documents.items())
    reference = {"$ref": "chat.schema.json#/$defs/groupChatSessionInformation"}
    return jsonschema.Draft202012Validator(reference, registry=registry)


def create(session: requests.Session, media_type: str, body: bytes) -> requests.Response:
    """Ask for a group chat, and check what both formats have in common."""
    answer = session.post(
        f"{ROOT}/chat/v1/{USERS[0]}/group",
        data=body,
        headers={"Content-Type": media_type, "Accept": media_type},
        timeout=5,
    )
    assert answer.status_code == 201
    assert answer.headers["Content-Type"].partition(";")[0] == media_type
    return answer


@pytest.mark.parametrize("number", range(100))
def test_create_xml(
    session: requests.Session, xml_schema: xmlschema.XMLSchema11, number: int
) -> None:
    """Status, media type, schema, Location and closed, in XML."""
    body = XML.format(number=number, users=USERS).encode()
    answer = create(session, "application/xml", body)
    xml_schema.validate(answer.content.decode())
    document = ElementTree.fromstring(answer.content)  # noqa: S314 - our own server
    assert answer.headers["Location"] == document.findtext("resourceURL")
    assert document.findtext("isClosed") == "true"


@pytest.mark.parametrize("number", range(100))
def test_create_json(
    session: requests.Session, json_schema: jsonschema.Draft202012Validator, number: int
) -> None:
    """Status, media type, schema, Location and closed, in JSON."""
    information = {
        "subject": f"talk {number}",
        "participant": [{"address": USERS[0], "isOriginator": "true"}]
        + [{"address": address} for address in USERS[1:]],
        "isClosed": "true",
    }
    body = json.dumps({"groupChatSessionInformation": information}).encode()
    answer = create(session, "application/json", body)
    json_schema.validate(answer.json())
    content = answer.json()["groupChatSessionInformation"]
    assert answer.headers["Location"] == content["resourceURL"]
    assert str(content["isClosed"]).lower() == "true"
