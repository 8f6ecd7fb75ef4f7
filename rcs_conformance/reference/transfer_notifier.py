"""What is notified of file transfers, and to which subscriptions (binding, section 3)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from rcs_conformance.model.notifications import EventType
from rcs_conformance.reference.notifier import Outlet
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.subscription_state import TransferSubscription
from rcs_conformance.reference.transfer_notices import (
    TransferCause,
    TransferNotice,
    TransferNotification,
)
from rcs_conformance.reference.transfer_state import Side, Transfer, Transfers
from rcs_conformance.reference.transfer_views import TransferViews

_Compose = Callable[[TransferSubscription], TransferNotification]

_EVENTS = {
    TransferCause.DECLINED: EventType.DECLINED,
    TransferCause.CANCELLED: EventType.SESSION_CANCELLED,
    TransferCause.ENDED: EventType.SESSION_ENDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferNotifier:
    """Notifies the users of a transfer."""

    transfers: Transfers
    rules: Rules
    views: TransferViews
    outlet: Outlet

    def offer(self, transfer: Transfer) -> None:
        """Notify the receivers of the offered file."""
        for side in self.rules.invited_sides(transfer):
            compose = partial(self._invitation, transfer, side)
            self._notify(transfer, side, TransferCause.OFFERED, compose)

    def accepted(self, transfer: Transfer, by: Side) -> None:
        """Notify the originator of an acceptance, and the receiver that its file is ready."""
        compose: _Compose = partial(self._acceptance, transfer.originator)
        self._notify(transfer, transfer.originator, TransferCause.ACCEPTED, compose)
        if transfer.file is not None and not self.rules.locates_at_once(transfer):
            compose = partial(self._ready, transfer, by)
            self._notify(transfer, by, TransferCause.READY, compose)

    def event(self, transfer: Transfer, cause: TransferCause, side: Side) -> None:
        """Notify a user that a transfer was declined, cancelled or ended."""
        self._notify(transfer, side, cause, partial(self._event, side, _EVENTS[cause]))

    def _invitation(
        self, transfer: Transfer, side: Side, subscription: TransferSubscription
    ) -> TransferNotification:
        with_chat = self.rules.refers(subscription, transfer)
        return self.views.invitation(subscription.root, transfer, side, with_chat=with_chat)

    def _acceptance(self, side: Side, subscription: TransferSubscription) -> TransferNotification:
        return self.views.acceptance(subscription.root, side)

    def _ready(
        self, transfer: Transfer, side: Side, subscription: TransferSubscription
    ) -> TransferNotification:
        return self.views.ready(subscription.root, transfer, side)

    def _event(
        self, side: Side, event: EventType, subscription: TransferSubscription
    ) -> TransferNotification:
        return self.views.event(subscription.root, side, event)

    def _notify(
        self, transfer: Transfer, side: Side, cause: TransferCause, compose: _Compose
    ) -> None:
        for subscription in self.transfers.subscriptions.of(side.address):
            if not self.rules.notifies_of(subscription, transfer):
                continue
            data = subscription.given.callback_reference.callback_data
            notice = TransferNotice(
                subscription=subscription,
                content=replace(compose(subscription), callback_data=data),
                cause=cause,
                transfer=transfer,
                side=side,
            )
            for outgoing in self.rules.transfer_notices(notice):
                self.outlet.put(outgoing)
