"""What the server remembers: accounts, conversations, messages."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from time import monotonic

from rcs_conformance.model.chat import (
    MessageStatus,
    ParticipantStatus,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference.addresses import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user of the server.

    Attributes:
        address: Under which the user is shown.
        token: Its access token; with `username` its password.
        username: With which it authenticates by HTTP Basic alone; without one its addresses serve
            for that, with and without scheme, beside the token by itself.
        digest: Whether it authenticates with the user name by HTTP Digest, and not by HTTP Basic.
        sip: The same user as a SIP URI, if it has one.
        contact: The same user as an address-book reference, if there is one.
        aliases: Further addresses of the same user.
        id: In the URLs that the server tells; `None`: the address. It understands both.
        shown: The one of its addresses under which the user is shown; empty for the main one.
        token_without_scope: An access token that lacks the scope of the API; empty for none.
    """

    address: str
    token: str = field(repr=False)
    sip: str | None = None
    contact: str | None = None
    username: str | None = None
    digest: bool = False
    aliases: tuple[str, ...] = ()
    id: str | None = None
    shown: str = ""
    token_without_scope: str = field(default="", repr=False)

    @property
    def logins(self) -> tuple[str, ...]:
        """The user names with which it authenticates by HTTP Basic."""
        if self.username is not None:
            return (self.username,)
        return (self.address, self.address.partition(":")[2] or self.address)

    @property
    def addresses(self) -> tuple[str, ...]:
        """All that the user is known by, the main address first."""
        named = (self.address, self.sip, self.contact, self.id, *self.aliases)
        return tuple(address for address in named if address is not None)


class Accounts:
    """The users, by their credentials and by their addresses."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.all = tuple(accounts)
        self._by_token = {
            token: each
            for each in self.all
            for token in (each.token, each.token_without_scope)
            if each.username is None and token
        }
        self._by_login = {
            f"{login}:{each.token}": each
            for each in self.all
            if not each.digest
            for login in each.logins
        }
        self._by_username = {each.username: each for each in self.all if each.digest}
        self._granted: dict[str, tuple[Account, float]] = {}
        self._by_address = {
            canonical(address): account for account in self.all for address in account.addresses
        }

    @property
    def scheme(self) -> str:
        """The authentication scheme."""
        if self._by_username:
            return "Digest"
        return "Bearer" if self._by_token else "Basic"

    def by_token(self, token: str) -> Account | None:
        """The user of a token; `None` if it is unknown or has expired."""
        account, until = self._granted.get(token, (None, 0.0))
        return account if monotonic() < until else self._by_token.get(token)

    def by_login(self, login: str) -> Account | None:
        """The user of a user name and password, joined by a colon."""
        return self._by_login.get(login)

    def by_username(self, username: str) -> Account | None:
        """The user with a user name of HTTP Digest."""
        return self._by_username.get(username)

    def grant(self, token: str, address: str, seconds: float) -> None:
        """Accept a further token for a user, until it expires."""
        if account := self.by_address(address):
            self._granted[token] = (account, monotonic() + seconds)

    def by_address(self, address: str) -> Account | None:
        """The user of an address, in any of its forms."""
        return self._by_address.get(canonical(address))

    def address(self, address: str) -> str:
        """The main address of the user of an address; an unknown address stays as it is."""
        account = self.by_address(address)
        return account.address if account else address


@dataclass(slots=True, kw_only=True)
class Member:
    """A user's part in a conversation.

    Attributes:
        address: The user's main address.
        session_id: Under which this user sees the chat.
        name: As the inviting user gave it.
        inviter: Address of the inviting user; the originator's is its own.
        correlator: That the inviting user gave.
        status: Invited, connected, or disconnected.
        services: That the user's application declared.
        took_part: Whether it was ever connected.
        cancelled: Whether its invitation was cancelled.
        expired: Whether its invitation expired.
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
    expired: bool = False

    @property
    def is_connected(self) -> bool:
        return self.status is ParticipantStatus.CONNECTED


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """The content of a multimedia message: `media_type` is all of its `Content-Type`."""

    id: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(slots=True, kw_only=True)
class Message:
    """A message with its receivers, their reports, its file, and the users that deleted it."""

    id: str
    sender: str
    text: str
    report_request: tuple[MessageStatus, ...]
    correlator: str | None
    pending: bool
    reports: dict[str, MessageStatus]
    file: "File | None" = None
    deleted_by: set[str] = field(default_factory=set)


class Ending(Enum):
    """How a conversation ended."""

    CANCELLED = auto()
    DECLINED = auto()
    ENDED = auto()
    EXPIRED = auto()
    DISABLED = auto()


@dataclass(slots=True, kw_only=True)
class Conversation:
    """A chat of any kind.

    Attributes:
        kind: Of which kind it is.
        number: Of the server's own.
        originator: Main address of the user that started it.
        subject: As it was given.
        closed: Whether it is a closed group chat.
        services: Of the chat, apart from text.
        correlator: That it was started with.
        members: By canonical address, in the order in which they became part of it.
        messages: By id.
        first: The message that a 1-to-1 session was started with.
        group_chat_id: Of a long-lived group chat; empty for any other.
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
    first: Message | None = None
    group_chat_id: str = ""
    accepted: bool = False
    over: Ending | None = None

    def member(self, address: str) -> Member | None:
        """The membership of a user, if any."""
        return self.members.get(canonical(address))

    def part_of(self, address: str) -> Member:
        """The membership of a user that is a member."""
        return self.members[canonical(address)]

    def other(self, member: Member) -> Member:
        """The other one of two members."""
        return next(each for each in self.members.values() if each is not member)

    def with_status(self, *statuses: ParticipantStatus) -> tuple[Member, ...]:
        """The members with one of these statuses."""
        return tuple(each for each in self.members.values() if each.status in statuses)

    @property
    def connected(self) -> tuple[Member, ...]:
        """The connected members."""
        return self.with_status(ParticipantStatus.CONNECTED)

    @property
    def is_established(self) -> bool:
        """Whether all members are connected."""
        return all(each.is_connected for each in self.members.values())

    @property
    def turn(self) -> int:
        """Under which a pending response is arranged; the same for all ad-hoc chats."""
        return 0 if self.kind is ChatKind.ADHOC else self.number
