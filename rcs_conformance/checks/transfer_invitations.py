"""Checks of the group chat that an invitation to a file names, or does not (UNI-FLT-005)."""

from collections.abc import Sequence

from rcs_conformance.checks.judging import content_in, judged
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.filetransfer import FileTransferSessionInvitationNotification
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.urls import same_resource

Invitation = Awaited[FileTransferSessionInvitationNotification]

_IN_CHAT = "UNI-FLT-001.1"
_AS_BEFORE = "UNI-FLT-001.2"
_REFERENCE = "UNI-FLT-005.1"
_NO_REFERENCE = "UNI-FLT-005.2"
_WITHHELD = "UNI-FLT-005.3"


def refers(invitation: Invitation, url: str) -> CheckResult:
    """UNI-FLT-005.1: the invitation to a transfer in a group chat names that chat.

    Args:
        invitation: Of a client that supports the reference.
        url: Of the chat, as its user sees it.

    Raises:
        Inconclusive: It did not arrive.
    """
    shown = content_in(invitation, _IN_CHAT).group_chat_url
    return judged(
        _REFERENCE,
        "transfer.reference",
        shown is not None and same_resource(shown, url),
        expected=f"groupChatURL {url}",
        actual=f"groupChatURL {shown}" if shown else "no groupChatURL",
        where=f"{invitation.where} groupChatURL",
        event=invitation.event,
    )


def refers_to_none(invitation: Invitation) -> CheckResult:
    """UNI-FLT-005.2: the invitation to a transfer outside of any group chat names none.

    Raises:
        Inconclusive: It did not arrive.
    """
    shown = content_in(invitation, _AS_BEFORE).group_chat_url
    return judged(
        _NO_REFERENCE,
        "transfer.no_reference",
        not shown,
        expected="no groupChatURL, for the transfer names no chat",
        actual=f"groupChatURL {shown}" if shown else "no groupChatURL",
        where=f"{invitation.where} groupChatURL",
        event=invitation.event,
    )


def withheld(offers: Sequence[str | None], user: str) -> CheckResult:
    """UNI-FLT-005.3: a client that does not support the reference gets no notification with it.

    Args:
        offers: The chat in each invitation that it got before a later one; `None` for none.
        user: The client's user.
    """
    named = [each for each in offers if each]
    return judged(
        _WITHHELD,
        "transfer.withheld",
        not named,
        expected="no invitation, or one without groupChatURL: groupChatReferenceSupported is false",
        actual=f"groupChatURL {named[0]}" if named else "no groupChatURL",
        where=f"fileTransferSessionInvitationNotification to {user} groupChatURL",
    )
