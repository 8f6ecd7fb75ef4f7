"""Faults in long-lived groups (UNI-CHT-030 to 035, 040)."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from rcs_conformance.model.chat import (
    LongLivedGroupChat,
    LongLivedGroupChatInformation,
    LongLivedGroupChatList,
    ParticipantInformation,
    ParticipantList,
    ParticipantStatus,
)
from rcs_conformance.model.notifications import (
    LongLivedGroupChatAddedNotification,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import each, edited, retold
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import SERVICES, Operate, Rules
from rcs_conformance.reference.seams import LONG_LIVED, Deviation, Usual
from rcs_conformance.reference.state import Conversation, Member

_Info = LongLivedGroupChatInformation
_Added = LongLivedGroupChatAddedNotification
_Entry = LongLivedGroupChat
_Shown = TypeVar("_Shown", _Info, _Added)
_Group = TypeVar("_Group", _Info, ParticipantList)

_HEAD = 20
"""Characters that a subject is cut to; more than what tests know their groups by."""

# Members, id and subject of a new group (UNI-CHT-030.1, 030.2) ------------------------------------


@LONG_LIVED.ordered("UNI-CHT-030.1")
def long_lived_refused(order: _Info) -> _Info:
    """A long-lived group with several participants is rejected."""
    if len(order.participant) > 2:
        raise rejections.forbidden("two members only")
    return order


@LONG_LIVED.ordered("UNI-CHT-030.1")
def long_lived_drops_member(order: _Info) -> _Info:
    """The last of several members is left out."""
    several = len(order.participant) > 2
    return replace(order, participant=order.participant[:-1]) if several else order


@LONG_LIVED.ordered("UNI-CHT-030.1")
def long_lived_subject_cut(order: _Info) -> _Info:
    """The subject of a long-lived group is cut to 20 characters."""
    return replace(order, subject=order.subject and order.subject[:_HEAD])


@LONG_LIVED.created("UNI-CHT-030.2")
def long_lived_returns_no_id(response: Response) -> Response:
    """The response to a creation contains no id of the group."""

    def strip(info: _Info) -> _Info:
        entries = each(info.participant, lambda entry: replace(entry, resource_url=None))
        return replace(info, group_chat_id=None, participant=entries, resource_url=None)

    return edited(replace(response, headers=()), _Info, strip)


@LONG_LIVED.created("UNI-CHT-030.2")
def long_lived_returns_two_ids(response: Response) -> Response:
    """The groupChatId in the response to a creation is not the one in Location."""
    return edited(
        response, _Info, lambda info: replace(info, group_chat_id=f"{info.group_chat_id}0")
    )


@LONG_LIVED.deviation("UNI-CHT-030.8")
class LongLivedIdsRepeat(Deviation):
    """A second creation with the same body returns the existing group."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._made: dict[tuple[str, object], Response] = {}

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if not call.does("POST", Part.CHATS):
            return super().perform(call, content, operate)
        key = (call.variables["userId"], content)
        if key not in self._made:
            self._made[key] = super().perform(call, content, operate)
        return self._made[key]


# Closed, services and first members of a new group (UNI-CHT-030.3 to .7) --------------------------


@LONG_LIVED.ordered("UNI-CHT-030.3")
def long_lived_closed_ignored(order: _Info) -> _Info:
    """A long-lived group is never closed."""
    return replace(order, is_closed=None)


class _ShownAsClosed(Deviation):
    """Shows a group as closed that was created with another isClosed."""

    requested: bool | None = None

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._orders: dict[str, _Info] = {}

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if isinstance(content, _Info):
            self._orders[content.subject or ""] = content
        return super().perform(call, content, operate)

    def respond(self, call: Call, response: Response) -> Response:
        return edited(super().respond(call, response), _Info, self._changed)

    def notices(self, notice: Notice) -> Iterable[Notice]:
        for outgoing in super().notices(notice):
            yield from retold(outgoing, _Added, self._changed)

    def _changed(self, shown: _Shown) -> _Shown:
        order = self._orders.get(shown.subject or "")
        if order is None or order.is_closed is not self.requested:
            return shown
        return replace(shown, is_closed=True)


@LONG_LIVED.deviation("UNI-CHT-030.3")
class LongLivedRegularAsClosed(_ShownAsClosed):
    """A group created with isClosed = false is closed."""

    requested = False


@LONG_LIVED.deviation("UNI-CHT-030.4")
class LongLivedUnsaidAsClosed(_ShownAsClosed):
    """A group created without isClosed is closed."""


@LONG_LIVED.ordered("UNI-CHT-030.3")
def long_lived_regular_refused(order: _Info) -> _Info:
    """A creation with isClosed = false is rejected."""
    if order.is_closed is False:
        raise rejections.malformed("isClosed is false")
    return order


@LONG_LIVED.ordered("UNI-CHT-030.5")
def long_lived_services_cut(order: _Info) -> _Info:
    """Only one of several services of a group is kept."""
    several = len(order.supported_service) > 1
    return replace(order, supported_service=SERVICES[:1]) if several else order


@LONG_LIVED.ordered("UNI-CHT-030.6")
def long_lived_services_invented(order: _Info) -> _Info:
    """A group created without services supports all services."""
    return replace(order, supported_service=order.supported_service or SERVICES)


@LONG_LIVED.deviation("UNI-CHT-030.7")
class LongLivedMembersAsInvited(Deviation):
    """The participants of a new group are shown with status Invited."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._named: dict[str, set[str]] = {}
        self._creating = False

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        self._creating = call.does("POST", Part.CHATS)
        return super().perform(call, content, operate)

    def join(self, conversation: Conversation, member: Member, services: tuple[str, ...]) -> None:
        named = self._named.setdefault(conversation.group_chat_id, set())
        named.discard(member.address)
        if self._creating and member.address != conversation.originator:
            named.add(member.address)
        super().join(conversation, member, services)

    def respond(self, call: Call, response: Response) -> Response:
        named = self._named.get(call.chat_id, set())

        def entry(shown: ParticipantInformation) -> ParticipantInformation:
            connected = shown.status is ParticipantStatus.CONNECTED
            if connected and shown.address in named:
                return replace(shown, status=ParticipantStatus.INVITED)
            return shown

        def whole(shown: _Group) -> _Group:
            return replace(shown, participant=each(shown.participant, entry))

        response = super().respond(call, response)
        if call.method != "GET":
            return response
        alone = edited(response, ParticipantInformation, entry)
        return edited(edited(alone, ParticipantList, whole), _Info, whole)


# Notification of added members (UNI-CHT-031, 032) -------------------------------------------------


@LONG_LIVED.deviation("UNI-CHT-031.1")
class LongLivedAddedCannotPost(Deviation):
    """A member that was added after the creation cannot send messages."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._complete: dict[str, set[str]] = {}

    def may_send(self, conversation: Conversation, member: Member, content: object) -> None:
        super().may_send(conversation, member, content)
        if member.address not in self._complete.get(conversation.group_chat_id, set()):
            raise rejections.forbidden("no posting yet")

    def notified_of_change(
        self, conversation: Conversation, cause: Cause, changed: tuple[Member, ...]
    ) -> tuple[Member, ...]:
        if cause is Cause.STARTED:
            first = {member.address for member in conversation.members.values()}
            self._complete[conversation.group_chat_id] = first
        return super().notified_of_change(conversation, cause, changed)


@LONG_LIVED.notified_to("UNI-CHT-032.1", Cause.STARTED)
def long_lived_creation_not_told(notice: Notice, added: _Added) -> _Added | None:
    """The last of several first members is not notified of the creation."""
    members = [*notice.conversation.members.values()]
    return None if len(members) > 2 and notice.member is members[-1] else added


@LONG_LIVED.notified("UNI-CHT-032.1", Cause.ADDED)
def long_lived_addition_not_told(added: _Added) -> None:
    """A user that is added later is not notified."""


@LONG_LIVED.notified_to("UNI-CHT-032.1")
def long_lived_addition_of_members_not_told(notice: Notice, added: _Added) -> _Added | None:
    """A user that is added by another member than the creator is not notified."""
    return added if notice.actor == notice.conversation.originator else None


@LONG_LIVED.notified("UNI-CHT-032.4")
def added_without_id(added: _Added) -> _Added:
    """The added-notification has a link but no groupChatId."""
    return replace(added, group_chat_id=None)


@LONG_LIVED.notified("UNI-CHT-032.2")
def added_without_inviter(added: _Added) -> _Added:
    """The added-notification does not name the inviting user."""
    entries = tuple(replace(each, is_originator=None) for each in added.participant)
    return replace(added, originator_address=None, participant=entries)


@LONG_LIVED.notified_to("UNI-CHT-032.2")
def added_names_receiver(notice: Notice, added: _Added) -> _Added:
    """The originatorAddress of an added-notification is the added user's."""
    return replace(added, originator_address=notice.member.address)


@LONG_LIVED.notified("UNI-CHT-032.4", Cause.ADDED)
def added_later_without_id(added: _Added) -> _Added:
    """The added-notification of a user that is added later has no groupChatId."""
    return replace(added, group_chat_id=None)


@LONG_LIVED.notified("UNI-CHT-032.4")
def added_subject_ascii(added: _Added) -> _Added:
    """The added-notification has a question mark for each character that is not ASCII."""
    return replace(added, subject=(added.subject or "").encode("ascii", "replace").decode())


@LONG_LIVED.notified("UNI-CHT-032.4", Cause.ADDED)
def added_later_without_subject(added: _Added) -> _Added:
    """The added-notification of a user that is added later has no subject."""
    return replace(added, subject=None)


@LONG_LIVED.notified("UNI-CHT-032.2")
def added_closed_as_regular(added: _Added) -> _Added:
    """The added-notification of a closed group says it is not closed."""
    return replace(added, is_closed=False)


@LONG_LIVED.notified("UNI-CHT-032.2")
def added_names_stranger(added: _Added) -> _Added:
    """The added-notification names a participant that the group does not have."""
    stranger = ParticipantInformation(address="tel:+15559999999")
    return replace(added, participant=(*added.participant, stranger))


@LONG_LIVED.notified("UNI-CHT-032.3")
def added_without_services(added: _Added) -> _Added:
    """The added-notification has no services."""
    return replace(added, supported_service=())


@LONG_LIVED.notified("UNI-CHT-032.3")
def added_with_all_services(added: _Added) -> _Added:
    """The added-notification has all services."""
    return replace(added, supported_service=SERVICES)


# Leaving (UNI-CHT-033) ----------------------------------------------------------------------------


@LONG_LIVED.rule(Rules.receivers, "UNI-CHT-033.1")
def long_lived_left_gets_messages(
    usual: Usual[tuple[Member, ...]], conversation: Conversation, sender: Member
) -> tuple[Member, ...]:
    """A member that left still receives messages."""
    left = conversation.with_status(ParticipantStatus.DISCONNECTED)
    return (*usual(conversation, sender), *left)


@LONG_LIVED.rule(Rules.leave, "UNI-CHT-033.1")
def long_lived_creator_stays(
    usual: Usual[None], conversation: Conversation, member: Member
) -> None:
    """The creator cannot leave a long-lived group."""
    if member.address == conversation.originator:
        raise rejections.forbidden("the creator stays")
    usual(conversation, member)


@LONG_LIVED.rule(Rules.may_cancel_invitation, "UNI-CHT-033.1")
def long_lived_members_expelled(
    usual: Usual[None], conversation: Conversation, actor: Member, invited: Member
) -> None:
    """The creator can remove any member."""
    if actor.address != conversation.originator:
        usual(conversation, actor, invited)


@LONG_LIVED.rule(Rules.may_add, "UNI-CHT-033.2")
def long_lived_left_may_add(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """A member that left can still add users."""
    if member.is_connected:
        usual(conversation, member)


@LONG_LIVED.deviation("UNI-CHT-033.3")
class LongLivedLeftHalfShown(Deviation):
    """A member that left can read the list of participants, but not the group."""

    _listing = False

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        self._listing = call.does("GET", Part.PARTICIPANTS)
        return super().perform(call, content, operate)

    def may_read(self, conversation: Conversation, member: Member) -> None:
        if not self._listing:
            super().may_read(conversation, member)


@LONG_LIVED.converted("UNI-CHT-033.3", 403, "GET", Part.CHAT)
def long_lived_left_malformed(call: Call, content: object, rejection: Rejection) -> Response:
    """Reading a group that the user left returns 400."""
    raise rejections.malformed("you have left")


# The list of groups (UNI-CHT-034) -----------------------------------------------------------------


def _entries(
    shown: LongLivedGroupChatList, change: Callable[[_Entry], _Entry]
) -> LongLivedGroupChatList:
    return replace(shown, long_lived_group_chat=tuple(map(change, shown.long_lived_group_chat)))


@LONG_LIVED.shown("UNI-CHT-034.1")
def list_without_newest(shown: LongLivedGroupChatList) -> LongLivedGroupChatList:
    """The list does not contain the newest group."""
    return replace(shown, long_lived_group_chat=shown.long_lived_group_chat[:-1])


@LONG_LIVED.shown("UNI-CHT-034.1")
def list_leads_nowhere(shown: LongLivedGroupChatList) -> LongLivedGroupChatList:
    """The URLs in the list are those of groups that do not exist."""
    return _entries(shown, lambda entry: replace(entry, resource_url=f"{entry.resource_url}0"))


@LONG_LIVED.shown("UNI-CHT-034.2")
def list_subject_cut(shown: LongLivedGroupChatList) -> LongLivedGroupChatList:
    """The list cuts subjects to 20 characters."""
    return _entries(
        shown, lambda entry: replace(entry, subject=entry.subject and entry.subject[:_HEAD])
    )


@LONG_LIVED.shown("UNI-CHT-034.2")
def list_subject_lower(shown: LongLivedGroupChatList) -> LongLivedGroupChatList:
    """The list shows subjects in lower case."""
    return _entries(shown, lambda entry: replace(entry, subject=(entry.subject or "").lower()))


@LONG_LIVED.deviation("UNI-CHT-034.3")
class ListOfOthersLeadsNowhere(Deviation):
    """The list shows groups of other creators with a groupChatId that does not exist."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._others: set[str] = set()

    def is_listed(self, conversation: Conversation, member: Member) -> bool:
        if member.address != conversation.originator:
            self._others.add(member.session_id)
        return super().is_listed(conversation, member)

    def respond(self, call: Call, response: Response) -> Response:
        def changed(entry: _Entry) -> _Entry:
            of_other = entry.group_chat_id in self._others
            return replace(entry, group_chat_id=f"{entry.group_chat_id}0") if of_other else entry

        return edited(
            super().respond(call, response),
            LongLivedGroupChatList,
            lambda shown: _entries(shown, changed),
        )


# Reading a group (UNI-CHT-035) --------------------------------------------------------------------


@LONG_LIVED.shown("UNI-CHT-035.1", "GET")
def query_names_not_all(info: _Info) -> _Info:
    """A group is read without its last member."""
    several = len(info.participant) > 2
    return replace(info, participant=info.participant[:-1]) if several else info


@LONG_LIVED.shown("UNI-CHT-035.1", "GET")
def members_list_cut(shown: ParticipantList) -> ParticipantList:
    """The list of participants does not contain the last member."""
    return replace(shown, participant=shown.participant[:-1])


@LONG_LIVED.shown("UNI-CHT-035.2", "GET")
def query_subject_squeezed(info: _Info) -> _Info:
    """A group is read with the white space in its subject reduced to single spaces."""
    return replace(info, subject=" ".join((info.subject or "").split()))


@LONG_LIVED.shown("UNI-CHT-035.3", "GET")
def query_without_services(info: _Info) -> _Info:
    """A group is read without services."""
    return replace(info, supported_service=())


@LONG_LIVED.shown("UNI-CHT-035.3", "GET")
def query_with_all_services(info: _Info) -> _Info:
    """A group is read with all services."""
    return replace(info, supported_service=SERVICES)


@LONG_LIVED.shown("UNI-CHT-035.4", "GET")
def query_closed_as_regular(info: _Info) -> _Info:
    """A closed group is read without isClosed."""
    return replace(info, is_closed=None)


@LONG_LIVED.shown("UNI-CHT-035.4", "GET")
def query_regular_as_closed(info: _Info) -> _Info:
    """A regular group is read with isClosed = true."""
    return replace(info, is_closed=True)


@LONG_LIVED.converted("UNI-CHT-035.5", 404, "GET", Part.CHAT)
def query_of_nothing_forbidden(call: Call, content: object, rejection: Rejection) -> Response:
    """Reading a group that does not exist returns 403."""
    raise rejections.forbidden("no such group")


# Joining again (UNI-CHT-040) ----------------------------------------------------------------------


@LONG_LIVED.rule(Rules.may_join, "UNI-CHT-040.1")
def long_lived_rejoin_not_found(
    usual: Usual[None], conversation: Conversation, member: Member
) -> None:
    """Joining a long-lived group again returns 404."""
    usual(conversation, member)
    if not member.is_connected:
        raise rejections.not_found("the group")


@LONG_LIVED.rule(Rules.perform, "UNI-CHT-040.1")
def long_lived_rejoin_told_refused(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """Joining a long-lived group again returns 403, but the user joins."""
    response = usual(call, content, operate)
    if call.does("PUT", Part.STATUS):
        raise rejections.forbidden("no coming back")
    return response
