"""Content that the target points to is fetched wherever it is, and the token stays at home."""

import pytest

from rcs_conformance.driver.download import absolute_url
from rcs_conformance.errors import DeadlineExceeded, ResponseTooLarge, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.exchange import REDACTED, FailedExchange, header
from rcs_conformance.model.formats import Format
from rcs_conformance.model.media import Attachment
from tests.driver.conftest import CANARY, CAP, DEADLINE, Act, Serve
from tests.driver.raw_server import RawServer, answer, dripping, saying
from tests.driver.test_actor import head_of

XML = Format.XML
EVERY_BYTE = bytes(range(256))


def path_of(server: RawServer) -> str:
    """The path that a server was asked for."""
    return server.requests[0].split(b" ")[1].decode("latin-1")


def test_own_content_is_fetched_with_the_token(serve: Serve, act: Act, log: EvidenceLog) -> None:
    """In one attempt, whose credentials are not recorded; the content is kept as it came."""
    server = serve(saying(answer(EVERY_BYTE, "Content-Type: application/xml")))
    found = act(server.root).download(f"{server.root}/files/1", XML)
    assert (found.answer.status, found.answer.body) == (200, EVERY_BYTE)
    assert (found.answer.content, found.answer.problem) == (None, "")
    assert found.request.operation == "GET fileURL"
    assert head_of(server)["authorization"] == f"Bearer {CANARY}"
    assert head_of(server)["accept"] == "*/*"
    assert header(found.request.headers, "authorization") == f"Bearer {REDACTED}"
    assert log.events() == (found,)


@pytest.mark.parametrize("root", ["http://127.0.0.1:1", "https://{}", "http://localhost:{}"])
def test_content_elsewhere_is_fetched_without_the_token(serve: Serve, act: Act, root: str) -> None:
    """Another host, port or scheme is another origin."""
    server = serve(saying(answer(b"x")))
    root = root.format(server.port if "localhost" in root else f"127.0.0.1:{server.port}")
    found = act(root).download(f"{server.root}/files/1", XML)
    assert found.answer.body == b"x"
    assert "authorization" not in head_of(server)
    assert header(found.request.headers, "authorization") is None


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        ("/files/1", "", "/files/1"),
        ("files/1", "", "/files/1"),
        ("/files/1", "/api", "/api/files/1"),
        ("files/1?a=b", "/api/", "/api/files/1?a=b"),
        ("/api/files/1", "/api", "/api/files/1"),
        ("http://{}/files/1", "/api", "/files/1"),
        ("//{}/files/1", "/api", "/files/1"),
        ("/files/%2F%C3%BC", "", "/files/%2F%C3%BC"),
        ("/files/\u00fc \u4f60", "", "/files/%C3%BC%20%E4%BD%A0"),
        ("/files/1#part", "", "/files/1"),
    ],
)
def test_url_may_be_relative_and_hold_any_character(
    serve: Serve, act: Act, url: str, base: str, expected: str
) -> None:
    """It is relative to the server root; what no URL holds is percent-encoded."""
    server = serve(saying(answer(b"x")))
    actor = act(server.root + base)
    actor.download(url.format(f"127.0.0.1:{server.port}"), XML)
    assert path_of(server) == expected
    assert head_of(server)["authorization"] == f"Bearer {CANARY}"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://host/file",
        "file:///etc/passwd",
        "data:text/plain,x",
        "javascript:alert(1)",
        "http://",
        "http://[::1",
        "http://host:99999/",
        "http://*/x",
        "http:///x",
    ],
)
def test_what_is_no_http_url_is_not_fetched(act: Act, log: EvidenceLog, url: str) -> None:
    """Nothing is sent; the error says which URL it was."""
    with pytest.raises(TargetError, match=r"is not an? (HTTP )?URL"):
        act("http://127.0.0.1:1").download(url, XML)
    assert log.events() == ()


def test_redirection_is_not_followed(serve: Serve, act: Act) -> None:
    """The answer is the redirection; nobody else is asked."""
    other = serve(saying(answer(b"x")))
    moved = answer(b"", f"Location: {other.root}/x", status="302 Found")
    server = serve(saying(moved))
    assert act(server.root).download("/files/1", XML).answer.status == 302
    assert not other.requests


def test_limits_hold_for_content(serve: Serve, act: Act) -> None:
    """What is too large or too slow is no answer, wherever it comes from."""
    large, slow = serve(saying(answer(b"x" * (CAP + 1)))), serve(dripping(b"", b""))
    actor = act("http://127.0.0.1:1", DEADLINE)
    with pytest.raises(ResponseTooLarge):
        actor.download(f"{large.root}/x", XML)
    with pytest.raises(DeadlineExceeded):
        actor.download(f"{slow.root}/x", XML)


def test_one_attempt_is_made(act: Act, log: EvidenceLog) -> None:
    """An answer that does not come is recorded, and not asked for again."""
    with pytest.raises(TargetError, match="refused"):
        act("http://127.0.0.1:2").download("http://127.0.0.1:1/x", XML)
    (failed,) = log.events()
    assert isinstance(failed, FailedExchange)
    assert failed.request.url == "http://127.0.0.1:1/x"


def test_relative_url_without_a_path_is_the_root() -> None:
    """An empty URL is a URL."""
    assert absolute_url("", "http://host/api") == "http://host/api/"


@pytest.mark.parametrize("fmt", list(Format))
@pytest.mark.parametrize("data", [b".", EVERY_BYTE, b"\r\n--\r\n", b"x" * 70_000])
def test_multipart_holds_structure_and_content(
    serve: Serve, act: Act, fmt: Format, data: bytes
) -> None:
    """The structure first, in its format; then the content with its type, byte for byte."""
    server = serve(saying(answer()))
    actor = act(server.root)
    attachment = Attachment(name="a.png", media_type="image/png", data=data)
    body = actor.multipart(ChatMessage(text="hi"), attachment, fmt)
    sent = actor.send("POST", "groupMessages", body, fmt=fmt, ids={"sessionId": "s"}).request
    media_type, _, boundary = (header(sent.headers, "content-type") or "").partition("; boundary=")
    assert media_type == "multipart/form-data"
    assert sent.root == "chatMessage"
    structure = actor.codec.encode(ChatMessage(text="hi"), fmt)
    assert (
        sent.body
        == (
            f"--{boundary}\r\n"
            'Content-Disposition: form-data; name="root-fields"\r\n'
            f"Content-Type: {fmt.media_type}\r\n\r\n"
        ).encode()
        + structure
        + (
            f"\r\n--{boundary}\r\n"
            'Content-Disposition: form-data; name="attachments"; filename="a.png"\r\n'
            "Content-Type: image/png\r\n\r\n"
        ).encode()
        + data
        + f"\r\n--{boundary}--\r\n".encode()
    )
    assert boundary.encode() not in data
