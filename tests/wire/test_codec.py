"""The codec: what is written is read back, and what is wrong is refused with its place."""

from enum import StrEnum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rcs_conformance.errors import WireError
from rcs_conformance.model.chat import (
    ChatMessage,
    ChatNotificationSubscription,
    ChatSessionInformation,
    ComposingState,
    GroupChatSessionInformation,
    IsComposing,
    MessageStatus,
    ParticipantInformation,
)
from rcs_conformance.model.common import CallbackReference, NotificationFormat
from rcs_conformance.model.formats import Format
from rcs_conformance.wire import ROOTS, Codec
from rcs_conformance.wire.structure import Member, structure_of

CODEC = Codec()
PILOT = Codec(names={"chatMessageNotification": "messageNotification", "isClosed": "closed"})
XML_TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"
    ).filter(lambda c: c >= " " or c in "\t\n\r")
)


def _values(member: Member) -> st.SearchStrategy[object]:
    if member.is_structure:
        return structures(member.type) | (XML_TEXT if member.or_text else st.nothing())
    if member.type is int:
        return st.integers(0, 4_294_967_295)
    if issubclass(member.type, StrEnum):
        return st.sampled_from(list(member.type))
    texts = XML_TEXT.map(str.split).map("".join) if member.is_collapsed else XML_TEXT
    return st.booleans() if member.type is bool else texts


UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How long it takes to draw a structure tells of the machine only."""


def structures(cls: type) -> st.SearchStrategy[object]:
    """Any structure of a class, its optional members there or not."""
    required: dict[str, st.SearchStrategy[object]] = {}
    optional: dict[str, st.SearchStrategy[object]] = {}
    for member in structure_of(cls).members:
        values = _values(member)
        if member.repeatable:
            values = st.lists(values, min_size=member.mandatory, max_size=3).map(tuple)
        (required if member.mandatory else optional)[member.attribute] = values
    return st.fixed_dictionaries(required, optional=optional).map(lambda members: cls(**members))


@pytest.mark.parametrize("fmt", list(Format))
@pytest.mark.parametrize("root", sorted(ROOTS))
@settings(UNHURRIED, max_examples=settings().max_examples // 4)
@given(data=st.data())
def test_every_structure_is_read_back_as_written(
    root: str, fmt: Format, data: st.DataObject
) -> None:
    """Decoding gives what was encoded, under the names of whatever binding."""
    content = data.draw(structures(ROOTS[root].cls))
    codec = data.draw(st.sampled_from([CODEC, PILOT]))

    document = codec.decode(codec.encode(content, fmt), fmt)

    assert (document.root, document.content) == (root, content)


@pytest.mark.parametrize("fmt", list(Format))
@UNHURRIED
@given(data=st.data())
def test_a_notification_list_is_read_back_as_written(fmt: Format, data: st.DataObject) -> None:
    """A list keeps its notifications in order, each under its own root."""
    kinds = st.sampled_from([name for name in sorted(ROOTS) if name.endswith("Notification")])
    items = data.draw(st.lists(kinds.flatmap(lambda name: structures(ROOTS[name].cls)), max_size=3))

    document = CODEC.decode(CODEC.encode_list(items, fmt), fmt)

    assert document.content == tuple(items)


@given(message=structures(ChatMessage))
def test_a_form_is_read_back_as_written(message: object) -> None:
    """Form fields hold every leaf of a message."""
    assert CODEC.decode_form(CODEC.encode_form(message), "chatMessage", "tel:+1") == message


def test_a_form_names_the_invited_and_not_the_originator() -> None:
    """The originator of a form is the user in the URL."""
    group = GroupChatSessionInformation(
        subject="Hawaii & co",
        participant=(
            ParticipantInformation(address="tel:+1", is_originator=True),
            ParticipantInformation(address="tel:+2"),
            ParticipantInformation(address="sip:c@d"),
        ),
        is_closed=True,
        supported_service=("ft", "geopushft"),
    )

    body = CODEC.encode_form(group)

    assert body == (
        b"subject=Hawaii+%26+co&address=tel%3A%2B2&address=sip%3Ac%40d&isClosed=true"
        b"&supportedService=ft&supportedService=geopushft"
    )
    assert CODEC.decode_form(body, "groupChatSessionInformation", "tel:+1") == group


def test_a_form_holds_every_mandatory_leaf() -> None:
    """A server that insists on the originator, as the structure does, has nothing to refuse."""
    session = ChatSessionInformation(
        originator_address="tel:+1", t_participant_address="tel:+2", subject="a"
    )
    body = CODEC.encode_form(session)
    assert b"originatorAddress=tel%3A%2B1" in body
    assert CODEC.decode_form(body, "chatSessionInformation", "tel:+1") == session
    without = b"tParticipantAddress=tel%3A%2B2&subject=a"
    assert CODEC.decode_form(without, "chatSessionInformation", "tel:+1") == session


def test_a_form_flattens_what_is_nested() -> None:
    """The members of a callback reference stand beside those of the subscription."""
    subscription = ChatNotificationSubscription(
        callback_reference=CallbackReference(
            notify_url="http://here/", notification_format=NotificationFormat.JSON
        ),
        duration=60,
    )
    body = CODEC.encode_form(subscription)
    assert body == b"notifyURL=http%3A%2F%2Fhere%2F&notificationFormat=JSON&duration=60"
    assert CODEC.decode_form(body, "chatNotificationSubscription", "tel:+1") == subscription


CHAT = 'xmlns:c="urn:oma:xml:rest:netapi:chat:1"'


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (f"<c:chatMessage {CHAT}/>", "chatMessage: element text is missing"),
        (
            f"<c:chatMessage {CHAT}><text>a</text><text>b</text></c:chatMessage>",
            "chatMessage: element text occurs 2 times, once is allowed",
        ),
        (
            f"<c:chatMessage {CHAT}><text><b/></text></c:chatMessage>",
            "chatMessage/text: contains elements where a value is expected",
        ),
        (
            f"<c:isComposing {CHAT}><state>busy</state></c:isComposing>",
            "isComposing/state: 'busy' is not one of active, idle",
        ),
        (
            f"<c:isComposing {CHAT}><state>idle</state><refresh>-1</refresh></c:isComposing>",
            "isComposing/refresh: '-1' is not a non-negative integer",
        ),
        (
            f"<c:extensionParameters {CHAT}><participant><address>tel:+1</address>"
            "<isOriginator>maybe</isOriginator></participant></c:extensionParameters>",
            "extensionParameters/participant[1]/isOriginator: 'maybe' is not a boolean:"
            " true or false",
        ),
        (
            f"<c:chatMessageStatusNotification {CHAT}><messageId>1</messageId>"
            "<status>Sent</status><link rel='ChatMessage'/></c:chatMessageStatusNotification>",
            "chatMessageStatusNotification/link[1]: attribute href is missing",
        ),
        ("<chatMessage><text/></chatMessage>", "chatMessage: namespace '', expected 'urn:oma:xml"),
        (f"<c:nothing {CHAT}/>", "unknown root 'nothing'"),
    ],
)
def test_xml_that_is_wrong_is_refused_with_its_place(body: str, message: str) -> None:
    """The message says where and what."""
    with pytest.raises(WireError) as caught:
        CODEC.decode(body.encode(), Format.XML)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("[]", "must be an object with the root as its only member"),
        (
            '{"chatMessage": {"text": "a"}, "more": 1}',
            "must be an object with the root as its only member",
        ),
        ('{"nothing": {}}', "unknown root 'nothing'"),
        ('{"chatMessage": []}', "chatMessage: is an array where an object is expected"),
        ('{"chatMessage": null}', "chatMessage: is null where an object is expected"),
        ('{"chatMessage": {}}', "chatMessage: member text is missing"),
        ('{"chatMessage": {"text": 5}}', "chatMessage/text: is a number where a value is"),
        ('{"chatMessage": {"text": 5.0}}', "chatMessage/text: is a number where a value is"),
        ('{"isComposing": {"state": "idle", "refresh": 1.5}}', "isComposing/refresh: is a number"),
        ('{"isComposing": {"state": "idle", "refresh": " 1"}}', "isComposing/refresh: ' 1' is not"),
        ('{"participantList": {"participant": [null]}}', "participantList/participant[1]: is null"),
        ('{"chatMessage": {"text": true}}', "chatMessage/text: is a boolean where another"),
        ('{"chatMessage": {"text": ["a"]}}', "chatMessage/text: is an array where a value"),
        ('{"isComposing": {"state": "busy"}}', "isComposing/state: 'busy' is not one of active"),
        (
            '{"participantList": {"participant": []}}',
            "participantList: member participant is missing",
        ),
        (
            '{"participantList": {"participant": [{"address": "a"}, {"address": null}]}}',
            "participantList/participant[2]: member address is missing",
        ),
        ('{"notificationList": {}}', "notificationList: is not an array"),
    ],
)
def test_json_that_is_wrong_is_refused_with_its_place(body: str, message: str) -> None:
    """The message says where and what."""
    with pytest.raises(WireError) as caught:
        CODEC.decode(body.encode(), Format.JSON)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"text", "not form fields"),
        (b"text=%ff", "not form fields"),
        (b"\xff", "not form fields"),
        (b"status=Sent", "field text is missing"),
        (b"text=a&text=b", "field text occurs 2 times, once is allowed"),
        (b"text=a&reportRequest=Gone", "reportRequest: 'Gone' is not one of Sent"),
        (b"", "field text is missing"),
    ],
)
def test_a_form_that_is_wrong_is_refused(body: bytes, message: str) -> None:
    """The message names the field."""
    with pytest.raises(WireError) as caught:
        CODEC.decode_form(body, "chatMessage", "tel:+1")
    assert str(caught.value).startswith(message)


def test_a_group_form_without_address_is_refused() -> None:
    """Somebody must be invited."""
    with pytest.raises(WireError, match="field address is missing"):
        CODEC.decode_form(b"subject=a", "groupChatSessionInformation", "tel:+1")


def test_what_is_not_known_is_passed_over() -> None:
    """Elements and members from elsewhere do not disturb."""
    xml = (
        f'<c:chatMessage {CHAT}><x:text xmlns:x="urn:x"/><more><text/></more>'
        "<text>a</text></c:chatMessage>"
    )
    assert CODEC.decode(xml.encode(), Format.XML).content == ChatMessage(text="a")
    json = b'{"chatMessage": {"text": "a", "more": {"text": "b"}}}'
    assert CODEC.decode(json, Format.JSON).content == ChatMessage(text="a")


def test_json_values_may_be_quoted_and_single() -> None:
    """Numbers and booleans are read quoted or not; a bare value is read as an array of one."""
    body = b'{"isComposing": {"state": "idle", "refresh": "60"}}'
    assert CODEC.decode(body, Format.JSON).content == IsComposing(
        state=ComposingState.IDLE, refresh=60
    )
    body = b'{"chatMessage": {"text": "a", "reportRequest": "Displayed"}}'
    message = CODEC.decode(body, Format.JSON).content
    assert message == ChatMessage(text="a", report_request=(MessageStatus.DISPLAYED,))


@pytest.mark.parametrize(
    ("text", "fmt", "message"),
    [
        ("a\x01", Format.XML, "chatMessage/text: U\\+0001 is not allowed in XML 1.0"),
        ("\ud800", Format.XML, "chatMessage/text: U\\+D800 cannot be encoded in UTF-8"),
        ("\ud800", Format.JSON, "chatMessage/text: U\\+D800 cannot be encoded in UTF-8"),
    ],
)
def test_text_without_a_form_is_refused(text: str, fmt: Format, message: str) -> None:
    """What a format cannot hold is an error, never something else on the wire."""
    with pytest.raises(WireError, match=message):
        CODEC.encode(ChatMessage(text=text), fmt)
