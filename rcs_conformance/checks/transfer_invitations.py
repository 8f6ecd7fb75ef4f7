"""Checks of the group chat that an invitation to a file transfer names, or does not."""

from collections.abc import Sequence

from rcs_conformance.checks.judging import Place, at, content_in, member
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
_PATH = "groupChatURL"


def refers(invitation: Invitation, url: str) -> CheckResult:
    """The invitation to a transfer in a group chat names that chat.

    Args:
        invitation: Of a client that supports the reference.
        url: Of the chat, as its user sees it.

    Raises:
        Inconclusive: It did not arrive.
    """
    shown = content_in(invitation, _IN_CHAT).group_chat_url
    return at(invitation, _PATH).equals(
        _REFERENCE,
        "transfer.reference",
        shown,
        url,
        holds=shown is not None and same_resource(shown, url),
    )


def refers_to_none(invitation: Invitation) -> CheckResult:
    """The invitation to a transfer outside a group chat names none.

    Raises:
        Inconclusive: It did not arrive.
    """
    shown = content_in(invitation, _AS_BEFORE).group_chat_url
    return at(invitation, _PATH).require(
        _NO_REFERENCE,
        "transfer.no_reference",
        holds=not shown,
        expected=f"{_PATH} absent or empty: the transfer is in no chat",
        actual=member(_PATH, shown),
    )


def withheld(offers: Sequence[str | None], user: str) -> CheckResult:
    """A client that does not support the reference gets no invitation with it.

    Args:
        offers: The chat in each invitation that it got before a later one; `None` for none.
        user: The client's user.
    """
    named = [each for each in offers if each]
    return Place(f"fileTransferSessionInvitationNotification to {user} {_PATH}").require(
        _WITHHELD,
        "transfer.withheld",
        holds=not named,
        expected=f"{_PATH} absent: groupChatReferenceSupported = false",
        actual=member(_PATH, named[0] if named else None),
    )
