"""Checks of invitations to a group chat (UNI-CHT-007b, 014, TS-CHAT-4.1.9)."""

from collections.abc import Sequence

from rcs_conformance.checks.judging import answered, judged, place, succeeded
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import GroupChatSessionInvitationNotification
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.urls import identifiers

Invitation = Awaited[GroupChatSessionInvitationNotification]


def arrived(invitation: Invitation, clause: str = "UNI-CHT-007b.1") -> CheckResult:
    """The invited user is notified: UNI-CHT-007b.1, or the clause of another occasion."""
    return judged(
        clause,
        "invitation.arrived",
        invitation.content is not None,
        expected="an invitation notification to the invited user",
        actual="arrived" if invitation.content else invitation.absence,
        where=invitation.where,
        event=invitation.event,
    )


def originator(invitation: Invitation, expected: str) -> CheckResult:
    """UNI-CHT-007b.2: it names the inviting user."""
    shown = _content(invitation).originator_address
    return _judged(
        invitation,
        "UNI-CHT-007b.2",
        "originatorAddress",
        same_address(shown, expected),
        expected=f"originatorAddress {expected}",
        actual=shown or "none",
    )


def subject(invitation: Invitation, expected: str | None) -> CheckResult:
    """UNI-CHT-007b.3: it carries the subject unchanged, and none where none was given."""
    shown = _content(invitation).subject
    return _judged(
        invitation,
        "UNI-CHT-007b.3",
        "subject",
        shown == expected or (expected is None and shown == ""),
        expected="no subject" if expected is None else f"subject {expected!r}",
        actual="no subject" if shown is None else f"subject {shown!r}",
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


def leads_to_chat(invitation: Invitation, read: Exchange, template: str) -> list[CheckResult]:
    """TS-CHAT-4.1.9: session id and link of an invitation are those of the chat.

    Args:
        invitation: Of some user.
        read: That user's reading of the chat under the session id of the invitation.
        template: Path of a group chat in the binding.
    """
    content = _content(invitation)
    results = [
        _judged(
            invitation,
            "TS-CHAT-4.1.9",
            "sessionId",
            bool(content.session_id) and succeeded(read),
            expected="a session id under which the invited user finds the chat",
            actual=f"{content.session_id!r}: {place(read)} {answered(read)}",
        )
    ]
    ids = [identifiers(link.href, template) for link in content.link]
    shown = [found["sessionId"] for found in ids if found]
    results.append(
        _judged(
            invitation,
            "TS-CHAT-4.1.9",
            "link",
            content.session_id in shown,
            expected=f"a link to the session {content.session_id!r}",
            actual=", ".join(link.href for link in content.link) or "no link",
        )
    )
    return results


def _content(invitation: Invitation) -> GroupChatSessionInvitationNotification:
    if invitation.content is None:
        raise Inconclusive(
            Cause.PRECONDITION, f"{invitation.where}: {invitation.absence}", "UNI-CHT-007b.1"
        )
    return invitation.content


def _judged(
    invitation: Invitation,
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
