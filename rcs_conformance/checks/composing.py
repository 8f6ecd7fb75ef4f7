"""Checks of composing indications in a chat of any kind (UNI-CHT-019, 021)."""

from rcs_conformance.checks.judging import (
    client_error,
    content_in,
    judged,
    place_of,
    status_of,
    succeeded,
)
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import IsComposing
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.model.results import CheckResult

Received = Awaited[ChatMessageNotification]


def accepted(exchange: Exchange, received: Received, clause: str) -> CheckResult:
    """UNI-CHT-019.1 to 4: a composing indication is not refused.

    That one which is delivered is answered as refused is the business of UNI-CHT-019.6.

    Args:
        exchange: The indication.
        received: Its arrival at another user, if it did arrive.
        clause: Of the four.
    """
    return judged(
        clause,
        "composing.taken",
        not client_error(exchange) or received.content is not None,
        expected="the indication is taken and not refused",
        actual=status_of(exchange),
        where=place_of(exchange, "isComposing"),
        event=exchange.number,
    )


def states_accepted(exchange: Exchange, indication: IsComposing) -> CheckResult:
    """UNI-CHT-019.5: both states and any refresh time are taken."""
    return judged(
        "UNI-CHT-019.5",
        "composing.states",
        succeeded(exchange),
        expected=f"state {indication.state.value} with refresh {indication.refresh} is taken",
        actual=status_of(exchange),
        where=place_of(exchange, "isComposing"),
        event=exchange.number,
    )


def success_when_delivered(exchange: Exchange, received: Received, owner: str) -> CheckResult:
    """UNI-CHT-019.6: an indication that was delivered is answered with success.

    Args:
        exchange: The indication.
        received: Its arrival at another user.
        owner: The clause behind its arrival, whose business its absence is.
    """
    content_in(received, owner)
    return judged(
        "UNI-CHT-019.6",
        "composing.success",
        succeeded(exchange),
        expected="success for an indication that was delivered",
        actual=status_of(exchange),
        where=place_of(exchange, "isComposing"),
        event=exchange.number,
    )


def unchanged(received: Received, sent: IsComposing, owner: str) -> CheckResult:
    """UNI-CHT-021.5: state and refresh time are those that were sent.

    Args:
        received: The indication as it arrived.
        sent: As it was sent.
        owner: As of `delivered_is_success`.
    """
    shown = content_in(received, owner).is_composing
    same = shown is not None and (shown.state, shown.refresh) == (sent.state, sent.refresh)
    return judged(
        "UNI-CHT-021.5",
        "composing.unchanged",
        same,
        expected=f"state {sent.state.value}, refresh {sent.refresh}",
        actual=f"state {shown.state.value}, refresh {shown.refresh}" if shown else "no isComposing",
        where=f"{received.where} isComposing",
        event=received.event,
    )
