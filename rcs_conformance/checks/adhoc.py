"""Checks of ad-hoc 1-to-1 chat: messages without a session (RCS-4.7.2)."""

from collections.abc import Sequence

from rcs_conformance.checks.judging import client_error, judged, place_of, status_of
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.model.results import CheckResult

Received = Awaited[ChatMessageNotification]


def no_invitation_before(received: Received, seen: Sequence[Notification]) -> CheckResult:
    """RCS-4.7.2.1: a message arrives with no invitation before it.

    Args:
        received: The message.
        seen: The invitations by its sender that its receiver got to no chat that was asked for.
    """
    at = _number(received)
    return _without("RCS-4.7.2.1", received, [each for each in seen if each.number < at], "before")


def no_invitation_after(received: Received, seen: Sequence[Notification]) -> CheckResult:
    """RCS-4.7.2.2: a message has no invitation behind it, by which its receiver would be asked.

    Where one went before this message, one before the next is for RCS-4.7.2.1 as well.

    Args:
        received: The message.
        seen: As for `uninvited`, up to the next message.
    """
    at = _number(received)
    before = [each for each in seen if each.number < at]
    after = [each for each in seen if each.number > at]
    return _without("RCS-4.7.2.2", received, after[len(before) :], "after")


def cannot_be_answered(exchange: Exchange, what: str) -> CheckResult:
    """RCS-4.7.2.2: nobody can accept or decline an ad-hoc chat.

    Args:
        exchange: The attempt of the receiver.
        what: What was tried, as a phrase: `accept`.
    """
    return judged(
        "RCS-4.7.2.2",
        "adhoc.nothing_to_answer",
        client_error(exchange),
        expected=f"to {what} an ad-hoc chat is refused: a status 4xx",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def _number(received: Received) -> int:
    """The place of the message in the evidence."""
    if received.event is None:
        reason = f"{received.where}: {received.absence}"
        raise Inconclusive(Cause.PRECONDITION, reason, "UNI-CHT-020.1")
    return received.event


def _without(
    clause: str, received: Received, found: Sequence[Notification], when: str
) -> CheckResult:
    return judged(
        clause,
        f"adhoc.no_invitation_{when}",
        not found,
        expected=f"{received.user} gets the message and no invitation {when} it",
        actual=", ".join(map(str, found)) or "no invitation",
        where=f"chatSessionInvitationNotification to {received.user}",
        event=found[0].number if found else received.event,
    )
