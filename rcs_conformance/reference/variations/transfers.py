"""Permitted variations in file transfers."""

from dataclasses import replace

from rcs_conformance.model.filetransfer import FileTransferEventNotification
from rcs_conformance.model.notifications import EventType
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.seams import ANYWHERE, PERMITTED, Deviation, Usual
from rcs_conformance.reference.state import Account, Accounts, Conversation, Member
from rcs_conformance.reference.subscription_state import TransferSubscription
from rcs_conformance.reference.transfer_notices import TransferNotice
from rcs_conformance.reference.transfer_state import Transfer

_Event = FileTransferEventNotification
_Services = tuple[str, ...]

_SWAPPED = {
    EventType.SESSION_CANCELLED: EventType.SESSION_ENDED,
    EventType.SESSION_ENDED: EventType.SESSION_CANCELLED,
}

_UNREADABLE = frozenset({"ftSubscriptions", "ftSubscription"})
"""Resources that no item of the SCR tables requires to be readable."""


@ANYWHERE.rule(Rules.locates_at_once, PERMITTED)
def files_located_at_once(usual: Usual[bool], transfer: Transfer) -> bool:
    """Invitations contain the URL of a file that was sent by value."""
    return True


@ANYWHERE.rule(Rules.file_services, PERMITTED)
def declared_service_counts(
    usual: Usual[_Services], conversation: Conversation, sender: Member
) -> _Services:
    """A participant that declared file transfer can send files in a chat without the service."""
    return (*usual(conversation, sender), *sender.services)


@ANYWHERE.deviation(PERMITTED)
class ReferenceWithheldWithInvitation(Deviation):
    """Clients without support for groupChatURL are not notified of files in group chats."""

    def notifies_of(self, subscription: TransferSubscription, transfer: Transfer) -> bool:
        notified = super().notifies_of(subscription, transfer)
        return notified and (transfer.conversation is None or self.refers(subscription, transfer))


@ANYWHERE.rule(Rules.refers, PERMITTED)
def reference_unless_declined(
    usual: Usual[bool], subscription: TransferSubscription, transfer: Transfer
) -> bool:
    """Clients that do not say whether they support groupChatURL receive it."""
    return subscription.given.group_chat_reference_supported is not False


@ANYWHERE.rule(Rules.no_such_chat, PERMITTED)
def unknown_chat_answered_400(usual: Usual[Rejection | None], url: str) -> Rejection | None:
    """A file transfer in a group chat that does not exist returns 400."""
    text = "Invalid input for message part %1"
    return Rejection(400, rejections.unknown_group_chat(url).message_id, text, "groupChatURL")


@ANYWHERE.transfer_notified_to(PERMITTED)
def transfer_endings_swapped(notice: TransferNotice, told: _Event) -> _Event:
    """The end of a file transfer is notified as a cancellation, and a cancellation as an end."""
    return replace(told, event_type=_SWAPPED.get(told.event_type, told.event_type))


@ANYWHERE.deviation(PERMITTED)
class UnreadBesideChats(Deviation):
    """Subscriptions to file transfers cannot be read."""

    def identify(self, call: Call, accounts: Accounts) -> Account:
        account = super().identify(call, accounts)
        if call.method == "GET" and call.resource in _UNREADABLE:
            raise rejections.wrong_method(call.method, call.verbs)
        return account

    def reject(self, call: Call, rejection: Rejection) -> Response:
        if rejection.status == 405 and call.resource in _UNREADABLE:
            left = tuple(verb for verb in call.verbs if verb != "GET")
            rejection = rejections.wrong_method(call.method, left)
        return super().reject(call, rejection)
