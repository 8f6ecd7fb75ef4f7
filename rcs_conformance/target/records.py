"""The records of a target: how to reach it (IXIT) and what it claims (ICS)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import Any

from cattrs.cols import is_frozenset
from cattrs.preconf.json import JsonConverter, make_converter

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.addresses import normal_address
from rcs_conformance.model.formats import Format
from rcs_conformance.target.authentication import Client, Tls
from rcs_conformance.target.secret import Secret
from rcs_conformance.target.triggers import CommandTrigger, HttpTrigger, PromptTrigger, Trigger

GROUP = 4
"""How many users a test may act as."""

_SEVERAL = 2

_PAIRS = ((0, 1), (2, 3), (0, 2), (1, 3), (0, 3), (1, 2))
"""Which two users come first in a process; one after the other, so that few share a user."""

_SCHEME = re.compile(r"^(tel|sips?|acr):", re.IGNORECASE)
"""The scheme of an address."""


class NotificationMode(StrEnum):
    """A way in which notifications reach the suite."""

    CALLBACK = "callback"
    LONG_POLL = "long-poll"
    WEBSOCKET = "websocket"
    WEBHOOK = "webhook"
    """By the URL of a channel that posts to the listener."""


BOTH = "both"
"""In place of two ways: callback and long poll."""


def modes_of(text: str) -> tuple[NotificationMode, ...]:
    """The ways that a text names: one, or two with a comma between; what comes is then compared.

    Raises:
        ValueError: It names something else; the message says what would be right.
    """
    names = [each.strip() for each in text.split(",")]
    if names == [BOTH]:
        return NotificationMode.CALLBACK, NotificationMode.LONG_POLL
    known = [*NotificationMode]
    if not 1 <= len(names) <= _SEVERAL or len(set(names)) < len(names) or {*names} - {*known}:
        raise ValueError(
            f"must be one of {', '.join(known)}, two of them with a comma between, or {BOTH}"
        )
    return tuple(NotificationMode(each) for each in names)


class OriginatorLeave(StrEnum):
    """What becomes of a group chat whose originator leaves (UNI-CHT-011.3)."""

    ENDS = "ends"
    GOES_ON = "goes_on"


class DeclaredServices(StrEnum):
    """Whether services that a user declares on acceptance are shown to others."""

    SHOWN = "shown"
    HIDDEN = "hidden"


class FirstMessage(StrEnum):
    """Whether a session can be started with a message; absent, a server may say that it cannot."""

    TAKEN = "taken"


class Permission(StrEnum):
    """Whether the operator lets users do something that its policy decides."""

    ALLOWED = "allowed"
    REFUSED = "refused"


class Reading(StrEnum):
    """How strictly the target is to read requests (binding, section 5)."""

    LENIENT = "lenient"
    """A request that leaves no doubt about what is meant may be accepted, with a remark."""
    STRICT = "strict"
    """Every request that its schema does not allow is rejected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A user of the target that the suite acts as.

    Attributes:
        address: In bodies: a `tel:`, `sip:` or `acr:` URI, `user@domain`, a number, a UUID.
        id: In URLs; `None`: the address.
        aliases: Other addresses under which the target may show the same user.
        token: Its secret: an access token; with `username` a password, with `client` the client's.
        username: For HTTP Basic and Digest; see `login` for where there is none.
        client: Which gets the access tokens of this user.
        sip: The same user as a SIP URI, for the feature `sip_uri`.
        contact: The same user as an address-book reference, for the feature `address_book`.
        token_without_scope: An access token of the user that has the scope of none of the APIs,
            for the feature `scopes`.
    """

    address: str
    token: Secret
    id: str | None = None
    aliases: tuple[str, ...] = ()
    username: str | None = None
    client: Client | None = None
    sip: str | None = None
    contact: str | None = None
    token_without_scope: Secret | None = None

    @property
    def login(self) -> str:
        """The user name for HTTP Basic and Digest: by default the address without its scheme.

        Raises:
            ConfigurationError: That has a colon, which no user name can have (RFC 7617).
        """
        if self.username is not None:
            return self.username
        name = _SCHEME.sub("", self.address)
        if ":" in name:
            fault = f"[[users]] {self.address}: username is missing: {name} has a colon"
            raise ConfigurationError(f"{fault}, which no user name of HTTP Basic can have")
        return name

    @property
    def in_urls(self) -> str:
        """What stands for the user in a URL."""
        return self.id or self.address


@dataclass(frozen=True, slots=True, kw_only=True)
class Notifications:
    """Where notifications are received.

    Attributes:
        modes: How they are received: in one way, or in two that are compared.
        listen_host: Address that the listener binds, without brackets.
        listen_port: Its port; 0 lets the system choose.
        public_url: What the target is given where it cannot reach the listener under its own
            address; empty where it can.
        timeout: Seconds to wait for a notification.
    """

    modes: tuple[NotificationMode, ...] = (NotificationMode.CALLBACK,)
    listen_host: str = "127.0.0.1"
    listen_port: int = 0
    public_url: str = ""
    timeout: float = 5.0

    @property
    def listens(self) -> bool:
        """Whether there is a listener: some way posts to it."""
        return bool({NotificationMode.CALLBACK, NotificationMode.WEBHOOK} & {*self.modes})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ics:
    """What the target claims.

    Attributes:
        features: By name.
        items: Single SCR items beside what the features imply.
        formats: The representations that it offers; both are mandatory items.
        release: The release of RCS that it is tested for; empty: the last.
        not_supported: Items that it disclaims, although its features would imply them.
    """

    features: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    formats: frozenset[Format] = frozenset(Format)
    release: str = ""
    not_supported: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the operator decided where the requirements leave it open; `None`: either is fine.

    Attributes:
        services: Tokens of the services that the target supports in group chats.
        originator_leave: What becomes of a group chat whose originator leaves.
        add_to_closed: Whether users may be added to a closed group.
        long_lived_extension: Whether a 1-to-1 chat may become a long-lived group.
        long_lived_rejoin: Whether who left a long-lived group may join it again.
        long_lived_read: Whether who left a long-lived group may still read it.
        declared_services: Whether services that a user declares on acceptance are shown.
        first_message_at_start: That a message at the start of a 1-to-1 session is taken.
        first_message: Whether the first message of a 1-to-1 session reaches the invited user.
        reading: How strictly requests are read; `None` is the same as lenient.
    """

    services: tuple[str, ...] | None = None
    originator_leave: OriginatorLeave | None = None
    add_to_closed: Permission | None = None
    long_lived_extension: Permission | None = None
    long_lived_rejoin: Permission | None = None
    long_lived_read: Permission | None = None
    declared_services: DeclaredServices | None = None
    first_message_at_start: FirstMessage | None = None
    first_message: Permission | None = None
    reading: Reading | None = None

    @property
    def reads_strictly(self) -> bool:
        """Whether a lenient reading of requests is a failure."""
        return self.reading is Reading.STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the suite keeps to, towards the target and for its own sake.

    Attributes:
        requests_per_second: To the target, over all workers' actors; `None`: as fast as it answers.
        workers: Most tests at once; `None`: as many as the measured target suggests.
        examples: Most generated examples a test; `None`: the profile decides.
        max_body_bytes: Largest answer or notification that is read, on the wire and decoded.
        deadline: Seconds that a whole exchange may take, from connecting to the last byte.
        races: Whether requests of several users may leave at the same moment.
    """

    requests_per_second: float | None = None
    workers: int | None = None
    examples: int | None = None
    max_body_bytes: int = 4 * 1024 * 1024
    deadline: float = 10.0
    races: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The implementation under test.

    Attributes:
        name: For reports.
        server_root: Its http(s) URL, to which the API paths are added.
        api_version: In the path; empty: the binding's own.
        binding: Name of a shipped binding, or path of a binding file.
        users: Three at least; four for the cases where a user is added later.
        tls: What connections to it by TLS rest on.
        notifications: Where notifications are received.
        ics: What it claims.
        policy: What its operator decided.
        limits: What the suite keeps to.
        triggers: By name; those of `TRIGGERS` that the target offers.
        unavailable_triggers: Names of triggers that the target cannot offer; the clauses that need
            them stay untested, and count for no verdict.
    """

    name: str
    server_root: str
    api_version: str = ""
    binding: str = "oma-v1"
    users: tuple[User, ...]
    tls: Tls = Tls()  # noqa: RUF009 - frozen
    notifications: Notifications = Notifications()
    ics: Ics = Ics()
    policy: Policy = Policy()
    limits: Limits = Limits()
    triggers: Mapping[str, Trigger] = field(default_factory=dict)
    unavailable_triggers: tuple[str, ...] = ()

    @property
    def aliases(self) -> Mapping[str, str]:
        """The address of the user of each alias; aliases in the form in which they are compared."""
        return {
            normal_address(alias): user.address for user in self.users for alias in user.aliases
        }

    def of_worker(self, number: int) -> "Target":
        """The target with the users that a worker acts as: four of its own, as long as they last.

        What a user is told need then be sent to one worker only, and be read by it. Users beyond
        the last four are left out; fewer than eight are shared by all workers.

        Args:
            number: Of the worker, from 0.
        """
        groups = len(self.users) // GROUP
        if groups < _SEVERAL:
            return self
        first = number % groups * GROUP
        return replace(self, users=self.users[first : first + GROUP])

    @property
    def pairs(self) -> int:
        """How many pairs of users can take the place of the first one: any, if all are alike."""
        likeness = {
            tuple(each is None for each in (user.sip, user.contact, user.token_without_scope))
            for user in self.users
        }
        return len(_PAIRS) if len(self.users) == GROUP and len(likeness) == 1 else 1

    def turned(self, number: int) -> "Target":
        """The target with the pair of users first that comes first in a process.

        Args:
            number: Of the process, from 0.
        """
        if self.pairs == 1:
            return self
        first = _PAIRS[number % self.pairs]
        others = [place for place in range(GROUP) if place not in first]
        return replace(self, users=tuple(self.users[place] for place in (*first, *others)))

    def with_implied_claims(self) -> "Target":
        """The target with the claim that lies in how notifications are received, or in an item."""
        items = {"REST-NC-SUPPORT-S-001-M", "REST-NC-SUPPORT-S-001-O"}  # of today, and before
        modes = {*self.notifications.modes}
        if modes == {NotificationMode.CALLBACK} and not items & self.ics.items:
            return self
        features = self.ics.features | {"notification_channel"}
        if NotificationMode.WEBSOCKET in modes:
            features |= {"nc_websocket"}
        return replace(self, ics=replace(self.ics, features=features))

    def redacted(self) -> dict[str, object]:
        """All that a report may show, as a JSON-able structure.

        Without tokens; and of a trigger only its kind, for a control URL or a command may hold
        credentials.
        """
        plain: dict[str, Any] = _handover().unstructure(self)
        for user in plain["users"]:
            del user["token"], user["token_without_scope"]
        plain["triggers"] = {name: _kind(trigger) for name, trigger in self.triggers.items()}
        return plain

    def without_secrets(self) -> "Target":
        """The target as a record of a run has it: with names in the place of its secrets.

        Equal secrets have equal names. What only matters where requests are sent is left out:
        certificates, and what triggers do.
        """
        known: dict[Secret, Secret] = {}

        def name(secret: Secret) -> Secret:
            return known.setdefault(secret, Secret(f"secret-{len(known) + 1}-of-the-target-file"))

        users = tuple(
            replace(
                each,
                token=name(each.token),
                token_without_scope=each.token_without_scope and name(each.token_without_scope),
            )
            for each in self.users
        )
        triggers = {each: PromptTrigger(prompt=each) for each in self.triggers}
        return replace(self, users=users, tls=Tls(), triggers=triggers)

    def to_json(self) -> str:
        """The target with its secrets, for handing it to a worker process; never for a report."""
        return _handover().dumps(self)

    @classmethod
    def from_json(cls, text: str) -> "Target":
        """The target that `to_json` wrote."""
        return _handover().loads(text, cls)


@cache
def _handover() -> JsonConverter:
    """How a target becomes JSON and is read again; tokens are not hidden in it."""
    converter = make_converter()
    converter.register_unstructure_hook(Secret, Secret.reveal)
    converter.register_structure_hook(Secret, lambda value, _: Secret(value))
    converter.register_unstructure_hook_func(is_frozenset, sorted)
    return converter


def _kind(trigger: Trigger) -> str:
    """The key that gives such a trigger in a target file."""
    if isinstance(trigger, HttpTrigger):
        return "request"
    return "command" if isinstance(trigger, CommandTrigger) else "prompt"
