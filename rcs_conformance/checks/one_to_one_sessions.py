"""Checks of 1-to-1 sessions: what they are started with, how they are shown, and their end."""

from collections.abc import Sequence

from rcs_conformance.checks.judging import (
    client_error,
    content_of,
    judged,
    place_of,
    status_of,
    succeeded,
)
from rcs_conformance.model.addresses import same_number
from rcs_conformance.model.chat import ChatSessionInformation, ParticipantStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.created import resource_url
from rcs_conformance.wire.urls import identifiers

_ROOT = "chatSessionInformation"


def started(exchange: Exchange, clause: str = "UNI-CHT-001.1", what: str = "") -> CheckResult:
    """A request for a 1-to-1 chat is granted.

    Args:
        exchange: The request.
        clause: UNI-CHT-001.1, or that of what is on trial in it.
        what: That, as a phrase: `without a subject`.
    """
    return judged(
        clause,
        "session.started",
        succeeded(exchange),
        expected=f"a session {what} is created, status 201".replace("  ", " "),
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def recipient_rejected(exchange: Exchange, recipient: str) -> CheckResult:
    """UNI-CHT-001.8: a request without a usable recipient is refused with a client error."""
    return judged(
        "UNI-CHT-001.8",
        "session.recipient_refused",
        client_error(exchange),
        expected=f"a client error (4xx), for {recipient!r} is nobody's address",
        actual=status_of(exchange),
        where=place_of(exchange, f"{_ROOT}/tParticipantAddress"),
        event=exchange.number,
    )


def unknown_recipient(exchange: Exchange) -> CheckResult:
    """UNI-CHT-001.8: an address that nobody is known to have is refused with a client error.

    Whether anybody outside has it a server need not know: it may as well start the session.
    """
    return judged(
        "UNI-CHT-001.8",
        "session.unknown_recipient",
        succeeded(exchange) or client_error(exchange),
        expected="a client error (4xx), or a session with somebody outside (201)",
        actual=status_of(exchange),
        where=place_of(exchange, f"{_ROOT}/tParticipantAddress"),
        event=exchange.number,
    )


def recipient(read: Exchange, names: Sequence[str], clause: str) -> CheckResult:
    """The session is shown with the recipient who was asked for.

    Args:
        read: A reading.
        names: The addresses by which the recipient is known.
        clause: UNI-CHT-001.2 where it was named by an MSISDN; TS-CHAT-4.1.4 otherwise.
    """
    shown = content_of(read, ChatSessionInformation).t_participant_address
    return judged(
        clause,
        "session.recipient",
        any(same_number(shown, each) for each in names),
        expected=f"tParticipantAddress {' or '.join(names)}",
        actual=f"tParticipantAddress {shown}",
        where=place_of(read, f"{_ROOT}/tParticipantAddress"),
        event=read.number,
    )


def originator(read: Exchange, names: Sequence[str]) -> CheckResult:
    """TS-CHAT-4.1.4: the session is shown with the user who started it."""
    shown = content_of(read, ChatSessionInformation).originator_address
    return judged(
        "TS-CHAT-4.1.4",
        "session.originator",
        any(same_number(shown, each) for each in names),
        expected=f"originatorAddress {' or '.join(names)}",
        actual=f"originatorAddress {shown}",
        where=place_of(read, f"{_ROOT}/originatorAddress"),
        event=read.number,
    )


def own_url(read: Exchange, template: str, session_id: str) -> CheckResult:
    """TS-CHAT-4.1.4: a session that is shown with its URL is shown with the reader's own.

    Args:
        read: A reading.
        template: Path of a session in the binding.
        session_id: Under which the reader knows it.
    """
    content_of(read, ChatSessionInformation)
    url = resource_url(read)
    found = identifiers(url, template) if url else None
    return judged(
        "TS-CHAT-4.1.4",
        "session.url",
        url is None or (found is not None and found["sessionId"] == session_id),
        expected=f"a resourceURL of the session {session_id!r}, or none",
        actual=f"resourceURL {url or '(none)'}",
        where=place_of(read, f"{_ROOT}/resourceURL"),
        event=read.number,
    )


def hidden(read: Exchange) -> CheckResult:
    """TS-CHAT-4.1.4: a user who is not part of a session gets 403 or 404 for it.

    Binding, section 3.
    """
    return judged(
        "TS-CHAT-4.1.4",
        "session.hidden",
        read.answer.status in {403, 404},
        expected=f"status 403 or 404 for {read.request.user}, who is not part of the session",
        actual=status_of(read),
        where=place_of(read),
        event=read.number,
    )


def subject(read: Exchange, expected: str | None) -> CheckResult:
    """UNI-CHT-001.5, .6: the subject is shown unchanged, and none where none was given."""
    shown = content_of(read, ChatSessionInformation).subject
    return shows_subject(
        "UNI-CHT-001.5" if expected is None else "UNI-CHT-001.6", read, shown, expected
    )


def connected(read: Exchange) -> CheckResult:
    """UNI-CHT-008a.1: once it is accepted, the session is shown as established to both.

    The status is optional (binding, section 2); that messages go both ways then says it.
    """
    shown = content_of(read, ChatSessionInformation).status
    return judged(
        "UNI-CHT-008a.1",
        "session.connected",
        shown in {None, ParticipantStatus.CONNECTED},
        expected=f"status Connected for {read.request.user}",
        actual=f"status {shown.value if shown else 'missing'}",
        where=place_of(read, f"{_ROOT}/status"),
        event=read.number,
    )


def over(read: Exchange, clause: str) -> CheckResult:
    """A session that was cancelled, declined or ended is not found, or Disconnected.

    Binding, section 3; who took no part in it any more may also be forbidden to read it.
    """
    content = read.answer.content
    shown = content.status if isinstance(content, ChatSessionInformation) else None
    told = f", status {shown.value if shown else 'missing'}" if succeeded(read) else ""
    return judged(
        clause,
        "session.over",
        shown is ParticipantStatus.DISCONNECTED
        if succeeded(read)
        else read.answer.status in {403, 404},
        expected="the session is not found any more, or shown as Disconnected",
        actual=f"{status_of(read)}{told}",
        where=place_of(read),
        event=read.number,
    )


def distinct(ids: Sequence[str], user: str) -> CheckResult:
    """UNI-CHT-001.7: each of several chats between the same two is a session of its own.

    Args:
        ids: The session ids under which a user knows the chats.
        user: Address of the user.
    """
    return judged(
        "UNI-CHT-001.7",
        "session.distinct",
        len(set(ids)) == len(ids),
        expected=f"{len(ids)} session ids for {len(ids)} chats of {user}",
        actual=", ".join(map(repr, ids)),
        where=f"sessionId of {user}",
    )


def unmixed(read: Exchange, own: str | None, subjects: Sequence[str | None]) -> CheckResult:
    """UNI-CHT-001.7: a session is not shown with the subject of another.

    Args:
        read: A reading.
        own: The subject of this chat.
        subjects: Of all chats between the two.
    """
    shown = content_of(read, ChatSessionInformation).subject
    return judged(
        "UNI-CHT-001.7",
        "session.unmixed",
        shown == own or shown not in subjects,
        expected=f"the subject {own!r} and not that of another chat",
        actual=f"subject {shown!r}",
        where=place_of(read, f"{_ROOT}/subject"),
        event=read.number,
    )


def shows_subject(
    clause: str, read: Exchange, shown: str | None, expected: str | None
) -> CheckResult:
    """A session shows its subject unchanged, and none where none was given.

    Args:
        clause: That demands it.
        read: A reading.
        shown: The subject in it.
        expected: That was given; `None` without one.
    """
    return judged(
        clause,
        "session.subject",
        shown == expected or (expected is None and shown == ""),
        expected="no subject" if expected is None else f"subject {expected!r}",
        actual="no subject" if shown is None else f"subject {shown!r}",
        where=place_of(read, f"{_ROOT}/subject"),
        event=read.number,
    )
