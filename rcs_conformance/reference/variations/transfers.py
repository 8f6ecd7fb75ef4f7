"""Variations in file transfers."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.filetransfer import FileTransferEventNotification
from rcs_conformance.model.notifications import EventType
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.registry import Variations
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Account, Accounts
from rcs_conformance.reference.subscription_state import TransferSubscription
from rcs_conformance.reference.transfer_notices import TransferNotice
from rcs_conformance.reference.transfer_state import Transfer

TRANSFERS = Variations()

_WITHOUT_READING = frozenset({"ftSubscriptions", "ftSubscription", "channels", "channel"})
"""Resources that no item of the SCR tables asks a server to let read."""

_SWAPPED = {
    EventType.SESSION_CANCELLED: EventType.SESSION_ENDED,
    EventType.SESSION_ENDED: EventType.SESSION_CANCELLED,
}


@TRANSFERS.add("files-located-at-once", "Invitations tell where a file is that was sent by value.")
class _LocatedAtOnce(Rules):
    def locates_at_once(self, transfer: Transfer) -> bool:
        return True


@TRANSFERS.add(
    "reference-withheld-with-invitation",
    "Clients that do not support the group chat reference are not told of files in group chats.",
)
class _WithheldWithInvitation(Rules):
    def notifies_of(self, subscription: TransferSubscription, transfer: Transfer) -> bool:
        told = super().notifies_of(subscription, transfer)
        return told and (transfer.conversation is None or self.refers(subscription, transfer))


@TRANSFERS.add(
    "reference-unless-declined",
    "Clients that do not say whether they support the group chat reference get it.",
)
class _UnlessDeclined(Rules):
    def refers(self, subscription: TransferSubscription, transfer: Transfer) -> bool:
        return subscription.given.group_chat_reference_supported is not False


@TRANSFERS.add(
    "unknown-chat-answered-400", "A file in a group chat that does not exist is answered with 400."
)
class _UnknownAnswered400(Rules):
    def no_such_chat(self, url: str) -> Rejection | None:
        text = "Invalid input for message part %1"
        return Rejection(400, rejections.unknown_group_chat(url).message_id, text, "groupChatURL")


@TRANSFERS.add(
    "transfer-endings-swapped",
    "The end of a file transfer is told as its cancellation, and the other way round.",
)
class _EndingsSwapped(Rules):
    def transfer_notices(self, notice: TransferNotice) -> Iterable[TransferNotice]:
        for outgoing in super().transfer_notices(notice):
            content = outgoing.content
            if isinstance(content, FileTransferEventNotification):
                told = _SWAPPED.get(content.event_type, content.event_type)
                content = replace(content, event_type=told)
            yield replace(outgoing, content=content)


@TRANSFERS.add(
    "unread-beside-chats",
    "Channels, and subscriptions to file transfers, can be made and deleted, but not be read.",
)
class _UnreadBesideChats(Rules):
    def identify(self, call: Call, accounts: Accounts) -> Account:
        account = super().identify(call, accounts)
        if call.method == "GET" and call.resource in _WITHOUT_READING:
            raise rejections.wrong_method(call.method, call.verbs)
        return account

    def reject(self, call: Call, rejection: Rejection) -> Response:
        if rejection.status == 405 and call.resource in _WITHOUT_READING:
            left = tuple(verb for verb in call.verbs if verb != "GET")
            rejection = rejections.wrong_method(call.method, left)
        return super().reject(call, rejection)
