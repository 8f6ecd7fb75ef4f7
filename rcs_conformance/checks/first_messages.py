"""Checks of the first message of a 1-to-1 session, which is not its subject (UNI-CHT-001a)."""

from collections.abc import Sequence

from rcs_conformance.checks.judging import content_of, judged, place_of
from rcs_conformance.checks.multimedia_messages import same_type
from rcs_conformance.checks.one_to_one_sessions import shows_subject
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ChatSessionInformation
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.media import Attachment
from rcs_conformance.model.notifications import (
    ChatMessageNotification,
    ChatSessionInvitationNotification,
    MultimediaChatMessageNotification,
)
from rcs_conformance.model.results import CheckResult
from rcs_conformance.target import Permission


def shown_on_session(read: Exchange, subject: str | None, first: str | None) -> list[CheckResult]:
    """UNI-CHT-001a.3: on the session neither subject nor first message takes the other's place.

    Args:
        read: A reading of a session whose subject is shown right where there is no first message.
        subject: That was given; `None` without one.
        first: The first message; `None` without one.
    """
    content = content_of(read, ChatSessionInformation)
    message = content.chat_message
    return [
        shows_subject("UNI-CHT-001a.3", read, content.subject, subject),
        judged(
            "UNI-CHT-001a.3",
            "first_message.shown",
            message is None or message.text == first,
            expected="no first message" if first is None else f"first message {first!r}, or none",
            actual="no first message" if message is None else f"first message {message.text!r}",
            where=place_of(read, "chatSessionInformation/chatMessage"),
            event=read.number,
        ),
    ]


def in_invitation(
    invitation: Awaited[ChatSessionInvitationNotification], subject: str | None, first: str | None
) -> list[CheckResult]:
    """UNI-CHT-001a.3: likewise in the invitation.

    That a first message which is no subject is the one that was sent is for UNI-CHT-007a.4.

    Args:
        invitation: Whose subject is right where there is no first message.
        subject: That was given; `None` without one.
        first: The first message; `None` without one.
    """
    content = invitation.content
    shown = None if content is None else content.subject
    message = None if content is None else content.chat_message
    return [
        judged(
            "UNI-CHT-001a.3",
            "first_message.invited",
            shown == subject or (subject is None and shown == ""),
            expected=f"subject {subject!r} beside first message {first!r}",
            actual=f"subject {shown!r}",
            where=f"{invitation.where} subject",
            event=invitation.event,
        ),
        judged(
            "UNI-CHT-001a.3",
            "first_message.invited",
            message is None or subject is None or message.text != subject,
            expected=f"first message {first!r} beside subject {subject!r}, or none",
            actual=f"first message {message.text!r}" if message else "no first message",
            where=f"{invitation.where} chatMessage",
            event=invitation.event,
        ),
    ]


def delivered(
    received: Sequence[ChatMessageNotification], first: str, sender: str, user: str
) -> CheckResult:
    """UNI-CHT-001a.2: where the first message is delivered as one, it is the one that was sent.

    Args:
        received: The messages of the session that the invited user got before the next one.
        first: The text of the first message.
        sender: Address of who sent it.
        user: Address of the invited user.
    """
    told = [
        (each.chat_message.text, each.sender_address)
        for each in received
        if each.chat_message is not None
    ]
    return judged(
        "UNI-CHT-001a.2",
        "first_message.delivered",
        all(text == first and same_address(by, sender) for text, by in told),
        expected=f"before the next message {user} gets {first!r} by {sender}, or nothing",
        actual=", ".join(f"{text!r} by {by}" for text, by in told) or "nothing",
        where=f"chatMessageNotification to {user}",
    )


def policy_followed(
    received: Sequence[ChatMessageNotification],
    invitation: Awaited[ChatSessionInvitationNotification],
    policy: Permission | None,
) -> list[CheckResult]:
    """UNI-CHT-001a.2: the first message reaches the invited user, or not, as the target file says.

    Args:
        received: The messages of the session that the invited user got before the next one.
        invitation: Its invitation, which may carry the first message, too.
        policy: What the target file says; `None`: either is fine, and nothing is judged.
    """
    if policy is None:
        return []
    content = invitation.content
    is_invited_with = content is not None and content.chat_message is not None
    comes = bool(received) or is_invited_with
    shown = {True: "it reaches the invited user", False: "it does not reach the invited user"}
    return [
        judged(
            "UNI-CHT-001a.2",
            "first_message.policy",
            comes is (policy is Permission.ALLOWED),
            expected=f"{shown[policy is Permission.ALLOWED]}, as the target file says",
            actual=shown[comes],
            where=f"{invitation.where} chatMessage",
            event=invitation.event,
        )
    ]


def content_announced(
    received: Sequence[MultimediaChatMessageNotification], sent: Attachment, sender: str, user: str
) -> CheckResult:
    """UNI-CHT-001a.4: where the content of a first message is told, it is what was sent.

    The operator's policy may withhold it, as any first message.

    Args:
        received: The multimedia messages of the session that the invited user was told of.
        sent: The content.
        sender: Address of who sent it.
        user: Address of the invited user.
    """
    told = [(each.content_type or "no type", each.sender_address) for each in received]
    return judged(
        "UNI-CHT-001a.4",
        "first_message.content",
        all(same_type(kind, sent.media_type) and same_address(by, sender) for kind, by in told),
        expected=f"{user} is told of {sent.media_type} by {sender}, or of nothing",
        actual=", ".join(f"{kind} by {by}" for kind, by in told) or "nothing",
        where=f"multimediaChatMessageNotification to {user}",
    )
