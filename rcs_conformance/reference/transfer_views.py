"""How file transfers are shown to one of their users and notified."""

from dataclasses import dataclass, replace

from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.common import Link
from rcs_conformance.model.filetransfer import (
    FileInformation,
    FileTransferAcceptanceNotification,
    FileTransferEventNotification,
    FileTransferFileNotification,
    FileTransferNotificationSubscription,
    FileTransferSessionInformation,
    FileTransferSessionInvitationNotification,
    ReceiverSessionStatus,
)
from rcs_conformance.model.notifications import EventType
from rcs_conformance.reference.paths import FT_FILE
from rcs_conformance.reference.subscription_state import TransferSubscription
from rcs_conformance.reference.transfer_state import Side, Transfer
from rcs_conformance.reference.views import Views

_RELATION = "FileTransferSessionInformation"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferViews:
    """Makes structures and notifications; `root` is always the server root of their URLs."""

    views: Views

    def subscription_url(self, root: str, subscription: TransferSubscription) -> str:
        return self.views.url(
            root, "ftSubscription", userId=subscription.owner, subscriptionId=subscription.id
        )

    def subscription(
        self, root: str, subscription: TransferSubscription
    ) -> FileTransferNotificationSubscription:
        """A subscription as requested, with its URL."""
        url = self._shown(root, self.subscription_url(root, subscription))
        return replace(subscription.given, resource_url=url, link=())

    def session_url(self, root: str, viewer: Side) -> str:
        """The URL of a transfer as one of its users sees it."""
        return self.views.url(root, "ftSession", userId=viewer.address, sessionId=viewer.session_id)

    def session(
        self, root: str, transfer: Transfer, viewer: Side
    ) -> FileTransferSessionInformation:
        """A transfer; each receiver sees itself alone."""
        is_mine = viewer is transfer.originator
        named = transfer.receivers if is_mine else (viewer,)
        return FileTransferSessionInformation(
            file_information=self.information(root, transfer, viewer),
            originator_address=transfer.originator.address,
            originator_name=transfer.originator_name,
            receiver_address=tuple(each.address for each in named),
            receiver_name=transfer.receiver_name,
            group_chat_url=self.chat_url(root, transfer, viewer),
            status=transfer.status if is_mine else viewer.status,
            client_correlator=transfer.correlator if is_mine else None,
            resource_url=self._shown(root, self.session_url(root, viewer)),
        )

    def chat_url(self, root: str, transfer: Transfer, viewer: Side) -> str | None:
        """The URL of a transfer's group chat as the viewer sees it, if any."""
        chat = transfer.conversation
        if chat is None:
            return None
        return self._shown(root, self.views.chat_url(root, chat, chat.part_of(viewer.address)))

    def information(
        self, root: str, transfer: Transfer, viewer: Side, *, ready: bool = False
    ) -> FileInformation:
        """The information about the file; with the URL of its content after acceptance."""
        if transfer.file is None:
            return transfer.information
        located = ready or self.views.rules.locates_at_once(transfer)
        located = located or viewer.status is ParticipantStatus.CONNECTED
        url = None
        if located and viewer is not transfer.originator:
            url = self.views.url(root, FT_FILE, userId=viewer.address, fileId=transfer.file.id)
        return replace(transfer.information, file_url=url)

    def invitation(
        self, root: str, transfer: Transfer, side: Side, *, with_chat: bool
    ) -> FileTransferSessionInvitationNotification:
        return FileTransferSessionInvitationNotification(
            session_id=side.session_id,
            originator_address=transfer.originator.address,
            receiver_name=transfer.receiver_name,
            file_information=self.information(root, transfer, side),
            group_chat_url=self.chat_url(root, transfer, side) if with_chat else None,
            link=(*self._link(root, side), self._to_accept(root, side)),
        )

    def acceptance(self, root: str, side: Side) -> FileTransferAcceptanceNotification:
        return FileTransferAcceptanceNotification(
            session_id=side.session_id,
            receiver_session_status=ReceiverSessionStatus(status=ParticipantStatus.CONNECTED),
            link=self._link(root, side),
        )

    def ready(self, root: str, transfer: Transfer, side: Side) -> FileTransferFileNotification:
        """The file can be downloaded."""
        return FileTransferFileNotification(
            session_id=side.session_id,
            file_information=self.information(root, transfer, side, ready=True),
            link=self._link(root, side),
        )

    def event(self, root: str, side: Side, event: EventType) -> FileTransferEventNotification:
        return FileTransferEventNotification(
            session_id=side.session_id, event_type=event, link=self._link(root, side)
        )

    def _link(self, root: str, side: Side) -> tuple[Link, ...]:
        return (Link(rel=_RELATION, href=self.session_url(root, side)),)

    def _to_accept(self, root: str, side: Side) -> Link:
        """The link to what accepts the file; dialects show it."""
        return Link(rel="ReceiverSessionStatus", href=f"{self.session_url(root, side)}/status")

    def _shown(self, root: str, url: str) -> str:
        return self.views.rules.resource_url(root, url)
