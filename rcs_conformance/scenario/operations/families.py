"""What a user has beside chats: file transfers and notification channels, with every request on it.

Some readings of these resources have no item in the SCR tables. They are tested where the target
turns out to serve them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from rcs_conformance.driver import Actor, Negotiation
from rcs_conformance.errors import Inconclusive, TargetError
from rcs_conformance.model.channel import NotificationChannelLifetime
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats.file_transfer import AS_BEFORE, TAKEN
from rcs_conformance.scenario.mailboxes.channels import CLAUSE, request
from rcs_conformance.scenario.operations.addressed_chat import UNKNOWN_ID
from rcs_conformance.scenario.situations import own_channel


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnResource:
    """A resource as one user addresses it.

    Attributes:
        bed: Where.
        who: The user.
        key: Of the resource.
        ids: The variables of its path.
        at: Its URL, where the target tells it.
        content: The structure that it takes; `None` for none.
    """

    bed: TestBed
    who: Actor
    key: str
    ids: Mapping[str, str]
    at: str | None = None
    content: object | None = None

    @property
    def row(self) -> frozenset[str]:
        """The verbs that it may have."""
        return frozenset(self.bed.binding.resources[self.key].verbs)

    @property
    def possible(self) -> frozenset[str]:
        """The same, with those beyond the binding's row."""
        return self.bed.binding.resources[self.key].possible

    @property
    def required(self) -> frozenset[str]:
        """Those that the target must or claims to support.

        Where a dialect has one verb in place of another, that is its whole row.
        """
        return self.bed.claims.verbs(self.key) & self.row or self.row

    @property
    def is_alone(self) -> bool:
        """Whether it is a single thing, and no list of such."""
        return bool(self.bed.binding.resources[self.key].variables)

    @property
    def needs_token(self) -> bool:
        """Whether it is used by its user alone; a URL that names its user may be open to all."""
        return "username=" not in urlsplit(self.at or "").query

    @property
    def may_be_read(self) -> bool:
        """Whether it may be served to be read, and is not left out of the target's claim."""
        claims, reading = self.bed.claims, f"GET {self.key}"
        return "GET" in self.row and reading not in map(str, claims.unclaimed().values())

    def send(
        self,
        verb: str,
        fmt: Format,
        *,
        credentials: Actor | str | None = None,
        negotiation: Negotiation | None = None,
    ) -> Exchange:
        """Make a request, with its structure where the verb takes one."""
        takes = verb in self.row - {"GET", "DELETE"}
        return self.who.send(
            verb,
            self.key,
            self.content if takes else None,
            fmt=fmt,
            negotiation=negotiation,
            credentials=credentials,
            ids=self.ids,
            at=self.at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnResources:
    """What a user has in an API.

    Attributes:
        resources: Its resources.
        other: Another user.
        marker: The correlator in the structures of all requests.
        used: The resource whose use shows that nobody has meddled.
        verb: By which it is used.
        clause: The clause behind that use.
        notified: The number of notifications of those requests to the other user, after that use.
    """

    resources: tuple[OwnResource, ...]
    other: Actor
    marker: str
    used: OwnResource
    verb: str
    clause: str
    notified: Callable[[], int]

    def readings(self, fmt: Format) -> Iterator[tuple[OwnResource, Exchange]]:
        """The readings that succeed."""
        for resource in self.resources:
            if resource.may_be_read:
                read = resource.send("GET", fmt)
                if 200 <= read.answer.status < 300:
                    yield resource, read

    def requests(self, readable: Iterable[OwnResource]) -> tuple[tuple[str, OwnResource], ...]:
        """Each request that the target serves to the right user alone, deletions last.

        Args:
            readable: What turned out to be served to be read.
        """
        keys = {each.key for each in readable}
        served = [
            (verb, resource)
            for resource in self.resources
            for verb in sorted(resource.row)
            if resource.needs_token
            if verb in resource.required or (verb == "GET" and resource.key in keys)
        ]
        return tuple(sorted(served, key=lambda each: each[0] == "DELETE"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceFamily:
    """The resources of an API beside chats.

    Attributes:
        keys: The resources.
        operation: What a target claims that has them.
        made: Makes what alice and bob need for each of them, and takes it away in the end.
    """

    keys: tuple[str, ...]
    operation: str
    made: Callable[[TestBed, Format], AbstractContextManager[OwnResources]]

    def absent(self, bed: TestBed) -> tuple[OwnResource, ...]:
        """Its single things where they do not exist.

        Raises:
            NotApplicable: The target does not claim the family.
        """
        bed.claims.require_operation(self.operation)
        contents = {
            "ftStatus": TAKEN,
            _LIFETIME: _REFRESH,
        }
        resources = _resources(bed, self.keys, _NOWHERE, contents)
        return tuple(resource for resource in resources if resource.is_alone)


_LIFETIME = "channelLifetime"
"""What a target with channels may be without, and then has nowhere."""

_REFRESH = NotificationChannelLifetime(channel_lifetime=7200)

_NOWHERE = dict.fromkeys(("sessionId", "subscriptionId", "channelId"), UNKNOWN_ID)


def _resources(
    bed: TestBed,
    keys: Iterable[str],
    ids: Mapping[str, str],
    contents: Mapping[str, object],
    at: Mapping[str, str | None] | None = None,
) -> tuple[OwnResource, ...]:
    """The resources as bob addresses them; those with a URL of the target's only where it is."""
    return tuple(
        OwnResource(
            bed=bed,
            who=bed.bob,
            key=key,
            ids=ids,
            at=(at or {}).get(key),
            content=contents.get(key),
        )
        for key in keys
        if bed.binding.resources[key].path is not None or (at or {}).get(key)
        if key != _LIFETIME or bed.claims.verbs(key)
    )


@contextmanager
def _transfers(bed: TestBed, fmt: Format) -> Iterator[OwnResources]:
    """A file that alice offers to bob, and a subscription of his.

    Raises:
        NotApplicable: The target claims no file transfer.
        Inconclusive: There could be no such transfer, or subscription.
    """
    bed.claims.require_operation(TRANSFERS.operation)
    alice, bob, mailboxes = bed.alice, bed.bob, bed.transfer_mailboxes
    offered = bed.transfers.offered(alice, (bob,), fmt)
    subscription = mailboxes.subscribed(bob, fmt)
    marker = bed.markers.next()
    ids = {"sessionId": offered.session_id(bob), "subscriptionId": subscription.id}
    contents = {
        "ftSubscriptions": mailboxes.request(subscription.mailbox, correlator=marker),
        "ftSessions": bed.transfers.request(bob, alice, marker),
        "ftStatus": TAKEN,
    }
    resources = _resources(bed, TRANSFERS.keys, ids, contents)

    def notified() -> int:
        bed.require(offered.acceptance(), AS_BEFORE)
        return len(mailboxes.offers(alice, marker))

    try:
        yield OwnResources(
            resources=resources,
            other=alice,
            marker=marker,
            used=resources[-1],
            verb=next(iter(resources[-1].row)),
            clause=AS_BEFORE,
            notified=notified,
        )
    finally:
        with suppress(TargetError, Inconclusive):
            subscription.delete()


@contextmanager
def _channels(bed: TestBed, fmt: Format) -> Iterator[OwnResources]:
    """A channel of bob's in which a notification waits.

    Raises:
        NotApplicable: The target claims no channels.
        Inconclusive: There could be no such channel, or no chat to tell of.
    """
    channel = own_channel.channel(bed, bed.bob, fmt)
    bed.require_success(channel.creation, CLAUSE)
    subscription = own_channel.subscribed(bed, channel)
    bed.any_established_chat(fmt).say(bed.alice)
    marker, at = bed.markers.next(), {"channelURL": bed.bob.located(channel.poll_url)}
    ids, contents = (
        {"channelId": channel.id or UNKNOWN_ID},
        {
            "channels": request(marker),
            _LIFETIME: _REFRESH,
        },
    )
    resources = _resources(bed, CHANNELS.keys, ids, contents, at)
    try:
        yield OwnResources(
            resources=resources,
            other=bed.alice,
            marker=marker,
            used=resources[1],
            verb="DELETE",
            clause="TS-NC-1.11",
            notified=lambda: 0,
        )
    finally:
        with suppress(TargetError, Inconclusive):
            subscription.delete()
            channel.delete()


TRANSFERS = ResourceFamily(
    keys=("ftSubscriptions", "ftSubscription", "ftSessions", "ftSession", "ftStatus"),
    operation="POST ftSessions",
    made=_transfers,
)
"""File transfers and subscriptions to them."""

CHANNELS = ResourceFamily(
    keys=("channels", "channel", "channelURL", _LIFETIME),
    operation="POST channelURL",
    made=_channels,
)
"""Notification channels and their polls."""
