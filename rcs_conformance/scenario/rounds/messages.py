"""A round over the messages of a chat of any kind."""

from rcs_conformance.model.chat import ChatMessage, ComposingState, IsComposing, MessageStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario import receiving
from rcs_conformance.scenario.conversation import STATUS_FEATURE, Conversation
from rcs_conformance.scenario.preconditions import refused
from rcs_conformance.scenario.rounds.done import Steps, done
from rcs_conformance.strategies import PICTURE

_GROUPS = (ChatKind.GROUP, ChatKind.LONG_LIVED)


def has_status(chat: Conversation, verb: str) -> bool:
    """Whether the target must or claims to support a verb on the status of messages.

    No SCR item is about that of long-lived groups; it goes by the feature.
    """
    if chat.kind in _GROUPS:
        return chat.stage.claims.feature(STATUS_FEATURE)
    return chat.stage.claims.operation(f"{verb} {chat.terms.message_status}")


def composes(chat: Conversation) -> bool:
    """Whether the target claims composing indications in this kind of chat."""
    return chat.stage.claims.operation(f"POST {chat.terms.messages} isComposing")


def messaging(chat: Conversation) -> Steps:
    """A message with a request for a report, its status, an indication, and a picture."""
    stage, alice, bob = chat.stage, chat.originator, chat.invited[0]
    terms, displayed = chat.terms, MessageStatus.DISPLAYED
    message = ChatMessage(text=chat.text(), report_request=(displayed,))
    sent = chat.send(alice, message)
    yield done(stage, sent, *([f"POST {terms.messages} adhoc"] * (chat.kind is ChatKind.ADHOC)))
    if composes(chat):
        composed = chat.compose(alice, IsComposing(state=ComposingState.ACTIVE))
        yield done(stage, composed, f"POST {terms.messages} isComposing")
    stage.require_success(sent, terms.sending)
    if has_status(chat, "GET"):
        yield done(stage, chat.read_status(alice, chat.message_id(sent)))
    if has_status(chat, "PUT"):
        got = stage.require(receiving.message(chat, bob, message.text), terms.receiving)
        yield done(stage, chat.report(bob, got.message_id or "nobody", displayed))


def uploading(chat: Conversation) -> Steps:
    """A multimedia message, where the target claims such."""
    stage, operation = chat.stage, f"POST {chat.terms.messages} multipart"
    if stage.claims.operation(operation):
        message = ChatMessage(text=chat.text())
        sent = chat.upload(chat.originator, PICTURE, message)
        yield done(stage, sent, operation)
        if not refused(sent):
            # Nothing may be on its way still: another ad-hoc chat could take it for its own.
            receiving.multimedia(chat, chat.invited[0], message.text)
