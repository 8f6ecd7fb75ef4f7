"""Checks of invitations: to a 1-to-1 chat (UNI-CHT-007a, TS-CHAT-4.1.8), to a group (007b, 4.1.9).

What both kinds have in common is one check; its clause is that of the kind of invitation.
"""

from collections.abc import Sequence

from rcs_conformance.checks.judging import judged, place_of, status_of, succeeded
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited, Content
from rcs_conformance.model.chat import ChatSessionInformation
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import (
    ChatSessionInvitationNotification,
    GroupChatSessionInvitationNotification,
)
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.urls import identifiers

Invitation = Awaited[GroupChatSessionInvitationNotification]
ToSession = Awaited[ChatSessionInvitationNotification]
Either = Awaited[GroupChatSessionInvitationNotification | ChatSessionInvitationNotification]

_TO_SESSION = "chatSessionInvitationNotification"


def arrived(invitation: Either, clause: str = "") -> CheckResult:
    """The invited user is notified: UNI-CHT-007a.1, 007b.1, or the clause of another occasion."""
    return judged(
        clause or _clause(invitation.root, 1),
        "invitation.arrived",
        invitation.content is not None,
        expected="an invitation notification to the invited user",
        actual="arrived" if invitation.content else invitation.absence,
        where=invitation.where,
        event=invitation.event,
    )


def originator(invitation: Either, expected: str) -> CheckResult:
    """UNI-CHT-007a.2, 007b.2: it names the inviting user."""
    shown = _content(invitation).originator_address
    return _judged(
        invitation,
        _clause(invitation.root, 2),
        "originatorAddress",
        same_address(shown, expected),
        expected=f"originatorAddress {expected}",
        actual=shown or "none",
    )


def subject(invitation: Either, expected: str | None) -> CheckResult:
    """UNI-CHT-007a.3, 007b.3: it carries the subject unchanged, and none where none was given."""
    shown = _content(invitation).subject
    return _judged(
        invitation,
        _clause(invitation.root, 3),
        "subject",
        shown == expected or (expected is None and shown == ""),
        expected="no subject" if expected is None else f"subject {expected!r}",
        actual="no subject" if shown is None else f"subject {shown!r}",
    )


def first_message(invitation: ToSession, given: str | None, subject: str | None) -> CheckResult:
    """UNI-CHT-007a.4: it carries the first message as it was given, or does not carry one.

    Args:
        invitation: To a 1-to-1 chat.
        given: The text of the first message; `None` where none was given.
        subject: Of the chat; in the place of the first message it is for UNI-CHT-001a.3.
    """
    shown = _content(invitation).chat_message
    return _judged(
        invitation,
        "UNI-CHT-007a.4",
        "chatMessage",
        shown is None or shown.text in {given, subject},
        expected="no first message" if given is None else f"first message {given!r}, or none",
        actual="no first message" if shown is None else f"first message {shown.text!r}",
    )


def leads_to_session(invitation: ToSession, read: Exchange | None, marker: str) -> CheckResult:
    """UNI-CHT-007a.6: under the id that it tells, by member or link, the user finds the session.

    Args:
        invitation: To a 1-to-1 chat with a subject.
        read: That user's reading of the session under an id of the invitation; `None` without one.
        marker: In the subject; that the subject is there at all is the business of UNI-CHT-001.6.
    """
    _content(invitation)
    content = None if read is None else read.answer.content
    shown = content.subject if isinstance(content, ChatSessionInformation) else None
    found = read is not None and succeeded(read)
    return _judged(
        invitation,
        "UNI-CHT-007a.6",
        "session",
        found and (not shown or marker in shown.lower()),
        expected=f"a session id or link under which the user finds the chat of subject {marker}",
        actual=f"{read}, subject {shown!r}" if read else "neither a session id nor a link",
    )


def closed(invitation: Invitation, asked: bool | None) -> CheckResult:
    """UNI-CHT-007b.4: it tells whether the chat is closed; absent means regular."""
    shown = _content(invitation).is_closed
    return _judged(
        invitation,
        "UNI-CHT-007b.4",
        "isClosed",
        bool(shown) == bool(asked),
        expected="isClosed true" if asked else "isClosed false, or none",
        actual="none" if shown is None else str(shown).lower(),
    )


def services(invitation: Invitation, expected: Sequence[str]) -> CheckResult:
    """UNI-CHT-007b.5: it carries the services of the chat."""
    shown = _content(invitation).supported_service
    return _judged(
        invitation,
        "UNI-CHT-007b.5",
        "supportedService",
        set(shown) == set(expected),
        expected=", ".join(sorted(expected)) or "no service",
        actual=", ".join(sorted(shown)) or "no service",
    )


def others(invitation: Invitation, expected: Sequence[str]) -> CheckResult:
    """UNI-CHT-007b.6: it names the other users who are invited."""
    shown = [each.address for each in _content(invitation).participant]
    missing = [one for one in expected if not any(same_address(one, each) for each in shown)]
    return _judged(
        invitation,
        "UNI-CHT-007b.6",
        "participant",
        not missing,
        expected=f"participants with {', '.join(expected)}",
        actual=", ".join(shown) or "no participant",
    )


def leads_to_chat(invitation: Either, read: Exchange, template: str) -> list[CheckResult]:
    """TS-CHAT-4.1.8, 4.1.9: session id and link of an invitation are both those of the chat.

    Args:
        invitation: Of some user.
        read: That user's reading of the chat under the session id of the invitation.
        template: Path of a session or group chat in the binding.
    """
    content = _content(invitation)
    clause = "TS-CHAT-4.1.8" if invitation.root == _TO_SESSION else "TS-CHAT-4.1.9"
    results = [
        _judged(
            invitation,
            clause,
            "sessionId",
            bool(content.session_id) and succeeded(read),
            expected="a session id under which the invited user finds the chat",
            actual=f"{content.session_id!r}: {place_of(read)} {status_of(read)}",
        )
    ]
    ids = [identifiers(link.href, template) for link in content.link]
    shown = [found["sessionId"] for found in ids if found]
    results.append(
        _judged(
            invitation,
            clause,
            "link",
            content.session_id in shown,
            expected=f"a link to the session {content.session_id!r}",
            actual=", ".join(link.href for link in content.link) or "no link",
        )
    )
    return results


def _clause(root: str, number: int) -> str:
    """The clause of that number about invitations of a kind."""
    requirement = "UNI-CHT-007a" if root == _TO_SESSION else "UNI-CHT-007b"
    return f"{requirement}.{number}"


def _content(invitation: Awaited[Content]) -> Content:
    if invitation.content is None:
        reason = f"{invitation.where}: {invitation.absence}"
        raise Inconclusive(Cause.PRECONDITION, reason, _clause(invitation.root, 1))
    return invitation.content


def _judged(
    invitation: Either,
    clause: str,
    member: str,
    holds: bool,
    *,
    expected: str,
    actual: str,
) -> CheckResult:
    return judged(
        clause,
        f"invitation.{member}",
        holds,
        expected=expected,
        actual=actual,
        where=f"{invitation.where} {member}",
        event=invitation.event,
    )
