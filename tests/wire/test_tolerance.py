"""What is tolerated is found, and nothing else."""

import pytest

from rcs_conformance import kit
from rcs_conformance.model.filetransfer import FileTransferEventNotification
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import CHAT_EVENTS, ChatEventNotification, EventType
from rcs_conformance.wire import Codec
from rcs_conformance.wire.schema import violations
from rcs_conformance.wire.tolerance import tolerated

GROUP = "groupChatSessionInformation"


def _json(content: str) -> str:
    return f'{{"{GROUP}": {content}}}'


XML = (
    '<n:groupChatSessionInformation xmlns:n="urn:oma:xml:rest:netapi:chat:1"><participant>'
    "<address>tel:+1</address><isOriginator>{}</isOriginator></participant>"
    "<x><isClosed>1</isClosed></x><isClosed>false</isClosed></n:groupChatSessionInformation>"
)


@pytest.mark.parametrize(
    ("body", "fmt", "expected"),
    [
        (XML.format("true"), Format.XML, ()),
        (XML.format("1"), Format.XML, (f"{GROUP}/participant/isOriginator: a boolean as 1",)),
        (_json('{"isClosed": "true", "participant": [{}]}'), Format.JSON, ()),
        (
            _json('{"isClosed": 1, "participant": [{"isOriginator": "0"}]}'),
            Format.JSON,
            (
                f"{GROUP}/participant/isOriginator: a boolean as 0",
                f"{GROUP}/isClosed: a boolean as 1",
            ),
        ),
        (
            _json('{"supportedService": "ft", "participant": {"address": "a"}}'),
            Format.JSON,
            (
                f"{GROUP}/participant: a single value without its array",
                f"{GROUP}/supportedService: a single value without its array",
            ),
        ),
        (
            _json('{"subject": null, "participant": null, "x": null}'),
            Format.JSON,
            (f"{GROUP}/subject: null for a member that is absent",),
        ),
        ("[]", Format.JSON, ()),
        ("{", Format.JSON, ()),
        ("<a", Format.XML, ()),
    ],
)
def test_tolerated(body: str, fmt: Format, expected: tuple[str, ...]) -> None:
    """Booleans as numbers in both formats; single values and null in JSON."""
    assert tolerated(body.encode(), fmt, GROUP) == expected


def test_unknown_root_tolerates_nothing() -> None:
    """There is no structure to hold it against."""
    assert tolerated(b'{"x": 1}', Format.JSON, "x") == ()


@pytest.mark.parametrize("root", ["chatEventNotification", "fileTransferEventNotification"])
@pytest.mark.parametrize("fmt", list(Format))
def test_event_type_that_is_not_listed_is_remarked_upon(root: str, fmt: Format) -> None:
    """It is read all the same, as none of the listed ones."""
    file = kit.ROOT / "fixtures" / "payloads" / root / "valid" / f"eventType-unlisted.{fmt.value}"
    content = Codec().decode(file.read_bytes(), fmt).content
    assert isinstance(content, ChatEventNotification | FileTransferEventNotification)
    assert content.event_type not in list(EventType)
    assert tolerated(file.read_bytes(), fmt, root) == (
        f"{root}/eventType: an event type that is not listed: {content.event_type}",
    )


@pytest.mark.parametrize("event", sorted(CHAT_EVENTS))
def test_listed_event_type_is_not_remarked_upon(event: EventType) -> None:
    """Each that chats have."""
    body = Codec().encode(ChatEventNotification(event_type=event), Format.JSON)
    assert tolerated(body, Format.JSON, "chatEventNotification") == ()


@pytest.mark.parametrize(
    ("root", "event", "remarks"),
    [
        ("chatEventNotification", "Timeout", 0),
        ("chatEventNotification", "Aborted", 1),
        ("fileTransferEventNotification", "Aborted", 0),
        ("fileTransferEventNotification", "Accepted", 1),
    ],
)
def test_each_api_has_event_types_of_its_own(root: str, event: str, remarks: int) -> None:
    """One that only the other API lists is remarked upon, too."""
    body = f'{{"{root}": {{"sessionId": "s", "eventType": "{event}"}}}}'

    assert len(tolerated(body.encode(), Format.JSON, root)) == remarks


def test_composing_indication_of_rfc3994_is_read_with_a_remark() -> None:
    """In its own namespace, as in none."""
    own = ' xmlns="urn:ietf:params:xml:ns:im-iscomposing"'
    body = f"""<n:chatMessageNotification xmlns:n="urn:oma:xml:rest:netapi:chat:1">
        <sessionId>s</sessionId><senderAddress>tel:+1</senderAddress>
        <isComposing{own}><state>active</state></isComposing></n:chatMessageNotification>""".encode()
    plain = body.replace(own.encode(), b"")
    root = "chatMessageNotification"

    assert violations(body, Format.XML, root) == ()
    assert Codec().decode(body, Format.XML) == Codec().decode(plain, Format.XML)
    assert tolerated(body, Format.XML, root) == (
        f"{root}: a composing indication in the namespace of RFC 3994",
    )
    assert tolerated(plain, Format.XML, root) == ()
