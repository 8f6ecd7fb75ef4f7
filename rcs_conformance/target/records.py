"""The records of a target: how to reach it (IXIT) and what it claims (ICS)."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from rcs_conformance.model.formats import Format
from rcs_conformance.target.authentication import Client, ClientAuthentication, Tls
from rcs_conformance.target.secret import Secret
from rcs_conformance.target.triggers import CommandTrigger, HttpTrigger, PromptTrigger, Trigger

GROUP = 4
"""How many users a test may act as."""

_SEVERAL = 2


class NotificationMode(StrEnum):
    """How notifications reach the suite."""

    CALLBACK = "callback"
    LONG_POLL = "long-poll"
    BOTH = "both"
    """Both ways at once, and what arrives on the two is compared."""


class OriginatorLeave(StrEnum):
    """What becomes of a group chat whose originator leaves (UNI-CHT-011.3)."""

    ENDS = "ends"
    GOES_ON = "goes_on"


class Permission(StrEnum):
    """Whether the operator lets users do something that its policy decides."""

    ALLOWED = "allowed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A user of the target that the suite acts as.

    Attributes:
        address: As a `tel:` or `sip:` URI.
        token: Its secret: an access token; with `username` a password, with `client` the client's.
        username: With which it authenticates by HTTP Basic.
        client: Which gets the access tokens of this user.
        sip: The same user as a SIP URI, for the feature `sip_uri`.
        contact: The same user as an address-book reference, for the feature `address_book`.
    """

    address: str
    token: Secret
    username: str | None = None
    client: Client | None = None
    sip: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notifications:
    """Where notifications are received.

    Attributes:
        mode: How they are received; a listener is there unless by `long-poll` alone.
        listen_host: Address that the listener binds, without brackets.
        listen_port: Its port; 0 lets the system choose.
        public_url: What the target is given where it cannot reach the listener under its own
            address; empty where it can.
        timeout: Seconds to wait for a notification.
    """

    mode: NotificationMode = NotificationMode.CALLBACK
    listen_host: str = "127.0.0.1"
    listen_port: int = 0
    public_url: str = ""
    timeout: float = 5.0


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
        first_message: Whether the first message of a 1-to-1 session reaches the invited user.
    """

    services: tuple[str, ...] | None = None
    originator_leave: OriginatorLeave | None = None
    add_to_closed: Permission | None = None
    long_lived_extension: Permission | None = None
    long_lived_rejoin: Permission | None = None
    long_lived_read: Permission | None = None
    first_message: Permission | None = None


PERMISSIONS = (
    "add_to_closed",
    "long_lived_extension",
    "long_lived_rejoin",
    "long_lived_read",
    "first_message",
)
"""The fields of a policy that are permissions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the suite keeps to, towards the target and for its own sake.

    Attributes:
        requests_per_second: To the target, over all workers' actors; `None`: as fast as it answers.
        examples: Most generated examples a test; `None`: the profile decides.
        max_body_bytes: Largest answer or notification that is read, on the wire and decoded.
        deadline: Seconds that a whole exchange may take, from connecting to the last byte.
    """

    requests_per_second: float | None = None
    examples: int | None = None
    max_body_bytes: int = 4 * 1024 * 1024
    deadline: float = 10.0


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

    def redacted(self) -> dict[str, object]:
        """All that a report may show, as a JSON-able structure.

        Without tokens; and of a trigger only its kind, for a control URL or a command may hold
        credentials.
        """
        plain = _plain(self)
        plain["users"] = [
            {key: value for key, value in user.items() if key != "token"} for user in plain["users"]
        ]
        plain["triggers"] = {name: _kind(trigger) for name, trigger in self.triggers.items()}
        return plain

    def to_json(self) -> str:
        """The target with its secrets, for handing it to a worker process; never for a report."""
        plain = _plain(self)
        for user, shown in zip(self.users, plain["users"], strict=True):
            shown["token"] = user.token.reveal()
        return json.dumps(plain)

    @classmethod
    def from_json(cls, text: str) -> "Target":
        """The target that `to_json` wrote."""
        plain = json.loads(text)
        for user in plain["users"]:
            user["token"] = Secret(user["token"])
            user["client"] = user["client"] and _client(user["client"])
        notifications, policy = plain["notifications"], plain["policy"]
        notifications["mode"] = NotificationMode(notifications["mode"])
        if policy["services"] is not None:
            policy["services"] = tuple(policy["services"])
        if policy["originator_leave"] is not None:
            policy["originator_leave"] = OriginatorLeave(policy["originator_leave"])
        for name in PERMISSIONS:
            if policy[name] is not None:
                policy[name] = Permission(policy[name])
        parts = {
            "users": tuple(User(**user) for user in plain["users"]),
            "tls": Tls(**plain["tls"]),
            "notifications": Notifications(**notifications),
            "ics": _ics(plain["ics"]),
            "policy": Policy(**policy),
            "limits": Limits(**plain["limits"]),
            "triggers": {name: _trigger(entries) for name, entries in plain["triggers"].items()},
        }
        return cls(**{**plain, **parts})


def _plain(target: Target) -> dict[str, Any]:
    """The target as JSON-able dictionaries, its tokens still wrapped."""
    plain = asdict(target)
    for name in ("features", "items", "formats", "not_supported"):
        plain["ics"][name] = sorted(plain["ics"][name])
    return plain


def _client(plain: dict[str, str]) -> Client:
    authentication = ClientAuthentication(plain["authentication"])
    return Client(**{**plain, "authentication": authentication})  # type: ignore[arg-type]


def _ics(plain: Mapping[str, Any]) -> Ics:
    return Ics(
        features=frozenset(plain["features"]),
        items=frozenset(plain["items"]),
        formats=frozenset(Format(each) for each in plain["formats"]),
        release=plain["release"],
        not_supported=frozenset(plain["not_supported"]),
    )


def _kind(trigger: Trigger) -> str:
    """The key that gives such a trigger in a target file."""
    if isinstance(trigger, HttpTrigger):
        return "request"
    return "command" if isinstance(trigger, CommandTrigger) else "prompt"


def _trigger(entries: dict[str, Any]) -> Trigger:
    """The trigger that has exactly these fields."""
    if "prompt" in entries:
        return PromptTrigger(**entries)
    return CommandTrigger(**entries) if "command" in entries else HttpTrigger(**entries)
