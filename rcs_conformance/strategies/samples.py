"""One valid body of each kind that a client sends, with every member that a client sets.

They are what mutations start from. Texts begin with a marker, so that what came of one request
can be told from what came of another.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zlib import crc32

from rcs_conformance.model.channel import ChannelType, LongPollingData, NotificationChannel
from rcs_conformance.model.chat import (
    ChatMessage,
    ChatNotificationSubscription,
    ChatSessionInformation,
    ComposingState,
    ExtensionParameters,
    GroupChatSessionInformation,
    IsComposing,
    LongLivedGroupChatInformation,
    MessageStatus,
    MessageStatusReport,
    ParticipantInformation,
    ParticipantList,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.common import CallbackReference, NotificationFormat
from rcs_conformance.model.filetransfer import (
    FileDisposition,
    FileInformation,
    FileSelector,
    FileTransferNotificationSubscription,
    FileTransferSessionInformation,
    ReceiverSessionStatus,
)
from rcs_conformance.model.formats import Format
from rcs_conformance.model.media import Attachment

_YEAR: Final = datetime(2025, 1, 1, tzinfo=UTC)
_SECONDS: Final = 365 * 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleUsers:
    """The users that a sample request names, and its services.

    Attributes:
        originator: Address of the user that sends it.
        others: Addresses of the users that are invited or added.
        services: Tokens of the requested services.
    """

    originator: str
    others: tuple[str, ...]
    services: tuple[str, ...] = ()


def subscription(notify_url: str, fmt: Format, marker: str) -> ChatNotificationSubscription:
    """A subscription whose notifications carry the marker."""
    return ChatNotificationSubscription(
        callback_reference=_callback(notify_url, fmt, marker),
        duration=600,
        client_correlator=f"{marker}-correlator",
        confirmed_chat_supported=True,
        adhoc_chat_supported=True,
    )


def session(users: SampleUsers, marker: str, *, first: bool) -> ChatSessionInformation:
    """A 1-to-1 session; with a first message or without."""
    return ChatSessionInformation(
        subject=f"{marker} talk",
        originator_address=users.originator,
        originator_name="Originator",
        t_participant_address=users.others[0],
        t_participant_name="Receiver",
        chat_message=message(marker) if first else None,
        client_correlator=f"{marker}-correlator",
    )


def acceptance(users: SampleUsers) -> ParticipantSessionStatus:
    """The acceptance of an invitation, or a return to a chat."""
    return ParticipantSessionStatus(
        status=ParticipantStatus.CONNECTED, supported_service=users.services
    )


def extension(users: SampleUsers, marker: str) -> ExtensionParameters:
    """What makes a group of a 1-to-1 session."""
    return ExtensionParameters(
        participant=_people(users.others),
        subject=f"{marker} talk",
        is_closed=False,
        supported_service=users.services,
        client_correlator=f"{marker}-correlator",
    )


def group(users: SampleUsers, marker: str) -> GroupChatSessionInformation:
    """A group chat."""
    return GroupChatSessionInformation(
        subject=f"{marker} talk",
        participant=(_originator(users), *_people(users.others)),
        is_closed=False,
        supported_service=users.services,
        client_correlator=f"{marker}-correlator",
    )


def long_lived(users: SampleUsers, marker: str) -> LongLivedGroupChatInformation:
    """A long-lived group chat."""
    return LongLivedGroupChatInformation(
        subject=f"{marker} talk",
        participant=(_originator(users), *_people(users.others)),
        is_closed=False,
        supported_service=users.services,
        client_correlator=f"{marker}-correlator",
    )


def additions(users: SampleUsers) -> ParticipantList:
    """Those who are added to a group."""
    return ParticipantList(participant=_people(users.others))


def message(marker: str) -> ChatMessage:
    """A text message that asks for both reports."""
    return ChatMessage(
        text=f"{marker} hello",
        report_request=(MessageStatus.DELIVERED, MessageStatus.DISPLAYED),
        client_correlator=f"{marker}-correlator",
    )


def indication(marker: str) -> IsComposing:
    """A composing indication: its media type carries the marker, its time is the marker's own."""
    return IsComposing(
        state=ComposingState.ACTIVE,
        lastactive=_time_of(marker),
        contenttype=f"text/{marker}",
        refresh=60,
    )


def _time_of(marker: str) -> str:
    """A time within a year that no other marker is likely to have."""
    return (_YEAR + timedelta(seconds=crc32(marker.encode()) % _SECONDS)).strftime(
        "%Y-%m-%dT%H:%M:%SZ"
    )


def report() -> MessageStatusReport:
    """A report that a message was displayed."""
    return MessageStatusReport(status=MessageStatus.DISPLAYED)


def file_subscription(
    notify_url: str, fmt: Format, marker: str, *, refers: bool
) -> FileTransferNotificationSubscription:
    """A subscription to file transfers; with what it says of group chats where the target knows."""
    return FileTransferNotificationSubscription(
        callback_reference=_callback(notify_url, fmt, marker),
        duration=600,
        client_correlator=f"{marker}-correlator",
        group_chat_reference_supported=True if refers else None,
    )


def transfer(
    users: SampleUsers, file: Attachment, marker: str, url: str | None
) -> FileTransferSessionInformation:
    """A file transfer outside of any chat; by reference where there is a URL.

    The file has no hash, since the binding does not say how one is written.
    """
    return FileTransferSessionInformation(
        file_information=FileInformation(
            file_selector=FileSelector(
                name=f"{marker}-{file.name}", type=file.media_type, size=len(file.data)
            ),
            file_description=f"{marker} file",
            file_disposition=FileDisposition.ATTACHMENT,
            file_url=url,
        ),
        originator_address=users.originator,
        originator_name="Originator",
        receiver_address=users.others,
        receiver_name="Receiver",
        client_correlator=f"{marker}-correlator",
    )


def file_acceptance() -> ReceiverSessionStatus:
    """The acceptance of a file."""
    return ReceiverSessionStatus(status=ParticipantStatus.CONNECTED)


def channel(marker: str) -> NotificationChannel:
    """A notification channel for long polls."""
    return NotificationChannel(
        client_correlator=f"{marker}-correlator",
        application_tag=f"{marker} tag",
        channel_type=ChannelType.LONG_POLLING,
        channel_data=LongPollingData(max_notifications=10, max_wait_time=0),
        channel_lifetime=600,
    )


def _callback(notify_url: str, fmt: Format, marker: str) -> CallbackReference:
    return CallbackReference(
        notify_url=notify_url,
        callback_data=f"{marker} data",
        notification_format=NotificationFormat(fmt.name),
    )


def _originator(users: SampleUsers) -> ParticipantInformation:
    return ParticipantInformation(address=users.originator, name="Originator", is_originator=True)


def _people(addresses: tuple[str, ...]) -> tuple[ParticipantInformation, ...]:
    return tuple(ParticipantInformation(address=each, name="Receiver") for each in addresses)
