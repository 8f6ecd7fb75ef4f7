"""Faults in what is told of file transfers (UNI-FLT-001.2, UNI-FLT-005)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar
from urllib.parse import quote

from rcs_conformance.model.filetransfer import (
    FileInformation,
    FileTransferSessionInvitationNotification,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.subscription_state import TransferSubscription
from rcs_conformance.reference.transfer_notices import TransferCause, TransferNotice
from rcs_conformance.reference.transfer_state import Transfer

FILE_TRANSFER_NOTICES = Faults()

_Invitation = FileTransferSessionInvitationNotification


class _Untold(Rules):
    """Does not tell of some causes."""

    causes: ClassVar[frozenset[TransferCause]] = frozenset()

    def transfer_notices(self, notice: TransferNotice) -> Iterable[TransferNotice]:
        outgoing = super().transfer_notices(notice)
        return () if notice.cause in self.causes else outgoing


@FILE_TRANSFER_NOTICES.add(
    "file-acceptance-not-told", "UNI-FLT-001.2", "The originator is not told that a file is taken."
)
class _AcceptanceNotTold(_Untold):
    causes = frozenset({TransferCause.ACCEPTED})


@FILE_TRANSFER_NOTICES.add(
    "file-decline-not-told", "UNI-FLT-001.2", "The originator is not told that a file is declined."
)
class _DeclineNotTold(_Untold):
    causes = frozenset({TransferCause.DECLINED})


@FILE_TRANSFER_NOTICES.add(
    "file-cancellation-not-told",
    "UNI-FLT-001.2",
    "The receiver is not told that a file transfer was cancelled.",
)
class _CancellationNotTold(_Untold):
    causes = frozenset({TransferCause.CANCELLED})


@FILE_TRANSFER_NOTICES.add(
    "file-abortion-not-told",
    "UNI-FLT-001.2",
    "Nobody is told that a file transfer was aborted.",
)
class _AbortionNotTold(_Untold):
    causes = frozenset({TransferCause.ENDED})


@FILE_TRANSFER_NOTICES.add(
    "file-not-ready", "UNI-FLT-001.2", "Nobody is told where a file is that was sent by value."
)
class _NotReady(_Untold):
    causes = frozenset({TransferCause.READY})


class _Invited(Rules):
    """Changes invitations on their way."""

    def invite(self, notice: TransferNotice, content: _Invitation) -> _Invitation:
        """What is told; as it is, unless a fault says otherwise."""
        return content

    def transfer_notices(self, notice: TransferNotice) -> Iterable[TransferNotice]:
        for outgoing in super().transfer_notices(notice):
            content = outgoing.content
            if isinstance(content, _Invitation):
                yield replace(outgoing, content=self.invite(outgoing, content))
            else:
                yield outgoing


def _with_file(content: _Invitation, information: FileInformation) -> _Invitation:
    return replace(content, file_information=information)


@FILE_TRANSFER_NOTICES.add(
    "file-renamed", "UNI-FLT-001.2", "Receivers are told the name of a file without its suffix."
)
class _Renamed(_Invited):
    def invite(self, notice: TransferNotice, content: _Invitation) -> _Invitation:
        info = content.file_information
        name = (info.file_selector.name or "").rpartition(".")[0]
        return _with_file(
            content, replace(info, file_selector=replace(info.file_selector, name=name or None))
        )


@FILE_TRANSFER_NOTICES.add(
    "file-size-lost", "UNI-FLT-001.2", "Receivers are not told the size of a file."
)
class _SizeLost(_Invited):
    def invite(self, notice: TransferNotice, content: _Invitation) -> _Invitation:
        info = content.file_information
        return _with_file(
            content, replace(info, file_selector=replace(info.file_selector, size=None))
        )


@FILE_TRANSFER_NOTICES.add(
    "file-originator-swapped", "UNI-FLT-001.2", "Receivers are told themselves as the originator."
)
class _OriginatorSwapped(_Invited):
    def invite(self, notice: TransferNotice, content: _Invitation) -> _Invitation:
        return replace(content, originator_address=notice.side.address)


# The reference (UNI-FLT-005) --------------------------------------------------------------------


@FILE_TRANSFER_NOTICES.add(
    "reference-not-told", "UNI-FLT-005.1", "Invitations to a file in a group chat do not name it."
)
class _NotTold(Rules):
    def refers(self, subscription: TransferSubscription, transfer: Transfer) -> bool:
        return False


@FILE_TRANSFER_NOTICES.add(
    "reference-not-told-in-long-lived",
    "UNI-FLT-005.1",
    "Invitations to a file in a long-lived group do not name it.",
)
class _NotToldInLongLived(Rules):
    def refers(self, subscription: TransferSubscription, transfer: Transfer) -> bool:
        chat = transfer.conversation
        lasting = chat is not None and bool(chat.group_chat_id)
        return super().refers(subscription, transfer) and not lasting


@FILE_TRANSFER_NOTICES.add(
    "reference-not-told-by-value",
    "UNI-FLT-005.1",
    "Invitations to a file in a group chat do not name it where the file was sent by value.",
)
class _NotToldByValue(Rules):
    def refers(self, subscription: TransferSubscription, transfer: Transfer) -> bool:
        return super().refers(subscription, transfer) and transfer.file is None


@FILE_TRANSFER_NOTICES.add(
    "reference-of-originator",
    "UNI-FLT-005.1",
    "Invitations name the group chat as a resource of the one who offers the file.",
)
class _OfOriginator(_Invited):
    def invite(self, notice: TransferNotice, content: _Invitation) -> _Invitation:
        own = quote(notice.side.address, safe="")
        other = quote(notice.transfer.originator.address, safe="")
        url = content.group_chat_url
        return replace(content, group_chat_url=url and url.replace(own, other))


@FILE_TRANSFER_NOTICES.add(
    "reference-to-other-chat", "UNI-FLT-005.1", "Invitations name a group chat that is none."
)
class _ToOtherChat(_Invited):
    def invite(self, notice: TransferNotice, content: _Invitation) -> _Invitation:
        url = content.group_chat_url
        return replace(content, group_chat_url=url and f"{url}0")


@FILE_TRANSFER_NOTICES.add(
    "file-subscription-refused",
    "UNI-FLT-005.1",
    "A client that supports the reference cannot subscribe to file transfers.",
)
class _SubscriptionRefused(Rules):
    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if call.operation == "POST ftSubscriptions":
            raise rejections.forbidden("no subscriptions")
        return super().perform(call, content, operate)


@FILE_TRANSFER_NOTICES.add(
    "reference-invented",
    "UNI-FLT-005.2",
    "Invitations to a file outside of any group chat name one.",
)
class _Invented(_Invited):
    def invite(self, notice: TransferNotice, content: _Invitation) -> _Invitation:
        invented = f"{notice.subscription.root}/chat/v1/{quote(notice.side.address)}/group/none"
        outside = notice.transfer.conversation is None
        return replace(content, group_chat_url=invented) if outside else content


@FILE_TRANSFER_NOTICES.add(
    "reference-of-last-chat",
    "UNI-FLT-005.2",
    "Invitations to a file outside of any group chat name the last one that files were offered in.",
)
class _OfLastChat(_Invited):
    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._last: dict[str, str] = {}

    def invite(self, notice: TransferNotice, content: _Invitation) -> _Invitation:
        who = notice.side.address
        if content.group_chat_url:
            self._last[who] = content.group_chat_url
        outside = notice.transfer.conversation is None
        return replace(content, group_chat_url=self._last.get(who)) if outside else content


@FILE_TRANSFER_NOTICES.add(
    "reference-forced",
    "UNI-FLT-005.3",
    "Clients that do not support the reference get it all the same.",
)
class _Forced(Rules):
    def refers(self, subscription: TransferSubscription, transfer: Transfer) -> bool:
        return True


@FILE_TRANSFER_NOTICES.add(
    "reference-forced-in-long-lived",
    "UNI-FLT-005.3",
    "Clients that do not support the reference get that to a long-lived group.",
)
class _ForcedInLongLived(Rules):
    def refers(self, subscription: TransferSubscription, transfer: Transfer) -> bool:
        chat = transfer.conversation
        lasting = chat is not None and bool(chat.group_chat_id)
        return super().refers(subscription, transfer) or lasting
