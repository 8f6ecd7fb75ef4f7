"""Mailboxes for what users are told of file transfers: one subscription per user at a time."""

from contextlib import suppress
from dataclasses import dataclass

from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive, TargetError
from rcs_conformance.inbox import Mailbox
from rcs_conformance.model.common import CallbackReference, NotificationFormat
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.filetransfer import FileTransferNotificationSubscription
from rcs_conformance.model.formats import Format
from rcs_conformance.scenario.mail import Mail
from rcs_conformance.scenario.preconditions import require_success
from rcs_conformance.wire.created import created_id

OWNER = "UNI-FLT-005.1"
"""The clause behind subscriptions to file transfers."""

_OPEN_FOR = 7200


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSubscription:
    """A subscription that was asked for.

    Attributes:
        who: Whose it is.
        mailbox: Where its notifications arrive.
        supported: Whether its client supports references to group chats; `None`: it does not say.
        created: The exchange that asked for it.
    """

    who: Actor
    mailbox: Mailbox
    supported: bool | None
    created: Exchange

    def delete(self) -> Exchange:
        """End it.

        Raises:
            Inconclusive: The answer to its creation does not tell its id.
        """
        template = self.who.binding.resources["ftSubscription"].path or ""
        found = created_id(self.created, template, "subscriptionId")
        if found is None:
            raise Inconclusive(Cause.PRECONDITION, f"{self.created}: no id", OWNER)
        ids = {"subscriptionId": found}
        return self.who.send("DELETE", "ftSubscription", fmt=self.mailbox.format, ids=ids)


class TransferMail:
    """The mailboxes of all users for file transfers.

    Args:
        mail: Opens mailboxes.
        refers: Whether the target claims to know references to group chats; without that no
            client says whether it supports them.
    """

    def __init__(self, mail: Mail, *, refers: bool) -> None:
        self._mail = mail
        self._refers = refers
        self._subscriptions: dict[str, TransferSubscription] = {}

    def subscribe(
        self, who: Actor, fmt: Format, *, supported: bool | None = True
    ) -> TransferSubscription:
        """Ask for a subscription of its own, whatever comes of it.

        Args:
            who: Whose it is.
            fmt: Of the request and of the notifications.
            supported: Whether references to group chats are; `None` leaves it out.
        """
        mailbox = self._mail.trap(who, fmt)
        callback = CallbackReference(
            notify_url=mailbox.url,
            callback_data=mailbox.callback_data,
            notification_format=NotificationFormat(fmt.name),
        )
        content = FileTransferNotificationSubscription(
            callback_reference=callback,
            duration=_OPEN_FOR,
            group_chat_reference_supported=supported if self._refers else None,
        )
        created = who.send("POST", "ftSubscriptions", content, fmt=fmt)
        return TransferSubscription(who=who, mailbox=mailbox, supported=supported, created=created)

    def box(self, who: Actor, fmt: Format, *, supported: bool | None = True) -> Mailbox:
        """The mailbox of a user, subscribed on first use; another one is ended before that.

        Raises:
            Inconclusive: The target takes no subscription.
        """
        present = self._subscriptions.get(who.address)
        if present is not None:
            if (present.mailbox.format, present.supported) == (fmt, supported):
                return present.mailbox
            self._end(self._subscriptions.pop(who.address))
        subscription = self.subscribe(who, fmt, supported=supported)
        require_success(subscription.created, OWNER)
        self._subscriptions[who.address] = subscription
        return subscription.mailbox

    def present(self, who: Actor) -> Mailbox | None:
        """The mailbox of a user, if one is subscribed."""
        found = self._subscriptions.get(who.address)
        return None if found is None else found.mailbox

    def close(self) -> None:
        """End the subscriptions."""
        for subscription in self._subscriptions.values():
            self._end(subscription)
        self._subscriptions.clear()

    @staticmethod
    def _end(subscription: TransferSubscription) -> None:
        with suppress(TargetError, Inconclusive):
            subscription.delete()
