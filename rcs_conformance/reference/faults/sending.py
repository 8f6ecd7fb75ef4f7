"""Faults in sending messages and composing indications (UNI-CHT-018, UNI-CHT-019)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ChatMessage, ComposingState, IsComposing, MessageStatus
from rcs_conformance.model.notifications import ChatMessageStatusNotification
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import Converted, OneKind, Told, edited, retold
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate
from rcs_conformance.reference.state import Conversation, Member

SENDING = Faults()


class _Restricted(OneKind):
    """Rejects what the fault names, even to connected participants."""

    def _is_refused(self, conversation: Conversation, member: Member, content: object) -> bool:
        return False

    def may_send(self, conversation: Conversation, member: Member, content: object) -> None:
        super().may_send(conversation, member, content)
        if self._is_refused(conversation, member, content):
            raise rejections.forbidden("no sending")


@SENDING.add("message-refused", "UNI-CHT-018.3", "No message is taken in a group chat.")
class _MessageRefused(_Restricted):
    def _is_refused(self, conversation: Conversation, member: Member, content: object) -> bool:
        return isinstance(content, ChatMessage)


@SENDING.add(
    "message-from-originator-only", "UNI-CHT-018.3", "Only the originator may send messages."
)
class _MessageFromOriginatorOnly(_Restricted):
    def _is_refused(self, conversation: Conversation, member: Member, content: object) -> bool:
        return isinstance(content, ChatMessage) and member.address != conversation.originator


class _Sent(OneKind):
    """Changes the response to a message that was taken."""

    def _send(self, response: Response) -> Response:
        return response

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        is_text = call.does("POST", Part.MESSAGES) and not call.is_multipart
        taken = is_text and isinstance(response.content, ChatMessage)
        return self._send(response) if taken else response


@SENDING.add(
    "message-told-failed", "UNI-CHT-018.5", "A message that is delivered is answered as Failed."
)
class _MessageToldFailed(_Sent):
    def _send(self, response: Response) -> Response:
        failed = MessageStatus.FAILED
        return edited(response, ChatMessage, lambda message: replace(message, status=failed))


@SENDING.add(
    "message-told-displayed", "UNI-CHT-018.5", "A message is answered as Displayed at once."
)
class _MessageToldDisplayed(_Sent):
    def _send(self, response: Response) -> Response:
        displayed = MessageStatus.DISPLAYED
        return edited(response, ChatMessage, lambda message: replace(message, status=displayed))


@SENDING.add("message-answered-empty", "UNI-CHT-018.5", "A message is answered with a bare 204.")
class _MessageAnsweredEmpty(_Sent):
    def _send(self, response: Response) -> Response:
        return Response(status=204)


@SENDING.add(
    "message-to-nothing-succeeds", "UNI-CHT-018.6", "A message to no chat is answered as Sent."
)
class _MessageToNothingSucceeds(Converted):
    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        if not isinstance(content, ChatMessage) or rejection.status != 404:
            return super().convert(call, content, rejection)
        url = f"{call.root}{call.path}/none"
        sent = replace(content, status=MessageStatus.SENT, resource_url=url)
        return Response(status=201, content=sent, headers=(("Location", url),))


@SENDING.add("message-to-nothing-fails", "TS-CHAT-5.9", "A message to no chat gives 500.")
class _MessageToNothingFails(Converted):
    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        if isinstance(content, ChatMessage) and rejection.status == 404:
            raise rejections.internal_error() from rejection
        return super().convert(call, content, rejection)


class _Settled(Told):
    """Tells otherwise how far a message that was pending has come.

    Attributes:
        multimedia: Whether it is about multimedia messages instead of text.
    """

    multimedia = False

    def _settle(self, notice: Notice) -> Iterable[Notice]:
        return (notice,)

    def tell(self, notice: Notice) -> Iterable[Notice]:
        message = notice.message
        if notice.cause is not Cause.SETTLED or message is None:
            return (notice,)
        return self._settle(notice) if bool(message.file) is self.multimedia else (notice,)


@SENDING.add(
    "pending-never-settled", "UNI-CHT-018.7", "No final status follows a message that is pending."
)
class _PendingNeverSettled(_Settled):
    def _settle(self, notice: Notice) -> Iterable[Notice]:
        return ()


@SENDING.add(
    "pending-settled-for-another", "UNI-CHT-018.7", "The final status names another message."
)
class _PendingSettledForAnother(_Settled):
    def _settle(self, notice: Notice) -> Iterable[Notice]:
        return retold(
            notice,
            ChatMessageStatusNotification,
            lambda told: replace(told, message_id=f"{told.message_id}0", link=()),
        )


@SENDING.add("composing-refused", "UNI-CHT-019.3", "No isComposing is taken in a group chat.")
class _ComposingRefused(_Restricted):
    def _is_refused(self, conversation: Conversation, member: Member, content: object) -> bool:
        return isinstance(content, IsComposing)


@SENDING.add(
    "composing-from-originator-only", "UNI-CHT-019.3", "Only the originator may send isComposing."
)
class _ComposingFromOriginatorOnly(_Restricted):
    def _is_refused(self, conversation: Conversation, member: Member, content: object) -> bool:
        return isinstance(content, IsComposing) and member.address != conversation.originator


class _Composed(OneKind):
    """Rejects some indications, or answers all otherwise."""

    def _check(self, indication: IsComposing) -> None:
        return

    def _compose(self, response: Response) -> Response:
        return response

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if not isinstance(content, IsComposing):
            return super().perform(call, content, operate)
        self._check(content)
        return self._compose(super().perform(call, content, operate))


@SENDING.add("composing-idle-refused", "UNI-CHT-019.5", "The state idle is rejected.")
class _ComposingIdleRefused(_Composed):
    def _check(self, indication: IsComposing) -> None:
        if indication.state is ComposingState.IDLE:
            raise rejections.not_allowed_value("state", "active")


@SENDING.add("composing-refresh-refused", "UNI-CHT-019.5", "A refresh time is rejected.")
class _ComposingRefreshRefused(_Composed):
    def _check(self, indication: IsComposing) -> None:
        if indication.refresh is not None:
            raise rejections.malformed("refresh")


@SENDING.add(
    "composing-answered-as-failure", "UNI-CHT-019.6", "A delivered isComposing is answered 500."
)
class _ComposingAnsweredAsFailure(_Composed):
    def _compose(self, response: Response) -> Response:
        raise rejections.internal_error()


@SENDING.add(
    "composing-answered-as-refused", "UNI-CHT-019.6", "A delivered isComposing is answered 403."
)
class _ComposingAnsweredAsRefused(_Composed):
    def _compose(self, response: Response) -> Response:
        raise rejections.forbidden("no composing indications")
