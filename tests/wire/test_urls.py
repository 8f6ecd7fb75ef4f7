"""Ids in URLs are found in whatever form the target gives the URL."""

from datetime import UTC, datetime

import pytest

from rcs_conformance.model.chat import GroupChatSessionInformation
from rcs_conformance.model.common import ResourceReference
from rcs_conformance.model.exchange import Answer, Exchange, Headers, Request
from rcs_conformance.model.formats import Format
from rcs_conformance.wire.created import created_as, created_id, location, resource_url
from rcs_conformance.wire.urls import identifiers, path_segments, same_resource

GROUP = "/group/{sessionId}"
MESSAGE = "/group/{sessionId}/messages/{messageId}"
ROOT = "https://host.example/api/chat/v1/tel%3A%2B1"


@pytest.mark.parametrize(
    ("url", "template", "expected"),
    [
        (f"{ROOT}/group/s1", GROUP, {"sessionId": "s1"}),
        ("/chat/v1/tel:+1/group/s1", GROUP, {"sessionId": "s1"}),
        ("group/s1", GROUP, {"sessionId": "s1"}),
        (f"{ROOT}/group/s%2F1%20%C3%A9?x=y#z", GROUP, {"sessionId": "s/1 \xe9"}),
        (f"{ROOT}/group/-1", GROUP, {"sessionId": "-1"}),
        (f"{ROOT}/group/s1/status", GROUP, {"sessionId": "s1"}),
        (f"{ROOT}/group/s1/messages/m1", MESSAGE, {"sessionId": "s1", "messageId": "m1"}),
        (f"{ROOT}/group/s1/messages/m1/status", MESSAGE, {"sessionId": "s1", "messageId": "m1"}),
        (f"{ROOT}/group/s1/messages/m1", GROUP, None),
        (f"{ROOT}/group/", GROUP, None),
        (f"{ROOT}/group", GROUP, None),
        (f"{ROOT}/groups/s1", GROUP, None),
        ("s1", GROUP, None),
        ("", GROUP, None),
        (f"{ROOT}/group/s1", "/group/s1", {}),
    ],
)
def test_identifiers(url: str, template: str, expected: dict[str, str] | None) -> None:
    """Absolute or relative, encoded or bare, with `/status` behind; else none."""
    assert identifiers(url, template) == expected


@pytest.mark.parametrize("status", ["status", "Status"])
def test_id_that_is_called_status(status: str) -> None:
    """An id may be any text; where the template ends in the id, `/status` alone is none."""
    template = "/group/{sessionId}/status"
    assert identifiers(f"{ROOT}/group/{status}/status", template) == {"sessionId": status}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (f"{ROOT}/group/s1", f"{ROOT}/group/s1", True),
        (f"{ROOT}/group/s1", "/chat/v1/tel:+1/group/s1", True),
        (f"{ROOT}/group/s1", "http://other/api/chat/v1/tel:+1/group/s1", True),
        (f"{ROOT}/group/s1/status", f"{ROOT}/group/s1", True),
        (f"{ROOT}/group/s1", f"{ROOT}/group/s2", False),
        (f"{ROOT}/group/s1", f"{ROOT}/group", False),
        (f"{ROOT}/group/s1", "", False),
        ("", "", False),
        (f"{ROOT}/x/group/s1", "/group/s1", True),
    ],
)
def test_same_resource(one: str, other: str, same: bool) -> None:
    """From the path on, whichever comes first."""
    assert same_resource(one, other) is same
    assert same_resource(other, one) is same


def test_path_segments_are_decoded_one_by_one() -> None:
    """An encoded slash parts nothing."""
    assert path_segments("http://h/a%2Fb/c?d") == ("", "a/b", "c")


def creation(headers: Headers, content: object | None) -> Exchange:
    """The exchange of a creation with this answer."""
    request = Request(
        user="tel:+1",
        resource="groups",
        method="POST",
        url=f"{ROOT}/group",
        headers=(),
        body=b"",
        format=Format.XML,
    )
    answer = Answer(status=201, headers=headers, body=b"", content=content)
    started = datetime(2026, 1, 1, tzinfo=UTC)
    return Exchange(number=1, request=request, answer=answer, started=started, seconds=0.0)


AT = (("location", f"{ROOT}/group/s1"),)
FULL = GroupChatSessionInformation(participant=(), resource_url=f"{ROOT}/group/s2")
REFERENCE = ResourceReference(resource_url="/group/s3")


@pytest.mark.parametrize(
    ("headers", "content", "expected"),
    [
        (AT, FULL, "s1"),
        ((), FULL, "s2"),
        ((), REFERENCE, "s3"),
        ((("location", "/nowhere"),), REFERENCE, "s3"),
        ((), None, None),
        ((), GroupChatSessionInformation(participant=()), None),
        ((), "text", None),
    ],
)
def test_id_of_what_was_created(headers: Headers, content: object, expected: str | None) -> None:
    """By Location, or by the resourceURL of a full body or a reference; else none."""
    exchange = creation(headers, content)
    assert created_id(exchange, GROUP, "sessionId") == expected
    assert created_as(exchange, GROUP) == (None if expected is None else {"sessionId": expected})
    assert location(exchange) == (headers[0][1] if headers else None)
    assert resource_url(exchange) == getattr(content, "resource_url", None)
