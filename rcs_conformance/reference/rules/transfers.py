"""Rules of file transfers: in which chats files can be offered, and what is notified of them."""

from collections.abc import Iterable

from rcs_conformance.reference import rejections
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules.notification import NotificationRules
from rcs_conformance.reference.state import Conversation, Member
from rcs_conformance.reference.subscription_state import TransferSubscription
from rcs_conformance.reference.transfer_notices import TransferNotice
from rcs_conformance.reference.transfer_state import Side, Transfer

FILE_TRANSFER = "ft"
"""The service that a chat needs for file transfers."""


class TransferRules(NotificationRules):
    """What the server does with file transfers."""

    def transfer_id(self, number: int, address: str) -> str:
        """The session id of a user, from a unique number."""
        return f"+{number:x}_t={self.random.getrandbits(32):x}~"

    def no_such_chat(self, url: str) -> Rejection | None:
        """The rejection of a transfer in an unknown chat; `None`: it is accepted."""
        return rejections.unknown_group_chat(url)

    def file_services(self, conversation: Conversation, sender: Member) -> tuple[str, ...]:
        """The services of a chat that decide whether a participant can offer files in it."""
        return conversation.services

    def may_offer(self, conversation: Conversation, sender: Member, content: object) -> None:
        """Reject files of users that are not connected, and in a chat without the service."""
        if not sender.is_connected:
            raise rejections.forbidden("only connected participants can send files")
        if self.services[0] not in self.file_services(conversation, sender):
            raise rejections.service_not_in_chat(self.services[0])

    def offered_to(self, conversation: Conversation, sender: Member) -> tuple[str, ...]:
        """The receivers of a file if the request names none."""
        return tuple(each.address for each in conversation.connected if each is not sender)

    def invited_sides(self, transfer: Transfer) -> tuple[Side, ...]:
        """The receivers that are notified of an offered file."""
        return transfer.receivers

    def notifies_of(self, subscription: TransferSubscription, transfer: Transfer) -> bool:
        """Whether a subscription is notified of an offered file."""
        return True

    def refers(self, subscription: TransferSubscription, transfer: Transfer) -> bool:
        """Whether notifications to a subscription contain the group chat of a transfer."""
        return subscription.given.group_chat_reference_supported is True

    def locates_at_once(self, transfer: Transfer) -> bool:
        """Whether invitations contain the URL of the content; otherwise only after acceptance."""
        return False

    def transfer_notices(self, notice: TransferNotice) -> Iterable[TransferNotice]:
        """The notices that are sent in place of a notice, in order."""
        return (notice,)
