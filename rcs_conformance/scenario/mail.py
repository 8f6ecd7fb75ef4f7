"""The mail of the stage: subscriptions of the users, and waiting for what comes for them."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from rcs_conformance.driver import Actor, Negotiation
from rcs_conformance.errors import Cause, Inconclusive, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox import Inbox, Mailbox, Reader
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ChatNotificationSubscription
from rcs_conformance.model.common import CallbackReference, NotificationFormat
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.model.formats import Format
from rcs_conformance.model.media import Attachment
from rcs_conformance.model.notifications import (
    ChatSessionInvitationNotification,
    GroupChatSessionInvitationNotification,
    LongLivedGroupChatAddedNotification,
)
from rcs_conformance.model.offers import SubscriptionOffer
from rcs_conformance.model.results import CheckResult
from rcs_conformance.scenario.channels import CLAUSE, Channels
from rcs_conformance.scenario.patience import Patience
from rcs_conformance.scenario.preconditions import format_clause, require_success
from rcs_conformance.scenario.subscription import Subscription
from rcs_conformance.scenario.twins import Twins
from rcs_conformance.target import NotificationMode

Content = TypeVar("Content")

_MEANWHILE_SHOWN = 5
_OPEN_FOR = 7200


_PLAIN = SubscriptionOffer()


def _as_it_is(asked: ChatNotificationSubscription) -> object:
    return asked


class Mail:
    """The mailboxes of all users.

    Args:
        inbox: The listener that notifications are posted to.
        log: The evidence of the present example.
        seconds: How long the target file lets a notification take.
        mode: How notifications reach the suite.
    """

    def __init__(
        self,
        inbox: Inbox,
        log: EvidenceLog,
        seconds: float,
        mode: NotificationMode = NotificationMode.CALLBACK,
    ) -> None:
        self._inbox = inbox
        self._mode = mode
        self.channels = Channels(inbox, log)
        self._log = log
        self._patience = Patience(seconds)
        self._subscriptions: dict[tuple[str, Format], Subscription] = {}
        self._in_use: set[tuple[str, Format]] = set()
        self._twins: dict[tuple[str, Format], tuple[Subscription, Twins]] = {}

    def subscribe(
        self,
        who: Actor,
        fmt: Format,
        *,
        offer: SubscriptionOffer = _PLAIN,
        written: Callable[[ChatNotificationSubscription], object] = _as_it_is,
        negotiation: Negotiation | None = None,
    ) -> Subscription:
        """Ask for a subscription of its own, whatever comes of it.

        Args:
            who: Whose it is.
            fmt: The format of the request.
            offer: The parameters beside where it is notified.
            written: Makes the body of the request of the structure, such as form fields.
            negotiation: How the format of the answer is asked for.
        """
        mailbox = self.trap(who, fmt if offer.names_format else Format.XML)
        return self._asked(who, fmt, mailbox, offer, written, negotiation)

    def subscribe_at(self, who: Actor, fmt: Format, url: str) -> Subscription:
        """Ask for a subscription that has its notifications sent to a channel of its own.

        Args:
            who: Whose it is.
            fmt: The format of request and notifications.
            url: Where the channel takes them.
        """
        return self._asked(who, fmt, self._inbox.open_at(who.address, fmt, url))

    def _asked(
        self,
        who: Actor,
        fmt: Format,
        mailbox: Mailbox,
        offer: SubscriptionOffer = _PLAIN,
        written: Callable[[ChatNotificationSubscription], object] = _as_it_is,
        negotiation: Negotiation | None = None,
    ) -> Subscription:
        asked = self.request(mailbox, offer)
        content = written(asked)
        created = who.send("POST", "subscriptions", content, fmt=fmt, negotiation=negotiation)
        return Subscription(who=who, mailbox=mailbox, asked=asked, created=created, fmt=fmt)

    def subscribed(
        self, who: Actor, fmt: Format, offer: SubscriptionOffer = _PLAIN
    ) -> Subscription:
        """A subscription of its own; parameters as of `subscribe`.

        Raises:
            Inconclusive: It is refused, which is the business of TS-CHAT-4.1.1.
        """
        subscription = self.subscribe(who, fmt, offer=offer)
        require_success(subscription.created, "TS-CHAT-4.1.1")
        return subscription

    @staticmethod
    def repeat(first: Subscription) -> Subscription:
        """Repeat the request for a subscription as it was."""
        created = first.who.send("POST", "subscriptions", first.asked, fmt=first.fmt)
        return replace(first, created=created)

    @staticmethod
    def request(
        mailbox: Mailbox, offer: SubscriptionOffer = _PLAIN
    ) -> ChatNotificationSubscription:
        """The structure that asks for a mailbox to be filled."""
        named = NotificationFormat(mailbox.format.name) if offer.names_format else None
        return ChatNotificationSubscription(
            callback_reference=CallbackReference(
                notify_url=mailbox.url,
                callback_data=mailbox.callback_data,
                notification_format=named,
            ),
            duration=_OPEN_FOR,
            client_correlator=offer.correlator,
            confirmed_chat_supported=offer.confirmed_chat,
            adhoc_chat_supported=offer.adhoc_chat,
        )

    @property
    def reader(self) -> Reader:
        """What the mailboxes share."""
        return self._inbox.reader

    def box(self, who: Actor, fmt: Format) -> Mailbox:
        """The mailbox of a user in a format, subscribed on first use.

        Raises:
            Inconclusive: The target takes no subscription.
        """
        return self.own(who, fmt).mailbox

    def own(self, who: Actor, fmt: Format) -> Subscription:
        """The subscription that fills that mailbox; as `box`.

        Where earlier examples used the other format, and this one does not, its subscription is
        ended: it would double what the target sends. One whose channel will not last, or is broken,
        gives way to another at the beginning of an example.
        """
        key, other = (who.address, fmt), (who.address, fmt.other)
        is_first = key not in self._in_use
        self._in_use.add(key)
        if is_first and key in self._subscriptions and not self._is_served(key):
            self._end(key)
        if other in self._subscriptions and other not in self._in_use:
            self._end(other)
        if key not in self._subscriptions:
            subscription = self.subscribe(who, fmt)
            require_success(subscription.created, "TS-CHAT-4.1.1")
            self._subscriptions[key] = subscription
            if self._mode is NotificationMode.BOTH:
                self._accompany(subscription)
        return self._subscriptions[key]

    @staticmethod
    def listed(who: Actor, fmt: Format) -> Exchange:
        """Read the list of a user's subscriptions."""
        return who.send("GET", "subscriptions", fmt=fmt)

    def trap(self, who: Actor, fmt: Format) -> Mailbox:
        """A mailbox of a user that no subscription fills yet."""
        if self._mode is NotificationMode.LONG_POLL:
            return self.channels.open(who, fmt)
        return self._inbox.open(who.address, fmt)

    def shelve(self, file: Attachment) -> str:
        """Put content where the target can fetch it during this example; its URL."""
        return self._inbox.shelve(file)

    def awaited(
        self,
        who: Actor,
        fmt: Format,
        kind: type[Content],
        where: Callable[[Content], bool],
        root: str = "",
        after: int = 0,
    ) -> Awaited[Content]:
        """Wait for a notification to a user; it is waited for as long as the target file says.

        Args:
            who: The user.
            fmt: The format of the subscription.
            kind: The structure.
            where: What must hold for it.
            root: How it is named where nothing came; the structure's own root unless given.
            after: The number of an event that it must have come after.

        Raises:
            Inconclusive: It did not come, and something came that cannot be read.
        """
        return self.awaited_in(self.box(who, fmt), kind, where, root, after)

    def awaited_in(
        self,
        mailbox: Mailbox,
        kind: type[Content],
        where: Callable[[Content], bool],
        root: str = "",
        after: int = 0,
        *,
        readable: bool = True,
    ) -> Awaited[Content]:
        """Wait for a notification in a certain mailbox; as `awaited`.

        What cannot be read is not there where it need not be `readable`: the format is on trial.
        """
        root = root or kind.__name__[0].lower() + kind.__name__[1:]
        key = (root, mailbox.format, mailbox.user)
        seconds = self._patience.seconds(key)

        def matches(notification: Notification) -> bool:
            content = notification.content
            return notification.number > after and isinstance(content, kind) and where(content)

        found = mailbox.wait(matches, 0 if self.channels.trouble(mailbox) else seconds)
        found = self._on_either_way(mailbox, found, matches)
        self._patience.learn(key, came=found is not None)
        if found is None:
            self._require_served(mailbox)
            if readable:
                self._require_readable(mailbox)
        content = None if found is None else found.content
        return Awaited(
            root=root,
            user=mailbox.user,
            notification=found,
            content=content if isinstance(content, kind) else None,
            waited=seconds,
            meanwhile=() if found else self._meanwhile(mailbox),
        )

    def invited_to(self, who: Actor, fmt: Format) -> tuple[str | None, ...]:
        """The subjects of all chats that a user was told to be part of in this example."""
        contents = (each.content for each in self.box(who, fmt).arrived())
        return tuple(
            content.subject
            for content in contents
            if isinstance(
                content,
                ChatSessionInvitationNotification
                | GroupChatSessionInvitationNotification
                | LongLivedGroupChatAddedNotification,
            )
        )

    def clear(self) -> None:
        """Begin a new example: no mailbox is in use."""
        self._in_use.clear()
        self.channels.note_idle()

    def close(self) -> None:
        """End the subscriptions and the channels that they go through."""
        for key in tuple(self._subscriptions):
            self._end(key)
        self.channels.close()

    def compared(self) -> Iterator[CheckResult]:
        """What came on both ways, where each user has subscribed on both."""
        for _, twins in self._twins.values():
            yield from twins.results()

    def _accompany(self, first: Subscription) -> None:
        """Subscribe a user on the other way as well, by a channel.

        Raises:
            Inconclusive: The target makes no channel, or takes no further subscription.
        """
        key = (first.who.address, first.fmt)
        mailbox = self.channels.open(first.who, first.fmt)
        more = self._asked(first.who, first.fmt, mailbox)
        require_success(more.created, "TS-CHAT-4.1.1")
        twins = Twins(first.mailbox, mailbox, self.channels, self.reader.condition, self._patience)
        self._twins[key] = (more, twins)

    def _is_served(self, key: tuple[str, Format]) -> bool:
        """Whether the channels behind a user's subscriptions in a format still work."""
        mailboxes = [self._subscriptions[key].mailbox]
        if key in self._twins:
            mailboxes.append(self._twins[key][0].mailbox)
        elif self._mode is NotificationMode.BOTH:
            return False
        return all(self.channels.serves(each) for each in mailboxes)

    def _on_either_way(
        self,
        mailbox: Mailbox,
        found: Notification | None,
        matches: Callable[[Notification], bool],
    ) -> Notification | None:
        """What was found, if need be on the other way; that it was there only is compared later."""
        for _, twins in self._twins.values():
            if twins.posted is mailbox:
                found = found or twins.polled.wait(matches, 0)
                if found is not None:
                    twins.vouch(found)
        return found

    def _end(self, key: tuple[str, Format]) -> None:
        """End the subscriptions of a user in a format; what differs from now on does not count."""
        ended = [self._subscriptions.pop(key)]
        if key in self._twins:
            ended.append(self._twins.pop(key)[0])
        for subscription in ended:
            with suppress(TargetError, Inconclusive):
                subscription.delete()

    def _require_served(self, mailbox: Mailbox) -> None:
        """Blame a channel that is broken for what did not arrive."""
        if trouble := self.channels.trouble(mailbox):
            raise Inconclusive(Cause.PRECONDITION, trouble, CLAUSE)

    def _require_readable(self, mailbox: Mailbox) -> None:
        """Blame what could not be read for what did not arrive; it is the business of TS-CHAT-5."""
        for notification in mailbox.arrived():
            if notification.problem:
                mailbox.keep(notification)
                clause = format_clause(notification.format)
                raise Inconclusive(
                    Cause.PRECONDITION, f"{notification}: {notification.problem}", clause
                )

    def _meanwhile(self, mailbox: Mailbox) -> tuple[str, ...]:
        arrived = [str(each) for each in mailbox.arrived()[-_MEANWHILE_SHOWN:]]
        stray = [f"{each}, which is no subscription's" for each in self._inbox.stray()]
        return (*arrived, *stray[-_MEANWHILE_SHOWN:])
