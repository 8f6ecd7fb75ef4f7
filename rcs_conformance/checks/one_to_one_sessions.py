"""Checks of 1-to-1 sessions: their start, how they are shown, and their end."""

from collections.abc import Sequence

from rcs_conformance.checks.judging import (
    Place,
    at,
    content_of,
    member,
    status_of,
    subject_unchanged,
    succeeded,
)
from rcs_conformance.model.addresses import same_number
from rcs_conformance.model.chat import ChatSessionInformation, ParticipantStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.created import resource_url
from rcs_conformance.wire.urls import identifiers

_ROOT = "chatSessionInformation"
_RECIPIENT = f"{_ROOT}/tParticipantAddress"

_STARTED = "UNI-CHT-001.1"
_NO_SUBJECT = "UNI-CHT-001.5"
_SUBJECT = "UNI-CHT-001.6"
_SEPARATE = "UNI-CHT-001.7"
_UNUSABLE = "UNI-CHT-001.8"
_CONNECTED = "UNI-CHT-008a.1"
_BEFORE = "UNI-CHT-008a.3"
_SHOWN = "TS-CHAT-4.1.4"


def started(exchange: Exchange, clause: str = _STARTED, what: str = "") -> CheckResult:
    """A request for a 1-to-1 chat is accepted.

    Args:
        exchange: The request.
        clause: This one, or that of a parameter under test.
        what: The parameter, as a phrase: `without a subject`.
    """
    return at(exchange).responds(clause, "session.started", "2xx", f"for a session {what}")


def recipient_rejected(exchange: Exchange, recipient: str) -> CheckResult:
    """A request without a valid recipient is rejected."""
    return at(exchange, _RECIPIENT).responds(
        _UNUSABLE,
        "session.recipient_refused",
        "4xx",
        f"for {recipient!r}, which is not a valid address",
    )


def unknown_recipient(exchange: Exchange) -> CheckResult:
    """A request with an address that the server does not know is rejected, or starts a session.

    The server need not know whether the address exists elsewhere.
    """
    return at(exchange, _RECIPIENT).responds(
        _UNUSABLE,
        "session.unknown_recipient",
        "4xx or 2xx",
        "for an unknown address (invalid, or of another network)",
    )


def recipient(read: Exchange, names: Sequence[str], clause: str) -> CheckResult:
    """The session is shown with the recipient of the request.

    Args:
        read: A GET of it.
        names: The addresses by which the recipient is known.
        clause: About the kind of address, or about sessions.
    """
    shown = content_of(read, ChatSessionInformation).t_participant_address
    return at(read, _RECIPIENT).require(
        clause,
        "session.recipient",
        holds=any(same_number(shown, each) for each in names),
        expected=_one_of("tParticipantAddress", names),
        actual=member("tParticipantAddress", shown),
    )


def originator(read: Exchange, names: Sequence[str]) -> CheckResult:
    """The session is shown with the user who started it."""
    shown = content_of(read, ChatSessionInformation).originator_address
    return at(read, f"{_ROOT}/originatorAddress").require(
        _SHOWN,
        "session.originator",
        holds=any(same_number(shown, each) for each in names),
        expected=_one_of("originatorAddress", names),
        actual=member("originatorAddress", shown),
    )


def own_url(read: Exchange, template: str, session_id: str) -> CheckResult:
    """A session that is shown with a URL is shown with the reader's own.

    Args:
        read: A GET of it.
        template: Path of a session in the binding.
        session_id: Under which the reader knows it.
    """
    content_of(read, ChatSessionInformation)
    url = resource_url(read)
    found = identifiers(url, template) if url else None
    return at(read, f"{_ROOT}/resourceURL").require(
        _SHOWN,
        "session.url",
        holds=url is None or (found is not None and found["sessionId"] == session_id),
        expected=f"resourceURL = the URL of the session {session_id!r}, or absent",
        actual=member("resourceURL", url),
    )


def hidden(read: Exchange) -> CheckResult:
    """A user that is not part of a session cannot read it (binding, section 3)."""
    return at(read).responds(
        _SHOWN,
        "session.hidden",
        "403 or 404",
        f"for {read.request.user}, not a participant of the session",
    )


def subject(read: Exchange, expected: str | None) -> CheckResult:
    """The session has the subject of the request."""
    shown = content_of(read, ChatSessionInformation).subject
    return shows_subject(_NO_SUBJECT if expected is None else _SUBJECT, read, shown, expected)


def connected(read: Exchange) -> CheckResult:
    """An accepted session is shown as connected to both users.

    The status is optional (binding, section 2); that messages arrive both ways then shows it.
    """
    shown = content_of(read, ChatSessionInformation).status
    return at(read, f"{_ROOT}/status").require(
        _CONNECTED,
        "session.connected",
        holds=shown in {None, ParticipantStatus.CONNECTED},
        expected="status = Connected or absent",
        actual=member("status", shown),
    )


def not_connected(read: Exchange) -> CheckResult:
    """A session that was not accepted yet is not shown as connected."""
    shown = content_of(read, ChatSessionInformation).status
    return at(read, f"{_ROOT}/status").require(
        _BEFORE,
        "session.not_connected",
        holds=shown is not ParticipantStatus.CONNECTED,
        expected="status = Invited or absent: the session was not accepted",
        actual=member("status", shown),
    )


def over(read: Exchange, clause: str) -> CheckResult:
    """A session that was cancelled, declined or ended is not found, or Disconnected.

    Binding, section 3; a user that is no longer part of it may get 403 as well.
    """
    content = read.answer.content
    shown = content.status if isinstance(content, ChatSessionInformation) else None
    found = succeeded(read)
    return at(read).require(
        clause,
        "session.over",
        holds=shown is ParticipantStatus.DISCONNECTED
        if found
        else read.answer.status in {403, 404},
        expected="status 404 or 403; or status 200 with session status = Disconnected",
        actual=f"{status_of(read)} with session {member('status', shown)}" if found else "",
    )


def distinct(ids: Sequence[str], user: str) -> CheckResult:
    """Several chats of the same two users are different sessions.

    Args:
        ids: The session ids under which a user knows the chats.
        user: Address of the user.
    """
    return Place(f"sessionId of {user}").require(
        _SEPARATE,
        "session.distinct",
        holds=len(set(ids)) == len(ids),
        expected=f"{len(ids)} different values of sessionId for {len(ids)} chats of {user}",
        actual=", ".join(member("sessionId", each) for each in ids),
    )


def unmixed(read: Exchange, own: str | None, subjects: Sequence[str | None]) -> CheckResult:
    """A session is not shown with the subject of another.

    Args:
        read: A GET of it.
        own: The subject of this chat.
        subjects: Of all chats of the two users.
    """
    shown = content_of(read, ChatSessionInformation).subject
    return at(read, f"{_ROOT}/subject").require(
        _SEPARATE,
        "session.unmixed",
        holds=shown == own or shown not in subjects,
        expected=f"{member('subject', own)}, not that of another chat",
        actual=member("subject", shown),
    )


def shows_subject(
    clause: str, read: Exchange, shown: str | None, expected: str | None
) -> CheckResult:
    """As `subject`, for any clause; `shown` is the subject in `read`."""
    place = at(read, f"{_ROOT}/subject")
    return subject_unchanged(place, clause, "session.subject", shown, expected)


def _one_of(name: str, values: Sequence[str]) -> str:
    return f"{name} = {' or '.join(map(repr, values))}"
