"""The subscriptions of the users, and the mailboxes that they fill."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from multiprocessing.connection import Connection
from typing import TypeVar

from rcs_conformance.driver import Actor, Negotiation
from rcs_conformance.errors import Inconclusive, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox import Inbox, Mailbox, Reader
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ChatNotificationSubscription
from rcs_conformance.model.common import CallbackReference, NotificationFormat
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.media import Attachment
from rcs_conformance.model.notifications import (
    ChatSessionInvitationNotification,
    GroupChatSessionInvitationNotification,
    LongLivedGroupChatAddedNotification,
)
from rcs_conformance.model.offers import SubscriptionOffer
from rcs_conformance.scenario.mailboxes.arrivals import Arrivals
from rcs_conformance.scenario.mailboxes.channels import Channels
from rcs_conformance.scenario.mailboxes.deadlines import Deadlines
from rcs_conformance.scenario.mailboxes.shared import (
    Api,
    Leftover,
    SharedSubscriptions,
    Wanted,
)
from rcs_conformance.scenario.mailboxes.subscription import Subscription
from rcs_conformance.scenario.setup.preconditions import (
    rejected,
    require_several,
    require_success,
)
from rcs_conformance.target import NotificationMode

Content = TypeVar("Content")

_OPEN_FOR = 7200
_PLAIN = SubscriptionOffer()


def _unchanged(request: ChatNotificationSubscription) -> object:
    return request


class Mailboxes:
    """The mailboxes of all users.

    Args:
        inbox: The listener that notifications are posted to.
        log: The evidence of the current example.
        deadlines: How long a notification is waited for.
        modes: How notifications reach the suite: in one way, or in two that are compared.
        keeps: Whether the subscriptions of both formats last as long as the run.
    """

    def __init__(
        self,
        inbox: Inbox,
        log: EvidenceLog,
        deadlines: Deadlines,
        modes: tuple[NotificationMode, ...] = (NotificationMode.CALLBACK,),
        *,
        keeps: bool = False,
    ) -> None:
        self._keeps = keeps
        self._shared: SharedSubscriptions | None = None
        self._inbox = inbox
        self._mode, *self._more = modes
        self.channels = Channels(inbox, log)
        self.arrivals = Arrivals(inbox, self.channels, deadlines)
        self._subscriptions: dict[tuple[str, Format], Subscription] = {}
        self._in_use: set[tuple[str, Format]] = set()
        self._polled: dict[tuple[str, Format], Subscription] = {}
        self._own: list[Subscription] = []

    def share(self, pipe: Connection, marker: str) -> None:
        """Have the subscriptions from another process from now on.

        Args:
            pipe: To that process.
            marker: What all texts of this one begin with.
        """
        self._shared = SharedSubscriptions(pipe, self.reader, self.channels, marker)

    def claim(self, who: Actor, chat_id: str) -> None:
        """A chat that a user has under an id is one of this process."""
        if self._shared is not None:
            self._shared.claim(who.address, chat_id)

    @property
    def shared(self) -> SharedSubscriptions | None:
        """The subscriptions of another process; `None`: this one has its own."""
        return self._shared

    def subscribe(
        self,
        who: Actor,
        fmt: Format,
        *,
        offer: SubscriptionOffer = _PLAIN,
        written: Callable[[ChatNotificationSubscription], object] = _unchanged,
        negotiation: Negotiation | None = None,
    ) -> Subscription:
        """Request a subscription of its own, whatever the response.

        Args:
            who: Whose it is.
            fmt: The format of the request.
            offer: The parameters beside where it is notified.
            written: Makes the body of the request of the structure, such as form fields.
            negotiation: How the format of the response is requested.
        """
        require_several(who)
        mailbox = self.open(who, fmt if offer.names_format else who.binding.default_format)
        own = self._subscribe(who, fmt, mailbox, offer, written, negotiation)
        self._own.append(own)
        return own

    def subscribe_at(self, who: Actor, fmt: Format, url: str) -> Subscription:
        """Request a subscription that has its notifications sent to a channel of its own.

        Args:
            who: Whose it is.
            fmt: The format of request and notifications.
            url: Where the channel takes them.
        """
        require_several(who)
        return self._subscribe(who, fmt, self._inbox.open_at(who.address, fmt, url))

    def _subscribe(
        self,
        who: Actor,
        fmt: Format,
        mailbox: Mailbox,
        offer: SubscriptionOffer = _PLAIN,
        written: Callable[[ChatNotificationSubscription], object] = _unchanged,
        negotiation: Negotiation | None = None,
    ) -> Subscription:
        request = self.request(mailbox, offer)
        content = written(request)
        creation = who.send("POST", "subscriptions", content, fmt=fmt, negotiation=negotiation)
        return Subscription(who=who, mailbox=mailbox, request=request, creation=creation, fmt=fmt)

    def subscribed(
        self, who: Actor, fmt: Format, offer: SubscriptionOffer = _PLAIN
    ) -> Subscription:
        """A subscription of its own; parameters as of `subscribe`.

        Raises:
            Inconclusive: It is rejected; attributed to TS-CHAT-4.1.1.
        """
        subscription = self.subscribe(who, fmt, offer=offer)
        require_success(subscription.creation, "TS-CHAT-4.1.1")
        return subscription

    @staticmethod
    def repeat(first: Subscription) -> Subscription:
        """Repeat the request for a subscription as it was."""
        creation = first.who.send("POST", "subscriptions", first.request, fmt=first.fmt)
        return replace(first, creation=creation)

    @staticmethod
    def request(
        mailbox: Mailbox, offer: SubscriptionOffer = _PLAIN
    ) -> ChatNotificationSubscription:
        """The structure of a request for a subscription that fills a mailbox."""
        named = NotificationFormat(mailbox.format.name) if offer.names_format else None
        return ChatNotificationSubscription(
            callback_reference=CallbackReference(
                notify_url=mailbox.url,
                callback_data=mailbox.callback_data,
                notification_format=named,
            ),
            duration=_OPEN_FOR if offer.names_duration else None,
            client_correlator=offer.correlator,
            confirmed_chat_supported=offer.confirmed_chat,
            adhoc_chat_supported=offer.adhoc_chat,
        )

    @property
    def reader(self) -> Reader:
        """The reader that all mailboxes share."""
        return self._inbox.reader

    def of(self, who: Actor, fmt: Format) -> Mailbox:
        """The mailbox of a user in a format, subscribed on first use.

        Raises:
            Inconclusive: The target takes no subscription.
        """
        return self.subscription(who, fmt).mailbox

    def subscription(self, who: Actor, fmt: Format) -> Subscription:
        """The subscription that fills that mailbox; as `of`.

        Where earlier examples used the other format, and this one does not, its subscription is
        ended: it would double what the target sends. One whose channel will not last, or is broken,
        gives way to another at the beginning of an example. Where another process holds the
        subscriptions of the run, it is asked instead.
        """
        if self._shared is not None:
            self._in_use.add((who.address, fmt))
            held, mailbox = self._shared.of(Wanted(Api.CHAT, who.address, fmt))
            request = held.chat or self.request(mailbox)
            return Subscription(
                who=who, mailbox=mailbox, request=request, creation=held.creation, fmt=fmt
            )
        key, other = (who.address, fmt), (who.address, fmt.other)
        is_one = who.binding.subscriptions_per_user is not None
        if is_one and other in self._in_use:
            require_several(who)
        is_first = key not in self._in_use
        self._in_use.add(key)
        if is_first and key in self._subscriptions and not self._is_served(key):
            self._end(key)
        if (
            other in self._subscriptions
            and other not in self._in_use
            and (is_one or not self._keeps)
        ):
            self._end(other)
            if is_one:
                self.channels.end(who)
        if key not in self._subscriptions:
            subscription = self._subscribe(who, fmt, self.open(who, fmt))
            require_success(subscription.creation, "TS-CHAT-4.1.1")
            self._subscriptions[key] = subscription
            for mode in self._more:
                self._accompany(subscription, mode)
        return self._subscriptions[key]

    @staticmethod
    def list_subscriptions(who: Actor, fmt: Format) -> Exchange:
        return who.send("GET", "subscriptions", fmt=fmt)

    def open(self, who: Actor, fmt: Format) -> Mailbox:
        """A mailbox of a user that no subscription fills yet."""
        return self._opened(who, fmt, self._mode)

    def _opened(self, who: Actor, fmt: Format, mode: NotificationMode) -> Mailbox:
        if mode is NotificationMode.CALLBACK:
            return self._inbox.open(who.address, fmt)
        return self.channels.open(who, fmt, mode)

    def serve_file(self, file: Attachment) -> str:
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
        since: datetime | None = None,
        otherwise: Callable[[Content], bool] | None = None,
    ) -> Awaited[Content]:
        """Wait for a notification to a user, in the mailbox that its subscription fills.

        Args:
            who: The user.
            fmt: The format of the subscription.
            kind: As of `Arrivals.awaited`, like all that follow.
            where: See there.
            root: See there.
            after: See there.
            since: See there.
            otherwise: See there.

        Raises:
            Inconclusive: The target takes no subscription; beside that as there.
        """
        return self.arrivals.awaited(
            self.of(who, fmt), kind, where, root, after, since=since, otherwise=otherwise
        )

    def invitation_subjects(self, who: Actor, fmt: Format) -> tuple[str | None, ...]:
        """The subjects of all chats that a user was invited or added to in this example."""
        contents = (each.content for each in self.of(who, fmt).arrived())
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
        if self._shared is not None:
            used = {Wanted(Api.CHAT, *each) for each in self._in_use}
            self._shared.keep_only(used, self._leftovers())
        self._own.clear()
        self._in_use.clear()
        self.channels.begin_example()

    def _leftovers(self) -> Iterator[Leftover]:
        """What the last example subscribed for itself, whether it has ended it or not."""
        for each in self._own:
            if each.id_or_none is not None and not rejected(each.creation):
                yield Leftover(each.who.address, each.id_or_none, each.fmt)

    def end(self, who: Actor, fmt: Format) -> None:
        """End the subscription of a user in a format; it is made anew where it is used again."""
        if (who.address, fmt) in self._subscriptions:
            self._end((who.address, fmt))

    def close(self) -> None:
        """End the subscriptions and the channels that they go through."""
        for key in tuple(self._subscriptions):
            self._end(key)
        self.channels.close()
        if self._shared is not None:
            self._shared.close()

    def _accompany(self, first: Subscription, mode: NotificationMode) -> None:
        """Subscribe a user in the other way as well.

        Raises:
            Inconclusive: The target makes no channel, or takes no further subscription.
        """
        mailbox = self._opened(first.who, first.fmt, mode)
        more = self._subscribe(first.who, first.fmt, mailbox)
        require_success(more.creation, "TS-CHAT-4.1.1")
        self.arrivals.pair(first.mailbox, mailbox, (self._mode, mode))
        self._polled[first.who.address, first.fmt] = more

    def _is_served(self, key: tuple[str, Format]) -> bool:
        """Whether the channels behind a user's subscriptions in a format still work."""
        mailboxes = [self._subscriptions[key].mailbox]
        if key in self._polled:
            mailboxes.append(self._polled[key].mailbox)
        elif self._more:
            return False
        return all(self.channels.serves(each) for each in mailboxes)

    def _end(self, key: tuple[str, Format]) -> None:
        ended = [self._subscriptions.pop(key)]
        self.arrivals.part(ended[0].mailbox)
        if key in self._polled:
            ended.append(self._polled.pop(key))
        for subscription in ended:
            with suppress(TargetError, Inconclusive):
                subscription.delete()
