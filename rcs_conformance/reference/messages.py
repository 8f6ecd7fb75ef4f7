"""Operations on the messages of a chat of any kind."""

from collections.abc import Iterable

from rcs_conformance.model.chat import (
    ChatMessage,
    IsComposing,
    MessageStatus,
    MessageStatusReport,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.multipart import Upload, unpacked
from rcs_conformance.reference.notification_views import REPORTABLE
from rcs_conformance.reference.state import Conversation, File, Member, Message


def send(chat: Chat, call: Call, content: object) -> Response:
    """POST messages: a message, with or without a file, or a composing indication."""
    if isinstance(content, IsComposing):
        return _compose(chat, call, content)
    sent, upload = unpacked(content)
    order = expect(sent, ChatMessage)
    conversation, sender = chat.session(call)
    chat.rules.may_send(conversation, sender, content)
    message = chat.repeated(call, _collection(conversation), order.client_correlator, Message)
    if message is None:
        message = _accept(chat, conversation, sender, order, upload)
        remember(chat, conversation, message)
    return created(
        chat.views.message(call.root, conversation, sender, message),
        chat.views.message_url(call.root, conversation, sender, message),
    )


def _collection(conversation: Conversation) -> str:
    return f"messages of {conversation.number}"


def remember(chat: Chat, conversation: Conversation, message: Message) -> None:
    """Note the correlator of a message, so that it is not sent twice."""
    chat.world.remember(message.sender, _collection(conversation), message.correlator, message)


def record(
    chat: Chat,
    conversation: Conversation,
    sender: Member,
    order: ChatMessage,
    upload: Upload | None,
    receivers: Iterable[str],
) -> Message:
    """Keep a message of a chat; its receivers can report on it."""
    message = Message(
        id=chat.rules.message_id(chat.world.number()),
        sender=sender.address,
        text=order.text,
        report_request=order.report_request,
        correlator=order.client_correlator,
        pending=(canonical(sender.address), conversation.turn) in chat.world.pending,
        reports={canonical(each): MessageStatus.SENT for each in receivers},
        file=stored(chat, upload) if upload else None,
    )
    conversation.messages[message.id] = message
    return message


def stored(chat: Chat, upload: Upload) -> File:
    """Content that was sent, as a file with an id that cannot be guessed."""
    number, chance = chat.world.number(), chat.rules.random.getrandbits(64)
    return File(id=f"{number}~{chance:016x}", media_type=upload.media_type, content=upload.content)


def _accept(
    chat: Chat,
    conversation: Conversation,
    sender: Member,
    order: ChatMessage,
    upload: Upload | None,
) -> Message:
    receivers = chat.rules.receivers(conversation, sender)
    addresses = [each.address for each in receivers]
    message = record(chat, conversation, sender, order, upload, addresses)
    chat.notifier.message(conversation, sender, message, receivers)
    adhoc = conversation.kind is ChatKind.ADHOC
    if adhoc and not all(chat.is_known(each) for each in addresses):
        message.pending = True
        chat.notifier.report(conversation, message, MessageStatus.FAILED)
    elif message.pending:
        chat.world.pending.discard((canonical(sender.address), conversation.turn))
        chat.notifier.report(conversation, message, MessageStatus.SENT)
    return message


def _compose(chat: Chat, call: Call, indication: IsComposing) -> Response:
    conversation, sender = chat.session(call)
    if indication.refresh is not None and indication.refresh <= 0:
        raise rejections.malformed("refresh is not positive")
    chat.rules.may_send(conversation, sender, indication)
    chat.notifier.composing(conversation, sender, indication)
    return Response(status=204)


def read_status(chat: Chat, call: Call, _content: object) -> Response:
    """GET message status: a receiver's own report; for the sender the furthest of all."""
    conversation, viewer = chat.session(call)
    chat.rules.may_read(conversation, viewer)
    message = _found(call, conversation, viewer)
    if viewer.address == message.sender:
        reports = list(message.reports.values())
    else:
        reports = [message.reports[canonical(viewer.address)]]
    status = max(reports, key=list(MessageStatus).index, default=MessageStatus.SENT)
    return Response(status=200, content=MessageStatusReport(status=status))


def report_status(chat: Chat, call: Call, content: object) -> Response:
    """PUT message status: a receiver reports Delivered or Displayed."""
    report = expect(content, MessageStatusReport)
    conversation, reporter = chat.session(call)
    chat.rules.may_read(conversation, reporter)
    message = _found(call, conversation, reporter)
    key = canonical(reporter.address)
    if key not in message.reports:
        raise rejections.forbidden("only a receiver reports on a message")
    if report.status not in REPORTABLE:
        raise rejections.not_allowed_value("status", ", ".join(REPORTABLE))
    message.reports[key] = max(message.reports[key], report.status, key=list(MessageStatus).index)
    if chat.rules.reports(conversation, message, report.status):
        chat.notifier.report(conversation, message, report.status, reporter.address)
    return Response(status=204)


def _found(call: Call, conversation: Conversation, viewer: Member) -> Message:
    message = conversation.messages.get(call.variables["messageId"])
    parties = () if message is None else (canonical(message.sender), *message.reports)
    if message is None or canonical(viewer.address) not in parties:
        raise rejections.not_found(call.variables["messageId"])
    return message
