"""Checks of requests as form fields."""

from collections.abc import Iterable, Iterator, Sequence

from rcs_conformance.checks.equivalence import impersonal
from rcs_conformance.checks.judging import at, content_of, member
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import GroupChatSessionInformation
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.model.results import CheckResult

_TAKEN = "TS-CHAT-5.3"
_SAME = "TS-CHAT-5.18"


def accepted(exchange: Exchange) -> CheckResult:
    """A request as form fields is accepted."""
    return at(exchange).responds(
        _TAKEN, "form.taken", "2xx", "for application/x-www-form-urlencoded"
    )


def same_as_structured(
    read: Exchange, control: Exchange, members: Iterable[str], markers: Sequence[str]
) -> Iterator[CheckResult]:
    """The fields of a form are shown as after the same request in XML or JSON.

    Args:
        read: A GET of the resource created by form fields.
        control: The same GET of the one created in XML or JSON.
        members: Names of the members that the fields set.
        markers: What the texts of the two must differ in.
    """
    one, other = content_of(read, object), content_of(control, object)
    for name in members:
        shown, expected = getattr(one, name), getattr(other, name)
        yield at(read, name).require(
            _SAME,
            "form.understood",
            holds=impersonal(shown, markers) == impersonal(expected, markers),
            expected=f"{member(name, expected)}, as after {control.request.format.name}",
            actual=member(name, shown),
        )


def invites(read: Exchange, expected: Sequence[str]) -> CheckResult:
    """The users in the address fields of a form are participants."""
    shown = [each.address for each in content_of(read, GroupChatSessionInformation).participant]
    return at(read, "participant").require(
        _SAME,
        "form.invites",
        holds=all(any(same_address(one, each) for each in shown) for one in expected),
        expected=f"participant includes {', '.join(expected)}",
        actual=member("participant", shown),
    )


def arrives(received: Awaited[ChatMessageNotification], expected: str) -> CheckResult:
    """A message sent as form fields arrives with its text."""
    message = received.content.chat_message if received.content else None
    return at(received).require(
        _SAME,
        "form.arrives",
        holds=message is not None and message.text == expected,
        expected=member("text", expected),
        actual=member("text", message.text) if message else "",
    )


def notified(received: Awaited[ChatMessageNotification]) -> CheckResult:
    """A subscription created by form fields is notified at the URL in them."""
    return at(received).arrives(
        _TAKEN, "form.notified", f"{received.user} is notified at the notifyURL of the form"
    )
