"""Checks of invitations to a 1-to-1 chat and to a group chat.

What both kinds have in common is one check; its clause is that of the kind of invitation.
"""

from collections.abc import Sequence

from rcs_conformance.checks.judging import (
    at,
    content_in,
    member,
    place_of,
    status_of,
    subject_unchanged,
    succeeded,
)
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
_TEXT = "chatMessage/text"


def arrived(invitation: Either, clause: str = "") -> CheckResult:
    """The invited user is notified.

    Args:
        invitation: The notification.
        clause: That requires it; that of the kind of invitation unless given.
    """
    return at(invitation).arrives(
        clause or _clause(invitation.root, 1),
        "invitation.arrived",
        f"{invitation.user} is notified of the invitation",
    )


def originator(invitation: Either, expected: str) -> CheckResult:
    """The invitation names the inviting user.

    One to a group chat does so by originatorAddress, by the participant marked as originator, or by
    both (binding, section 3).
    """
    content = _content(invitation)
    marked = [each.address for each in getattr(content, "participant", ()) if each.is_originator]
    named = [each for each in (content.originator_address, *marked) if each]
    wrong = [each for each in named if not same_address(each, expected)]
    return at(invitation, "originatorAddress").equals(
        _clause(invitation.root, 2),
        "invitation.originatorAddress",
        next(iter([*wrong, *named]), None),
        expected,
        holds=bool(named) and not wrong,
    )


def originator_name(invitation: Either, given: str) -> CheckResult:
    """The invitation has the name of the inviting user that the request gave.

    One to a group chat has it with the participant that is marked as originator, if there is one.
    """
    content = _content(invitation)
    if isinstance(content, ChatSessionInvitationNotification):
        names, place, clause = [content.originator_name], "originatorName", "UNI-CHT-007a.7"
    else:
        names = [each.name for each in content.participant if each.is_originator]
        place, clause = "participant/name", "UNI-CHT-007b.8"
    wrong = [each for each in names if each != given]
    return at(invitation, place).equals(
        clause,
        "invitation.originator_name",
        next(iter([*wrong, *names]), None),
        given,
        holds=not wrong,
        note="" if names and not wrong else "as in the request",
    )


def subject(invitation: Either, expected: str | None) -> CheckResult:
    """The invitation has the subject of the request."""
    shown = _content(invitation).subject
    clause = _clause(invitation.root, 3)
    place = at(invitation, "subject")
    return subject_unchanged(place, clause, "invitation.subject", shown, expected)


def first_message(invitation: ToSession, given: str | None, subject: str | None) -> CheckResult:
    """The invitation has the first message as it was sent, or has none.

    Args:
        invitation: To a 1-to-1 chat.
        given: The text of the first message; `None` without one.
        subject: Of the chat; in the place of the first message it breaks the clause of
            `first_messages.in_invitation`.
    """
    shown = _content(invitation).chat_message
    return at(invitation, "chatMessage").require(
        "UNI-CHT-007a.4",
        "invitation.chatMessage",
        holds=shown is None or shown.text in {given, subject},
        expected=f"{_TEXT} absent" if given is None else f"{member(_TEXT, given)} or absent",
        actual=member(_TEXT, shown and shown.text),
    )


def leads_to_session(invitation: ToSession, read: Exchange | None, marker: str) -> CheckResult:
    """The user finds the session under the id or the link of the invitation.

    Args:
        invitation: To a 1-to-1 chat with a subject.
        read: That user's GET of the session under an id of the invitation; `None` without one.
        marker: In the subject; whether the session shows a subject is another clause's.
    """
    _content(invitation)
    content = None if read is None else read.answer.content
    shown = content.subject if isinstance(content, ChatSessionInformation) else None
    return at(invitation, "session").require(
        "UNI-CHT-007a.6",
        "invitation.session",
        holds=read is not None and succeeded(read) and (not shown or marker in shown.lower()),
        expected=f"sessionId or link of the chat: status 2xx, subject with {marker}",
        actual=f"{place_of(read)}: {status_of(read)}, {member('subject', shown)}"
        if read
        else "sessionId and link absent",
    )


def closed(invitation: Invitation, requested: bool | None) -> CheckResult:
    """The invitation says whether the chat is closed; absent means that it is not."""
    shown = _content(invitation).is_closed
    return at(invitation, "isClosed").require(
        "UNI-CHT-007b.4",
        "invitation.isClosed",
        holds=bool(shown) == bool(requested),
        expected="isClosed = true" if requested else "isClosed = false or absent",
        actual=member("isClosed", shown),
    )


def services(invitation: Invitation, expected: Sequence[str]) -> CheckResult:
    """The invitation has the services of the chat."""
    shown = _content(invitation).supported_service
    return at(invitation, "supportedService").equals(
        "UNI-CHT-007b.5", "invitation.supportedService", shown, expected
    )


def others(invitation: Invitation, expected: Sequence[str]) -> CheckResult:
    """The invitation names the other invited users."""
    shown = [each.address for each in _content(invitation).participant]
    return at(invitation, "participant").require(
        "UNI-CHT-007b.6",
        "invitation.participant",
        holds=all(any(same_address(one, each) for each in shown) for one in expected),
        expected=f"participant includes {', '.join(expected)}",
        actual=member("participant", shown),
    )


def leads_to_chat(invitation: Either, read: Exchange, template: str) -> list[CheckResult]:
    """Session id and link of an invitation are both those of the chat.

    Args:
        invitation: Of some user.
        read: That user's GET of the chat under the session id of the invitation.
        template: Path of a session or group chat in the binding.
    """
    content = _content(invitation)
    clause = "TS-CHAT-4.1.8" if invitation.root == _TO_SESSION else "TS-CHAT-4.1.9"
    session = member("sessionId", content.session_id)
    ids = [identifiers(link.href, template) for link in content.link]
    linked = [found["sessionId"] for found in ids if found]
    return [
        at(invitation, "sessionId").require(
            clause,
            "invitation.sessionId",
            holds=bool(content.session_id) and succeeded(read),
            expected="sessionId present, status 2xx for the chat with this id",
            actual=f"{session}, {status_of(read)} for {place_of(read)}",
        ),
        at(invitation, "link").require(
            clause,
            "invitation.link",
            holds=content.session_id in linked,
            expected=f"link to the session with {session}",
            actual=member("link", [link.href for link in content.link]),
        ),
    ]


def _clause(root: str, number: int) -> str:
    """The clause of that number about invitations of a kind."""
    requirement = "UNI-CHT-007a" if root == _TO_SESSION else "UNI-CHT-007b"
    return f"{requirement}.{number}"


def _content(invitation: Awaited[Content]) -> Content:
    return content_in(invitation, _clause(invitation.root, 1))
