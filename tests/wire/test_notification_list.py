"""Notification lists are taken apart into documents that are read like single ones."""

import pytest

from rcs_conformance import kit
from rcs_conformance.errors import WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatEventNotification, EventType
from rcs_conformance.wire import Codec
from rcs_conformance.wire.notification_list import listed, parameters
from rcs_conformance.wire.schema import violations

PAYLOADS = kit.ROOT / "fixtures" / "payloads" / "notificationList" / "valid"
TEXT = " a\r\nb\rc <&> \u00e9\U0001f600 "


def of_file(name: str, fmt: Format) -> list[tuple[str | None, object]]:
    """Callback data and structure of each notification in a body written by hand."""
    body = (PAYLOADS / f"{name}.{fmt.value}").read_bytes()
    return [
        (each.callback_data, Codec().decode(each.body, fmt).content)
        for each in listed(body, fmt, {})
    ]


@pytest.mark.parametrize(
    "name", ["complete", "one", "empty", "qualified", "file-transfer", "list-complete"]
)
def test_both_formats_hold_the_same(name: str) -> None:
    """Whether qualified or not, each notification is read alone, in order."""
    assert of_file(name, Format.XML) == of_file(name, Format.JSON)


def test_data_of_the_subscription_is_told() -> None:
    """Each notification of a list tells what it was subscribed with."""
    assert [data for data, _ in of_file("complete", Format.XML)] == ["x17"] * 3


@pytest.mark.parametrize("fmt", list(Format))
def test_texts_stay_what_they_are(fmt: Format) -> None:
    """Taking a list apart changes no character, and what was valid is valid alone."""
    told = ChatEventNotification(event_type=EventType.ACCEPTED, event_description=TEXT)
    (alone,) = listed(Codec().encode_list([told], fmt), fmt, {})

    assert Codec().decode(alone.body, fmt).content == told
    assert violations(alone.body, fmt, "chatEventNotification") == ()
    assert alone.callback_data is None


def test_names_of_a_binding_are_known() -> None:
    """Notifications that a binding spells otherwise are qualified, and their data found."""
    codec = Codec({"chatEventNotification": "eventNotification", "callbackData": "data"})
    told = ChatEventNotification(event_type=EventType.ACCEPTED, callback_data="d")
    body = codec.encode_list([told], Format.XML).replace(b"<n:", b"<").replace(b"</n:", b"</")
    (alone,) = listed(body, Format.XML, codec.names)

    assert (alone.callback_data, codec.decode(alone.body, Format.XML).content) == ("d", told)


def test_bare_notification_is_a_list_of_one() -> None:
    """In JSON a single value stands for an array of one."""
    body = b'{"notificationList": {"chatEventNotification": {"callbackData": 7}}}'
    (alone,) = listed(body, Format.JSON, {})
    assert alone.callback_data == "7"


@pytest.mark.parametrize("fmt", list(Format))
def test_notification_without_a_list_is_taken(fmt: Format) -> None:
    """As the only one, in the spelling of a binding, with its data."""
    codec = Codec({"chatEventNotification": "eventNotification", "callbackData": "data"})
    told = ChatEventNotification(event_type=EventType.ACCEPTED, callback_data="d")
    (alone,) = listed(codec.encode(told, fmt), fmt, codec.names)

    assert (alone.root, alone.callback_data) == ("chatEventNotification", "d")
    assert codec.decode(alone.body, fmt).content == told


@pytest.mark.parametrize("value", ["null", "[]", "{}"])
def test_list_of_none_has_several_forms(value: str) -> None:
    """In JSON; each is valid."""
    body = f'{{"notificationList": {value}}}'.encode()
    assert listed(body, Format.JSON, {}) == ()
    assert violations(body, Format.JSON, "notificationList") == ()


def test_parameters_of_a_poll_are_an_empty_structure() -> None:
    """Null in JSON; in XML an element in the namespace of channels, as the binding spells it."""
    names = {"longPollingRequestParameters": "pollParameters"}
    namespace = b"urn:oma:xml:rest:netapi:notificationchannel:1"

    assert parameters(Format.JSON, {}) == b'{"longPollingRequestParameters": null}'
    assert parameters(Format.XML, names) == b'<nc:pollParameters xmlns:nc="%s"/>' % namespace


@pytest.mark.parametrize("item", ["1", "null", "[]", '{"a": 1}', "{}"])
def test_what_is_no_notification_has_no_data(item: str) -> None:
    """It is handed on, for whoever reads it to tell what is wrong."""
    (alone,) = listed(f'{{"notificationList": [{item}]}}'.encode(), Format.JSON, {})
    assert alone.callback_data is None


@pytest.mark.parametrize(
    ("fmt", "body"),
    [
        (Format.JSON, b"[]"),
        (Format.JSON, b'{"requestError": {}}'),
        (Format.JSON, b'{"chatMessage": {"text": "a"}}'),
        (Format.JSON, b'{"notificationList": [], "more": 1}'),
        (Format.JSON, b"<a/>"),
        (Format.XML, b"<notificationList/>"),
        (Format.XML, b"{}"),
        (Format.XML, b""),
    ],
)
def test_what_is_no_list_is_refused(fmt: Format, body: bytes) -> None:
    """Another root, another namespace, another format."""
    with pytest.raises(WireError):
        listed(body, fmt, {})
