"""Faults that strike file transfers or notification channels alone (TS-CHAT-5)."""

from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.paths import POLL
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules

BESIDE_CHATS = Faults()

_TRANSFERS = ("ftSubscriptions", "ftSubscription", "ftSessions", "ftSession", "ftStatus")
_CHANNELS = ("channels", "channel", POLL)


class _Refused(Rules):
    """Rejects requests about some resources with one status otherwise.

    Attributes:
        resources: The resources.
        status: The status.
    """

    resources: tuple[str, ...] = _TRANSFERS
    status = 405

    def instead(self, call: Call) -> Rejection:
        """What comes in place of the rejection."""
        raise NotImplementedError

    def reject(self, call: Call, rejection: Rejection) -> Response:
        if rejection.status == self.status and call.resource in self.resources:
            rejection = self.instead(call)
        return super().reject(call, rejection)


@BESIDE_CHATS.add(
    "wrong-verb-on-transfer-not-found",
    "TS-CHAT-5.5",
    "On file transfers an unsupported verb is answered with 404.",
)
class _WrongVerbOnTransfer(_Refused):
    resources = ("ftSessions", "ftSession", "ftStatus")

    def instead(self, call: Call) -> Rejection:
        return rejections.not_found(call.path)


@BESIDE_CHATS.add(
    "allow-on-transfer-subscription-too-long",
    "TS-CHAT-5.5",
    "On subscriptions to file transfers Allow lists PATCH.",
)
class _AllowOnTransferSubscription(_Refused):
    resources = ("ftSubscriptions", "ftSubscription")

    def instead(self, call: Call) -> Rejection:
        return rejections.wrong_method(call.method, (*call.verbs, "PATCH"))


@BESIDE_CHATS.add(
    "wrong-verb-on-channel-forbidden",
    "TS-CHAT-5.5",
    "On channels an unsupported verb is answered with 403.",
)
class _WrongVerbOnChannel(_Refused):
    resources = ("channels", "channel")

    def instead(self, call: Call) -> Rejection:
        return rejections.forbidden("unsupported")


@BESIDE_CHATS.add(
    "wrong-verb-on-poll-malformed",
    "TS-CHAT-5.5",
    "A poll by an unsupported verb is answered with 400.",
)
class _WrongVerbOnPoll(_Refused):
    resources = (POLL,)

    def instead(self, call: Call) -> Rejection:
        return rejections.malformed(call.method)


@BESIDE_CHATS.add(
    "transfer-in-no-format-answered-400",
    "TS-CHAT-5.6",
    "A file transfer in a format that is not known is rejected with 400.",
)
class _TransferInNoFormat(_Refused):
    status = 406

    def instead(self, call: Call) -> Rejection:
        return rejections.malformed("Accept")


@BESIDE_CHATS.add(
    "channel-in-no-format-answered-415",
    "TS-CHAT-5.6",
    "A channel in a format that is not known is rejected with 415.",
)
class _ChannelInNoFormat(_Refused):
    resources = _CHANNELS
    status = 406

    def instead(self, call: Call) -> Rejection:
        return rejections.unsupported_media(call.headers.get("accept", ""))


@BESIDE_CHATS.add(
    "unknown-transfer-as-policy",
    "TS-CHAT-5.7",
    "404 for a file transfer carries a policy exception.",
)
class _UnknownTransferAsPolicy(_Refused):
    resources = ("ftSession", "ftStatus")
    status = 404

    def instead(self, call: Call) -> Rejection:
        return Rejection(404, "POL0001", "There is no %1", call.path)


@BESIDE_CHATS.add(
    "unknown-transfer-forbidden",
    "TS-CHAT-5.9",
    "A file transfer that does not exist is answered with 403.",
)
class _UnknownTransfer(_Refused):
    resources = ("ftSession", "ftStatus")
    status = 404

    def instead(self, call: Call) -> Rejection:
        return rejections.forbidden("no such transfer")


@BESIDE_CHATS.add(
    "unknown-transfer-subscription-malformed",
    "TS-CHAT-5.9",
    "A subscription to file transfers that does not exist is answered with 400.",
)
class _UnknownTransferSubscription(_Refused):
    resources = ("ftSubscription",)
    status = 404

    def instead(self, call: Call) -> Rejection:
        return rejections.malformed("subscriptionId")


@BESIDE_CHATS.add(
    "unknown-channel-malformed",
    "TS-CHAT-5.9",
    "A channel that does not exist is answered with 400.",
)
class _UnknownChannel(_Refused):
    resources = ("channel",)
    status = 404

    def instead(self, call: Call) -> Rejection:
        return rejections.malformed("channelId")
