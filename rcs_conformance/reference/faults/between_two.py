"""Faults in messages between two users, and in ad-hoc chat (RCS-4.7.2, TS-CHAT-4.1.2, 4.1.3)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import MessageStatus, MessageStatusReport
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatMessageStatusNotification,
    ChatSessionInvitationNotification,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import OneKind, Told, edited, retold
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import ADHOC_ID, Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import Operate
from rcs_conformance.reference.state import Conversation, Member, Message

BETWEEN_TWO = Faults()


class _Inviting(Told):
    """Tells of an ad-hoc message by an invitation, too."""

    kind = ChatKind.ADHOC

    @staticmethod
    def _invitation(notice: Notice) -> Notice:
        told = ChatSessionInvitationNotification(
            callback_data=notice.content.callback_data,
            session_id=ADHOC_ID,
            originator_address=notice.actor,
        )
        return replace(notice, content=told, cause=Cause.STARTED)


@BETWEEN_TWO.add("adhoc-invites-first", "RCS-4.7.2.1", "An invitation goes before each message.")
class _InvitesFirst(_Inviting):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        if notice.cause is Cause.MESSAGE:
            yield self._invitation(notice)
        yield notice


@BETWEEN_TWO.add("adhoc-invites-afterwards", "RCS-4.7.2.2", "An invitation follows each message.")
class _InvitesAfterwards(_Inviting):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        yield notice
        if notice.cause is Cause.MESSAGE:
            yield self._invitation(notice)


class _Answered(OneKind):
    """Takes requests about an ad-hoc chat as if it were a session."""

    kind = ChatKind.ONE_TO_ONE
    method, part = "PUT", Part.STATUS

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if call.chat_id == ADHOC_ID and call.does(self.method, self.part):
            return Response(status=204)
        return super().perform(call, content, operate)


@BETWEEN_TWO.add("adhoc-can-be-accepted", "RCS-4.7.2.2", "An ad-hoc chat can be accepted.")
class _CanBeAccepted(_Answered):
    method, part = "PUT", Part.STATUS


@BETWEEN_TWO.add("adhoc-can-be-declined", "RCS-4.7.2.2", "An ad-hoc chat can be declined.")
class _CanBeDeclined(_Answered):
    method, part = "DELETE", Part.CHAT


class _Reversed(Told):
    """Brings messages that are sent soon after each other in reverse order."""

    def tell(self, notice: Notice) -> Iterable[Notice]:
        if notice.cause is not Cause.MESSAGE:
            return (notice,)
        return (replace(notice, hold=0.2, overtakes=True),)


@BETWEEN_TWO.add("session-messages-reversed", "TS-CHAT-4.1.2", "Messages come in reverse.")
class _SessionReversed(_Reversed):
    kind = ChatKind.ONE_TO_ONE


@BETWEEN_TWO.add("adhoc-messages-reversed", "TS-CHAT-4.1.2", "Ad-hoc messages come in reverse.")
class _AdhocReversed(_Reversed):
    kind = ChatKind.ADHOC


class _Copied(OneKind):
    """Sends a message to its sender as well."""

    def receivers(self, conversation: Conversation, sender: Member) -> tuple[Member, ...]:
        return (*super().receivers(conversation, sender), sender)


@BETWEEN_TWO.add(
    "session-sender-gets-copy", "TS-CHAT-4.1.2", "A sender in a session gets its own message."
)
class _SessionCopied(_Copied):
    kind = ChatKind.ONE_TO_ONE


@BETWEEN_TWO.add("adhoc-sender-gets-copy", "TS-CHAT-4.1.2", "An ad-hoc sender gets its message.")
class _AdhocCopied(_Copied):
    kind = ChatKind.ADHOC


class _ReportNotTold(OneKind):
    """Tells a sender nothing of reports."""

    def reports(self, conversation: Conversation, message: Message, status: MessageStatus) -> bool:
        return False


@BETWEEN_TWO.add("session-report-not-told", "TS-CHAT-4.1.3", "Reports do not reach the sender.")
class _SessionReportNotTold(_ReportNotTold):
    kind = ChatKind.ONE_TO_ONE


@BETWEEN_TWO.add("adhoc-report-not-told", "TS-CHAT-4.1.3", "Ad-hoc reports reach nobody.")
class _AdhocReportNotTold(_ReportNotTold):
    kind = ChatKind.ADHOC


@BETWEEN_TWO.add(
    "session-report-told-as-delivered", "TS-CHAT-4.1.3", "Every report is told as Delivered."
)
class _ReportToldAsDelivered(Told):
    kind = ChatKind.ONE_TO_ONE

    def tell(self, notice: Notice) -> Iterable[Notice]:
        if notice.cause is not Cause.REPORTED:
            return (notice,)
        return retold(
            notice,
            ChatMessageStatusNotification,
            lambda told: replace(told, status=MessageStatus.DELIVERED),
        )


@BETWEEN_TWO.add("session-report-refused", "TS-CHAT-4.1.3", "No report is taken in a session.")
class _ReportRefused(OneKind):
    kind = ChatKind.ONE_TO_ONE

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if call.does("PUT", Part.MESSAGE_STATUS):
            raise rejections.forbidden("no reports")
        return super().perform(call, content, operate)


class _StatusStale(OneKind):
    """Shows a message as Sent for ever."""

    def respond(self, call: Call, response: Response) -> Response:
        stale = MessageStatusReport(status=MessageStatus.SENT)
        return edited(super().respond(call, response), MessageStatusReport, lambda _: stale)


@BETWEEN_TWO.add("session-status-stale", "TS-CHAT-4.1.3", "A message is read as Sent for ever.")
class _SessionStatusStale(_StatusStale):
    kind = ChatKind.ONE_TO_ONE


@BETWEEN_TWO.add("adhoc-status-stale", "TS-CHAT-4.1.3", "An ad-hoc message is Sent for ever.")
class _AdhocStatusStale(_StatusStale):
    kind = ChatKind.ADHOC
