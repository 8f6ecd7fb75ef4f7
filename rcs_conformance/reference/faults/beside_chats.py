"""Faults that strike file transfers or notification channels alone (TS-CHAT-5)."""

from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import SomeOperations
from rcs_conformance.reference.faults.foreign_tokens import RefusedYetDone
from rcs_conformance.reference.paths import POLL
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Account, Accounts

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


class _Open(SomeOperations):
    """Lets anybody in by some requests."""

    def authorise(self, call: Call, account: Account, owner: Account | None) -> None:
        if owner is None:
            super().authorise(call, account, owner)


@BESIDE_CHATS.add(
    "foreign-token-aborts-transfer",
    "TS-CHAT-5.10",
    "Any user's token cancels, declines or aborts file transfers.",
)
class _ForeignTokenAborts(_Open):
    operations = frozenset({"DELETE ftSession"})


@BESIDE_CHATS.add(
    "foreign-token-accepts-transfer", "TS-CHAT-5.10", "Any user's token accepts file transfers."
)
class _ForeignTokenAccepts(_Open):
    operations = frozenset({"PUT ftStatus"})


@BESIDE_CHATS.add(
    "foreign-token-reads-transfers",
    "TS-CHAT-5.10",
    "Any user's token reads file transfers, and subscriptions to them.",
)
class _ForeignTokenReadsTransfers(_Open):
    operations = frozenset({"GET ftSession", "GET ftSubscription", "GET ftSubscriptions"})


@BESIDE_CHATS.add(
    "foreign-token-polls", "TS-CHAT-5.10", "Any user's token polls the channels of every user."
)
class _ForeignTokenPolls(_Open):
    operations = frozenset({f"POST {POLL}"})


@BESIDE_CHATS.add(
    "foreign-token-ends-transfer-in-secret",
    "TS-CHAT-5.10",
    "DELETE of a file transfer with another user's token is rejected, yet done.",
)
class _ForeignTokenEndsTransfer(RefusedYetDone):
    operations = frozenset({"DELETE ftSession"})


@BESIDE_CHATS.add(
    "foreign-token-offers-file",
    "TS-CHAT-5.10",
    "A file transfer with another user's token is rejected, yet offered.",
)
class _ForeignTokenOffers(RefusedYetDone):
    operations = frozenset({"POST ftSessions"})


@BESIDE_CHATS.add(
    "foreign-token-makes-channel",
    "TS-CHAT-5.10",
    "A channel with another user's token is rejected, yet made.",
)
class _ForeignTokenMakesChannel(RefusedYetDone):
    operations = frozenset({"POST channels"})


@BESIDE_CHATS.add(
    "token-not-needed-for-polls", "TS-CHAT-5.10", "Channels are polled without a token."
)
class _TokenNotNeededForPolls(SomeOperations):
    operations = frozenset({f"POST {POLL}"})

    def identify(self, call: Call, accounts: Accounts) -> Account:
        owner = accounts.by_address(call.variables.get("userId", ""))
        if owner and "authorization" not in call.headers:
            return owner
        return super().identify(call, accounts)
