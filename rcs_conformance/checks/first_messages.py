"""Checks of the first message of a 1-to-1 session, which is not its subject."""

from collections.abc import Sequence

from rcs_conformance.checks.judging import Place, at, content_of, member
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

_DELIVERY = "UNI-CHT-001a.2"
_NOT_SUBJECT = "UNI-CHT-001a.3"
_CONTENT = "UNI-CHT-001a.4"
_TEXT = "chatMessage/text"


def shown_on_session(read: Exchange, subject: str | None, first: str | None) -> list[CheckResult]:
    """On the session neither subject nor first message takes the other's place.

    Args:
        read: A GET of a session whose subject is right where there is no first message.
        subject: Of the request; `None` without one.
        first: The first message; `None` without one.
    """
    content = content_of(read, ChatSessionInformation)
    message = content.chat_message
    return [
        shows_subject(_NOT_SUBJECT, read, content.subject, subject),
        at(read, "chatSessionInformation/chatMessage").require(
            _NOT_SUBJECT,
            "first_message.shown",
            holds=message is None or message.text == first,
            expected=_or_absent(first),
            actual=member(_TEXT, message and message.text),
        ),
    ]


def in_invitation(
    invitation: Awaited[ChatSessionInvitationNotification], subject: str | None, first: str | None
) -> list[CheckResult]:
    """In the invitation neither subject nor first message takes the other's place.

    Whether the first message is the one that was sent is another clause's: `invitations`.

    Args:
        invitation: Whose subject is right where there is no first message.
        subject: Of the request; `None` without one.
        first: The first message; `None` without one.
    """
    content = invitation.content
    shown = None if content is None else content.subject
    message = None if content is None else content.chat_message
    return [
        at(invitation, "subject").require(
            _NOT_SUBJECT,
            "first_message.invited",
            holds=shown == subject or (subject is None and shown == ""),
            expected=f"{member('subject', subject)}, with {member(_TEXT, first)}",
            actual=member("subject", shown),
        ),
        at(invitation, "chatMessage").require(
            _NOT_SUBJECT,
            "first_message.invited",
            holds=message is None or subject is None or message.text != subject,
            expected=f"{_or_absent(first)}, with {member('subject', subject)}",
            actual=member(_TEXT, message and message.text),
        ),
    ]


def delivered(
    received: Sequence[ChatMessageNotification], first: str, sender: str, user: str
) -> CheckResult:
    """Where the first message is delivered as a message, it is the one that was sent.

    Args:
        received: The messages of the session that the invited user got before the next one.
        first: The text of the first message.
        sender: Address of its sender.
        user: Address of the invited user.
    """
    found = [
        (each.chat_message.text, each.sender_address)
        for each in received
        if each.chat_message is not None
    ]
    return Place(f"chatMessageNotification to {user}").require(
        _DELIVERY,
        "first_message.delivered",
        holds=all(text == first and same_address(by, sender) for text, by in found),
        expected=f"before the next message: {_message(first, sender)}, or no message",
        actual="; ".join(_message(text, by) for text, by in found) or "no message",
    )


def policy_followed(
    received: Sequence[ChatMessageNotification],
    invitation: Awaited[ChatSessionInvitationNotification],
    policy: Permission | None,
) -> list[CheckResult]:
    """The first message reaches the invited user, or not, as the target file says.

    Args:
        received: The messages of the session that the invited user got before the next one.
        invitation: Its invitation, which may have the first message, too.
        policy: What the target file says; `None`: both conform, and nothing is checked.
    """
    if policy is None:
        return []
    content = invitation.content
    is_invited_with = content is not None and content.chat_message is not None
    arrives = bool(received) or is_invited_with
    shown = {True: "first message delivered", False: "first message not delivered"}
    return [
        at(invitation, "chatMessage").require(
            _DELIVERY,
            "first_message.policy",
            holds=arrives is (policy is Permission.ALLOWED),
            expected=f"{shown[policy is Permission.ALLOWED]}, as the target file says",
            actual=shown[arrives],
        )
    ]


def content_announced(
    received: Sequence[MultimediaChatMessageNotification], sent: Attachment, sender: str, user: str
) -> CheckResult:
    """Where the content of a first message is notified, it is the content that was sent.

    The operator's policy may withhold it, as any first message.

    Args:
        received: The multimedia messages of the session that the invited user received.
        sent: The content.
        sender: Address of its sender.
        user: Address of the invited user.
    """
    found = [(each.content_type, each.sender_address) for each in received]
    return Place(f"multimediaChatMessageNotification to {user}").require(
        _CONTENT,
        "first_message.content",
        holds=all(
            same_type(kind or "", sent.media_type) and same_address(by, sender)
            for kind, by in found
        ),
        expected=f"{_content(sent.media_type, sender)}, or no notification",
        actual="; ".join(_content(kind, by) for kind, by in found) or "no notification",
    )


def _or_absent(first: str | None) -> str:
    return f"{_TEXT} absent" if first is None else f"{member(_TEXT, first)} or absent"


def _message(text: str, sender: str | None) -> str:
    return f"{member('text', text)}, {member('senderAddress', sender)}"


def _content(media_type: str | None, sender: str | None) -> str:
    return f"{member('contentType', media_type)}, {member('senderAddress', sender)}"
