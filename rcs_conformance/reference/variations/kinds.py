"""Variations in 1-to-1 chats, long-lived group chats and multimedia messages."""

from collections.abc import Iterable

from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.notices import Cause
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.paths import FILE
from rcs_conformance.reference.registry import Variations
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import (
    Account,
    Accounts,
    Conversation,
    Ending,
    Member,
)

KINDS = Variations()


@KINDS.add("first-message-withheld", "The first message of a session is kept from its receiver.")
class _FirstMessageWithheld(Rules):
    def passes_first_message(self, conversation: Conversation) -> bool:
        return False


@KINDS.add("unaccepted-session-takes-messages", "A session takes messages before it is accepted.")
class _UnacceptedSessionTakesMessages(Rules):
    @staticmethod
    def _waits(conversation: Conversation) -> bool:
        return conversation.kind is ChatKind.ONE_TO_ONE and not conversation.accepted

    def may_send(self, conversation: Conversation, member: Member, content: object) -> None:
        if not (self._waits(conversation) and member.is_connected):
            super().may_send(conversation, member, content)

    def receivers(self, conversation: Conversation, sender: Member) -> tuple[Member, ...]:
        invited: Iterable[Member] = ()
        if self._waits(conversation):
            invited = conversation.with_status(ParticipantStatus.INVITED)
        return (*super().receivers(conversation, sender), *invited)


@KINDS.add("ended-shown-disconnected", "A session that is over is still shown, as Disconnected.")
class _EndedShownDisconnected(Rules):
    @staticmethod
    def _lingers(conversation: Conversation) -> bool:
        endings = (Ending.CANCELLED, Ending.DECLINED, Ending.ENDED)
        return conversation.kind is ChatKind.ONE_TO_ONE and conversation.over in endings

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        shown = self._lingers(conversation) and call.does("GET", Part.CHAT)
        return shown or super().available(call, conversation, member)

    def may_read(self, conversation: Conversation, member: Member) -> None:
        if not self._lingers(conversation):
            super().may_read(conversation, member)


@KINDS.add("session-goes-away-on-extension", "A session ends when it is extended to a group chat.")
class _SessionGoesAwayOnExtension(Rules):
    def ends_on_extension(self, conversation: Conversation) -> bool:
        return True


@KINDS.add("long-lived-extension-refused", "No session is extended to a long-lived group chat.")
class _LongLivedExtensionRefused(Rules):
    def may_extend_long_lived(self, conversation: Conversation, member: Member) -> None:
        raise rejections.forbidden("no long-lived group chat is made of a session")


@KINDS.add("long-lived-rejoin-refused", "Who left a long-lived group chat cannot come back.")
class _LongLivedRejoinRefused(Rules):
    def may_join(self, conversation: Conversation, member: Member) -> None:
        if conversation.kind is ChatKind.LONG_LIVED and not member.is_connected:
            raise rejections.forbidden("no coming back")
        super().may_join(conversation, member)


@KINDS.add("long-lived-leavers-keep-reading", "Who left a long-lived group chat can still read it.")
class _LongLivedLeaversKeepReading(Rules):
    def may_read(self, conversation: Conversation, member: Member) -> None:
        if conversation.kind is not ChatKind.LONG_LIVED:
            super().may_read(conversation, member)


@KINDS.add(
    "added-also-get-participants",
    "Those added to a long-lived group chat are told its participants, too.",
)
class _AddedAlsoGetParticipants(Rules):
    def notified_of_change(
        self, conversation: Conversation, cause: Cause, changed: tuple[Member, ...]
    ) -> tuple[Member, ...]:
        notified_of_change = super().notified_of_change(conversation, cause, changed)
        if conversation.kind is ChatKind.LONG_LIVED and cause in (Cause.STARTED, Cause.ADDED):
            return (*notified_of_change, *changed)
        return notified_of_change


@KINDS.add(
    "answer-to-addition-names-added-only", "The response to an addition names those added only."
)
class _AnswerToAdditionNamesAddedOnly(Rules):
    def shown_after_adding(
        self, conversation: Conversation, added: tuple[Member, ...]
    ) -> tuple[Member, ...]:
        return added


@KINDS.add("files-open-to-all", "Files are downloaded without a token.")
class _FilesOpenToAll(Rules):
    def identify(self, call: Call, accounts: Accounts) -> Account:
        owner = accounts.by_address(call.variables.get("userId", ""))
        if call.resource == FILE and owner:
            return owner
        return super().identify(call, accounts)
