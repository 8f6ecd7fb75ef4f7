"""Structures of the File Transfer API (binding, sections 2 and 3); see `model.common`."""

from dataclasses import dataclass
from enum import StrEnum

from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.common import CallbackReference, Link
from rcs_conformance.model.notifications import EventType


class FileDisposition(StrEnum):
    """Whether a file is shown at once or attached."""

    RENDER = "Render"
    ATTACHMENT = "Attachment"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTransferNotificationSubscription:
    """A subscription to the notifications of a user's file transfers."""

    callback_reference: CallbackReference
    duration: int | None = None
    client_correlator: str | None = None
    group_chat_reference_supported: bool | None = None
    resource_url: str | None = None
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTransferSubscriptionList:
    """The file transfer subscriptions of a user."""

    file_transfer_notification_subscription: tuple[FileTransferNotificationSubscription, ...] = ()
    resource_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hash:
    """A digest of a file."""

    algorithm: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSelector:
    """What identifies a file: name, media type, size in bytes, digest."""

    name: str | None = None
    type: str | None = None
    size: int | None = None
    hash: Hash | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInformation:
    """A file that is offered or ready."""

    file_selector: FileSelector
    file_description: str | None = None
    file_disposition: FileDisposition | None = None
    file_url: str | None = None
    resource_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTransferSessionInformation:
    """A file transfer, within a group chat where `group_chat_url` names one."""

    file_information: FileInformation
    originator_address: str
    originator_name: str | None = None
    receiver_address: tuple[str, ...] = ()
    receiver_name: str | None = None
    group_chat_url: str | None = None
    status: ParticipantStatus | None = None
    client_correlator: str | None = None
    resource_url: str | None = None
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverSessionStatus:
    """How the receiver stands to a transfer."""

    status: ParticipantStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTransferSessionInvitationNotification:
    """An invitation to a file transfer."""

    callback_data: str | None = None
    session_id: str
    originator_address: str
    receiver_name: str | None = None
    file_information: FileInformation
    group_chat_url: str | None = None
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTransferAcceptanceNotification:
    """A receiver accepted."""

    callback_data: str | None = None
    session_id: str
    receiver_session_status: ReceiverSessionStatus
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTransferFileNotification:
    """The file is ready for its receiver."""

    callback_data: str | None = None
    session_id: str
    file_information: FileInformation
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTransferEventNotification:
    """Something happened to a file transfer."""

    callback_data: str | None = None
    session_id: str
    event_type: EventType
    link: tuple[Link, ...] = ()
