"""Rules of file transfers: who may offer a file in which chat, and what is told of it."""

from collections.abc import Iterable

from rcs_conformance.reference import rejections
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules.notification import NotificationRules
from rcs_conformance.reference.state import Conversation, Member
from rcs_conformance.reference.subscription_state import TransferSubscription
from rcs_conformance.reference.transfer_notices import TransferNotice
from rcs_conformance.reference.transfer_state import Side, Transfer

FILE_TRANSFER = "ft"
"""The service without which a chat takes no files."""


class TransferRules(NotificationRules):
    """What the server makes of file transfers."""

    def transfer_id(self, number: int) -> str:
        """A session id, from a number that no other has."""
        return f"+{number:x}_t={self.random.getrandbits(32):x}~"

    def no_such_chat(self, url: str) -> Rejection | None:
        """How a transfer in a chat that its user does not know is rejected; `None`: it is not."""
        return rejections.unknown_group_chat(url)

    def file_services(self, conversation: Conversation, sender: Member) -> tuple[str, ...]:
        """The services of a chat as far as they decide whether a user may offer files in it."""
        return conversation.services

    def may_offer(self, conversation: Conversation, sender: Member, content: object) -> None:
        """Reject files by who is not connected, and in a chat without the service."""
        if not sender.is_connected:
            raise rejections.forbidden("only connected participants send files")
        if self.services[0] not in self.file_services(conversation, sender):
            raise rejections.service_not_in_chat(self.services[0])

    def offered_to(self, conversation: Conversation, sender: Member) -> tuple[str, ...]:
        """The addresses of those to whom a file is offered where the request names nobody."""
        return tuple(each.address for each in conversation.connected if each is not sender)

    def invited_sides(self, transfer: Transfer) -> tuple[Side, ...]:
        """Those who are told that a file is offered to them."""
        return transfer.receivers

    def notifies_of(self, subscription: TransferSubscription, transfer: Transfer) -> bool:
        """Whether a subscription is told that a file is offered."""
        return True

    def refers(self, subscription: TransferSubscription, transfer: Transfer) -> bool:
        """Whether a subscription is told the group chat of a transfer that has one."""
        return subscription.given.group_chat_reference_supported is True

    def locates_at_once(self, transfer: Transfer) -> bool:
        """Whether receivers are told where content is when it is offered; else on acceptance."""
        return False

    def transfer_notices(self, notice: TransferNotice) -> Iterable[TransferNotice]:
        """What goes out in place of a notification of a transfer, in order."""
        return (notice,)
