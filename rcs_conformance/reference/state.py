"""What the server remembers: accounts, subscriptions, conversations, messages."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import count
from time import monotonic

from rcs_conformance.model.chat import (
    ChatNotificationSubscription,
    MessageStatus,
    ParticipantStatus,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference.addresses import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user of the server; `aliases` are further addresses of the same user."""

    address: str
    token: str = field(repr=False)
    aliases: tuple[str, ...] = ()


class Accounts:
    """The users, by token and by any of their addresses."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.all = tuple(accounts)
        self._by_token = {account.token: account for account in self.all}
        self._by_address = {
            canonical(address): account
            for account in self.all
            for address in (account.address, *account.aliases)
        }

    def by_token(self, token: str) -> Account | None:
        """The user whose token it is."""
        return self._by_token.get(token)

    def by_address(self, address: str) -> Account | None:
        """The user whom an address means, however it is spelled."""
        return self._by_address.get(canonical(address))

    def address(self, address: str) -> str:
        """The main address of the user whom an address means; a stranger's stays as it is."""
        account = self.by_address(address)
        return account.address if account else address


@dataclass(slots=True, kw_only=True)
class Subscription:
    """A subscription: `given` is what was asked for, `root` the server root it was asked under."""

    id: str
    owner: str
    root: str
    given: ChatNotificationSubscription
    ends: float | None

    def is_over(self) -> bool:
        """Whether its duration has passed."""
        return self.ends is not None and monotonic() >= self.ends


@dataclass(slots=True, kw_only=True)
class Member:
    """A user's part in a conversation.

    Attributes:
        address: The user's main address.
        session_id: Under which this user sees the chat.
        name: As the inviting user gave it.
        inviter: Address of who invited the user; the originator's own for itself.
        correlator: That the inviting user gave.
        status: Invited, connected, or disconnected.
        services: That the user's application declared.
        took_part: Whether it was ever connected.
        cancelled: Whether its invitation was taken back.
    """

    address: str
    session_id: str
    name: str | None = None
    inviter: str
    correlator: str | None = None
    status: ParticipantStatus = ParticipantStatus.INVITED
    services: tuple[str, ...] = ()
    took_part: bool = False
    cancelled: bool = False

    @property
    def is_connected(self) -> bool:
        """Whether the user takes part now."""
        return self.status is ParticipantStatus.CONNECTED


@dataclass(slots=True, kw_only=True)
class Message:
    """A message: whom it went to, and what each of them reported."""

    id: str
    sender: str
    text: str
    report_request: tuple[MessageStatus, ...]
    correlator: str | None
    pending: bool
    reports: dict[str, MessageStatus]


class Ending(Enum):
    """How a conversation came to its end."""

    CANCELLED = auto()
    ENDED = auto()
    EXPIRED = auto()


@dataclass(slots=True, kw_only=True)
class Conversation:
    """A chat of any kind.

    Attributes:
        kind: Of which kind it is.
        number: Of the server's own.
        originator: Main address of the user who started it.
        subject: As it was given.
        closed: Whether it is a closed group chat.
        services: Of the chat, beside text.
        correlator: That it was started with.
        members: By canonical address, in the order in which they became part of it.
        messages: By id.
        accepted: Whether anyone has ever accepted.
        over: How it came to its end; `None` while it goes on.
    """

    kind: ChatKind
    number: int
    originator: str
    subject: str | None
    closed: bool
    services: tuple[str, ...]
    correlator: str | None
    members: dict[str, Member] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    accepted: bool = False
    over: Ending | None = None

    def member(self, address: str) -> Member | None:
        """The part of a user, if it has one."""
        return self.members.get(canonical(address))

    def with_status(self, *statuses: ParticipantStatus) -> tuple[Member, ...]:
        """The members that stand so."""
        return tuple(each for each in self.members.values() if each.status in statuses)

    @property
    def connected(self) -> tuple[Member, ...]:
        """Those who take part now."""
        return self.with_status(ParticipantStatus.CONNECTED)


class World:
    """All state; `lock` is held while a request reads or changes it."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.lock = threading.RLock()
        self.accounts = Accounts(accounts)
        self.pending: set[tuple[str, int]] = set()
        self._numbers = count(1)
        self._subscriptions: dict[str, dict[str, Subscription]] = {}
        self._sessions: dict[tuple[str, str], tuple[Conversation, Member]] = {}
        self._created: dict[tuple[str, str, str | None], object] = {}

    def number(self) -> int:
        """A number that was not given before."""
        return next(self._numbers)

    def subscriptions(self, owner: str) -> list[Subscription]:
        """The live subscriptions of a user, the oldest first."""
        mine = self._subscriptions.get(canonical(owner), {})
        for over in [each.id for each in mine.values() if each.is_over()]:
            del mine[over]
        return list(mine.values())

    def subscription(self, owner: str, subscription_id: str) -> Subscription | None:
        """One live subscription of a user."""
        found = self._subscriptions.get(canonical(owner), {}).get(subscription_id)
        return None if found is None or found.is_over() else found

    def subscribe(self, subscription: Subscription) -> None:
        """Add a subscription."""
        owned = self._subscriptions.setdefault(canonical(subscription.owner), {})
        owned[subscription.id] = subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        """Remove a subscription."""
        del self._subscriptions[canonical(subscription.owner)][subscription.id]

    def add_member(self, conversation: Conversation, member: Member) -> None:
        """Make a user part of a conversation, known to it by the member's session id."""
        key = canonical(member.address)
        conversation.members[key] = member
        self._sessions[key, member.session_id] = (conversation, member)

    def session(self, address: str, session_id: str) -> tuple[Conversation, Member] | None:
        """The conversation that a user knows by an id, over or not."""
        return self._sessions.get((canonical(address), session_id))

    def remember(self, owner: str, collection: str, correlator: str | None, made: object) -> None:
        """Note what a request with a client correlator made in a collection."""
        if correlator is not None:
            self._created[canonical(owner), collection, correlator] = made

    def remembered(self, owner: str, collection: str, correlator: str | None) -> object | None:
        """What an earlier request with that correlator made, alive or not."""
        return self._created.get((canonical(owner), collection, correlator))
