"""Checks of composing indications in a chat of any kind."""

from rcs_conformance.checks.judging import at, client_error, content_in, member
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import IsComposing
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.model.results import CheckResult

Received = Awaited[ChatMessageNotification]

_PATH = "isComposing"


def accepted(exchange: Exchange, received: Received, clause: str) -> CheckResult:
    """A composing indication is not rejected.

    A delivered one that is answered with an error breaks another clause: `success_when_delivered`.

    Args:
        exchange: The indication.
        received: Its arrival at another user.
        clause: That gives the right to send it in this kind of chat.
    """
    return at(exchange, _PATH).require(
        clause,
        "composing.taken",
        holds=not client_error(exchange) or received.content is not None,
        expected="no status 4xx for a composing indication",
    )


def states_accepted(exchange: Exchange, indication: IsComposing) -> CheckResult:
    """Both states and any refresh time are accepted."""
    return at(exchange, _PATH).responds(
        "UNI-CHT-019.5", "composing.states", "2xx", f"for {_described(indication)}"
    )


def success_when_delivered(exchange: Exchange, received: Received, arrival: str) -> CheckResult:
    """An indication that was delivered is answered with success.

    Args:
        exchange: The indication.
        received: Its arrival at another user.
        arrival: The clause that requires its arrival.
    """
    content_in(received, arrival)
    return at(exchange, _PATH).responds(
        "UNI-CHT-019.6", "composing.success", "2xx", "for a composing indication that was delivered"
    )


def unchanged(received: Received, sent: IsComposing, arrival: str) -> CheckResult:
    """State and refresh time arrive as they were sent.

    Args:
        received: The indication as it arrived.
        sent: As it was sent.
        arrival: The clause that requires its arrival.
    """
    shown = content_in(received, arrival).is_composing
    return at(received, _PATH).require(
        "UNI-CHT-021.5",
        "composing.unchanged",
        holds=shown is not None and (shown.state, shown.refresh) == (sent.state, sent.refresh),
        expected=_described(sent),
        actual=_described(shown) if shown else "isComposing absent",
    )


def _described(indication: IsComposing) -> str:
    return f"{member('state', indication.state)}, {member('refresh', indication.refresh)}"
