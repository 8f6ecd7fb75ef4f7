"""Records say the same of themselves everywhere: addresses, exchanges, what was waited for."""

from datetime import UTC, datetime

import pytest

from rcs_conformance.model.addresses import normal_address, same_address, same_number
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.exchange import Answer, Exchange, Notification, Request, header
from rcs_conformance.model.formats import Format

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tel:+1555", "tel:+1555"),
        ("tel%3A%2B1555", "tel:+1555"),
        ("TEL:+1555", "tel:+1555"),
        (" tel:+1555\n", "tel:+1555"),
        ("sip:Ann%40home", "SIP:Ann@home"),
    ],
)
def test_forms_of_one_address(one: str, other: str) -> None:
    """Encoded or bare, the scheme in either case."""
    assert same_address(one, other)
    assert normal_address(one) == normal_address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tel:+1555", "tel:+1556"),
        ("sip:ann@home", "sip:Ann@home"),
        ("tel:+1555", "sip:+1555"),
        (None, None),
        ("tel:+1555", None),
        (None, "tel:+1555"),
    ],
)
def test_other_addresses(one: str | None, other: str | None) -> None:
    """What is missing names nobody, not even the same nobody."""
    assert not same_address(one, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("tel:+1555", "sip:%2B1555@home;user=phone", True),
        ("tel:+1555;ext=1", "tel:+1555", True),
        ("tel:+1555", "tel:+1556", False),
        ("+1555", "+1555", True),
        ("+1555", "+1556", False),
    ],
)
def test_one_number_as_msisdn_and_sip_uri(one: str, other: str, *, same: bool) -> None:
    """Host and parameters aside; what has no scheme has no number."""
    assert same_number(one, other) is same


def test_header_fields_are_found_by_name() -> None:
    """In whatever case they are asked for; several are joined; none is none."""
    headers = (("allow", "GET"), ("x", "1"), ("allow", "PUT"))
    assert header(headers, "Allow") == "GET, PUT"
    assert header(headers, "y") is None
    assert header((("z", ""),), "z") == ""


def test_exchange_and_notification_have_a_line() -> None:
    """For messages: number, operation and status, or number, root and receiver."""
    request = Request(
        user="tel:+1",
        resource="groups",
        method="POST",
        url="http://x",
        headers=(),
        body=b"",
        format=Format.XML,
    )
    answer = Answer(status=201, headers=(), body=b"")
    exchange = Exchange(number=3, request=request, answer=answer, started=START, seconds=0)
    assert str(exchange) == "#3 POST groups -> 201"
    for root, shown in (("chatMessageNotification", "chatMessageNotification"), ("", "unreadable")):
        notification = Notification(
            number=7,
            user="tel:+1",
            format=Format.XML,
            callback_data="",
            received=START,
            headers=(),
            body=b"",
            root=root,
            content=None,
        )
        assert str(notification).startswith(f"#7 {shown}")
        assert str(notification).endswith(" to tel:+1")


def test_absence_tells_what_came_instead() -> None:
    """How long it was waited for, and what arrived meanwhile."""
    missing: Awaited[str] = Awaited(
        root="chatEventNotification", user="tel:+1", notification=None, content=None, waited=0.5
    )
    assert missing.where == "chatEventNotification to tel:+1"
    assert missing.absence == "no notification within 0.5 s"
    assert missing.event is None
    instead: Awaited[str] = Awaited(
        root="r", user="u", notification=None, content=None, waited=5.0, meanwhile=("#1 a", "#2 b")
    )
    assert instead.absence == "no notification within 5 s; received instead: #1 a, #2 b"


def test_formats() -> None:
    """Each has a media type and the other one."""
    assert [fmt.media_type for fmt in Format] == ["application/xml", "application/json"]
    assert [fmt.other for fmt in Format] == [Format.JSON, Format.XML]
