"""Checks of file transfers, from their offer to the bytes that arrive."""

from collections.abc import Iterator, Sequence

from rcs_conformance.binding import ErrorCase
from rcs_conformance.checks.judging import (
    Place,
    at,
    content_in,
    content_of,
    member,
    status_of,
    succeeded,
)
from rcs_conformance.checks.request_errors import Errors, any_of, described, message_id
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.filetransfer import (
    FileTransferSessionInformation,
    FileTransferSessionInvitationNotification,
)
from rcs_conformance.model.media import Attachment, Download
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.urls import same_resource

Invitation = Awaited[FileTransferSessionInvitationNotification]

_IN_CHAT = "UNI-FLT-001.1"
_AS_BEFORE = "UNI-FLT-001.2"
_NO_CHAT = "UNI-FLT-001.3"
_ROOT = "fileTransferSessionInformation"


def accepted(requested: Exchange, clause: str, what: str) -> CheckResult:
    """A file can be offered.

    Args:
        requested: The request.
        clause: That gives the right.
        what: How it is offered, as a phrase.
    """
    return at(requested).responds(clause, "transfer.taken", "2xx", f"for a file transfer {what}")


def notified(awaited: Awaited[object], clause: str, what: str) -> CheckResult:
    """A user is notified of the progress of a transfer.

    Args:
        awaited: The notification, or its absence.
        clause: That requires it.
        what: What the notification says, as a clause: `a file is offered`.
    """
    return at(awaited).arrives(clause, "transfer.told", f"{awaited.user} is notified that {what}")


def names_chat(exchange: Exchange, url: str) -> Iterator[CheckResult]:
    """A transfer in a group chat is shown with that chat.

    Args:
        exchange: The creation or a GET; nothing is checked where the response has no transfer.
        url: Of the chat, as the user sees it.
    """
    content = exchange.answer.content
    if not succeeded(exchange) or not isinstance(content, FileTransferSessionInformation):
        return
    shown = content.group_chat_url
    yield at(exchange, f"{_ROOT}/groupChatURL").equals(
        _IN_CHAT, "transfer.chat", shown, url, holds=shown is not None and same_resource(shown, url)
    )


def file_unchanged(
    invitation: Invitation, requested: FileTransferSessionInformation
) -> list[CheckResult]:
    """The invitation has the originator and the file of the request.

    Raises:
        Inconclusive: It did not arrive.
    """
    content = content_in(invitation, _AS_BEFORE)
    sent, found = requested.file_information.file_selector, content.file_information.file_selector
    pairs = [
        (f"fileInformation/fileSelector/{name}", getattr(sent, name), getattr(found, name))
        for name in ("name", "type", "size")
    ]
    originator = content.originator_address
    same = same_address(originator, requested.originator_address)
    pairs.append(
        ("originatorAddress", originator if same else requested.originator_address, originator)
    )
    return [
        at(invitation, path).equals(
            _AS_BEFORE, "transfer.file", shown, given, note="as in the request"
        )
        for path, given, shown in pairs
    ]


def shown(read: Exchange, requested: FileTransferSessionInformation) -> list[CheckResult]:
    """A transfer is shown as requested.

    Raises:
        Inconclusive: It could not be read.
    """
    content = content_of(read, FileTransferSessionInformation)
    sent, found = (each.file_information.file_selector.name for each in (requested, content))
    expected, actual = _users(requested), _users(content)
    return [
        at(read, f"{_ROOT}/fileInformation/fileSelector/name").equals(
            _AS_BEFORE, "transfer.shown", found, sent, note="as in the request"
        ),
        at(read, _ROOT).require(
            _AS_BEFORE,
            "transfer.people",
            holds=all(any(same_address(each, one) for one in actual) for each in expected),
            expected=_described(requested),
            actual=_described(content),
        ),
    ]


def acceptance_shown(read: Exchange, *, accepted: bool) -> CheckResult:
    """A transfer to one receiver is shown as connected exactly if that has accepted.

    The status is optional (binding, section 2).

    Args:
        read: A GET of the transfer.
        accepted: Whether the receiver has accepted.

    Raises:
        Inconclusive: It could not be read.
    """
    status = content_of(read, FileTransferSessionInformation).status
    connected = ParticipantStatus.CONNECTED
    return at(read, f"{_ROOT}/status").require(
        _AS_BEFORE,
        "transfer.status",
        holds=status is None or (status is connected) is accepted,
        expected="status = Connected or absent" if accepted else "status other than Connected",
        actual=member("status", status),
    )


def located(url: str | None, user: str) -> CheckResult:
    """A user that accepted a file is notified where it is.

    Args:
        url: In the notification; `None` without one.
        user: Address of the user.
    """
    return Place(f"fileTransferFileNotification to {user} fileInformation/fileURL").require(
        _AS_BEFORE,
        "transfer.located",
        holds=bool(url),
        expected=f"fileURL present: {user} accepted the file",
        actual=member("fileURL", url or None),
    )


def same_file(fetched: Download, sent: Attachment) -> CheckResult:
    """The receiver downloads the bytes that were sent."""
    exchange = fetched.exchange
    place = Place(f"GET fileURL {fetched.url[:200]}", None if exchange is None else exchange.number)
    same = f"status 200 with the {len(sent.data)} bytes that were sent"
    if exchange is None:
        actual = f"no response: {fetched.reason}"
    elif exchange.answer.status != 200:
        actual = status_of(exchange)
    elif exchange.answer.body != sent.data:
        actual = f"status 200 with {len(exchange.answer.body)} other bytes"
    else:
        actual = same
    return place.require(
        _AS_BEFORE, "transfer.bytes", holds=actual == same, expected=same, actual=actual
    )


def unknown_chat(requested: Exchange, errors: Errors) -> CheckResult:
    """A transfer in a chat that does not exist is rejected, with the error for that.

    Args:
        requested: The request.
        errors: The message ids of the binding.
    """
    ids = errors[ErrorCase.UNKNOWN_GROUP_CHAT]
    shown = message_id(requested)
    return at(requested, "requestError").require(
        _NO_CHAT,
        "transfer.unknown_chat",
        holds=requested.answer.status in (400, 404) and shown in ids,
        expected=f"status 404 or 400 with {any_of(ids)} for a chat that does not exist",
        actual=f"{status_of(requested)} with {described(shown)}",
    )


def nothing_offered(offers: Sequence[str | None], user: str) -> CheckResult:
    """A rejected transfer is not offered.

    Args:
        offers: The invitations to it that a user got before a later one.
        user: Address of the user.
    """
    return Place(f"fileTransferSessionInvitationNotification to {user}").require(
        _NO_CHAT,
        "transfer.nothing_offered",
        holds=not offers,
        expected=f"no invitation to {user} to the rejected transfer",
        actual=f"{len(offers)} invitations to {user}" if offers else f"no invitation to {user}",
    )


def _users(transfer: FileTransferSessionInformation) -> list[str]:
    return [transfer.originator_address, *transfer.receiver_address]


def _described(transfer: FileTransferSessionInformation) -> str:
    originator = member("originatorAddress", transfer.originator_address)
    return f"{originator}, {member('receiverAddress', transfer.receiver_address)}"
