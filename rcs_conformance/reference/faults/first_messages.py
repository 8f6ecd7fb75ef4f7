"""Faults in the first message of a 1-to-1 session (UNI-CHT-001a, 007a.4)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ChatMessage, ChatSessionInformation
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatMessageNotification,
    ChatSessionInvitationNotification,
    MultimediaChatMessageNotification,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import OneKind, Told, retold
from rcs_conformance.reference.faults.sessions import Asked, Shown
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import Operate

FIRST_MESSAGES = Faults()

_Info = ChatSessionInformation
_Invitation = ChatSessionInvitationNotification
_Multimedia = MultimediaChatMessageNotification


@FIRST_MESSAGES.add(
    "first-message-refused", "UNI-CHT-001a.1", "A start with a message is rejected."
)
class _FirstMessageRefused(Asked):
    def ask(self, order: _Info) -> _Info:
        if order.chat_message is not None:
            raise rejections.malformed("chatMessage")
        return order


@FIRST_MESSAGES.add(
    "first-message-costs-invitation", "UNI-CHT-001a.1", "Who gets a first message is not invited."
)
class _FirstMessageCostsInvitation(Told):
    kind = ChatKind.ONE_TO_ONE

    def tell(self, notice: Notice) -> Iterable[Notice]:
        lost = notice.cause is Cause.STARTED and notice.conversation.first
        return () if lost else (notice,)


class _FirstDelivered(Told):
    """Delivers the first message ahead of the next one, changed in some way."""

    kind = ChatKind.ONE_TO_ONE

    def _first(self, told: ChatMessageNotification) -> ChatMessageNotification:
        return told

    def tell(self, notice: Notice) -> Iterable[Notice]:
        conversation, first = notice.conversation, notice.conversation.first
        invited = notice.member.address != conversation.originator
        if notice.cause is Cause.MESSAGE and first and invited:
            message = ChatMessage(text=first.text)
            yield from retold(
                notice,
                ChatMessageNotification,
                lambda told: self._first(
                    replace(told, message_id=first.id, chat_message=message, link=())
                ),
            )
        yield notice


@FIRST_MESSAGES.add(
    "first-message-delivered-cut",
    "UNI-CHT-001a.2",
    "The first message is delivered cut to 20 characters.",
)
class _FirstDeliveredCut(_FirstDelivered):
    def _first(self, told: ChatMessageNotification) -> ChatMessageNotification:
        text = told.chat_message.text[:20] if told.chat_message else ""
        return replace(told, chat_message=ChatMessage(text=text))


@FIRST_MESSAGES.add(
    "first-message-of-nobody", "UNI-CHT-001a.2", "The first message is delivered as the receiver's."
)
class _FirstOfNobody(_FirstDelivered):
    def _first(self, told: ChatMessageNotification) -> ChatMessageNotification:
        return replace(told, sender_address="tel:+15550199")


@FIRST_MESSAGES.add(
    "first-message-becomes-subject",
    "UNI-CHT-001a.3",
    "A session without a subject is shown with its first message as one.",
)
class _FirstBecomesSubject(Shown):
    def show(self, call: Call, info: _Info) -> _Info:
        first = info.chat_message.text if info.chat_message else None
        return replace(info, subject=first) if info.subject is None else info


@FIRST_MESSAGES.add(
    "subject-becomes-first-message",
    "UNI-CHT-001a.3",
    "A session with a subject alone is shown with it as the first message.",
)
class _SubjectBecomesFirst(Shown):
    def show(self, call: Call, info: _Info) -> _Info:
        if info.subject is None or info.chat_message is not None:
            return info
        return replace(info, chat_message=ChatMessage(text=info.subject))


class _Invited(Told):
    """Changes invitations to a session on their way."""

    kind = ChatKind.ONE_TO_ONE

    def _invite(self, told: _Invitation) -> _Invitation:
        return told

    def tell(self, notice: Notice) -> Iterable[Notice]:
        return retold(notice, _Invitation, self._invite)


@FIRST_MESSAGES.add(
    "invitation-puts-first-message-for-subject",
    "UNI-CHT-001a.3",
    "An invitation with a first message carries it as the subject, too.",
)
class _FirstForSubject(_Invited):
    def _invite(self, told: _Invitation) -> _Invitation:
        return replace(told, subject=told.chat_message.text) if told.chat_message else told


@FIRST_MESSAGES.add(
    "invitation-drops-subject-for-first-message",
    "UNI-CHT-001a.3",
    "An invitation with a first message carries no subject.",
)
class _DropsSubject(_Invited):
    def _invite(self, told: _Invitation) -> _Invitation:
        return replace(told, subject=None) if told.chat_message else told


@FIRST_MESSAGES.add(
    "invitation-puts-subject-for-first-message",
    "UNI-CHT-001a.3",
    "An invitation carries the subject as the first message.",
)
class _SubjectForFirst(_Invited):
    def _invite(self, told: _Invitation) -> _Invitation:
        message = ChatMessage(text=told.subject) if told.subject else None
        return replace(told, chat_message=message)


@FIRST_MESSAGES.add(
    "invitation-cuts-first-message",
    "UNI-CHT-007a.4",
    "An invitation carries the first message cut to 20 characters.",
)
class _CutsFirst(_Invited):
    def _invite(self, told: _Invitation) -> _Invitation:
        if told.chat_message is None:
            return told
        cut = replace(told.chat_message, text=told.chat_message.text[:20])
        return replace(told, chat_message=cut)


@FIRST_MESSAGES.add(
    "invitation-invents-first-message",
    "UNI-CHT-007a.4",
    "An invitation carries a first message that nobody sent.",
)
class _InventsFirst(_Invited):
    def _invite(self, told: _Invitation) -> _Invitation:
        return told if told.chat_message else replace(told, chat_message=ChatMessage(text="Hello"))


@FIRST_MESSAGES.add(
    "first-content-refused", "UNI-CHT-001a.4", "A start with content of other media is rejected."
)
class _ContentRefused(OneKind):
    kind = ChatKind.ONE_TO_ONE

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if call.does("POST", Part.CHATS) and call.is_multipart:
            raise rejections.unsupported_media(call.content_type)
        return super().perform(call, content, operate)


class _Content(Told):
    """Tells of the content of a first message in some other way."""

    kind = ChatKind.ONE_TO_ONE

    def _tell(self, told: _Multimedia) -> _Multimedia:
        return told

    def tell(self, notice: Notice) -> Iterable[Notice]:
        if notice.message is not notice.conversation.first:
            return (notice,)
        return retold(notice, _Multimedia, self._tell)


@FIRST_MESSAGES.add(
    "first-content-told-as-text", "UNI-CHT-001a.4", "A picture to begin with is told as text."
)
class _ContentToldAsText(_Content):
    def _tell(self, told: _Multimedia) -> _Multimedia:
        return replace(told, content_type="text/plain")


@FIRST_MESSAGES.add(
    "first-content-of-another", "UNI-CHT-001a.4", "A picture to begin with is told as another's."
)
class _ContentOfAnother(_Content):
    def _tell(self, told: _Multimedia) -> _Multimedia:
        return replace(told, sender_address="tel:+15550199")
