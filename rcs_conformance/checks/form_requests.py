"""Checks of requests as form fields (TS-CHAT-5.3)."""

from collections.abc import Iterable, Iterator, Sequence

from rcs_conformance.checks.equivalence import impersonal
from rcs_conformance.checks.judging import content_of, judged, place_of, status_of, succeeded
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import GroupChatSessionInformation
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.model.results import CheckResult


def accepted(exchange: Exchange) -> CheckResult:
    """TS-CHAT-5.3: a request as form fields is taken."""
    return judged(
        "TS-CHAT-5.3",
        "form.taken",
        succeeded(exchange),
        expected="a success status for application/x-www-form-urlencoded",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def same_as_structured(
    read: Exchange, control: Exchange, members: Iterable[str], words: Sequence[str]
) -> Iterator[CheckResult]:
    """TS-CHAT-5.3: what the fields of a form said is shown as after a request in XML or JSON.

    Args:
        read: A reading of what was made by form fields.
        control: The same reading of what was made by the same request in XML or JSON.
        members: Names of what they said.
        words: What the texts of the two must differ in: markers.
    """
    one, other = content_of(read, object), content_of(control, object)
    for member in members:
        shown, expected = getattr(one, member), getattr(other, member)
        yield judged(
            "TS-CHAT-5.3",
            "form.understood",
            impersonal(shown, words) == impersonal(expected, words),
            expected=f"{member} as in {control.request.format.name}: {expected!r}",
            actual=f"{member} {shown!r}",
            where=place_of(read, member),
            event=read.number,
        )


def invites(read: Exchange, expected: Sequence[str]) -> CheckResult:
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
        where=place_of(read, "participant"),
        event=read.number,
    )


def arrives(received: Awaited[ChatMessageNotification], expected: str) -> CheckResult:
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


def notified(received: Awaited[ChatMessageNotification]) -> CheckResult:
    """TS-CHAT-5.3: a subscription made by form fields is served where they say."""
    return judged(
        "TS-CHAT-5.3",
        "form.notified",
        received.content is not None,
        expected=f"the subscription of {received.user} gets the notification",
        actual="arrived" if received.content is not None else received.absence,
        where=received.where,
        event=received.event,
    )
