"""Traffic in the terms of the API: exchanges, subscriptions, notifications."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from rcs_conformance.checks.response_roots import POLL
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.model.formats import Format
from rcs_conformance.traffic.entries import Entry, Lost
from rcs_conformance.traffic.requests_read import Asked

Content = TypeVar("Content")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An exchange with a resource of the binding.

    Attributes:
        exchange: As checks take it; its number is the entry's.
        variables: Of its path, percent-decoded.
        asked: What its body holds.
        root: The server root that URLs of the server are relative to.
    """

    exchange: Exchange
    variables: Mapping[str, str]
    asked: Asked
    root: str

    @property
    def started(self) -> datetime:
        """When the request was sent."""
        return self.exchange.started

    @property
    def ended(self) -> datetime:
        """When the response had come."""
        return self.exchange.started + timedelta(seconds=self.exchange.seconds)

    @property
    def ok(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.exchange.answer.status < 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A subscription that was created within the traffic.

    Attributes:
        user: Whose it is.
        notify_url: Where its notifications go; of a channel, the channel's callbackURL.
        callback_data: What they return; `None` for nothing.
        format: In which they come.
        created: Its creation.
        adhoc: Whether it asks for what happens in ad-hoc chats; `None` where it does not say.
        confirmed: The same of confirmed chats.
    """

    user: str
    notify_url: str
    callback_data: str | None
    format: Format
    created: Seen
    adhoc: bool | None = None
    confirmed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A notification.

    Attributes:
        notification: As checks take it; its number is that of the entry that brought it.
        subscription: That it came for; `None` where it is not known.
        place: Its place among all that arrived.
    """

    notification: Notification
    subscription: Subscription | None
    place: int

    def awaited(self, content: Content) -> Awaited[Content]:
        """The notification as checks take one that was waited for.

        Args:
            content: What it has.
        """
        return Awaited(
            root=self.notification.root,
            user=self.notification.user,
            notification=self.notification,
            content=content,
            waited=0.0,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """Traffic, as far as it is understood.

    Attributes:
        root: The server root that resources were looked for below; empty if none was found.
        seen: The exchanges, in the order of the requests.
        told: The notifications, in the order in which they arrived.
        subscriptions: That were created.
        files: What was fetched where no resource of the binding is, by URL: the first of each.
        left_out: What is not looked at, with how many entries.
        gaps: When requests were sent that may have brought notifications which are not known.
        unsure: From when on it is not known what requests without a response have changed; `None`:
            there were none.
    """

    root: str = ""
    seen: tuple[Seen, ...] = ()
    told: tuple[Told, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    files: Mapping[str, Entry] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=Counter)
    gaps: tuple[datetime, ...] = ()
    unsure: datetime | None = None

    def is_sure(self, until: datetime) -> bool:
        """Whether it is known what all requests up to a time have changed."""
        return self.unsure is None or until < self.unsure

    def without(self, lost: Iterable[Lost]) -> "Attributed":
        """The traffic as it is understood where further requests of it are lost."""
        polls = {each.exchange.request.url for each in self.seen if _is_poll(each)}
        gaps, unsure = [*self.gaps], [self.unsure] if self.unsure else []
        for each in lost:
            if each.method in ("POST", ""):
                gaps.append(each.started or _LAST)
            if each.may_change and each.method not in _READING and each.url not in polls:
                unsure.append(each.started or _FIRST)
        return replace(self, gaps=tuple(gaps), unsure=min(unsure, default=None))


def _is_poll(seen: Seen) -> bool:
    return seen.exchange.request.resource == POLL
