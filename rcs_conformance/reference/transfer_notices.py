"""Notifications of file transfers on their way to one subscription, with what caused them."""

from dataclasses import dataclass
from enum import Enum, auto

from rcs_conformance.model.filetransfer import (
    FileTransferAcceptanceNotification,
    FileTransferEventNotification,
    FileTransferFileNotification,
    FileTransferSessionInvitationNotification,
)
from rcs_conformance.model.formats import Format
from rcs_conformance.reference.subscription_state import TransferSubscription
from rcs_conformance.reference.transfer_state import Side, Transfer

TransferNotification = (
    FileTransferSessionInvitationNotification
    | FileTransferAcceptanceNotification
    | FileTransferFileNotification
    | FileTransferEventNotification
)
"""What the server notifies of."""


class TransferCause(Enum):
    """What happened."""

    OFFERED = auto()
    ACCEPTED = auto()
    READY = auto()
    """The content can be downloaded."""
    DECLINED = auto()
    CANCELLED = auto()
    ENDED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferNotice:
    """A notification for one subscription.

    Attributes:
        subscription: Where it goes.
        content: The notification.
        cause: What happened.
        transfer: To which transfer.
        side: The side of the notified user.
        hold: Seconds to wait before it is sent.
        overtakes: Whether it goes before what waits already.
    """

    subscription: TransferSubscription
    content: TransferNotification
    cause: TransferCause
    transfer: Transfer
    side: Side
    hold: float = 0.0
    overtakes: bool = False

    @property
    def url(self) -> str:
        """Where the subscription wants it."""
        return self.subscription.notify_url

    @property
    def format(self) -> Format:
        """The format that the subscription requests; XML by default."""
        return self.subscription.format
