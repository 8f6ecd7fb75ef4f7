"""Faults in client correlators and repeated requests (TS-CHAT-5.12)."""

from dataclasses import replace

from rcs_conformance.model.channel import NotificationChannel
from rcs_conformance.model.chat import (
    ChatMessage,
    ChatNotificationSubscription,
    ChatSessionInformation,
    GroupChatSessionInformation,
    LongLivedGroupChatInformation,
    ParticipantList,
    ParticipantStatus,
)
from rcs_conformance.model.filetransfer import FileTransferSessionInformation
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import each
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.seams import ANYWHERE, Deviation, Usual, operations
from rcs_conformance.reference.state import Conversation, Member

_Correlated = GroupChatSessionInformation | ChatMessage | ChatNotificationSubscription

_MESSAGES = ["POST oneToOneMessages", "POST groupMessages", "POST longLivedMessages"]

# Repeated requests -------------------------------------------------------------------------------


def _never(usual: Usual[bool], call: Call, correlator: str | None) -> bool:
    """No request counts as a repetition of an earlier one."""
    return False


for _name, _operations, _what in (
    ("session-made-twice", ["POST oneToOneSessions"], "start creates a second session"),
    ("group-made-twice", ["POST groups"], "start creates a second group chat"),
    ("long-lived-group-made-twice", ["POST longLivedGroups"], "start creates a second group"),
    ("extension-made-twice", ["POST oneToOneExtend"], "extension creates a second group chat"),
    (
        "long-lived-extension-made-twice",
        ["POST oneToOneExtendLongLived"],
        "extension creates a second long-lived group chat",
    ),
    ("message-sent-twice", _MESSAGES, "message is sent a second time"),
    ("subscription-made-twice", ["POST subscriptions"], "subscription creates a second one"),
    ("transfer-offered-twice", ["POST ftSessions"], "file transfer is offered a second time"),
    (
        "transfer-subscription-made-twice",
        ["POST ftSubscriptions"],
        "subscription to file transfers creates a second one",
    ),
    ("channel-made-twice", ["POST channels"], "channel is created a second time"),
):
    operations(*_operations).add(
        _name, "TS-CHAT-5.12", f"A repeated {_what}.", Rules.repeats, _never
    )


@operations("POST participants", "POST longLivedParticipants").deviation("TS-CHAT-5.12")
class AdditionRefusedAgain(Deviation):
    """A repeated addition is rejected with 400."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._added: set[str | None] = set()

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if not isinstance(content, ParticipantList):
            return super().perform(call, content, operate)
        correlators = {entry.client_correlator for entry in content.participant} - {None}
        if correlators & self._added:
            raise rejections.malformed("participant is there already")
        response = super().perform(call, content, operate)
        self._added |= correlators
        return response


@operations("POST participants").deviation("TS-CHAT-5.12")
class AdditionInvitesAgain(Deviation):
    """A repeated addition of a user that takes part already makes it an invited one again."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._added: set[str | None] = set()
        self._again = False

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if not isinstance(content, ParticipantList):
            return super().perform(call, content, operate)
        correlators = {entry.client_correlator for entry in content.participant} - {None}
        self._again = bool(correlators & self._added)
        self._added |= correlators
        return super().perform(call, content, operate)

    def shown_after_adding(
        self, conversation: Conversation, added: tuple[Member, ...]
    ) -> tuple[Member, ...]:
        for member in added if self._again else ():
            member.status = ParticipantStatus.INVITED
        return super().shown_after_adding(conversation, added)


class _Reused(Deviation):
    """A message with a known clientCorrelator returns the first one, in whichever collection."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._first: dict[tuple[str, ...], tuple[str, Response]] = {}

    def known_by(self, call: Call, correlator: str) -> tuple[str, ...]:
        """What has to be the same in both requests."""
        return (correlator,)

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        correlator = content.client_correlator if isinstance(content, ChatMessage) else None
        if correlator is None:
            return super().perform(call, content, operate)
        key = self.known_by(call, correlator)
        path, response = self._first.get(key, ("", None))
        if response is not None and path != call.path:
            return response
        response = super().perform(call, content, operate)
        self._first.setdefault(key, (call.path, response))
        return response


@operations(*_MESSAGES).deviation("TS-CHAT-5.12")
class CorrelatorOfAllUsers(_Reused):
    """A message with a clientCorrelator that another user has used returns the other's message."""


@operations(*_MESSAGES).deviation("TS-CHAT-5.12")
class CorrelatorOfAllChats(_Reused):
    """A message with a clientCorrelator that another chat has returns the message of that chat."""

    def known_by(self, call: Call, correlator: str) -> tuple[str, ...]:
        return (correlator, call.variables["userId"], call.resource)


# Correlators in responses ------------------------------------------------------------------------


@ANYWHERE.shown("TS-CHAT-5.12")
def correlator_changed(shown: _Correlated) -> _Correlated:
    """A clientCorrelator is shown with an addition."""
    given = shown.client_correlator
    return replace(shown, client_correlator=None if given is None else f"{given}-1")


@ANYWHERE.shown("TS-CHAT-5.12")
def correlator_invented(shown: _Correlated) -> _Correlated:
    """A resource created without a clientCorrelator is shown with one."""
    return replace(shown, client_correlator=shown.client_correlator or "made-up")


@operations("POST oneToOneSessions", "GET oneToOneSession").shown("TS-CHAT-5.12")
def session_correlator_lost(info: ChatSessionInformation) -> ChatSessionInformation:
    """A 1-to-1 session is shown without its clientCorrelator."""
    return replace(info, client_correlator=None)


@operations("POST longLivedGroups", "GET longLivedGroup").shown("TS-CHAT-5.12")
def long_lived_correlator_invented(
    info: LongLivedGroupChatInformation,
) -> LongLivedGroupChatInformation:
    """A long-lived group chat created without a clientCorrelator is shown with one."""
    return replace(info, client_correlator=info.client_correlator or "made-up")


@operations("POST ftSessions", "GET ftSession").shown("TS-CHAT-5.12")
def transfer_correlator_lost(
    info: FileTransferSessionInformation,
) -> FileTransferSessionInformation:
    """A file transfer is shown without its clientCorrelator."""
    return replace(info, client_correlator=None)


@operations("POST channels", "GET channels", "GET channel").shown("TS-CHAT-5.12")
def channel_correlator_changed(channel: NotificationChannel) -> NotificationChannel:
    """A channel is shown with an addition to its clientCorrelator."""
    given = channel.client_correlator
    return replace(channel, client_correlator=given and f"{given}-1")


@ANYWHERE.shown("TS-CHAT-5.12")
def participant_correlator_lost(shown: ParticipantList) -> ParticipantList:
    """Participants are listed without their clientCorrelators."""
    entries = each(shown.participant, lambda entry: replace(entry, client_correlator=None))
    return replace(shown, participant=entries)


@operations("POST oneToOneSessions", "GET oneToOneSession").shown("TS-CHAT-5.12")
def first_message_correlator_lost(info: ChatSessionInformation) -> ChatSessionInformation:
    """A 1-to-1 session shows its first message without its clientCorrelator."""
    first = info.chat_message
    return replace(info, chat_message=first and replace(first, client_correlator=None))
