"""Checks of composing indications in a group chat (UNI-CHT-019, 021)."""

from rcs_conformance.checks.judging import answered, judged, place, refused, succeeded
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.awaited import Awaited, Content
from rcs_conformance.model.chat import IsComposing
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import (
    ChatMessageNotification,
)
from rcs_conformance.model.results import CheckResult

Received = Awaited[ChatMessageNotification]


def composing_taken(exchange: Exchange) -> CheckResult:
    """UNI-CHT-019.3: a composing indication to a group session is not refused."""
    return judged(
        "UNI-CHT-019.3",
        "composing.taken",
        not refused(exchange),
        expected="the indication is taken and not refused",
        actual=answered(exchange),
        where=place(exchange, "isComposing"),
        event=exchange.number,
    )


def composing_states(exchange: Exchange, indication: IsComposing) -> CheckResult:
    """UNI-CHT-019.5: both states and any refresh time are taken."""
    return judged(
        "UNI-CHT-019.5",
        "composing.states",
        succeeded(exchange),
        expected=f"state {indication.state.value} with refresh {indication.refresh} is taken",
        actual=answered(exchange),
        where=place(exchange, "isComposing"),
        event=exchange.number,
    )


def delivered_is_success(exchange: Exchange, received: Received) -> CheckResult:
    """UNI-CHT-019.6: an indication that was delivered is answered with success."""
    _content(received, "UNI-CHT-021.3")
    return judged(
        "UNI-CHT-019.6",
        "composing.success",
        succeeded(exchange),
        expected="success for an indication that was delivered",
        actual=answered(exchange),
        where=place(exchange, "isComposing"),
        event=exchange.number,
    )


def composing_unchanged(received: Received, sent: IsComposing) -> CheckResult:
    """UNI-CHT-021.5: state and refresh time are those that were sent."""
    shown = _content(received, "UNI-CHT-021.3").is_composing
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


def _content(awaited: Awaited[Content], clause: str = "UNI-CHT-020.3") -> Content:
    if awaited.content is None:
        raise Inconclusive(Cause.PRECONDITION, f"{awaited.where}: {awaited.absence}", clause)
    return awaited.content
