"""Faults in notifying members of a long-lived group of its changes (UNI-CHT-036 to 038)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import (
    ParticipantInformation,
    ParticipantStatus,
)
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatParticipantStatusNotification,
    EventType,
    LongLivedGroupChatServicesNotification,
)
from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.edits import each, retold
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.seams import LONG_LIVED, Deviation, Usual
from rcs_conformance.reference.state import Conversation, Ending, Member

_Changed = ChatParticipantStatusNotification
_Services = LongLivedGroupChatServicesNotification

# Notification of changed members (UNI-CHT-036) ----------------------------------------------------


@LONG_LIVED.notified_to("UNI-CHT-036.1", Cause.ADDED)
def additions_told_to_the_one_who_added(notice: Notice, changed: _Changed) -> _Changed | None:
    """Only the member that added users is notified of the addition."""
    inviters = {member.inviter for member in notice.conversation.members.values()}
    return changed if notice.member.address in inviters else None


@LONG_LIVED.notified_to("UNI-CHT-036.1", Cause.ADDED)
def additions_told_without_the_new(notice: Notice, changed: _Changed) -> _Changed:
    """The notification of an addition does not contain the added users."""
    members = [*notice.conversation.members.values()]
    return replace(changed, participant=changed.participant[: len(members) - 1])


@LONG_LIVED.notified("UNI-CHT-036.2", Cause.LEFT)
def leaving_not_told(changed: _Changed) -> None:
    """The members are not notified that a member left."""


@LONG_LIVED.notified("UNI-CHT-036.2", Cause.LEFT)
def leaving_told_without_group(changed: _Changed) -> _Changed:
    """The notification that a member left does not contain the id of the group."""
    return replace(changed, group_chat_id=None)


@LONG_LIVED.notified("UNI-CHT-036.2", Cause.LEFT)
def leaving_told_as_connected(changed: _Changed) -> _Changed:
    """The notification shows a member that left as Connected."""

    def entry(shown: ParticipantInformation) -> ParticipantInformation:
        return replace(shown, status=ParticipantStatus.CONNECTED)

    return replace(changed, participant=each(changed.participant, entry))


# Notification of changed services (UNI-CHT-037) ---------------------------------------------------


@LONG_LIVED.dropped("UNI-CHT-037.1", Cause.SERVICES)
def services_told_to_creator(notice: Notice) -> bool:
    """Only the creator is notified of new services."""
    return notice.member.address != notice.conversation.originator


@LONG_LIVED.notified("UNI-CHT-037.1")
def services_told_as_none(services: _Services) -> _Services:
    """The notification of new services contains no services."""
    return replace(services, supported_service=())


@LONG_LIVED.notified("UNI-CHT-037.1")
def services_told_of_no_group(services: _Services) -> _Services:
    """The notification of new services contains no groupChatId."""
    return replace(services, group_chat_id=None)


@LONG_LIVED.deviation("UNI-CHT-037.1")
class ServicesToldAsBefore(Deviation):
    """The notification of new services contains the old services."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._before: dict[str, tuple[str, ...]] = {}

    def change_services(self, conversation: Conversation, services: tuple[str, ...]) -> None:
        self._before[conversation.group_chat_id] = conversation.services
        super().change_services(conversation, services)

    def notices(self, notice: Notice) -> Iterable[Notice]:
        before = self._before.get(notice.conversation.group_chat_id, ())
        for outgoing in super().notices(notice):
            yield from retold(
                outgoing, _Services, lambda told: replace(told, supported_service=before)
            )


# Groups that are no longer available (UNI-CHT-038) ------------------------------------------------


@LONG_LIVED.notified("UNI-CHT-038.1", Cause.DISABLED)
def disabling_not_told(event: ChatEventNotification) -> None:
    """The members are not notified that the group was disabled."""


@LONG_LIVED.notified("UNI-CHT-038.1", Cause.DISABLED)
def disabling_told_as_end(event: ChatEventNotification) -> ChatEventNotification:
    """The event of a disabled group is SessionEnded."""
    return replace(event, event_type=EventType.SESSION_ENDED)


@LONG_LIVED.notified("UNI-CHT-038.1", Cause.DISABLED)
def disabling_told_of_nothing(event: ChatEventNotification) -> ChatEventNotification:
    """The event of a disabled group does not say which group it is."""
    return replace(event, group_chat_id=None, link=())


@LONG_LIVED.rule(Rules.is_listed, "UNI-CHT-038.2")
def disabled_listed(usual: Usual[bool], conversation: Conversation, member: Member) -> bool:
    """A disabled group is still listed."""
    return conversation.over is Ending.DISABLED or usual(conversation, member)


@LONG_LIVED.rule(Rules.available, "UNI-CHT-038.2")
def disabled_found(
    usual: Usual[bool], call: Call, conversation: Conversation, member: Member
) -> bool:
    """A disabled group can still be read."""
    return conversation.over is Ending.DISABLED or usual(call, conversation, member)
