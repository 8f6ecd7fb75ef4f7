"""Faults that show what no request gave (TS-CHAT-5.20)."""

from dataclasses import replace

from rcs_conformance.model.channel import NotificationChannel
from rcs_conformance.model.chat import (
    ChatMessage,
    ChatNotificationSubscription,
    ChatSessionInformation,
    GroupChatSessionInformation,
    LongLivedGroupChatInformation,
)
from rcs_conformance.model.filetransfer import (
    FileTransferNotificationSubscription,
    FileTransferSessionInformation,
    FileTransferSessionInvitationNotification,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatMessageNotification,
    ChatParticipantStatusNotification,
    ChatSessionInvitationNotification,
    LongLivedGroupChatAddedNotification,
)
from rcs_conformance.reference.edits import each
from rcs_conformance.reference.seams import (
    ADHOC,
    ANYWHERE,
    GROUP,
    LONG_LIVED,
    SESSION,
    operations,
)
from rcs_conformance.reference.transfer_notices import TransferCause, TransferNotice

_CLAUSE = "TS-CHAT-5.20"
_Session = ChatSessionInformation


@SESSION.shown(_CLAUSE)
def absent_names_empty(info: _Session) -> _Session:
    """A 1-to-1 session that was started without names is shown with empty ones."""
    return replace(
        info,
        originator_name=info.originator_name or "",
        t_participant_name=info.t_participant_name or "",
    )


@SESSION.shown(_CLAUSE)
def absent_first_message_empty(info: _Session) -> _Session:
    """A 1-to-1 session that was started without a message is shown with an empty one."""
    return replace(info, chat_message=info.chat_message or ChatMessage(text=""))


@SESSION.notified(_CLAUSE)
def absent_name_of_inviter_empty(
    invitation: ChatSessionInvitationNotification,
) -> ChatSessionInvitationNotification:
    """An invitation to a 1-to-1 session has an empty name where the request gave none."""
    return replace(invitation, originator_name=invitation.originator_name or "")


@GROUP.shown(_CLAUSE)
def absent_participant_names_empty(
    info: GroupChatSessionInformation,
) -> GroupChatSessionInformation:
    """The participants of a group chat that have no names are shown with empty ones."""
    named = each(info.participant, lambda entry: replace(entry, name=entry.name or ""))
    return replace(info, participant=named)


@GROUP.notified(_CLAUSE)
def absent_names_notified_empty(
    told: ChatParticipantStatusNotification,
) -> ChatParticipantStatusNotification:
    """The participants of a group chat that have no names are notified with empty ones."""
    named = each(told.participant, lambda entry: replace(entry, name=entry.name or ""))
    return replace(told, participant=named)


@LONG_LIVED.shown(_CLAUSE)
def absent_correlator_invented(
    info: LongLivedGroupChatInformation,
) -> LongLivedGroupChatInformation:
    """A long-lived group that was created without a correlator is shown with one."""
    return replace(info, client_correlator=info.client_correlator or "server-1")


@LONG_LIVED.notified(_CLAUSE)
def absent_names_of_added_empty(
    added: LongLivedGroupChatAddedNotification,
) -> LongLivedGroupChatAddedNotification:
    """The members of a long-lived group that have no names are notified with empty ones."""
    named = each(added.participant, lambda entry: replace(entry, name=entry.name or ""))
    return replace(added, participant=named)


@GROUP.notified(
    _CLAUSE,
    also={ChatKind.ADHOC: _CLAUSE, ChatKind.ONE_TO_ONE: _CLAUSE, ChatKind.LONG_LIVED: _CLAUSE},
)
def absent_name_of_sender_empty(told: ChatMessageNotification) -> ChatMessageNotification:
    """A message arrives with an empty name of its sender, who gave none."""
    return replace(told, sender_name=told.sender_name or "")


@ADHOC.shown(_CLAUSE)
def absent_correlator_of_message_empty(sent: ChatMessage) -> ChatMessage:
    """A message that was sent without a correlator is shown with an empty one."""
    return replace(sent, client_correlator=sent.client_correlator or "")


@operations("POST ftSessions", "GET ftSession").shown(_CLAUSE)
def absent_file_description_empty(
    info: FileTransferSessionInformation,
) -> FileTransferSessionInformation:
    """A file that was offered without a description is shown with an empty one."""
    described = info.file_information.file_description or ""
    file = replace(info.file_information, file_description=described)
    return replace(info, file_information=file)


@ANYWHERE.transfer_notified_to(_CLAUSE, TransferCause.OFFERED)
def absent_receiver_name_empty(
    notice: TransferNotice, told: FileTransferSessionInvitationNotification
) -> FileTransferSessionInvitationNotification:
    """An invitation to a file transfer has an empty name where the request gave none."""
    return replace(told, receiver_name=told.receiver_name or "")


@operations("POST subscriptions").shown(_CLAUSE)
def absent_correlator_of_subscription_invented(
    made: ChatNotificationSubscription,
) -> ChatNotificationSubscription:
    """A subscription that was requested without a correlator is created with one."""
    return replace(made, client_correlator=made.client_correlator or "server-1")


@operations("POST ftSubscriptions", "GET ftSubscription").shown(_CLAUSE)
def absent_correlator_of_transfer_subscription_invented(
    shown: FileTransferNotificationSubscription,
) -> FileTransferNotificationSubscription:
    """A subscription to file transfers without a correlator is shown with one."""
    return replace(shown, client_correlator=shown.client_correlator or "server-1")


@operations("POST channels", "GET channel").shown(_CLAUSE)
def absent_correlator_of_channel_empty(shown: NotificationChannel) -> NotificationChannel:
    """A channel that was requested without a correlator is shown with an empty one."""
    return replace(shown, client_correlator=shown.client_correlator or "")
