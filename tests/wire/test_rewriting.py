"""Bodies of dialects that differ in more than names: members elsewhere, and values of their own."""

import json
from collections.abc import Mapping

import pytest

from rcs_conformance.binding import Forms, TimeFormat
from rcs_conformance.errors import WireError
from rcs_conformance.kit import PAYLOADS
from rcs_conformance.model.chat import ChatMessage, MessageStatus, MessageStatusReport
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.wire import ROOTS, Codec
from rcs_conformance.wire.schema import violations
from rcs_conformance.wire.tolerance import tolerated

NAMES = {"isClosed": "x-type", "isOriginator": "x-isAdmin", "chatMessage": "message"}
FORMS = Forms(
    values={"Displayed": "DISPLAYED", "Failed": "failed", "active": "ACTIVE"},
    booleans={"isClosed": ("closed", "open")},
    times={"dateTime": TimeFormat.SECONDS, "lastactive": TimeFormat.MILLISECONDS},
    places={"senderAddress": ("message", "from"), "dateTime": ("message", "dateTime")},
    absent={"chatMessageNotification": {"sessionId": "adhoc"}},
)
CODEC = Codec(NAMES, forms=FORMS)
ROOT = "chatMessageNotification"
NAMESPACE = "urn:oma:xml:rest:netapi:chat:1"
TOLD = ChatMessageNotification(
    session_id="adhoc",
    message_id="m1",
    sender_address="tel:1",
    date_time="2026-01-02T03:04:05+00:00",
    chat_message=ChatMessage(text="a\rb", status=MessageStatus.DISPLAYED),
)
ON_THE_WIRE = {
    ROOT: {
        "messageId": "m1",
        "message": {
            "text": "a\rb",
            "status": "DISPLAYED",
            "from": "tel:1",
            "dateTime": 1767323045,
        },
    }
}


def in_json(root: str, content: Mapping[str, object]) -> bytes:
    return json.dumps({root: content}).encode()


def test_a_body_is_written_as_the_dialect_has_it() -> None:
    """In JSON a time is a number; what has the default value is left out."""
    assert json.loads(CODEC.encode(TOLD, Format.JSON)) == ON_THE_WIRE


@pytest.mark.parametrize("fmt", list(Format))
def test_what_was_written_reads_the_same_and_is_valid(fmt: Format) -> None:
    """Codec and schema see the default forms; nothing of them is on the wire."""
    body = CODEC.encode(TOLD, fmt)

    assert CODEC.decode(body, fmt).content == TOLD
    assert violations(body, fmt, ROOT, NAMES, FORMS) == ()
    assert tolerated(body, fmt, ROOT, NAMES, FORMS) == ()
    assert b"adhoc" not in body
    assert b"2026" not in body


@pytest.mark.parametrize("fmt", list(Format))
def test_lists_and_forms_are_written_as_the_dialect_has_it(fmt: Format) -> None:
    """Each notification of a list, and each field."""
    listed = CODEC.encode_list([TOLD, TOLD], fmt)
    form = CODEC.encode_form(MessageStatusReport(status=MessageStatus.DISPLAYED))

    assert CODEC.decode(listed, fmt).content == (TOLD, TOLD)
    assert form == b"status=DISPLAYED"
    read = CODEC.decode_form(form, "messageStatusReport", "tel:1")
    assert read == MessageStatusReport(status=MessageStatus.DISPLAYED)


@pytest.mark.exhaustive
def test_valid_bodies_are_valid_in_the_dialect() -> None:
    """All bodies written by hand, written again in the dialect."""
    for case in sorted(PAYLOADS.glob("*/valid/*.*")):
        root, fmt = case.parts[-3], Format(case.suffix[1:])
        if root not in ROOTS:
            continue
        content = Codec().decode(case.read_bytes(), fmt).content
        body = CODEC.encode(content, fmt)
        again = CODEC.encode(CODEC.decode(body, fmt).content, fmt)
        assert again == body, case
        assert violations(body, fmt, root, NAMES, FORMS) == (), case


def _wire(**changes: object) -> dict[str, object]:
    message = {**ON_THE_WIRE[ROOT]["message"], **changes}  # type: ignore[dict-item]
    return {"messageId": "m1", "message": {k: v for k, v in message.items() if v is not None}}


@pytest.mark.parametrize(
    ("root", "content", "path", "message"),
    [
        (ROOT, _wire(status="Displayed"), f"{ROOT}/message/status", "is spelled DISPLAYED"),
        (ROOT, _wire(status="sent"), f"{ROOT}/message/status", "'sent' is not"),
        (ROOT, _wire(dateTime="2026-01-02T03:04:05Z"), f"{ROOT}/dateTime", "number of seconds"),
        (ROOT, _wire(dateTime=10**14), f"{ROOT}/dateTime", "too large"),
        (
            ROOT,
            {**_wire(**{"from": None}), "senderAddress": "tel:1"},
            ROOT,
            "missing member message/from",
        ),
        (
            "isComposing",
            {"state": "ACTIVE", "lastactive": "2026-01-02T03:04:05Z"},
            "isComposing/lastactive",
            "number of milliseconds",
        ),
        (
            "groupChatSessionInformation",
            {"participant": [{"address": "tel:1"}], "x-type": True},
            "groupChatSessionInformation/x-type",
            "True is neither closed nor open",
        ),
    ],
)
def test_default_forms_are_invalid_in_the_dialect(
    root: str, content: Mapping[str, object], path: str, message: str
) -> None:
    """A value in the form of the default binding, or a member where that has it, is a violation."""
    found = violations(in_json(root, content), Format.JSON, root, NAMES, FORMS)

    assert [each.path for each in found] == [path]
    assert message in found[0].message
    assert path + ": " not in found[0].message


def test_a_wrong_value_is_unreadable_and_not_tolerated() -> None:
    """The codec refuses what the schema refuses."""
    body = in_json("messageStatusReport", {"status": "Displayed"})
    with pytest.raises(WireError, match="is spelled DISPLAYED in this binding"):
        CODEC.decode(body, Format.JSON)
    assert tolerated(body, Format.JSON, "messageStatusReport", NAMES, FORMS) == ()


def test_members_stay_where_there_is_no_neighbour() -> None:
    """A composing indication has no message that its sender could stand in."""
    inner = "<senderAddress>tel:1</senderAddress><isComposing><state>ACTIVE</state></isComposing>"
    body = f'<n:{ROOT} xmlns:n="{NAMESPACE}">{inner}</n:{ROOT}>'.encode()

    content = CODEC.decode(body, Format.XML).content

    assert isinstance(content, ChatMessageNotification)
    assert (content.session_id, content.sender_address) == ("adhoc", "tel:1")


def test_another_id_in_the_place_of_an_absent_one() -> None:
    """A message in a long-lived group is none of ad-hoc chat."""
    body = in_json(ROOT, {**_wire(), "groupChatId": "g1"})

    content = CODEC.decode(body, Format.JSON).content

    assert isinstance(content, ChatMessageNotification)
    assert (content.session_id, content.group_chat_id) == (None, "g1")


@pytest.mark.parametrize(
    ("body", "fmt"),
    [(b"{", Format.JSON), (b"<a", Format.XML), (b'{"a": 1}', Format.JSON), (b"<a />", Format.XML)],
)
def test_what_is_no_document_is_not_rewritten(body: bytes, fmt: Format) -> None:
    """Invalid requests keep what is wrong with them."""
    assert CODEC.rewritten(body, fmt).endswith(body.replace(b": ", b":"))
