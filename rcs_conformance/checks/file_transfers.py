"""Checks of file transfers, from their offer to the bytes that arrive (UNI-FLT-001.1 to 001.3)."""

from collections.abc import Iterator, Sequence

from rcs_conformance.binding import ErrorCase
from rcs_conformance.checks.judging import (
    content_in,
    content_of,
    judged,
    place_of,
    status_of,
    succeeded,
)
from rcs_conformance.checks.request_errors import Errors, described, message_id
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
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


def accepted(asked: Exchange, clause: str, what: str) -> CheckResult:
    """UNI-FLT-001.1, 001.2: a file can be offered.

    Args:
        asked: The request.
        clause: That gives the right.
        what: How it is offered, as a phrase.
    """
    return judged(
        clause,
        "transfer.taken",
        succeeded(asked),
        expected=f"a file transfer {what} is started: a success status",
        actual=status_of(asked),
        where=place_of(asked),
        event=asked.number,
    )


def notified(awaited: Awaited[object], clause: str, what: str) -> CheckResult:
    """UNI-FLT-001.1, 001.2: a user is notified of what becomes of a transfer.

    Args:
        awaited: What was waited for.
        clause: That demands it.
        what: What the user is to learn, as a phrase.
    """
    came = awaited.content is not None
    return judged(
        clause,
        "transfer.told",
        came,
        expected=f"{awaited.user} is notified: {what}",
        actual="notified" if came else awaited.absence,
        where=awaited.where,
        event=awaited.event,
    )


def names_chat(exchange: Exchange, url: str) -> Iterator[CheckResult]:
    """UNI-FLT-001.1: a transfer in a group chat is shown with that chat.

    Args:
        exchange: The creation or a reading; one that shows no transfer yields nothing.
        url: Of the chat, as the user sees it.
    """
    content = exchange.answer.content
    if not succeeded(exchange) or not isinstance(content, FileTransferSessionInformation):
        return
    shown = content.group_chat_url
    yield judged(
        _IN_CHAT,
        "transfer.chat",
        shown is not None and same_resource(shown, url),
        expected=f"groupChatURL {url}",
        actual=f"groupChatURL {shown}" if shown else "no groupChatURL",
        where=place_of(exchange, "fileTransferSessionInformation/groupChatURL"),
        event=exchange.number,
    )


def file_unchanged(
    invitation: Invitation, asked: FileTransferSessionInformation
) -> list[CheckResult]:
    """UNI-FLT-001.2: the receiver is told who offers which file.

    Raises:
        Inconclusive: It was not told of the transfer.
    """
    content = content_in(invitation, _AS_BEFORE)
    sent, found = asked.file_information.file_selector, content.file_information.file_selector
    pairs = [
        (f"fileInformation/fileSelector/{name}", getattr(sent, name), getattr(found, name))
        for name in ("name", "type", "size")
    ]
    originator = content.originator_address
    same = same_address(originator, asked.originator_address)
    pairs.append(
        ("originatorAddress", originator if same else asked.originator_address, originator)
    )
    return [
        judged(
            _AS_BEFORE,
            "transfer.file",
            given == told,
            expected=f"{path} {given!r} as the originator said",
            actual=f"no {path}" if told is None else f"{path} {told!r}",
            where=f"{invitation.where} {path}",
            event=invitation.event,
        )
        for path, given, told in pairs
    ]


def shown(read: Exchange, asked: FileTransferSessionInformation) -> list[CheckResult]:
    """UNI-FLT-001.2: a transfer is read as it was asked for.

    Raises:
        Inconclusive: It could not be read, which is the business of the same clause or TS-CHAT-5.
    """
    content = content_of(read, FileTransferSessionInformation)
    sent, found = (each.file_information.file_selector.name for each in (asked, content))
    people = [content.originator_address, *content.receiver_address]
    wanted = [asked.originator_address, *asked.receiver_address]
    return [
        judged(
            _AS_BEFORE,
            "transfer.shown",
            found == sent,
            expected=f"the file {sent!r}",
            actual=f"the file {found!r}",
            where=place_of(
                read, "fileTransferSessionInformation/fileInformation/fileSelector/name"
            ),
            event=read.number,
        ),
        judged(
            _AS_BEFORE,
            "transfer.people",
            all(any(same_address(each, one) for one in people) for each in wanted),
            expected=f"originator and receiver {' and '.join(wanted)}",
            actual=f"originator and receivers {', '.join(people)}",
            where=place_of(read, "fileTransferSessionInformation"),
            event=read.number,
        ),
    ]


def located(url: str | None, user: str) -> CheckResult:
    """UNI-FLT-001.2: who accepted a file is told where it is.

    Args:
        url: As told; `None` where it was not.
        user: Who accepted.
    """
    return judged(
        _AS_BEFORE,
        "transfer.located",
        bool(url),
        expected=f"{user} accepted, and is told the fileURL",
        actual=f"fileURL {url}" if url else "no notification tells a fileURL",
        where=f"fileTransferFileNotification to {user} fileInformation/fileURL",
    )


def same_file(fetched: Download, sent: Attachment) -> CheckResult:
    """UNI-FLT-001.2: what the receiver downloads are the bytes that were sent."""
    exchange = fetched.exchange
    if exchange is None:
        actual = f"no answer: {fetched.reason}"
    elif exchange.answer.status != 200:
        actual = status_of(exchange)
    elif exchange.answer.body != sent.data:
        actual = f"{len(exchange.answer.body)} bytes, which are others"
    else:
        actual = "the same bytes"
    return judged(
        _AS_BEFORE,
        "transfer.bytes",
        actual == "the same bytes",
        expected=f"status 200 with the {len(sent.data)} bytes that were sent",
        actual=actual,
        where=f"GET fileURL {fetched.url[:200]}",
        event=None if exchange is None else exchange.number,
    )


def unknown_chat(asked: Exchange, errors: Errors) -> CheckResult:
    """UNI-FLT-001.3: a transfer in a chat that does not exist is refused, with its own error.

    Args:
        asked: The request.
        errors: The message ids of the binding.
    """
    ids = errors[ErrorCase.UNKNOWN_GROUP_CHAT]
    shown = message_id(asked)
    return judged(
        _NO_CHAT,
        "transfer.unknown_chat",
        asked.answer.status in (400, 404) and shown in ids,
        expected=f"status 404 or 400 with messageId {' or '.join(ids)}, for there is no such chat",
        actual=f"{status_of(asked)} with {described(shown)}",
        where=place_of(asked, "requestError"),
        event=asked.number,
    )


def nothing_offered(offers: Sequence[str | None], user: str) -> CheckResult:
    """UNI-FLT-001.3: what was refused is offered to nobody.

    Args:
        offers: The invitations to it that a user got before a later one.
        user: That user.
    """
    return judged(
        _NO_CHAT,
        "transfer.nothing_offered",
        not offers,
        expected=f"the refused transfer is not offered: no invitation to {user}",
        actual=f"{len(offers)} invitations" if offers else "no invitation",
        where=f"fileTransferSessionInvitationNotification to {user}",
    )
