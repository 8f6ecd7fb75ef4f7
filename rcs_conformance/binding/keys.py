"""The canonical names that every binding file must cover."""

RESOURCES = (
    "subscriptions",
    "subscription",
    "oneToOneSessions",
    "oneToOneSession",
    "oneToOneStatus",
    "oneToOneExtend",
    "oneToOneExtendLongLived",
    "oneToOneMessages",
    "oneToOneMessageStatus",
    "groups",
    "group",
    "participants",
    "participant",
    "participantStatus",
    "groupMessages",
    "groupMessageStatus",
    "longLivedGroups",
    "longLivedGroup",
    "longLivedParticipants",
    "longLivedParticipant",
    "longLivedParticipantStatus",
    "longLivedMessages",
    "longLivedMessageStatus",
    "ftSubscriptions",
    "ftSubscription",
    "ftSessions",
    "ftSession",
    "ftStatus",
    "channels",
    "channel",
    "channelURL",
)
"""The keys of all resources (binding, section 1); `channelURL` is the one without a path."""

DERIVED = {"channelLifetime": ("channel", "/channelLifetime", {"GET": (200,), "PUT": (200,)})}
"""Resources that a file may leave out: below which other one each is, its path and its verbs."""

LIGHTWEIGHT = ("subscriptionDuration", "groupSubject")
"""The keys of lightweight resources (TS-CHAT-5.11); a binding may be without them."""

NOTIFICATIONS = (
    "chatSessionInvitationNotification",
    "groupChatSessionInvitationNotification",
    "chatEventNotification",
    "chatParticipantStatusNotification",
    "chatMessageNotification",
    "multimediaChatMessageNotification",
    "chatMessageStatusNotification",
    "longLivedGroupChatAddedNotification",
    "longLivedGroupChatServicesNotification",
    "chatSubscriptionCancellationNotification",
    "fileTransferSessionInvitationNotification",
    "fileTransferAcceptanceNotification",
    "fileTransferFileNotification",
    "fileTransferEventNotification",
)
"""The canonical roots of all notifications (binding, section 3)."""

ACCEPTANCE_RELS = (
    "ParticipantSessionStatus",
    "ParticipantInformationStatus",
    "ReceiverSessionStatus",
)
"""The rels of links, in an invitation, to what accepts it: a session, a group chat, a file."""

DIALECT_RELS = (*ACCEPTANCE_RELS, "ChatMessageList")
"""The rels of links that are there only where a binding names them."""

RELS = (
    *DIALECT_RELS,
    "ChatSessionInformation",
    "GroupChatSessionInformation",
    "LongLivedGroupChatInformation",
    "FileTransferSessionInformation",
    "ChatMessage",
    "MessageStatusReport",
    "ChatNotificationSubscription",
)
"""The rels of links, as the reference server's default binding has them."""
