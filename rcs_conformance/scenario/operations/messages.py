"""Operations on the messages of a chat of any kind."""

from rcs_conformance.model.chat import ChatMessage, ComposingState, IsComposing, MessageStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.scenario.chats.chat import STATUS_FEATURE, Chat
from rcs_conformance.scenario.operations.results import Steps, result_of
from rcs_conformance.scenario.setup.preconditions import rejected
from rcs_conformance.strategies import PICTURE

_GROUPS = (ChatKind.GROUP, ChatKind.LONG_LIVED)


def has_status(chat: Chat, verb: str) -> bool:
    """Whether the target must or claims to support a verb on the status of messages.

    No SCR item is about that of long-lived groups; it goes by the feature.
    """
    if chat.kind in _GROUPS:
        return chat.environment.claims.feature(STATUS_FEATURE)
    return chat.environment.claims.operation(f"{verb} {chat.terms.message_status}")


def composes(chat: Chat) -> bool:
    """Whether the target claims composing indications in this kind of chat."""
    return chat.environment.claims.operation(f"POST {chat.terms.messages} isComposing")


def messaging(bed: TestBed, chat: Chat) -> Steps:
    """A message with a request for a report, its status, an indication, and a picture."""
    alice, bob = chat.originator, chat.invited[0]
    terms, displayed = chat.terms, MessageStatus.DISPLAYED
    message = ChatMessage(text=chat.text(), report_request=(displayed,))
    sent = chat.do(alice, "POST", terms.messages, message)
    yield result_of(bed, sent, *([f"POST {terms.messages} adhoc"] * (chat.kind is ChatKind.ADHOC)))
    if composes(chat):
        composed = chat.compose(alice, IsComposing(state=ComposingState.ACTIVE))
        yield result_of(bed, composed, f"POST {terms.messages} isComposing")
    bed.require_success(sent, terms.sending)
    if has_status(chat, "GET"):
        yield result_of(bed, chat.read_status(alice, chat.message_id(sent)))
    if has_status(chat, "PUT"):
        got = bed.require(message_waits.message(chat, bob, message.text), terms.receiving)
        yield result_of(bed, chat.report(bob, got.message_id or "nobody", displayed))


def uploading(bed: TestBed, chat: Chat) -> Steps:
    """A multimedia message, where the target claims such."""
    operation = f"POST {chat.terms.messages} multipart"
    if bed.claims.operation(operation):
        message = ChatMessage(text=chat.text())
        sent = chat.upload(chat.originator, PICTURE, message)
        yield result_of(bed, sent, operation)
        if not rejected(sent):
            # Nothing may be on its way still: another ad-hoc chat could take it for its own.
            message_waits.multimedia(chat, chat.invited[0], message.text)
