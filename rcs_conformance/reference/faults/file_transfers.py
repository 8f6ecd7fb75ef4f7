"""Faults in file transfers: their start, their notifications and the services of chats.

UNI-FLT-001, UNI-FLT-005, UNI-CHT-004b.6, 037.2.
"""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote

from rcs_conformance.model.chat import (
    GroupChatSessionInformation,
    LongLivedGroupChatInformation,
    ParticipantStatus,
)
from rcs_conformance.model.filetransfer import (
    FileSelector,
    FileTransferAcceptanceNotification,
    FileTransferEventNotification,
    FileTransferFileNotification,
    FileTransferSessionInformation,
    FileTransferSessionInvitationNotification,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import edited
from rcs_conformance.reference.multipart import Multimedia
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import FILE_TRANSFER, SERVICES, Operate, Rules
from rcs_conformance.reference.seams import ANYWHERE, Deviation, Usual, operations
from rcs_conformance.reference.state import Conversation, Member
from rcs_conformance.reference.subscription_state import TransferSubscription
from rcs_conformance.reference.transfer_notices import TransferCause, TransferNotice
from rcs_conformance.reference.transfer_state import Side, Transfer

_Info = FileTransferSessionInformation
_Invitation = FileTransferSessionInvitationNotification
_Event = FileTransferEventNotification

# In a group chat (UNI-FLT-001.1) -----------------------------------------------------------------


@ANYWHERE.rule(Rules.may_offer, "UNI-FLT-001.1")
def file_in_chat_refused(
    usual: Usual[None], conversation: Conversation, sender: Member, content: object
) -> None:
    """A file transfer in a group chat is rejected."""
    usual(conversation, sender, content)
    raise rejections.forbidden("no files in chats")


@ANYWHERE.rule(Rules.may_offer, "UNI-FLT-001.1")
def file_in_closed_chat_refused(
    usual: Usual[None], conversation: Conversation, sender: Member, content: object
) -> None:
    """A file transfer in a closed group chat is rejected."""
    usual(conversation, sender, content)
    if conversation.closed:
        raise rejections.forbidden("no files in closed chats")


@ANYWHERE.rule(Rules.may_offer, "UNI-FLT-001.1")
def file_in_long_lived_chat_unknown(
    usual: Usual[None], conversation: Conversation, sender: Member, content: object
) -> None:
    """A file transfer in a long-lived group chat with the service is rejected."""
    usual(conversation, sender, content)
    if conversation.group_chat_id:
        raise rejections.forbidden("no files in long-lived chats")


@ANYWHERE.rule(Rules.may_offer, "UNI-FLT-001.1")
def file_by_value_in_chat_refused(
    usual: Usual[None], conversation: Conversation, sender: Member, content: object
) -> None:
    """A file transfer by value in a group chat is rejected."""
    usual(conversation, sender, content)
    if isinstance(content, Multimedia):
        raise rejections.forbidden("no content in chats")


@ANYWHERE.rule(Rules.offered_to, "UNI-FLT-001.1")
def file_to_all_refused(
    usual: Usual[tuple[str, ...]], conversation: Conversation, sender: Member
) -> tuple[str, ...]:
    """A file transfer in a group chat without receivers is rejected."""
    return ()


@ANYWHERE.rule(Rules.offered_to, "UNI-FLT-001.1")
def file_to_all_misses_one(
    usual: Usual[tuple[str, ...]], conversation: Conversation, sender: Member
) -> tuple[str, ...]:
    """A file transfer in a group chat without receivers is not offered to the last participant."""
    return usual(conversation, sender)[:-1]


@ANYWHERE.rule(Rules.invited_sides, "UNI-FLT-001.1")
def file_told_to_one_of_several(
    usual: Usual[tuple[Side, ...]], transfer: Transfer
) -> tuple[Side, ...]:
    """Only the first of several receivers is notified of a file in a group chat."""
    return usual(transfer)[:1]


@operations("POST ftSessions", "GET ftSession").shown("UNI-FLT-001.1")
def file_shown_without_chat(info: _Info) -> _Info:
    """A file transfer in a group chat is shown without groupChatURL."""
    return replace(info, group_chat_url=None)


# Outside of group chats (UNI-FLT-001.2) ----------------------------------------------------------


@operations("POST ftSessions").ordered("UNI-FLT-001.2")
def file_needs_chat(order: _Info | Multimedia) -> _Info | Multimedia:
    """A file transfer without groupChatURL is rejected."""
    info = order.root if isinstance(order, Multimedia) else order
    if isinstance(info, _Info) and info.group_chat_url is None:
        raise rejections.malformed("groupChatURL is missing")
    return order


@operations("POST ftSessions").ordered("UNI-FLT-001.2")
def file_by_value_needs_chat(order: Multimedia) -> Multimedia:
    """A file transfer by value without groupChatURL is rejected."""
    if isinstance(order.root, _Info) and order.root.group_chat_url is None:
        raise rejections.malformed("groupChatURL is missing")
    return order


@ANYWHERE.rule(Rules.invited_sides, "UNI-FLT-001.2")
def file_not_told(usual: Usual[tuple[Side, ...]], transfer: Transfer) -> tuple[Side, ...]:
    """The receivers of a file outside of group chats are not notified."""
    return usual(transfer) if transfer.conversation else ()


@operations("PUT ftStatus").converted("UNI-FLT-001.2", 404)
def file_accepted_after_cancellation(call: Call, content: object, rejection: Rejection) -> Response:
    """A cancelled file transfer can be accepted."""
    return Response(status=204)


@operations("PUT ftStatus").answered("UNI-FLT-001.2")
def file_acceptance_refused(call: Call) -> Response:
    """The acceptance of a file is rejected."""
    raise rejections.forbidden("no acceptance")


@operations("GET ftFile").responded("UNI-FLT-001.2")
def transferred_file_cut(response: Response) -> Response:
    """A file sent by value is downloaded without its last byte."""
    if response.file is None:
        return response
    return replace(response, file=replace(response.file, content=response.file.content[:-1]))


@operations("GET ftSession").shown("UNI-FLT-001.2")
def file_read_of_another(info: _Info) -> _Info:
    """A file transfer is read with its originator as the receiver."""
    return replace(info, receiver_address=(info.originator_address,))


@ANYWHERE.transfer_notified_to("UNI-FLT-001.2", TransferCause.ACCEPTED)
def file_acceptance_not_told(
    notice: TransferNotice, told: FileTransferAcceptanceNotification
) -> None:
    """The originator is not notified that a file was accepted."""


@ANYWHERE.transfer_notified_to("UNI-FLT-001.2", TransferCause.DECLINED)
def file_decline_not_told(notice: TransferNotice, told: _Event) -> None:
    """The originator is not notified that a file was declined."""


@ANYWHERE.transfer_notified_to("UNI-FLT-001.2", TransferCause.CANCELLED)
def file_cancellation_not_told(notice: TransferNotice, told: _Event) -> None:
    """The receiver is not notified that a file transfer was cancelled."""


@ANYWHERE.transfer_notified_to("UNI-FLT-001.2", TransferCause.ENDED)
def file_abortion_not_told(notice: TransferNotice, told: _Event) -> None:
    """The users are not notified that a file transfer was aborted."""


@ANYWHERE.transfer_notified_to("UNI-FLT-001.2", TransferCause.READY)
def file_not_ready(notice: TransferNotice, told: FileTransferFileNotification) -> None:
    """The receiver is not notified of the URL of a file sent by value."""


def _with_selector(told: _Invitation, selector: FileSelector) -> _Invitation:
    return replace(told, file_information=replace(told.file_information, file_selector=selector))


@operations("GET ftSession").shown("UNI-FLT-001.2")
def file_shown_unaccepted(info: _Info) -> _Info:
    """A file transfer is shown as invited after its receiver accepted."""
    return replace(info, status=ParticipantStatus.INVITED)


@ANYWHERE.transfer_notified_to("UNI-FLT-001.2")
def file_renamed(notice: TransferNotice, told: _Invitation) -> _Invitation:
    """Invitations contain the name of a file without its suffix."""
    selector = told.file_information.file_selector
    name = (selector.name or "").rpartition(".")[0]
    return _with_selector(told, replace(selector, name=name or None))


@ANYWHERE.transfer_notified_to("UNI-FLT-001.2")
def file_size_lost(notice: TransferNotice, told: _Invitation) -> _Invitation:
    """Invitations contain no size of the file."""
    return _with_selector(told, replace(told.file_information.file_selector, size=None))


@ANYWHERE.transfer_notified_to("UNI-FLT-001.2")
def file_originator_swapped(notice: TransferNotice, told: _Invitation) -> _Invitation:
    """Invitations contain the receiver as the originator."""
    return replace(told, originator_address=notice.side.address)


# In a chat that does not exist (UNI-FLT-001.3) ---------------------------------------------------


@ANYWHERE.rule(Rules.no_such_chat, "UNI-FLT-001.3")
def unknown_chat_ignored(usual: Usual[Rejection | None], url: str) -> Rejection | None:
    """A file transfer in a chat that does not exist is accepted as one outside of group chats."""
    return None


@ANYWHERE.rule(Rules.no_such_chat, "UNI-FLT-001.3")
def unknown_chat_told_as_any(usual: Usual[Rejection | None], url: str) -> Rejection | None:
    """The error for a chat that does not exist is that of any unknown resource."""
    return rejections.not_found(url)


@ANYWHERE.rule(Rules.no_such_chat, "UNI-FLT-001.3")
def unknown_chat_told_as_policy(usual: Usual[Rejection | None], url: str) -> Rejection | None:
    """The error for a chat that does not exist is that of a chat without the service."""
    return rejections.service_not_in_chat(FILE_TRANSFER)


@ANYWHERE.rule(Rules.no_such_chat, "UNI-FLT-001.3")
def chat_of_other_server_ignored(usual: Usual[Rejection | None], url: str) -> Rejection | None:
    """A file transfer in a chat of another server is accepted as one outside of group chats."""
    return None if ".invalid/" in url else usual(url)


@operations("POST ftSessions").rule(Rules.perform, "TS-CHAT-5.8")
def file_to_invalid_address_accepted(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """A file transfer to an address that is not valid is accepted."""
    try:
        return usual(call, content, operate)
    except Rejection as rejection:
        if rejection.message_id == "SVC0004" and isinstance(content, _Info):
            url = f"{call.root}{call.path}/none"
            shown = replace(content, resource_url=url)
            return Response(status=201, content=shown, headers=(("Location", url),))
        raise


@operations("POST ftSessions").rule(Rules.perform, "UNI-FLT-001.3")
def unknown_chat_refused_and_told(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """A file transfer in a chat that does not exist is rejected, but offered."""
    try:
        return usual(call, content, operate)
    except Rejection as rejection:
        if rejection.message_id == "SVC3001":
            operate(_without_chat(content))
        raise


def _without_chat(content: object) -> object:
    if isinstance(content, Multimedia) and isinstance(content.root, _Info):
        return replace(content, root=replace(content.root, group_chat_url=None))
    return replace(content, group_chat_url=None) if isinstance(content, _Info) else content


# The service in a chat (UNI-FLT-001.4, 001.5) ----------------------------------------------------

_Services = tuple[str, ...]


@ANYWHERE.rule(Rules.file_services, "UNI-FLT-001.4")
def file_without_service(
    usual: Usual[_Services], conversation: Conversation, sender: Member
) -> _Services:
    """A file transfer is accepted in a group chat without the service."""
    return SERVICES


@ANYWHERE.rule(Rules.file_services, "UNI-FLT-001.4")
def file_by_other_service(
    usual: Usual[_Services], conversation: Conversation, sender: Member
) -> _Services:
    """A file transfer is accepted in a group chat with any service."""
    return SERVICES if usual(conversation, sender) else ()


@ANYWHERE.rule(Rules.file_services, "UNI-FLT-001.4")
def file_by_one_service_only(
    usual: Usual[_Services], conversation: Conversation, sender: Member
) -> _Services:
    """A file transfer is rejected in a group chat with several services."""
    services = usual(conversation, sender)
    return services if len(services) == 1 else ()


@ANYWHERE.rule(Rules.may_offer, "UNI-FLT-001.4")
def missing_service_told_as_any(
    usual: Usual[None], conversation: Conversation, sender: Member, content: object
) -> None:
    """The error for a chat without the service is that of any other policy."""
    try:
        usual(conversation, sender, content)
    except Rejection:
        raise rejections.forbidden("no files here") from None


@ANYWHERE.rule(Rules.may_offer, "UNI-FLT-001.4")
def missing_service_told_as_absence(
    usual: Usual[None], conversation: Conversation, sender: Member, content: object
) -> None:
    """The error for a chat without the service is that of a chat that does not exist."""
    try:
        usual(conversation, sender, content)
    except Rejection:
        raise rejections.unknown_group_chat("groupChatURL") from None


_Chat = GroupChatSessionInformation | LongLivedGroupChatInformation


def _is_joined(user: str, info: _Chat) -> bool:
    """Whether a user was invited to a group and is connected."""
    own = [entry for entry in info.participant if canonical(entry.address) == canonical(user)]
    invited = bool(own) and not own[0].is_originator
    return invited and own[0].status is ParticipantStatus.CONNECTED


@operations("GET group", "GET longLivedGroup").shown_to("UNI-FLT-001.5")
def capability_hidden_from_invited(
    user: str, info: GroupChatSessionInformation
) -> GroupChatSessionInformation:
    """An invited user that accepted reads the group chat without file transfer."""
    left = tuple(service for service in info.supported_service if service != FILE_TRANSFER)
    return replace(info, supported_service=left) if _is_joined(user, info) else info


@operations("GET group", "GET longLivedGroup").shown_to("UNI-FLT-001.5")
def capability_claimed_to_invited(
    user: str, info: GroupChatSessionInformation
) -> GroupChatSessionInformation:
    """An invited user that accepted reads the group chat with file transfer."""
    others = tuple(service for service in info.supported_service if service != FILE_TRANSFER)
    claimed = replace(info, supported_service=(FILE_TRANSFER, *others))
    return claimed if _is_joined(user, info) else info


@operations("GET longLivedGroup", "GET longLivedGroups").deviation("UNI-FLT-001.5")
class CapabilityOfTheStart(Deviation):
    """A long-lived group chat is read with its first services after they have changed."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._first: dict[str, _Services] = {}

    def change_services(self, conversation: Conversation, services: _Services) -> None:
        self._first.setdefault(conversation.group_chat_id, conversation.services)
        super().change_services(conversation, services)

    def respond(self, call: Call, response: Response) -> Response:
        def aged(info: LongLivedGroupChatInformation) -> LongLivedGroupChatInformation:
            first = self._first.get(info.group_chat_id or "", info.supported_service)
            return replace(info, supported_service=first)

        return edited(super().respond(call, response), LongLivedGroupChatInformation, aged)


# The notified services (UNI-CHT-004b.6, 037.2) ---------------------------------------------------


@ANYWHERE.rule(Rules.file_services, "UNI-CHT-004b.6")
def any_declaration_counts(
    usual: Usual[_Services], conversation: Conversation, sender: Member
) -> _Services:
    """A participant that declared any service can send files in a chat without file transfer."""
    return SERVICES if sender.services else usual(conversation, sender)


@ANYWHERE.rule(Rules.file_services, "UNI-CHT-004b.6")
def any_declaration_counts_for_originator(
    usual: Usual[_Services], conversation: Conversation, sender: Member
) -> _Services:
    """The originator can send files when all others declared any service."""
    others = [member for member in conversation.connected if member is not sender]
    is_originator = sender.address == conversation.originator
    agreed = others and all(member.services for member in others)
    return SERVICES if is_originator and agreed else usual(conversation, sender)


class _Remembering(Deviation):
    """Knows the services with which a chat started."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self.first: dict[int, _Services] = {}

    def change_services(self, conversation: Conversation, services: _Services) -> None:
        self.first.setdefault(conversation.number, conversation.services)
        super().change_services(conversation, services)


@ANYWHERE.deviation("UNI-FLT-001.6")
class ServiceAddedAgainIgnored(Deviation):
    """A file transfer is rejected in a chat that lost the service and has it again."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._lost: set[int] = set()

    def change_services(self, conversation: Conversation, services: _Services) -> None:
        if FILE_TRANSFER in conversation.services and FILE_TRANSFER not in services:
            self._lost.add(conversation.number)
        super().change_services(conversation, services)

    def file_services(self, conversation: Conversation, sender: Member) -> _Services:
        lost = conversation.number in self._lost
        return () if lost else super().file_services(conversation, sender)


@ANYWHERE.deviation("UNI-CHT-037.2")
class LostServiceStays(_Remembering):
    """A file transfer is accepted in a chat that has lost the service."""

    def file_services(self, conversation: Conversation, sender: Member) -> _Services:
        now = super().file_services(conversation, sender)
        return (*now, *self.first.get(conversation.number, ()))


@ANYWHERE.deviation("UNI-CHT-037.2")
class GainedServiceIgnored(_Remembering):
    """A file transfer is rejected in a chat that has gained the service."""

    def file_services(self, conversation: Conversation, sender: Member) -> _Services:
        now = super().file_services(conversation, sender)
        first = self.first.get(conversation.number, now)
        return tuple(service for service in now if service in first)


# The group chat in invitations (UNI-FLT-005) -----------------------------------------------------


def _is_long_lived(transfer: Transfer) -> bool:
    return transfer.conversation is not None and bool(transfer.conversation.group_chat_id)


@ANYWHERE.rule(Rules.refers, "UNI-FLT-005.1")
def reference_not_told(
    usual: Usual[bool], subscription: TransferSubscription, transfer: Transfer
) -> bool:
    """Invitations contain no groupChatURL."""
    return False


@ANYWHERE.rule(Rules.refers, "UNI-FLT-005.1")
def reference_not_told_in_long_lived(
    usual: Usual[bool], subscription: TransferSubscription, transfer: Transfer
) -> bool:
    """Invitations to a file in a long-lived group chat contain no groupChatURL."""
    return usual(subscription, transfer) and not _is_long_lived(transfer)


@ANYWHERE.rule(Rules.refers, "UNI-FLT-005.1")
def reference_not_told_by_value(
    usual: Usual[bool], subscription: TransferSubscription, transfer: Transfer
) -> bool:
    """Invitations to a file sent by value contain no groupChatURL."""
    return usual(subscription, transfer) and transfer.file is None


@ANYWHERE.transfer_notified_to("UNI-FLT-005.1")
def reference_of_originator(notice: TransferNotice, told: _Invitation) -> _Invitation:
    """The groupChatURL of an invitation is a resource of the originator."""
    own = quote(notice.side.address, safe="")
    other = quote(notice.transfer.originator.address, safe="")
    url = told.group_chat_url
    return replace(told, group_chat_url=url and url.replace(own, other))


@ANYWHERE.transfer_notified_to("UNI-FLT-005.1")
def reference_to_other_chat(notice: TransferNotice, told: _Invitation) -> _Invitation:
    """The groupChatURL of an invitation is that of a chat that does not exist."""
    url = told.group_chat_url
    return replace(told, group_chat_url=url and f"{url}0")


@ANYWHERE.rule(Rules.perform, "UNI-FLT-005.1")
def file_subscription_refused(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """A subscription to file transfers is rejected."""
    if call.operation == "POST ftSubscriptions":
        raise rejections.forbidden("no subscriptions")
    return usual(call, content, operate)


@ANYWHERE.transfer_notified_to("UNI-FLT-005.2")
def reference_invented(notice: TransferNotice, told: _Invitation) -> _Invitation:
    """Invitations to a file outside of group chats contain a groupChatURL."""
    if notice.transfer.conversation is not None:
        return told
    root, user = notice.subscription.root, quote(notice.side.address)
    return replace(told, group_chat_url=f"{root}/chat/v1/{user}/group/none")


@ANYWHERE.deviation("UNI-FLT-005.2")
class ReferenceOfLastChat(Deviation):
    """Invitations to a file outside of group chats contain the groupChatURL of an earlier one."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._last: dict[str, str] = {}

    def transfer_notices(self, notice: TransferNotice) -> Iterable[TransferNotice]:
        user = notice.side.address
        for outgoing in super().transfer_notices(notice):
            told = outgoing.content
            if isinstance(told, _Invitation):
                if told.group_chat_url:
                    self._last[user] = told.group_chat_url
                if outgoing.transfer.conversation is None:
                    told = replace(told, group_chat_url=self._last.get(user))
            yield replace(outgoing, content=told)


@ANYWHERE.rule(Rules.refers, "UNI-FLT-005.3")
def reference_forced(
    usual: Usual[bool], subscription: TransferSubscription, transfer: Transfer
) -> bool:
    """Clients that do not support groupChatURL receive it."""
    return True


@ANYWHERE.rule(Rules.refers, "UNI-FLT-005.3")
def reference_forced_in_long_lived(
    usual: Usual[bool], subscription: TransferSubscription, transfer: Transfer
) -> bool:
    """Clients that do not support groupChatURL receive that of a long-lived group chat."""
    return usual(subscription, transfer) or _is_long_lived(transfer)
