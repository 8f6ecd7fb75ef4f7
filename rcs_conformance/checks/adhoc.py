"""Checks of ad-hoc 1-to-1 chat: messages without a session."""

from collections.abc import Sequence

from rcs_conformance.checks.judging import Place, at, content_in
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.model.results import CheckResult

Received = Awaited[ChatMessageNotification]

_RECEIVING = "UNI-CHT-020.1"
_UNINVITED = "RCS-4.7.2.1"
_NO_ANSWER = "RCS-4.7.2.2"


def no_invitation_before(received: Received, seen: Sequence[Notification]) -> CheckResult:
    """A message arrives with no invitation before it.

    Args:
        received: The message.
        seen: The invitations from its sender that its receiver got and no request explains.
    """
    number = _number(received)
    before = [each for each in seen if each.number < number]
    return _no_invitation(_UNINVITED, received, before, "before")


def no_invitation_after(received: Received, seen: Sequence[Notification]) -> CheckResult:
    """A message has no invitation after it, which its receiver would have to accept.

    Where an invitation came before this message, one before the next breaks the other clause too.

    Args:
        received: The message.
        seen: As for `no_invitation_before`, up to the next message.
    """
    number = _number(received)
    before = [each for each in seen if each.number < number]
    after = [each for each in seen if each.number > number]
    return _no_invitation(_NO_ANSWER, received, after[len(before) :], "after")


def cannot_be_answered(exchange: Exchange, what: str) -> CheckResult:
    """An ad-hoc chat can be neither accepted nor declined.

    Args:
        exchange: The receiver's request.
        what: What it is for: `accept`.
    """
    return at(exchange).responds(
        _NO_ANSWER, "adhoc.nothing_to_answer", "4xx", f"for the request to {what} an ad-hoc chat"
    )


def _number(received: Received) -> int:
    content_in(received, _RECEIVING)
    return received.event or 0


def _no_invitation(
    clause: str, received: Received, found: Sequence[Notification], when: str
) -> CheckResult:
    where = f"chatSessionInvitationNotification to {received.user}"
    return Place(where, found[0].number if found else received.event).require(
        clause,
        f"adhoc.no_invitation_{when}",
        holds=not found,
        expected=f"no invitation to {received.user} {when} the message",
        actual=", ".join(map(str, found)) or "no invitation",
    )
