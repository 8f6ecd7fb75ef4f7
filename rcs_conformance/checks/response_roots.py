"""The root of the response to each request (binding, section 1); clauses of missing members."""

from collections.abc import Mapping

from rcs_conformance.binding import Additions, Binding, CreationBodies
from rcs_conformance.model.exchange import Request

REFERENCE = "resourceReference"

READINGS: Mapping[str, str] = {
    "subscriptions": "chatSubscriptionList",
    "subscription": "chatNotificationSubscription",
    "oneToOneSession": "chatSessionInformation",
    "oneToOneMessageStatus": "messageStatusReport",
    "group": "groupChatSessionInformation",
    "participants": "participantList",
    "participant": "participantInformation",
    "groupMessageStatus": "messageStatusReport",
    "longLivedGroups": "longLivedGroupChatList",
    "longLivedGroup": "longLivedGroupChatInformation",
    "longLivedParticipants": "participantList",
    "longLivedParticipant": "participantInformation",
    "longLivedMessageStatus": "messageStatusReport",
    "channels": "notificationChannelList",
    "channel": "notificationChannel",
    "channelLifetime": "notificationChannelLifetime",
    "ftSubscriptions": "fileTransferSubscriptionList",
    "ftSubscription": "fileTransferNotificationSubscription",
    "ftSession": "fileTransferSessionInformation",
}
"""The root in the response to a GET, by resource."""

CREATIONS: Mapping[str, str] = {
    "subscriptions": "chatNotificationSubscription",
    "oneToOneSessions": "chatSessionInformation",
    "oneToOneExtend": "groupChatSessionInformation",
    "oneToOneExtendLongLived": "longLivedGroupChatInformation",
    "oneToOneMessages": "chatMessage",
    "groups": "groupChatSessionInformation",
    "participants": "participantList",
    "groupMessages": "chatMessage",
    "longLivedGroups": "longLivedGroupChatInformation",
    "longLivedParticipants": "participantList",
    "longLivedMessages": "chatMessage",
    "channels": "notificationChannel",
    "ftSubscriptions": "fileTransferNotificationSubscription",
    "ftSessions": "fileTransferSessionInformation",
}
"""The root in the full response to a POST, by resource; a reference is possible as well."""

LIST = "notificationList"

POLL = "channelURL"
"""The resource that answers a POST with the list; an empty body is an empty list."""

_ADDITIONS = frozenset({"participants", "longLivedParticipants"})
"""Where participants are added."""

CHANGES: Mapping[str, str] = {
    "oneToOneStatus": "participantSessionStatus",
    "participantStatus": "participantSessionStatus",
    "longLivedParticipantStatus": "participantSessionStatus",
    "channelLifetime": "notificationChannelLifetime",
}
"""The root in the response to a PUT with status 200, by resource."""

SEPARATE: Mapping[str, tuple[str, ...]] = {
    "chatSessionInvitationNotification": ("originatorAddress", "sessionId"),
    "groupChatSessionInvitationNotification": ("sessionId",),
    "chatMessageNotification": ("sessionId", "groupChatId", "senderAddress"),
    "multimediaChatMessageNotification": (
        "sessionId",
        "groupChatId",
        "senderAddress",
        "contentType",
        "fileURL",
    ),
    "chatEventNotification": ("sessionId", "groupChatId"),
    "chatParticipantStatusNotification": ("sessionId", "groupChatId"),
    "longLivedGroupChatAddedNotification": ("groupChatId",),
    "longLivedGroupChatServicesNotification": ("groupChatId",),
}
"""Members of notifications whose absence breaks a clause of its own, not the schema's."""


def expected_roots(request: Request, binding: Binding) -> tuple[str, ...]:
    """The roots that the response to a successful request may have; none where it needs no body.

    Args:
        request: The request.
        binding: Says whether a reference is possible, and how participants are added.
    """
    match request.method:
        case "GET":
            return _known(READINGS, request.resource)
        case "POST" if request.root == "isComposing":
            return ()
        case "POST" if request.resource == POLL:
            return (LIST,)
        case "POST":
            full = _known(CREATIONS, request.resource)
            if request.resource in _ADDITIONS and binding.additions is Additions.SINGLE:
                full = ("participantInformation",)
            return _created(full, binding.creation_body(request.resource)) if full else ()
        case "PUT":
            return _known(CHANGES, request.resource)
    return ()


def _created(full: tuple[str, ...], bodies: CreationBodies) -> tuple[str, ...]:
    if bodies is CreationBodies.REFERENCE:
        return (REFERENCE,)
    return full if bodies is CreationBodies.FULL else (*full, REFERENCE)


def _known(roots: Mapping[str, str], resource: str) -> tuple[str, ...]:
    return (roots[resource],) if resource in roots else ()
