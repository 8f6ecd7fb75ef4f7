"""Faults with repeated requests for file transfers and notification channels (TS-CHAT-5.12)."""

from dataclasses import replace

from rcs_conformance.model.channel import NotificationChannel
from rcs_conformance.model.filetransfer import FileTransferSessionInformation
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import Forgetful, SomeOperations, edited
from rcs_conformance.reference.registry import Faults

REPEATS_BESIDE_CHATS = Faults()


@REPEATS_BESIDE_CHATS.add(
    "transfer-offered-twice", "TS-CHAT-5.12", "A repeated file transfer is offered a second time."
)
class _TransferOfferedTwice(Forgetful):
    operations = frozenset({"POST ftSessions"})


@REPEATS_BESIDE_CHATS.add(
    "transfer-subscription-made-twice",
    "TS-CHAT-5.12",
    "A repeated subscription to file transfers makes a second one.",
)
class _TransferSubscriptionMadeTwice(Forgetful):
    operations = frozenset({"POST ftSubscriptions"})


@REPEATS_BESIDE_CHATS.add(
    "channel-made-twice", "TS-CHAT-5.12", "A repeated channel makes a second one."
)
class _ChannelMadeTwice(Forgetful):
    operations = frozenset({"POST channels"})


@REPEATS_BESIDE_CHATS.add(
    "transfer-correlator-lost", "TS-CHAT-5.12", "A file transfer is shown without its correlator."
)
class _TransferCorrelatorLost(SomeOperations):
    operations = frozenset({"POST ftSessions", "GET ftSession"})

    def respond(self, call: Call, response: Response) -> Response:
        def shown(info: FileTransferSessionInformation) -> FileTransferSessionInformation:
            return replace(info, client_correlator=None)

        return edited(super().respond(call, response), FileTransferSessionInformation, shown)


@REPEATS_BESIDE_CHATS.add(
    "channel-correlator-changed",
    "TS-CHAT-5.12",
    "A channel is shown with an addition to its correlator.",
)
class _ChannelCorrelatorChanged(SomeOperations):
    operations = frozenset({"POST channels", "GET channels", "GET channel"})

    def respond(self, call: Call, response: Response) -> Response:
        def shown(info: NotificationChannel) -> NotificationChannel:
            given = info.client_correlator
            return replace(info, client_correlator=given and f"{given}-1")

        return edited(super().respond(call, response), NotificationChannel, shown)
