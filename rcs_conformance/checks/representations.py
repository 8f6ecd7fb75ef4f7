"""Checks of what the representations of a resource say (TS-CHAT-5.3, 5.4)."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from urllib.parse import unquote

from rcs_conformance.checks.judging import answered, content_of, judged, place, succeeded
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import GroupChatSessionInformation
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.model.results import CheckResult


def equivalent(xml: Exchange, json: Exchange) -> CheckResult:
    """TS-CHAT-5.4: the XML and the JSON form of one resource say the same."""
    first, second = content_of(xml, object), content_of(json, object)
    same = comparable(first) == comparable(second)
    return judged(
        "TS-CHAT-5.4",
        "formats.equivalent",
        same,
        expected="the same content in XML and in JSON",
        actual="the same" if same else "; ".join(differences(first, second)),
        where=place(json),
        event=json.number,
    )


def form_taken(exchange: Exchange) -> CheckResult:
    """TS-CHAT-5.3: a request as form fields is taken."""
    return judged(
        "TS-CHAT-5.3",
        "form.taken",
        succeeded(exchange),
        expected="a success status for application/x-www-form-urlencoded",
        actual=answered(exchange),
        where=place(exchange),
        event=exchange.number,
    )


def form_says(read: Exchange, member: str, expected: object) -> CheckResult:
    """TS-CHAT-5.3: what the fields of a form said is what the resource shows."""
    shown = getattr(content_of(read, object), member)
    return judged(
        "TS-CHAT-5.3",
        "form.understood",
        shown == expected,
        expected=f"{member} {expected!r}",
        actual=f"{member} {shown!r}",
        where=place(read, member),
        event=read.number,
    )


def form_invites(read: Exchange, expected: Sequence[str]) -> CheckResult:
    """TS-CHAT-5.3: who is named by the address fields of a form is invited."""
    shown = content_of(read, GroupChatSessionInformation).participant
    missing = [
        one for one in expected if not any(same_address(one, each.address) for each in shown)
    ]
    return judged(
        "TS-CHAT-5.3",
        "form.invites",
        not missing,
        expected=f"participants {', '.join(expected)}",
        actual=", ".join(each.address for each in shown) or "nobody",
        where=place(read, "participant"),
        event=read.number,
    )


def form_arrives(received: Awaited[ChatMessageNotification], expected: str) -> CheckResult:
    """TS-CHAT-5.3: a message sent as form fields arrives with its text."""
    message = received.content.chat_message if received.content else None
    return judged(
        "TS-CHAT-5.3",
        "form.arrives",
        message is not None and message.text == expected,
        expected=f"text {expected!r}",
        actual=f"text {message.text!r}" if message else received.absence,
        where=received.where,
        event=received.event,
    )


def comparable(content: object) -> object:
    """A structure in a form in which order does not count and URLs are percent-decoded."""
    if is_dataclass(content) and not isinstance(content, type):
        members = ((each.name, getattr(content, each.name)) for each in fields(content))
        return tuple((name, comparable(value)) for name, value in members)
    if isinstance(content, tuple):
        return tuple(sorted((comparable(each) for each in content), key=repr))
    return unquote(content) if isinstance(content, str) and "://" in content else content


def differences(first: object, second: object) -> list[str]:
    """What two structures say differently, member by member."""
    if type(first) is not type(second) or not is_dataclass(first) or isinstance(first, type):
        return [f"{first!r} against {second!r}"]
    return [
        f"{each.name}: {one!r} against {other!r}"
        for each in fields(first)
        if comparable(one := getattr(first, each.name))
        != comparable(other := getattr(second, each.name))
    ]
