"""How a chat ends, and which users are notified."""

from collections.abc import Mapping

from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.notifications import EventType
from rcs_conformance.reference.chat import Chat
from rcs_conformance.reference.notices import Cause
from rcs_conformance.reference.state import Conversation, Ending

_NOTIFIED: Mapping[Ending, tuple[EventType, Cause]] = {
    Ending.CANCELLED: (EventType.SESSION_CANCELLED, Cause.CANCELLED),
    Ending.DECLINED: (EventType.DECLINED, Cause.DECLINED),
    Ending.ENDED: (EventType.SESSION_ENDED, Cause.ENDED),
    Ending.DISABLED: (EventType.GROUP_CHAT_UNAVAILABLE, Cause.DISABLED),
}


def close(chat: Chat, conversation: Conversation, ending: Ending, *, actor: str = "") -> None:
    """End a chat and notify the users that are invited or connected."""
    event, cause = _NOTIFIED[ending]
    concerned = conversation.with_status(ParticipantStatus.CONNECTED, ParticipantStatus.INVITED)
    audience = [each for each in concerned if chat.rules.notifies_actor() or each.address != actor]
    conversation.over = ending
    chat.notifier.event(conversation, audience, cause, event, actor=actor)
