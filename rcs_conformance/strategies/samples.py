"""One valid body of each kind that a client sends, with every member that a client sets.

They are what near misses deviate from. Texts begin with a marker, so that what came of one request
can be told from what came of another.
"""

from dataclasses import dataclass

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
from rcs_conformance.model.formats import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who takes part in what is asked for.

    Attributes:
        originator: Address of who asks.
        others: Addresses of those who are invited or added.
        services: The services that are asked for.
    """

    originator: str
    others: tuple[str, ...]
    services: tuple[str, ...] = ()


def subscription(notify_url: str, fmt: Format, marker: str) -> ChatNotificationSubscription:
    """A subscription whose notifications carry the marker."""
    return ChatNotificationSubscription(
        callback_reference=CallbackReference(
            notify_url=notify_url,
            callback_data=f"{marker} data",
            notification_format=NotificationFormat(fmt.name),
        ),
        duration=600,
        client_correlator=f"{marker}-correlator",
        confirmed_chat_supported=True,
        adhoc_chat_supported=True,
    )


def session(cast: Cast, marker: str, *, first: bool) -> ChatSessionInformation:
    """A 1-to-1 session; with a first message or without."""
    return ChatSessionInformation(
        subject=f"{marker} talk",
        originator_address=cast.originator,
        originator_name="Who asks",
        t_participant_address=cast.others[0],
        t_participant_name="Who is asked",
        chat_message=message(marker) if first else None,
        client_correlator=f"{marker}-correlator",
    )


def acceptance(cast: Cast) -> ParticipantSessionStatus:
    """The acceptance of an invitation, or a return to a chat."""
    return ParticipantSessionStatus(
        status=ParticipantStatus.CONNECTED, supported_service=cast.services
    )


def extension(cast: Cast, marker: str) -> ExtensionParameters:
    """What makes a group of a 1-to-1 session."""
    return ExtensionParameters(
        participant=_people(cast.others),
        subject=f"{marker} talk",
        is_closed=False,
        supported_service=cast.services,
        client_correlator=f"{marker}-correlator",
    )


def group(cast: Cast, marker: str) -> GroupChatSessionInformation:
    """A group chat."""
    return GroupChatSessionInformation(
        subject=f"{marker} talk",
        participant=(_originator(cast), *_people(cast.others)),
        is_closed=False,
        supported_service=cast.services,
        client_correlator=f"{marker}-correlator",
    )


def long_lived(cast: Cast, marker: str) -> LongLivedGroupChatInformation:
    """A long-lived group chat."""
    return LongLivedGroupChatInformation(
        subject=f"{marker} talk",
        participant=(_originator(cast), *_people(cast.others)),
        is_closed=False,
        supported_service=cast.services,
        client_correlator=f"{marker}-correlator",
    )


def additions(cast: Cast) -> ParticipantList:
    """Those who are added to a group."""
    return ParticipantList(participant=_people(cast.others))


def message(marker: str) -> ChatMessage:
    """A text message that asks for both reports."""
    return ChatMessage(
        text=f"{marker} hello",
        report_request=(MessageStatus.DELIVERED, MessageStatus.DISPLAYED),
        client_correlator=f"{marker}-correlator",
    )


def indication(marker: str) -> IsComposing:
    """A composing indication; a media type that nobody knows carries the marker."""
    return IsComposing(
        state=ComposingState.ACTIVE,
        lastactive="2026-01-31T10:00:00Z",
        contenttype=f"text/{marker}",
        refresh=60,
    )


def report() -> MessageStatusReport:
    """A report that a message was displayed."""
    return MessageStatusReport(status=MessageStatus.DISPLAYED)


def _originator(cast: Cast) -> ParticipantInformation:
    return ParticipantInformation(address=cast.originator, name="Who asks", is_originator=True)


def _people(addresses: tuple[str, ...]) -> tuple[ParticipantInformation, ...]:
    return tuple(ParticipantInformation(address=each, name="Who is asked") for each in addresses)
