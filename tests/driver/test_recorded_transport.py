"""What is recorded of a request and its answer: all but the credentials, and whatever came."""

import json
from urllib.parse import quote

import pytest

from rcs_conformance.errors import DeadlineExceeded, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.chat import ChatMessage, IsComposing
from rcs_conformance.model.exchange import REDACTED, FailedExchange, header
from rcs_conformance.model.formats import Format
from tests.driver.conftest import CANARY, DEADLINE, Act, Serve
from tests.driver.raw_server import answer, dripping, saying

XML = "Content-Type: application/xml"
JSON = "Content-Type: application/json"
ECHOES = {
    "plain": CANARY,
    "url-encoded": quote(CANARY, safe=""),
    "url-encoded in lower case": quote(CANARY, safe="").replace("%3D", "%3d").replace("%2F", "%2f"),
    "in XML": CANARY.replace("&", "&amp;"),
    "in JSON": json.dumps(CANARY)[1:-1],
    "in JSON with escaped slash": CANARY.replace("/", "\\/"),
}


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
def test_echoed_secret_is_not_recorded(serve: Serve, act: Act, log: EvidenceLog, echo: str) -> None:
    """The token stands in no record, should the target send it back in whatever form."""
    server = serve(saying(answer(f"your token: {echo}!".encode(), f"X-Echo: {echo}", JSON)))
    found = act(server.root).send("GET", "groups", fmt=Format.JSON)
    assert found.answer.body == f"your token: {REDACTED}!".encode()
    assert header(found.answer.headers, "x-echo") == REDACTED
    assert "canary" not in repr(found)
    assert "canary" not in repr(log.events())


def test_cookie_of_a_session_is_a_secret(serve: Serve, act: Act) -> None:
    """It is redacted from the answer that sets it on; a value of the request itself is none."""
    cookies = ("c=short", "b=tel:+15550100; Path=/", "a=s3ss10n-0f-y0urs; Path=/")
    fields = [f"Set-Cookie: {each}" for each in cookies]
    body = b'["s3ss10n-0f-y0urs", "tel:+15550100", "short"]'
    server = serve(saying(answer(body, JSON, *fields)))
    found = act(server.root).send("GET", "groups", fmt=Format.JSON)
    assert found.answer.body == b'["***", "tel:+15550100", "short"]'
    assert "s3ss10n" not in repr(found)


def test_failed_exchange_is_recorded(serve: Serve, act: Act, log: EvidenceLog) -> None:
    """What got no answer is evidence, too, with reason and duration; the error goes on."""
    server = serve(dripping(b"", b""))
    with pytest.raises(DeadlineExceeded):
        act(server.root, DEADLINE).send(
            "POST",
            "groupMessages",
            ChatMessage(text="hello"),
            fmt=Format.XML,
            ids={"sessionId": "s"},
        )
    (failed,) = log.events()
    assert isinstance(failed, FailedExchange)
    assert failed.reason == f"no complete response within {DEADLINE} s"
    assert failed.request.root == "chatMessage"
    assert failed.seconds >= DEADLINE
    assert failed.started.tzinfo is not None


def test_secret_in_an_error_is_not_recorded(serve: Serve, act: Act, log: EvidenceLog) -> None:
    """A target that echoes the token where a status belongs does not get it into the reports."""
    server = serve(saying(f"Bearer {CANARY}\r\n".encode()))
    with pytest.raises(TargetError) as caught:
        act(server.root).send("GET", "groups", fmt=Format.XML)
    assert str(caught.value) == f"GET groups: BadStatusLine: Bearer {REDACTED}"
    assert caught.value.__suppress_context__
    assert "canary" not in repr(log.events())


@pytest.mark.parametrize(
    ("label", "body", "root", "problem"),
    [
        (JSON, b'{"isComposing": {"state": "idle"}}', "isComposing", ""),
        ("Content-Type: text/plain", b"<a/>", "", "namespace"),
        ("X: y", b"", "", ""),
        (JSON, b"<html>", "", "JSON"),
        (XML, b'{"isComposing": {"state": "idle"}}', "", "XML"),
    ],
)
def test_answer_is_read_as_what_it_claims_to_be(
    serve: Serve, act: Act, label: str, body: bytes, root: str, problem: str
) -> None:
    """In the format of its label, else in the negotiated one; what is unreadable is a problem."""
    server = serve(saying(answer(body, label)))
    found = act(server.root).send("GET", "groups", fmt=Format.XML).answer
    assert found.root == root
    assert isinstance(found.content, IsComposing) is bool(root)
    assert bool(found.problem) is bool(problem)
    assert found.body == body


def test_exchanges_are_numbered_in_order(serve: Serve, act: Act, log: EvidenceLog) -> None:
    """The evidence holds the very records that were handed back, in the order of sending."""
    server = serve(saying(answer()))
    actor = act(server.root)
    sent = tuple(actor.send("GET", "groups", fmt=Format.XML) for _ in range(3))
    assert log.events() == sent
    assert [each.number for each in sent] == [1, 2, 3]
    assert all(each.seconds > 0 for each in sent)
