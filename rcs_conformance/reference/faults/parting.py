"""Faults in leaving, changing and ending long-lived groups (UNI-CHT-033, 037, 038, 040)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    EventType,
    LongLivedGroupChatServicesNotification,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import Converted, OneKind, Told, retold
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate
from rcs_conformance.reference.state import Conversation, Ending, Member

PARTING = Faults()


@PARTING.add(
    "long-lived-left-gets-messages",
    "UNI-CHT-033.1",
    "Who left a long-lived group gets its messages still.",
)
class _LeftGetsMessages(OneKind):
    kind = ChatKind.LONG_LIVED

    def receivers(self, conversation: Conversation, sender: Member) -> tuple[Member, ...]:
        left = conversation.with_status(ParticipantStatus.DISCONNECTED)
        return (*super().receivers(conversation, sender), *left)


@PARTING.add(
    "long-lived-creator-stays",
    "UNI-CHT-033.1",
    "Who created a long-lived group may not leave it.",
)
class _CreatorStays(OneKind):
    kind = ChatKind.LONG_LIVED

    def leave(self, conversation: Conversation, member: Member) -> None:
        if member.address == conversation.originator:
            raise rejections.forbidden("the creator stays")
        super().leave(conversation, member)


@PARTING.add(
    "long-lived-left-half-shown",
    "UNI-CHT-033.3",
    "Who left a long-lived group reads its participants, but not the group.",
)
class _LeftHalfShown(OneKind):
    kind = ChatKind.LONG_LIVED
    _listing = False

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        self._listing = call.does("GET", Part.PARTICIPANTS)
        return super().perform(call, content, operate)

    def may_read(self, conversation: Conversation, member: Member) -> None:
        if not self._listing:
            super().may_read(conversation, member)


@PARTING.add(
    "long-lived-left-malformed",
    "UNI-CHT-033.3",
    "To who left a long-lived group its reading is a malformed request.",
)
class _LeftMalformed(Converted):
    kind = ChatKind.LONG_LIVED

    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        if call.does("GET", Part.CHAT) and rejection.status == 403:
            raise rejections.malformed("you have left") from rejection
        return super().convert(call, content, rejection)


class _ServicesTold(Told):
    """Changes how members are told of other services."""

    kind = ChatKind.LONG_LIVED


@PARTING.add(
    "services-told-to-creator",
    "UNI-CHT-037.1",
    "Of new services the creator alone is told.",
)
class _ServicesToldToCreator(_ServicesTold):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        is_creator = notice.member.address == notice.conversation.originator
        return (notice,) if notice.cause is not Cause.SERVICES or is_creator else ()


@PARTING.add("services-told-as-none", "UNI-CHT-037.1", "Of new services members are told none.")
class _ServicesToldAsNone(_ServicesTold):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        return retold(
            notice,
            LongLivedGroupChatServicesNotification,
            lambda told: replace(told, supported_service=()),
        )


@PARTING.add(
    "services-told-as-before", "UNI-CHT-037.1", "Of new services members are told those before."
)
class _ServicesToldAsBefore(_ServicesTold):
    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._before: dict[str, tuple[str, ...]] = {}

    def change_services(self, conversation: Conversation, services: tuple[str, ...]) -> None:
        self._before[conversation.group_chat_id] = conversation.services
        super().change_services(conversation, services)

    def tell(self, notice: Notice) -> Iterable[Notice]:
        before = self._before.get(notice.conversation.group_chat_id, ())
        return retold(
            notice,
            LongLivedGroupChatServicesNotification,
            lambda told: replace(told, supported_service=before),
        )


class _EndTold(Told):
    """Changes how members are told that a group is no longer available."""

    kind = ChatKind.LONG_LIVED

    def _end(self, notice: Notice, told: ChatEventNotification) -> ChatEventNotification | None:
        return None

    def tell(self, notice: Notice) -> Iterable[Notice]:
        if notice.cause is not Cause.DISABLED:
            return (notice,)
        if not isinstance(notice.content, ChatEventNotification):
            return (notice,)
        told = self._end(notice, notice.content)
        return () if told is None else (replace(notice, content=told),)


@PARTING.add("disabling-not-told", "UNI-CHT-038.1", "Nobody is told of a group that is disabled.")
class _DisablingNotTold(_EndTold):
    pass


@PARTING.add(
    "disabling-told-as-end", "UNI-CHT-038.1", "Of a group that is disabled a session's end is told."
)
class _DisablingToldAsEnd(_EndTold):
    def _end(self, notice: Notice, told: ChatEventNotification) -> ChatEventNotification | None:
        return replace(told, event_type=EventType.SESSION_ENDED)


@PARTING.add(
    "disabling-told-of-nothing", "UNI-CHT-038.1", "It is not told which group was disabled."
)
class _DisablingToldOfNothing(_EndTold):
    def _end(self, notice: Notice, told: ChatEventNotification) -> ChatEventNotification | None:
        return replace(told, group_chat_id=None, link=())


@PARTING.add("disabled-listed", "UNI-CHT-038.2", "A group that was disabled is listed still.")
class _DisabledListed(OneKind):
    kind = ChatKind.LONG_LIVED

    def is_listed(self, conversation: Conversation, member: Member) -> bool:
        disabled = conversation.over is Ending.DISABLED
        return disabled or super().is_listed(conversation, member)


@PARTING.add("disabled-found", "UNI-CHT-038.2", "A group that was disabled is found still.")
class _DisabledFound(OneKind):
    kind = ChatKind.LONG_LIVED

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        disabled = conversation.over is Ending.DISABLED
        return disabled or super().available(call, conversation, member)


@PARTING.add(
    "long-lived-rejoin-not-found",
    "UNI-CHT-040.1",
    "Coming back to a long-lived group is answered with 404.",
)
class _RejoinNotFound(OneKind):
    kind = ChatKind.LONG_LIVED

    def may_join(self, conversation: Conversation, member: Member) -> None:
        super().may_join(conversation, member)
        if not member.is_connected:
            raise rejections.not_found("the group")


@PARTING.add(
    "long-lived-rejoin-told-refused",
    "UNI-CHT-040.1",
    "Coming back to a long-lived group is answered with 403, and yet the user is back.",
)
class _RejoinToldRefused(OneKind):
    kind = ChatKind.LONG_LIVED

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        response = super().perform(call, content, operate)
        if call.does("PUT", Part.STATUS):
            raise rejections.forbidden("no coming back")
        return response


@PARTING.add(
    "long-lived-left-may-add", "UNI-CHT-033.2", "Who left a long-lived group can still add users."
)
class _LeftMayAdd(OneKind):
    kind = ChatKind.LONG_LIVED

    def may_add(self, conversation: Conversation, member: Member) -> None:
        if member.is_connected:
            super().may_add(conversation, member)


@PARTING.add(
    "long-lived-members-expelled",
    "UNI-CHT-033.1",
    "The creator of a long-lived group takes out whom it wants.",
)
class _MembersExpelled(OneKind):
    kind = ChatKind.LONG_LIVED

    def may_cancel_invitation(
        self, conversation: Conversation, actor: Member, invited: Member
    ) -> None:
        if actor.address != conversation.originator:
            super().may_cancel_invitation(conversation, actor, invited)
