"""Faults in ad-hoc chats, and in the messages of both kinds of 1-to-1 chat.

RCS-4.7.2, TS-CHAT-4.1.2, 4.1.3.
"""

from collections.abc import Iterator
from dataclasses import replace

from rcs_conformance.model.chat import MessageStatus, MessageStatusReport
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatMessageStatusNotification,
    ChatSessionInvitationNotification,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import ADHOC_ID, Part
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.seams import ADHOC, SESSION, Also, Twin, Usual
from rcs_conformance.reference.state import Conversation, Member, Message

# No invitation (RCS-4.7.2) ------------------------------------------------------------------------


def _invitation(notice: Notice) -> Notice:
    invitation = ChatSessionInvitationNotification(
        callback_data=notice.content.callback_data,
        session_id=ADHOC_ID,
        originator_address=notice.actor,
    )
    return replace(notice, content=invitation, cause=Cause.STARTED)


@ADHOC.delivered("RCS-4.7.2.1", Cause.MESSAGE)
def adhoc_invites_first(notice: Notice) -> Iterator[Notice]:
    """An invitation is sent before each ad-hoc message."""
    yield _invitation(notice)
    yield notice


@ADHOC.delivered("RCS-4.7.2.2", Cause.MESSAGE)
def adhoc_invites_afterwards(notice: Notice) -> Iterator[Notice]:
    """An invitation is sent after each ad-hoc message."""
    yield notice
    yield _invitation(notice)


@SESSION.rule(Rules.perform, "RCS-4.7.2.2")
def adhoc_can_be_accepted(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """The acceptance of an ad-hoc chat returns 204."""
    if call.chat_id == ADHOC_ID and call.does("PUT", Part.STATUS):
        return Response(status=204)
    return usual(call, content, operate)


@SESSION.rule(Rules.perform, "RCS-4.7.2.2")
def adhoc_can_be_declined(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """The decline of an ad-hoc chat returns 204."""
    if call.chat_id == ADHOC_ID and call.does("DELETE", Part.CHAT):
        return Response(status=204)
    return usual(call, content, operate)


# Messages and reports, in sessions too (TS-CHAT-4.1.2, 4.1.3) -------------------------------------


def _in_session(clause: str, name: str) -> Also:
    return {ChatKind.ONE_TO_ONE: Twin(clause, name)}


@ADHOC.delivered(
    "TS-CHAT-4.1.2",
    Cause.MESSAGE,
    also=_in_session("TS-CHAT-4.1.2", "session-messages-reversed"),
)
def adhoc_messages_reversed(notice: Notice) -> tuple[Notice, ...]:
    """Messages are delivered in reverse order."""
    return (replace(notice, hold=0.2, overtakes=True),)


@ADHOC.rule(
    Rules.receivers,
    "TS-CHAT-4.1.2",
    also=_in_session("TS-CHAT-4.1.2", "session-sender-gets-copy"),
)
def adhoc_sender_gets_copy(
    usual: Usual[tuple[Member, ...]], conversation: Conversation, sender: Member
) -> tuple[Member, ...]:
    """A message is delivered to its sender, too."""
    return (*usual(conversation, sender), sender)


@ADHOC.rule(
    Rules.reports,
    "TS-CHAT-4.1.3",
    also=_in_session("TS-CHAT-4.1.3", "session-report-not-told"),
)
def adhoc_report_not_told(
    usual: Usual[bool], conversation: Conversation, message: Message, status: MessageStatus
) -> bool:
    """The sender of a message is not notified of reports."""
    return False


@SESSION.notified("TS-CHAT-4.1.3", Cause.REPORTED)
def session_report_told_as_delivered(
    status: ChatMessageStatusNotification,
) -> ChatMessageStatusNotification:
    """Every report in a 1-to-1 session is notified as Delivered."""
    return replace(status, status=MessageStatus.DELIVERED)


@SESSION.answered("TS-CHAT-4.1.3", "PUT", Part.MESSAGE_STATUS)
def session_report_refused(call: Call) -> Response:
    """Reports in a 1-to-1 session are rejected."""
    raise rejections.forbidden("no reports")


@ADHOC.shown(
    "TS-CHAT-4.1.3",
    also=_in_session("TS-CHAT-4.1.3", "session-status-stale"),
)
def adhoc_status_stale(report: MessageStatusReport) -> MessageStatusReport:
    """The status of a message is always read as Sent."""
    return MessageStatusReport(status=MessageStatus.SENT)
