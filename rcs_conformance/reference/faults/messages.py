"""Faults in sending and receiving messages and composing indications (UNI-CHT-018 to 021)."""

import html
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ChatMessage, ComposingState, IsComposing, MessageStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatMessageNotification,
    ChatMessageStatusNotification,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import edited
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.seams import ANYWHERE, GROUP, LONG_LIVED, Also, Deviation, Usual
from rcs_conformance.reference.state import Conversation, Member, Message

_Message = ChatMessageNotification
_Reports = tuple[MessageStatus, ...]

_NUMBERS = {ChatKind.ADHOC: 1, ChatKind.ONE_TO_ONE: 2, ChatKind.LONG_LIVED: 4}
"""The clauses of requirements that have one for each kind of chat; 3 is that of group chats."""

_ALL = tuple(_NUMBERS)
_SESSION_LONG_LIVED = (ChatKind.ONE_TO_ONE, ChatKind.LONG_LIVED)
_ADHOC_LONG_LIVED = (ChatKind.ADHOC, ChatKind.LONG_LIVED)
_SESSION = (ChatKind.ONE_TO_ONE,)


def _each(requirement: str, kinds: tuple[ChatKind, ...] = _ALL) -> Also:
    """Twins, each of which breaks the clause of its kind."""
    return {kind: f"{requirement}.{_NUMBERS[kind]}" for kind in kinds}


def _same(clause: str, kinds: tuple[ChatKind, ...] = _ALL) -> Also:
    """Twins that break the same clause."""
    return dict.fromkeys(kinds, clause)


# Sending messages (UNI-CHT-018.1 to .6) -----------------------------------------------------------


@GROUP.rule(Rules.may_send, "UNI-CHT-018.3", also=_each("UNI-CHT-018"))
def message_refused(
    usual: Usual[None], conversation: Conversation, member: Member, content: object
) -> None:
    """Messages are rejected."""
    usual(conversation, member, content)
    if isinstance(content, ChatMessage):
        raise rejections.forbidden("no sending")


@GROUP.rule(Rules.may_send, "UNI-CHT-018.3", also=_each("UNI-CHT-018", _SESSION_LONG_LIVED))
def message_from_originator_only(
    usual: Usual[None], conversation: Conversation, member: Member, content: object
) -> None:
    """Messages of all participants except the originator are rejected."""
    usual(conversation, member, content)
    if isinstance(content, ChatMessage) and member.address != conversation.originator:
        raise rejections.forbidden("no sending")


def _with_status(response: Response, status: MessageStatus) -> Response:
    """The response to a text message with another status."""
    if not isinstance(response.requested, ChatMessage):
        return response
    return edited(response, ChatMessage, lambda message: replace(message, status=status))


@GROUP.responded(
    "UNI-CHT-018.5", "POST", Part.MESSAGES, also=_same("UNI-CHT-018.5", _ADHOC_LONG_LIVED)
)
def message_told_failed(response: Response) -> Response:
    """The response to a message that is delivered has status Failed."""
    return _with_status(response, MessageStatus.FAILED)


@ANYWHERE.deviation("UNI-CHT-018.5")
class DeliveredNotifiedFailed(Deviation):
    """Before a reply, the sender of a message that was delivered is notified that it failed."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._last: dict[int, Message] = {}

    def notices(self, notice: Notice) -> Iterable[Notice]:
        told, said = notice.content, notice.message
        if isinstance(told, ChatMessageNotification) and said is not None:
            last = self._last.setdefault(notice.conversation.number, said)
            if last.sender == notice.member.address:
                failed = ChatMessageStatusNotification(
                    callback_data=told.callback_data,
                    message_id=last.id,
                    status=MessageStatus.FAILED,
                )
                yield replace(notice, content=failed, message=last)
        yield from super().notices(notice)


@GROUP.responded("UNI-CHT-018.5", "POST", Part.MESSAGES, also=_same("UNI-CHT-018.5", _SESSION))
def message_told_displayed(response: Response) -> Response:
    """The response to a message has status Displayed."""
    return _with_status(response, MessageStatus.DISPLAYED)


@GROUP.responded("UNI-CHT-018.5", "POST", Part.MESSAGES)
def message_answered_empty(response: Response) -> Response:
    """A message returns 204 without a body."""
    is_text = isinstance(response.requested, ChatMessage)
    return (
        Response(status=204) if is_text and isinstance(response.content, ChatMessage) else response
    )


@GROUP.converted("UNI-CHT-018.6", 404, also=_same("UNI-CHT-018.6"))
def message_to_nothing_succeeds(call: Call, content: object, rejection: Rejection) -> Response:
    """A message to a chat that does not exist returns 201 with status Sent."""
    if not isinstance(content, ChatMessage):
        raise rejection
    url = f"{call.root}{call.path}/none"
    sent = replace(content, status=MessageStatus.SENT, resource_url=url)
    return Response(status=201, content=sent, headers=(("Location", url),))


@GROUP.converted("TS-CHAT-5.9", 404)
def message_to_nothing_fails(call: Call, content: object, rejection: Rejection) -> Response:
    """A message to a chat that does not exist returns 500."""
    if isinstance(content, ChatMessage):
        raise rejections.internal_error() from rejection
    raise rejection


# The final status of pending messages (UNI-CHT-018.7) ---------------------------------------------


def _is_of_text(notice: Notice) -> bool:
    return notice.message is not None and notice.message.file is None


@GROUP.dropped("UNI-CHT-018.7", Cause.SETTLED, also=_same("UNI-CHT-018.7", _ADHOC_LONG_LIVED))
def pending_never_settled(notice: Notice) -> bool:
    """The sender of a pending message is not notified of its final status."""
    return _is_of_text(notice)


@GROUP.notified_to("UNI-CHT-018.7", Cause.SETTLED, also=_same("UNI-CHT-018.7", _SESSION))
def pending_settled_for_another(
    notice: Notice, status: ChatMessageStatusNotification
) -> ChatMessageStatusNotification:
    """The notification of the final status has the id of another message."""
    if not _is_of_text(notice):
        return status
    return replace(status, message_id=f"{status.message_id}0", link=())


# Sending composing indications (UNI-CHT-019) ------------------------------------------------------


@GROUP.rule(Rules.may_send, "UNI-CHT-019.3", also=_each("UNI-CHT-019"))
def composing_refused(
    usual: Usual[None], conversation: Conversation, member: Member, content: object
) -> None:
    """Composing indications are rejected."""
    usual(conversation, member, content)
    if isinstance(content, IsComposing):
        raise rejections.forbidden("no sending")


@GROUP.rule(Rules.may_send, "UNI-CHT-019.3", also=_each("UNI-CHT-019", _SESSION_LONG_LIVED))
def composing_from_originator_only(
    usual: Usual[None], conversation: Conversation, member: Member, content: object
) -> None:
    """Composing indications of all participants except the originator are rejected."""
    usual(conversation, member, content)
    if isinstance(content, IsComposing) and member.address != conversation.originator:
        raise rejections.forbidden("no sending")


@GROUP.ordered("UNI-CHT-019.5", also=_same("UNI-CHT-019.5", (ChatKind.ADHOC,)))
def composing_idle_refused(indication: IsComposing) -> IsComposing:
    """A composing indication with state idle is rejected."""
    if indication.state is ComposingState.IDLE:
        raise rejections.not_allowed_value("state", "active")
    return indication


@GROUP.ordered("UNI-CHT-019.5", also=_same("UNI-CHT-019.5", _SESSION_LONG_LIVED))
def composing_refresh_refused(indication: IsComposing) -> IsComposing:
    """A composing indication with refresh is rejected."""
    if indication.refresh is not None:
        raise rejections.malformed("refresh")
    return indication


def _delivered_but(
    rejection: Rejection, usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """Reject a composing indication after it was delivered."""
    response = usual(call, content, operate)
    if isinstance(content, IsComposing):
        raise rejection
    return response


@GROUP.rule(Rules.perform, "UNI-CHT-019.6", also=_same("UNI-CHT-019.6", _SESSION))
def composing_answered_as_failure(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """A composing indication that is delivered returns 500."""
    return _delivered_but(rejections.internal_error(), usual, call, content, operate)


@GROUP.rule(Rules.perform, "UNI-CHT-019.6", also=_same("UNI-CHT-019.6", _ADHOC_LONG_LIVED))
def composing_answered_as_refused(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """A composing indication that is delivered returns 403."""
    rejection = rejections.forbidden("no composing indications")
    return _delivered_but(rejection, usual, call, content, operate)


# Receiving messages (UNI-CHT-020.1 to .6) ---------------------------------------------------------


def _senders_id(notice: Notice) -> str | None:
    sender = notice.conversation.member(notice.actor)
    return sender.session_id if sender else None


@GROUP.notified_to("UNI-CHT-020.3", Cause.MESSAGE, also=_each("UNI-CHT-020"))
def message_kept_from_last(notice: Notice, message: _Message) -> _Message | None:
    """The last participant that joined is not notified of messages."""
    return None if notice.member is notice.conversation.connected[-1] else message


@GROUP.notified_to("UNI-CHT-020.3", Cause.MESSAGE, also=_same("UNI-CHT-020.2", _SESSION))
def message_told_under_senders_id(notice: Notice, message: _Message) -> _Message:
    """The notification of a message has the session id of the sender."""
    return replace(message, session_id=_senders_id(notice))


@GROUP.notified("UNI-CHT-020.3", Cause.MESSAGE, also=_each("UNI-CHT-020"))
def message_without_id(message: _Message) -> _Message:
    """The notification of a message does not have the id of the chat."""
    return replace(message, session_id=None, group_chat_id=None)


@LONG_LIVED.notified("UNI-CHT-020.4", Cause.MESSAGE)
def long_lived_message_told_under_session_id(message: _Message) -> _Message:
    """The notification of a message in a long-lived group chat has groupChatId as sessionId."""
    return replace(message, session_id=message.group_chat_id, group_chat_id=None)


@GROUP.rule(Rules.time_stamp, "UNI-CHT-020.5", also=_same("UNI-CHT-020.5", _ADHOC_LONG_LIVED))
def time_stamp_of_1970(usual: Usual[str | None], conversation: Conversation) -> str | None:
    """The time stamp of a message is 1970-01-01T00:00:00Z."""
    return "1970-01-01T00:00:00Z"


@GROUP.rule(Rules.time_stamp, "UNI-CHT-020.5", also=_same("UNI-CHT-020.5", _SESSION))
def time_stamp_ahead(usual: Usual[str | None], conversation: Conversation) -> str | None:
    """The time stamp of a message is in the next year."""
    stamp = usual(conversation) or ""
    return f"{int(stamp[:4]) + 1}-01-01T00:00:00Z" if stamp else None


def _with_reports(message: _Message, change: Callable[[_Reports], _Reports]) -> _Message:
    """The notification with other reports requested."""
    if message.chat_message is None:
        return message
    changed = change(message.chat_message.report_request)
    return replace(message, chat_message=replace(message.chat_message, report_request=changed))


@GROUP.notified("UNI-CHT-020.6", Cause.MESSAGE, also=_same("UNI-CHT-020.6", _ADHOC_LONG_LIVED))
def display_request_lost(message: _Message) -> _Message:
    """The request for a display report is removed from messages."""
    displayed = MessageStatus.DISPLAYED
    return _with_reports(message, lambda given: tuple(each for each in given if each != displayed))


@GROUP.notified("UNI-CHT-020.6", Cause.MESSAGE)
def display_request_changed(message: _Message) -> _Message:
    """The request for a display report is changed to one for a delivery report."""
    changes = {MessageStatus.DISPLAYED: MessageStatus.DELIVERED}
    return _with_reports(
        message, lambda given: tuple(dict.fromkeys(changes.get(each, each) for each in given))
    )


@GROUP.notified("UNI-CHT-020.6", Cause.MESSAGE, also=_same("UNI-CHT-020.6"))
def report_link_lost(message: _Message) -> _Message:
    """A message that requests a report has no link for the report."""
    return replace(message, link=())


# The text and the sender (UNI-CHT-020.7) ----------------------------------------------------------


def _with_text(message: _Message, change: Callable[[str], str]) -> _Message:
    if message.chat_message is None:
        return message
    changed = replace(message.chat_message, text=change(message.chat_message.text))
    return replace(message, chat_message=changed)


@GROUP.notified("UNI-CHT-020.7", Cause.MESSAGE, also=_same("UNI-CHT-020.7", (ChatKind.ADHOC,)))
def text_trimmed(message: _Message) -> _Message:
    """White space before and after the text of a message is removed."""
    return _with_text(message, str.strip)


@GROUP.notified("UNI-CHT-020.7", Cause.MESSAGE)
def text_ascii(message: _Message) -> _Message:
    """Characters of a text that are not ASCII are replaced with "?"."""
    return _with_text(message, lambda text: text.encode("ascii", "replace").decode())


@GROUP.notified("UNI-CHT-020.7", Cause.MESSAGE)
def text_entities(message: _Message) -> _Message:
    """Markup in a text is escaped twice."""
    return _with_text(message, html.escape)


@GROUP.notified("UNI-CHT-020.7", Cause.MESSAGE)
def text_cut(message: _Message) -> _Message:
    """A text is cut to 160 characters."""
    return _with_text(message, lambda text: text[:160])


@GROUP.notified("UNI-CHT-020.7", Cause.MESSAGE, also=_same("UNI-CHT-020.7", _SESSION_LONG_LIVED))
def text_line_ends(message: _Message) -> _Message:
    """Carriage returns in a text are changed to line feeds."""
    return _with_text(message, lambda text: text.replace("\r\n", "\n").replace("\r", "\n"))


@GROUP.notified("UNI-CHT-020.7", Cause.MESSAGE)
def text_composed(message: _Message) -> _Message:
    """A text is changed to Unicode normal form C."""
    return _with_text(message, lambda text: unicodedata.normalize("NFC", text))


@GROUP.notified("UNI-CHT-020.7", Cause.MESSAGE)
def text_with_markup_lost(message: _Message) -> _Message | None:
    """A message whose text contains "<" is not delivered."""
    return None if message.chat_message and "<" in message.chat_message.text else message


@GROUP.notified_to(
    "UNI-CHT-020.7",
    Cause.MESSAGE,
    also={
        ChatKind.ADHOC: "UNI-CHT-020.1",
        ChatKind.ONE_TO_ONE: "UNI-CHT-020.7",
        ChatKind.LONG_LIVED: "UNI-CHT-020.7",
    },
)
def message_names_receiver(notice: Notice, message: _Message) -> _Message:
    """The notification of a message names the receiver as senderAddress."""
    return replace(message, sender_address=notice.member.address)


# Receiving composing indications (UNI-CHT-021) ----------------------------------------------------


@GROUP.notified("UNI-CHT-021.3", Cause.COMPOSING, also=_each("UNI-CHT-021"))
def composing_not_told(message: _Message) -> None:
    """Composing indications are not delivered."""


@GROUP.notified_to("UNI-CHT-021.3", Cause.COMPOSING)
def composing_told_under_senders_id(notice: Notice, message: _Message) -> _Message:
    """The notification of a composing indication has the session id of the sender."""
    return replace(message, session_id=_senders_id(notice))


@GROUP.notified("UNI-CHT-021.3", Cause.COMPOSING, also=_each("UNI-CHT-021"))
def composing_without_id(message: _Message) -> _Message:
    """The notification of a composing indication does not have the id of the chat."""
    return replace(message, session_id=None, group_chat_id=None)


def _with_indication(message: _Message, change: Callable[[IsComposing], IsComposing]) -> _Message:
    indication = message.is_composing
    return replace(message, is_composing=change(indication)) if indication else message


@GROUP.notified("UNI-CHT-021.5", Cause.COMPOSING, also=_same("UNI-CHT-021.5", _ADHOC_LONG_LIVED))
def composing_always_active(message: _Message) -> _Message:
    """The state idle is delivered as active."""
    return _with_indication(message, lambda given: replace(given, state=ComposingState.ACTIVE))


@GROUP.notified("UNI-CHT-021.5", Cause.COMPOSING, also=_same("UNI-CHT-021.5", _SESSION))
def composing_refresh_lost(message: _Message) -> _Message:
    """The refresh of a composing indication is not delivered."""
    return _with_indication(message, lambda given: replace(given, refresh=None))


@GROUP.notified("UNI-CHT-021.5", Cause.COMPOSING)
def composing_refresh_doubled(message: _Message) -> _Message:
    """The refresh of a composing indication is doubled."""

    def double(given: IsComposing) -> IsComposing:
        return replace(given, refresh=None if given.refresh is None else 2 * given.refresh)

    return _with_indication(message, double)
