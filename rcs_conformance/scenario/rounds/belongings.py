"""What a user has beside chats: file transfers and notification channels, with every request on it.

Some readings of these resources have no item in the SCR tables. They are tested where the target
turns out to serve them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass

from rcs_conformance.driver import Actor, Negotiation
from rcs_conformance.errors import Inconclusive, TargetError
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.scenario import tuning
from rcs_conformance.scenario.channels import CLAUSE, request
from rcs_conformance.scenario.rounds.spots import NOBODY
from rcs_conformance.scenario.stage import Stage
from rcs_conformance.scenario.transfer import AS_BEFORE, TAKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A resource as one user addresses it.

    Attributes:
        stage: Where.
        who: The user.
        key: Of the resource.
        ids: The variables of its path.
        at: Its URL, where the target tells it.
        content: The structure that it takes; `None` for none.
    """

    stage: Stage
    who: Actor
    key: str
    ids: Mapping[str, str]
    at: str | None = None
    content: object | None = None

    @property
    def row(self) -> frozenset[str]:
        """The verbs that it may have."""
        return frozenset(self.stage.binding.resources[self.key].verbs)

    @property
    def required(self) -> frozenset[str]:
        """Those that the target must or claims to support.

        Where a dialect has one verb in place of another, that is its whole row.
        """
        return self.stage.claims.verbs(self.key) & self.row or self.row

    @property
    def is_alone(self) -> bool:
        """Whether it is a single thing, and no list of such."""
        return bool(self.stage.binding.resources[self.key].variables)

    @property
    def may_be_read(self) -> bool:
        """Whether it may be served to be read, and is not left out of the target's claim."""
        claims, reading = self.stage.claims, f"GET {self.key}"
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
class Belongings:
    """What a user has in an API.

    Attributes:
        aims: Its resources.
        other: Another user.
        marker: In all that requests with their structures ask for.
        used: The resource whose use shows that nobody has meddled.
        verb: By which it is used.
        clause: The clause behind that use.
        told: How often the other user was told of what was asked for, once that use worked.
    """

    aims: tuple[Aim, ...]
    other: Actor
    marker: str
    used: Aim
    verb: str
    clause: str
    told: Callable[[], int]

    def readings(self, fmt: Format) -> Iterator[tuple[Aim, Exchange]]:
        """The readings that succeed."""
        for aim in self.aims:
            if aim.may_be_read:
                read = aim.send("GET", fmt)
                if 200 <= read.answer.status < 300:
                    yield aim, read

    def requests(self, readable: Iterable[Aim]) -> tuple[tuple[str, Aim], ...]:
        """Each request that the target serves, deletions last.

        Args:
            readable: What turned out to be served to be read.
        """
        keys = {each.key for each in readable}
        served = [
            (verb, aim)
            for aim in self.aims
            for verb in sorted(aim.row)
            if verb in aim.required or (verb == "GET" and aim.key in keys)
        ]
        return tuple(sorted(served, key=lambda each: each[0] == "DELETE"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The resources of an API beside chats.

    Attributes:
        keys: The resources.
        operation: What a target claims that has them.
        made: Makes what alice and bob need for each of them, and takes it away in the end.
    """

    keys: tuple[str, ...]
    operation: str
    made: Callable[[Stage, Format], AbstractContextManager[Belongings]]

    def absent(self, stage: Stage) -> tuple[Aim, ...]:
        """Its single things where they do not exist.

        Raises:
            NotApplicable: The target does not claim the family.
        """
        stage.claims.require_operation(self.operation)
        aims = _aims(stage, self.keys, _NOWHERE, {"ftStatus": TAKEN})
        return tuple(aim for aim in aims if aim.is_alone)


_NOWHERE = dict.fromkeys(("sessionId", "subscriptionId", "channelId"), NOBODY)


def _aims(
    stage: Stage,
    keys: Iterable[str],
    ids: Mapping[str, str],
    contents: Mapping[str, object],
    at: Mapping[str, str | None] | None = None,
) -> tuple[Aim, ...]:
    """The resources as bob addresses them; those with a URL of the target's only where it is."""
    return tuple(
        Aim(
            stage=stage,
            who=stage.bob,
            key=key,
            ids=ids,
            at=(at or {}).get(key),
            content=contents.get(key),
        )
        for key in keys
        if stage.binding.resources[key].path is not None or (at or {}).get(key)
    )


@contextmanager
def _transfers(stage: Stage, fmt: Format) -> Iterator[Belongings]:
    """A file that alice offers to bob, and a subscription of his.

    Raises:
        NotApplicable: The target claims no file transfer.
        Inconclusive: There could be no such transfer, or subscription.
    """
    stage.claims.require_operation(TRANSFERS.operation)
    alice, bob, mail = stage.alice, stage.bob, stage.transfers.mail
    offered = stage.transfers.offered(alice, (bob,), fmt)
    subscription = mail.subscribed(bob, fmt)
    marker = stage.markers.next()
    ids = {"sessionId": offered.session_id(bob), "subscriptionId": subscription.id}
    contents = {
        "ftSubscriptions": mail.request(subscription.mailbox, correlator=marker),
        "ftSessions": stage.transfers.request(bob, alice, marker),
        "ftStatus": TAKEN,
    }
    aims = _aims(stage, TRANSFERS.keys, ids, contents)

    def told() -> int:
        stage.require(offered.acceptance(), AS_BEFORE)
        return len(mail.offers(alice, marker))

    try:
        yield Belongings(
            aims=aims,
            other=alice,
            marker=marker,
            used=aims[-1],
            verb=next(iter(aims[-1].row)),
            clause=AS_BEFORE,
            told=told,
        )
    finally:
        with suppress(TargetError, Inconclusive):
            subscription.delete()


@contextmanager
def _channels(stage: Stage, fmt: Format) -> Iterator[Belongings]:
    """A channel of bob's in which a notification waits.

    Raises:
        NotApplicable: The target claims no channels.
        Inconclusive: There could be no such channel, or no chat to tell of.
    """
    channel = tuning.channel(stage, stage.bob, fmt)
    stage.require_success(channel.created, CLAUSE)
    subscription = tuning.subscribed(stage, channel)
    stage.some_talk(fmt).say(stage.alice)
    marker, at = stage.markers.next(), {"channelURL": stage.bob.located(channel.poll_url)}
    ids, contents = {"channelId": channel.id or NOBODY}, {"channels": request(marker)}
    aims = _aims(stage, CHANNELS.keys, ids, contents, at)
    try:
        yield Belongings(
            aims=aims,
            other=stage.alice,
            marker=marker,
            used=aims[1],
            verb="DELETE",
            clause=CLAUSE,
            told=lambda: 0,
        )
    finally:
        with suppress(TargetError, Inconclusive):
            subscription.delete()
            channel.delete()


TRANSFERS = Family(
    keys=("ftSubscriptions", "ftSubscription", "ftSessions", "ftSession", "ftStatus"),
    operation="POST ftSessions",
    made=_transfers,
)
"""File transfers and subscriptions to them."""

CHANNELS = Family(
    keys=("channels", "channel", "channelURL"), operation="POST channelURL", made=_channels
)
"""Notification channels and their polls."""
