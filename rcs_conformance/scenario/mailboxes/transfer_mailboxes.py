"""Mailboxes for notifications of file transfers: one subscription per user at a time."""

from contextlib import suppress
from dataclasses import dataclass, replace

from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive, TargetError
from rcs_conformance.inbox import Mailbox
from rcs_conformance.model.common import CallbackReference, NotificationFormat
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.filetransfer import (
    FileTransferNotificationSubscription,
    FileTransferSessionInvitationNotification,
)
from rcs_conformance.model.formats import Format
from rcs_conformance.scenario.mailboxes.mailboxes import Mailboxes
from rcs_conformance.scenario.mailboxes.shared import Api, Wanted
from rcs_conformance.scenario.setup.preconditions import require_success
from rcs_conformance.wire.created import created_id

OWNER = "UNI-FLT-005.1"
"""The clause behind subscriptions to file transfers."""

_OPEN_FOR = 7200


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSubscription:
    """A subscription that was requested.

    Attributes:
        who: Whose it is.
        mailbox: Where its notifications arrive.
        supported: Whether its client supports references to group chats; `None`: it does not say.
        request: The structure of the request that created it.
        creation: The exchange of that request.
        is_shared: Whether another process holds it.
    """

    who: Actor
    mailbox: Mailbox
    supported: bool | None
    request: FileTransferNotificationSubscription
    creation: Exchange
    is_shared: bool = False

    @property
    def id(self) -> str:
        """Its id.

        Raises:
            Inconclusive: The response to its creation does not tell it.
        """
        if self.id_or_none is None:
            reason = f"{self.creation}: the response does not identify the subscription"
            raise Inconclusive(Cause.PRECONDITION, reason, OWNER)
        return self.id_or_none

    @property
    def id_or_none(self) -> str | None:
        """Its id; `None` where the response does not tell it."""
        template = self.who.binding.resources["ftSubscription"].path or ""
        return created_id(self.creation, template, "subscriptionId")

    def again(self) -> "TransferSubscription":
        fmt = self.mailbox.format
        return replace(
            self, creation=self.who.send("POST", "ftSubscriptions", self.request, fmt=fmt)
        )

    def read(self) -> Exchange:
        return self._send("GET")

    def delete(self) -> Exchange:
        """End it.

        Raises:
            Inconclusive: The response to its creation does not tell its id.
        """
        return self._send("DELETE")

    def _send(self, method: str) -> Exchange:
        ids = {"subscriptionId": self.id}
        return self.who.send(method, "ftSubscription", fmt=self.mailbox.format, ids=ids)


def is_about(content: FileTransferSessionInvitationNotification, marker: str) -> bool:
    """Whether an invitation says something of a file with a marker."""
    info = content.file_information
    said = (info.file_selector.name, info.file_description, info.file_url)
    return any(marker in each.lower() for each in said if each)


class TransferMailboxes:
    """The mailboxes of all users for file transfers.

    Args:
        mail: Opens mailboxes.
        refers: Whether the target claims to know references to group chats; without that no
            client says whether it supports them.
    """

    def __init__(self, mailboxes: Mailboxes, *, refers: bool) -> None:
        self._mailboxes = mailboxes
        self._refers = refers
        self._subscriptions: dict[str, TransferSubscription] = {}
        self._kept: dict[tuple[str, Format], TransferSubscription] = {}

    def subscribe(
        self,
        who: Actor,
        fmt: Format,
        *,
        supported: bool | None = True,
        correlator: str | None = None,
    ) -> TransferSubscription:
        """Request a subscription of its own, whatever the response.

        Args:
            who: Whose it is.
            fmt: Of the request and of the notifications.
            supported: Whether references to group chats are; `None` leaves it out.
            correlator: Tells the request from others; `None` for none.
        """
        mailbox = self._mailboxes.open(who, fmt)
        content = self.request(mailbox, supported=supported, correlator=correlator)
        creation = who.send("POST", "ftSubscriptions", content, fmt=fmt)
        return TransferSubscription(
            who=who, mailbox=mailbox, supported=supported, request=content, creation=creation
        )

    def request(
        self, mailbox: Mailbox, *, supported: bool | None = True, correlator: str | None = None
    ) -> FileTransferNotificationSubscription:
        """The structure of a request for a subscription; parameters as of `subscribe`."""
        callback = CallbackReference(
            notify_url=mailbox.url,
            callback_data=mailbox.callback_data,
            notification_format=NotificationFormat(mailbox.format.name),
        )
        return FileTransferNotificationSubscription(
            callback_reference=callback,
            duration=_OPEN_FOR,
            client_correlator=correlator,
            group_chat_reference_supported=supported if self._refers else None,
        )

    def subscribed(
        self, who: Actor, fmt: Format, *, correlator: str | None = None
    ) -> TransferSubscription:
        """A subscription of its own; as `subscribe`.

        Raises:
            Inconclusive: The target takes no subscription.
        """
        subscription = self.subscribe(who, fmt, correlator=correlator)
        require_success(subscription.creation, OWNER)
        return subscription

    def of(self, who: Actor, fmt: Format, *, supported: bool | None = True) -> Mailbox:
        """The mailbox of a user, subscribed on first use; another one is ended before that.

        One whose channel was ended for the subscription to chats gets another as well.

        Raises:
            Inconclusive: The target takes no subscription.
        """
        present = self._subscriptions.get(who.address)
        if present is not None:
            suits = (present.mailbox.format, present.supported) == (fmt, supported)
            if suits and not self._mailboxes.channels.has_ended(present.mailbox):
                return present.mailbox
            self._end(self._subscriptions.pop(who.address))
        subscription = self._shared(who, fmt) if supported else None
        if subscription is None:
            subscription = self.subscribe(who, fmt, supported=supported)
            require_success(subscription.creation, OWNER)
        self._subscriptions[who.address] = subscription
        return subscription.mailbox

    def kept(self, who: Actor, fmt: Format) -> TransferSubscription:
        """A subscription of a user that lasts as long as the run.

        Raises:
            Inconclusive: The target takes no subscription.
        """
        key = (who.address, fmt)
        if key not in self._kept:
            self._kept[key] = self.subscribed(who, fmt)
        return self._kept[key]

    def end(self, who: Actor, fmt: Format) -> None:
        """End a subscription that is kept; it is made anew where it is used again."""
        if kept := self._kept.pop((who.address, fmt), None):
            self._end(kept)

    def _shared(self, who: Actor, fmt: Format) -> TransferSubscription | None:
        """The subscription of another process; `None` where each has its own."""
        if self._mailboxes.shared is None:
            return None
        held, mailbox = self._mailboxes.shared.of(Wanted(Api.FILE_TRANSFER, who.address, fmt))
        return TransferSubscription(
            who=who,
            mailbox=mailbox,
            supported=True,
            request=held.file_transfer or self.request(mailbox),
            creation=held.creation,
            is_shared=True,
        )

    def present(self, who: Actor) -> Mailbox | None:
        """The mailbox of a user, if one is subscribed."""
        found = self._subscriptions.get(who.address)
        return None if found is None else found.mailbox

    def offers(
        self, who: Actor, marker: str
    ) -> tuple[FileTransferSessionInvitationNotification, ...]:
        """The invitations that a user got so far to transfers of a file with a marker."""
        box = self.present(who)
        contents = (each.content for each in box.arrived()) if box is not None else ()
        return tuple(
            each
            for each in contents
            if isinstance(each, FileTransferSessionInvitationNotification)
            and is_about(each, marker)
        )

    def close(self) -> None:
        for subscription in (*self._subscriptions.values(), *self._kept.values()):
            self._end(subscription)
        self._subscriptions.clear()
        self._kept.clear()

    @staticmethod
    def _end(subscription: TransferSubscription) -> None:
        if subscription.is_shared:
            return
        with suppress(TargetError, Inconclusive):
            subscription.delete()
