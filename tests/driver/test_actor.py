"""What an actor sends: URL, headers and body, with its credentials or those of others."""

from collections.abc import Callable
from contextlib import closing

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.driver import Actor, Body, Negotiation, wanting
from rcs_conformance.driver.negotiation import WAYS, unavailable
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.exchange import REDACTED, header
from rcs_conformance.model.formats import FORM_MEDIA_TYPE, Format
from rcs_conformance.target import Secret, Target, User
from tests.driver.conftest import CANARY, Act, Serve
from tests.driver.raw_server import Connection, RawServer, answer, saying

MESSAGE = ChatMessage(text="hello")


def head_of(server: RawServer, position: int = 0) -> dict[str, str]:
    """The header fields of a request that a server read."""
    lines = server.requests[position].partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    fields = (line.partition(": ") for line in lines[1:])
    return {name.lower(): text for name, _, text in fields}


@pytest.mark.parametrize("fmt", list(Format))
def test_structure_is_sent_and_read_in_a_format(serve: Serve, act: Act, fmt: Format) -> None:
    """Body, Content-Type and Accept are those of the format, and the answer is read in it."""
    body = b'{"chatMessage": {"text": "hello"}}'
    if fmt is Format.XML:
        opening = b'<c:chatMessage xmlns:c="urn:oma:xml:rest:netapi:chat:1">'
        body = opening + b"<text>hello</text></c:chatMessage>"
    server = serve(saying(answer(body, f"Content-Type: {fmt.media_type}; charset=utf-8")))
    actor = act(server.root)
    found = actor.send("POST", "groupMessages", MESSAGE, fmt=fmt, ids={"sessionId": "s/1"})
    head = head_of(server)
    assert (head["content-type"], head["accept"]) == (fmt.media_type, fmt.media_type)
    assert head["authorization"] == f"Bearer {CANARY}"
    assert server.requests[0].startswith(b"POST /chat/v1/tel%3A%2B15550100/group/s%2F1/messages ")
    assert found.request.operation == "POST groupMessages"
    assert (found.request.root, found.request.format) == ("chatMessage", fmt)
    assert (found.answer.root, found.answer.content) == ("chatMessage", MESSAGE)
    assert found.request.body in server.requests[0]


@pytest.mark.parametrize(
    ("negotiation", "accept", "query"),
    [
        (None, "application/xml", ""),
        (wanting(Format.JSON), "application/json", ""),
        (Negotiation(accept="*/*", expected=Format.JSON), "*/*", ""),
        (Negotiation(accept=None, expected=Format.XML), None, ""),
        (
            Negotiation(accept=None, res_format="JSON", expected=Format.JSON),
            None,
            "?resFormat=JSON",
        ),
    ],
)
def test_format_is_negotiated_as_told(
    serve: Serve, act: Act, negotiation: Negotiation | None, accept: str | None, query: str
) -> None:
    """By Accept, by resFormat or not at all; the request records what is expected then."""
    server = serve(saying(answer()))
    found = act(server.root).send("GET", "groups", fmt=Format.XML, negotiation=negotiation)
    assert head_of(server).get("accept") == accept
    assert header(found.request.headers, "accept") == accept
    assert found.request.url.endswith(f"/group{query}")
    assert found.request.format is (negotiation.expected if negotiation else Format.XML)
    assert "content-type" not in head_of(server)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("fmt", list(Format))
def test_every_way_asks_for_the_format(
    serve: Serve, act: Act, way: Callable[[Format], Negotiation], fmt: Format
) -> None:
    """Each way to ask names the format, or leaves it to that of the request."""
    server = serve(saying(answer()))
    found = act(server.root).send(
        "POST", "groupMessages", MESSAGE, fmt=fmt, negotiation=way(fmt), ids={"sessionId": "s"}
    )
    asked = f"{found.request.url} {header(found.request.headers, 'accept') or '*/*'}"
    assert found.request.format is fmt
    assert fmt.media_type in asked or f"resFormat={fmt.name}" in asked or asked.endswith(" */*")


def test_what_nobody_offers() -> None:
    """A format that is not available is asked for, its error expected in that of the request."""
    asked = unavailable(Format.JSON)
    assert asked.accept not in {None, "*/*", *(fmt.media_type for fmt in Format)}
    assert asked.expected is Format.JSON


@pytest.mark.parametrize(
    ("credentials", "sent"), [(None, f"Bearer {CANARY}"), ("", None), ("bad", "Bearer bad")]
)
def test_credentials_may_be_others(
    serve: Serve, act: Act, credentials: str | None, sent: str | None
) -> None:
    """The user's own unless told otherwise; none at all for an empty text; never recorded."""
    server = serve(saying(answer()))
    found = act(server.root).send("GET", "groups", fmt=Format.XML, credentials=credentials)
    assert head_of(server).get("authorization") == sent
    recorded = header(found.request.headers, "authorization")
    assert recorded == (f"Bearer {REDACTED}" if sent else None)


def test_credentials_of_another_actor(serve: Serve, act: Act) -> None:
    """Somebody else's token goes to the user's own URL."""
    server = serve(saying(answer()))
    act("http://127.0.0.1:1")
    actor, other = act(server.root), act(server.root)
    actor.send("GET", "groups", fmt=Format.XML, credentials=other)
    assert head_of(server)["authorization"] == f"Bearer {CANARY}"


def test_charset_of_content_type_holds(serve: Serve, act: Act) -> None:
    """What the declaration in the body says comes after it."""
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><c:chatMessage xmlns:c="urn:oma:xml:rest:netapi:'
        'chat:1"><text>\u00e4</text></c:chatMessage>'
    )
    media_type = "Content-Type: application/xml; charset=ISO-8859-1"
    server = serve(saying(answer(body.encode("latin-1"), media_type)))
    found = act(server.root).send("GET", "groups", fmt=Format.XML)
    assert found.answer.content == ChatMessage(text="\u00e4")


def test_request_with_a_correlator_may_go_out_again(serve: Serve, act: Act) -> None:
    """The server closed the connection without saying so, just when the request came."""

    def script(connection: Connection) -> None:
        connection.read()
        connection.say(answer(b"{}", "Content-Type: application/json", status="201 Created"))
        connection.read()

    server = serve(script)
    actor = act(server.root)
    message = ChatMessage(text="hello", client_correlator="c-1")
    actor.send("POST", "groupMessages", MESSAGE, fmt=Format.JSON, ids={"sessionId": "s"})
    actor.send("POST", "groupMessages", message, fmt=Format.JSON, ids={"sessionId": "s"})
    assert (len(server.requests), server.connections) == (3, 2)


def test_body_goes_out_as_it_is(serve: Serve, act: Act) -> None:
    """Near misses, other media types and forms are bytes with a label; no root is claimed."""
    server = serve(saying(answer()))
    actor = act(server.root)
    bodies = [Body(data=b"<a", media_type="text/html"), actor.form(MESSAGE)]
    for body in bodies:
        found = actor.send("POST", "groups", body, fmt=Format.JSON)
        assert (found.request.body, found.request.root) == (body.data, "")
    assert head_of(server, 0)["content-type"] == "text/html"
    assert head_of(server, 1)["content-type"] == FORM_MEDIA_TYPE
    assert server.requests[1].endswith(b"\r\n\r\ntext=hello")


def test_urls_name_users_by_their_ids(log: EvidenceLog) -> None:
    """A user is known by its address; in URLs stands its id, where it has one."""
    users = (
        User(address="tel:+1", id="1", token=Secret(CANARY)),
        User(address="bob@x", id="uuid-2", token=Secret(CANARY)),
        User(address="tel:+3", token=Secret(CANARY)),
    )
    target = Target(name="ids", server_root="http://h", users=users)

    with closing(Actor(target, users[0], load_binding("oma-v1"), log)) as actor:
        url = actor.url("oneToOneSession", otherUserId="bob@x", sessionId="bob@x")
        other = actor.url("participant", userId="tel:+3", sessionId="s", participantId="tel:+1")

    assert url == "http://h/chat/v1/1/oneToOne/uuid-2/bob%40x"
    assert other == "http://h/chat/v1/tel%3A%2B3/group/s/participants/1"
