"""Faults in extending 1-to-1 chats to group chats (UNI-CHT-013, 039, TS-CHAT-4.1.5)."""

from dataclasses import replace

from rcs_conformance.model.chat import (
    ExtensionParameters,
    GroupChatSessionInformation,
    LongLivedGroupChatInformation,
    ParticipantInformation,
)
from rcs_conformance.model.notifications import GroupChatSessionInvitationNotification
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import each, edited
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import SERVICES, Operate, Rules
from rcs_conformance.reference.seams import (
    ANYWHERE,
    GROUP,
    LONG_LIVED,
    SESSION,
    Deviation,
    Usual,
    operations,
)
from rcs_conformance.reference.state import Conversation, Member

_Order = ExtensionParameters
_Invitation = GroupChatSessionInvitationNotification

_TO_GROUP = operations("POST oneToOneExtend")
_TO_LONG_LIVED = operations("POST oneToOneExtendLongLived")

# To a group chat (UNI-CHT-013) -------------------------------------------------------------------


@_TO_GROUP.ordered("UNI-CHT-013.1")
def extension_refused(order: _Order) -> _Order:
    """The extension of a session to a group chat is rejected."""
    raise rejections.forbidden("no extension")


@_TO_GROUP.ordered("UNI-CHT-013.1")
def extension_takes_one(order: _Order) -> _Order:
    """The extension of a session by several users is rejected."""
    if len(order.participant) > 1:
        raise rejections.forbidden("one user only")
    return order


@_TO_GROUP.ordered("UNI-CHT-013.1")
def extension_cut_to_one(order: _Order) -> _Order:
    """A session is extended by the first of several users only."""
    return replace(order, participant=order.participant[:1])


@_TO_GROUP.responded("UNI-CHT-013.1")
def extension_returns_no_id(response: Response) -> Response:
    """The response to an extension does not contain the URL of the group chat."""

    def strip(info: GroupChatSessionInformation) -> GroupChatSessionInformation:
        entries = each(info.participant, lambda entry: replace(entry, resource_url=None))
        return replace(info, participant=entries, resource_url=None)

    return edited(replace(response, headers=()), GroupChatSessionInformation, strip)


@GROUP.notified_to("UNI-CHT-013.2", Cause.EXTENDED)
def extension_kept_from_partner(notice: Notice, told: _Invitation) -> _Invitation | None:
    """The other user of the session is not invited to the group chat."""
    partner = [*notice.conversation.members.values()][1]
    return None if notice.member is partner else told


@GROUP.notified_to("UNI-CHT-013.2", Cause.EXTENDED)
def extension_kept_from_added(notice: Notice, told: _Invitation) -> _Invitation | None:
    """The last user added by an extension is not invited to the group chat."""
    return None if notice.member is [*notice.conversation.members.values()][-1] else told


@_TO_GROUP.ordered("UNI-CHT-013.3")
def extension_never_closed(order: _Order) -> _Order:
    """A session extended with isClosed = true becomes a chat that is not closed."""
    return replace(order, is_closed=None)


@_TO_GROUP.ordered("UNI-CHT-013.3")
def extension_closed_refused(order: _Order) -> _Order:
    """An extension with isClosed = true is rejected."""
    if order.is_closed:
        raise rejections.forbidden("regular groups only")
    return order


@_TO_GROUP.ordered("UNI-CHT-013.4")
def extension_closed_unsaid(order: _Order) -> _Order:
    """A session extended without isClosed becomes a closed chat."""
    return replace(order, is_closed=True) if order.is_closed is None else order


@SESSION.converted("UNI-CHT-013.5", 404, "POST", Part.EXTENSION)
def extending_nothing_fails(call: Call, content: object, rejection: Rejection) -> Response:
    """Extending a session that does not exist returns 500."""
    raise rejections.internal_error()


@SESSION.converted("UNI-CHT-013.5", 404, "POST", Part.EXTENSION)
def extending_nothing_succeeds(call: Call, content: object, rejection: Rejection) -> Response:
    """Extending a session that does not exist returns 201."""
    headers = (("Location", f"{call.root}{call.path}/made-up"),)
    return Response(status=201, headers=headers)


class _Promoted(Deviation):
    """Knows which group chats were extended from a session."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._promoted: set[int] = set()
        self._extending = False

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        self._extending = call.does("POST", Part.EXTENSION)
        return super().perform(call, content, operate)

    def join(self, conversation: Conversation, member: Member, services: tuple[str, ...]) -> None:
        if self._extending:
            self._promoted.add(conversation.number)
        super().join(conversation, member, services)


@ANYWHERE.deviation("TS-CHAT-4.1.5")
class PromotedNotAccepted(_Promoted):
    """The acceptance of a group chat that was extended from a session is rejected."""

    def may_join(self, conversation: Conversation, member: Member) -> None:
        if conversation.number in self._promoted:
            raise rejections.forbidden("no acceptance")
        super().may_join(conversation, member)


@ANYWHERE.deviation("TS-CHAT-4.1.5")
class PromotedSilent(_Promoted):
    """Messages in a group chat that was extended from a session are not delivered."""

    def receivers(self, conversation: Conversation, sender: Member) -> tuple[Member, ...]:
        silent = conversation.number in self._promoted
        return () if silent else super().receivers(conversation, sender)


# To a long-lived group chat (UNI-CHT-039) --------------------------------------------------------


@_TO_LONG_LIVED.ordered("UNI-CHT-039.1")
def long_lived_extension_malformed(order: _Order) -> _Order:
    """The extension of a session to a long-lived group chat returns 400."""
    raise rejections.malformed("no extension")


@LONG_LIVED.dropped("UNI-CHT-039.6", Cause.EXTENDED)
def long_lived_extension_told_to_none(notice: Notice) -> bool:
    """The members of a long-lived group chat extended from a session are not notified."""
    return True


@_TO_LONG_LIVED.ordered("UNI-CHT-039.5")
def long_lived_extension_drops_added(order: _Order) -> _Order:
    """A long-lived group chat extended from a session lacks the added users."""
    return replace(order, participant=(ParticipantInformation(address="tel:+15559999"),))


@_TO_LONG_LIVED.rule(Rules.perform, "UNI-CHT-039.1")
def long_lived_extension_told_refused(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """The extension of a session returns 403, but the long-lived group chat is created."""
    usual(call, content, operate)
    raise rejections.forbidden("no extension")


@_TO_LONG_LIVED.responded("UNI-CHT-039.1")
def long_lived_extension_returns_no_id(response: Response) -> Response:
    """The response to an extension does not contain the groupChatId."""

    def strip(info: LongLivedGroupChatInformation) -> LongLivedGroupChatInformation:
        entries = each(info.participant, lambda entry: replace(entry, resource_url=None))
        return replace(info, group_chat_id=None, participant=entries, resource_url=None)

    return edited(replace(response, headers=()), LongLivedGroupChatInformation, strip)


@_TO_LONG_LIVED.ordered("UNI-CHT-039.2")
def long_lived_extension_never_closed(order: _Order) -> _Order:
    """A session extended with isClosed = true becomes a long-lived group that is not closed."""
    return extension_never_closed(order)


@_TO_LONG_LIVED.ordered("UNI-CHT-039.2")
def long_lived_extension_closed_unsaid(order: _Order) -> _Order:
    """A session extended without isClosed becomes a closed long-lived group chat."""
    return extension_closed_unsaid(order)


@_TO_LONG_LIVED.ordered("UNI-CHT-039.3")
def long_lived_extension_without_services(order: _Order) -> _Order:
    """A long-lived group chat extended from a session has no services."""
    return replace(order, supported_service=())


@_TO_LONG_LIVED.ordered("UNI-CHT-039.3")
def long_lived_extension_with_all_services(order: _Order) -> _Order:
    """A session extended without services becomes a long-lived group chat with all services."""
    return replace(order, supported_service=order.supported_service or SERVICES)


@SESSION.converted("UNI-CHT-039.4", 404, "POST", Part.LONG_LIVED_EXTENSION)
def long_lived_extending_nothing_fails(
    call: Call, content: object, rejection: Rejection
) -> Response:
    """Extending a session that does not exist to a long-lived group chat returns 500."""
    raise rejections.internal_error()


@SESSION.converted("UNI-CHT-039.4", 404, "POST", Part.LONG_LIVED_EXTENSION)
def long_lived_extending_nothing_succeeds(
    call: Call, content: object, rejection: Rejection
) -> Response:
    """Extending a session that does not exist to a long-lived group chat returns 201."""
    return extending_nothing_succeeds(call, content, rejection)
