"""Operations on the messages of a group chat."""

from rcs_conformance.model.chat import (
    ChatMessage,
    IsComposing,
    MessageStatus,
    MessageStatusReport,
)
from rcs_conformance.reference import refusals
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.calls import Answer, Call
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.state import Conversation, Member, Message

_REPORTABLE = (MessageStatus.DELIVERED, MessageStatus.DISPLAYED)


def send(chat: Chat, call: Call, content: object) -> Answer:
    """POST groupMessages: a message or a composing indication."""
    if isinstance(content, IsComposing):
        return _compose(chat, call, content)
    order = expect(content, ChatMessage)
    conversation, sender = chat.session(call)
    chat.rules.may_send(conversation, sender, order)
    collection = f"messages of {conversation.number}"
    message = chat.repeated(call, collection, order.client_correlator, Message)
    if message is None:
        message = _accept(chat, conversation, sender, order)
        chat.world.remember(sender.address, collection, message.correlator, message)
    return created(
        chat.views.message(call.root, sender, message),
        chat.views.message_url(call.root, sender, message),
    )


def _accept(chat: Chat, conversation: Conversation, sender: Member, order: ChatMessage) -> Message:
    turn = (canonical(sender.address), conversation.number)
    pending = turn in chat.world.pending
    receivers = chat.rules.receivers(conversation, sender)
    message = Message(
        id=chat.rules.message_id(chat.world.number()),
        sender=sender.address,
        text=order.text,
        report_request=order.report_request,
        correlator=order.client_correlator,
        pending=pending,
        reports={canonical(each.address): MessageStatus.SENT for each in receivers},
    )
    conversation.messages[message.id] = message
    chat.herald.message(conversation, sender, message)
    if pending:
        chat.world.pending.discard(turn)
        chat.herald.report(conversation, message, MessageStatus.SENT)
    return message


def _compose(chat: Chat, call: Call, indication: IsComposing) -> Answer:
    conversation, sender = chat.session(call)
    if indication.refresh is not None and indication.refresh <= 0:
        raise refusals.malformed("refresh is not positive")
    chat.rules.may_send(conversation, sender, indication)
    chat.herald.composing(conversation, sender, indication)
    return Answer(status=204)


def read_status(chat: Chat, call: Call, _content: object) -> Answer:
    """GET groupMessageStatus: a receiver's own report; for the sender the furthest of all."""
    conversation, viewer = chat.session(call)
    chat.rules.may_look(conversation, viewer)
    message = _found(call, conversation, viewer)
    if viewer.address == message.sender:
        reports = list(message.reports.values())
    else:
        reports = [message.reports[canonical(viewer.address)]]
    status = max(reports, key=list(MessageStatus).index, default=MessageStatus.SENT)
    return Answer(status=200, content=MessageStatusReport(status=status))


def report_status(chat: Chat, call: Call, content: object) -> Answer:
    """PUT groupMessageStatus: a receiver got or displayed the message."""
    report = expect(content, MessageStatusReport)
    conversation, reporter = chat.session(call)
    chat.rules.may_look(conversation, reporter)
    message = _found(call, conversation, reporter)
    key = canonical(reporter.address)
    if key not in message.reports:
        raise refusals.forbidden("only a receiver reports on a message")
    if report.status not in _REPORTABLE:
        raise refusals.not_allowed_value("status", ", ".join(_REPORTABLE))
    message.reports[key] = max(message.reports[key], report.status, key=list(MessageStatus).index)
    if chat.rules.reports(conversation, message, report.status):
        chat.herald.report(conversation, message, report.status, reporter.address)
    return Answer(status=204)


def _found(call: Call, conversation: Conversation, viewer: Member) -> Message:
    message = conversation.messages.get(call.variables["messageId"])
    parties = () if message is None else (canonical(message.sender), *message.reports)
    if message is None or canonical(viewer.address) not in parties:
        raise refusals.not_found(call.variables["messageId"])
    return message
