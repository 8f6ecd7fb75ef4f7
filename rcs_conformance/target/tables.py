"""The tables of a target file, each a record: its keys, their forms and their defaults."""

from dataclasses import dataclass, field
from typing import Annotated

from rcs_conformance.configuration import Filled, Form
from rcs_conformance.model.formats import Format
from rcs_conformance.target.authentication import ClientAuthentication
from rcs_conformance.target.forms import (
    address_fault,
    client_fault,
    command_fault,
    file_fault,
    id_fault,
    listen_fault,
    placeholder_fault,
    public_url_fault,
    request_fault,
    sip_fault,
    url_fault,
    username_fault,
    version_fault,
)
from rcs_conformance.target.records import Limits, NotificationMode, Policy, modes_of

DEFAULT_BINDING = "oma-v1"

_Placeholders = Form(placeholder_fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadTable:
    """`[target]`."""

    name: Filled
    server_root: Annotated[str, Form(url_fault)]
    api_version: Annotated[str, Form(version_fault)] = ""
    binding: Filled = DEFAULT_BINDING


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialsTable:
    """The keys that `[auth]` and `[[users]]` share; a secret may have any type until it is read."""

    token: object = field(default=None, repr=False)
    password: object = field(default=None, repr=False)
    client_secret: object = field(default=None, repr=False)
    client_id: Annotated[str, Form(client_fault)] | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthTable(CredentialsTable):
    """`[auth]`."""

    token_url: Annotated[str, Form(url_fault)] | None = None
    client_authentication: ClientAuthentication | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTable(CredentialsTable):
    """One of `[[users]]`."""

    address: Annotated[str, Form(address_fault)]
    id: Annotated[str, Form(id_fault)] | None = None
    aliases: tuple[Annotated[str, Form(address_fault)], ...] = ()
    username: Annotated[str, Form(username_fault)] | None = None
    sip: Annotated[str, Form(sip_fault)] | None = None
    contact: Filled | None = None
    token_without_scope: object = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsTable:
    """`[tls]`: paths of PEM files, relative to the target file."""

    ca: Annotated[str, Form(file_fault)] = ""
    certificate: Annotated[str, Form(file_fault)] = ""
    key: Annotated[str, Form(file_fault)] = ""


def _modes_fault(text: str) -> str:
    try:
        modes_of(text)
    except ValueError as error:
        return f"{error}, not {text!r}"
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationsTable:
    """`[notifications]`."""

    mode: Annotated[str, Form(_modes_fault)] = NotificationMode.CALLBACK
    listen: Annotated[str, Form(listen_fault)] = "127.0.0.1:0"
    public_url: Annotated[str, Form(public_url_fault)] = ""
    timeout: float = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class IcsTable:
    """`[ics]`."""

    features: tuple[Filled, ...] = ()
    items: tuple[Filled, ...] = ()
    not_supported: tuple[Filled, ...] = ()
    formats: Annotated[
        frozenset[Format],
        Form(lambda found: "" if found else 'must not be empty: ["xml"], ["json"] or both'),
    ] = frozenset(Format)


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerTable:
    """One of `[triggers.*]`."""

    request: Annotated[str, _Placeholders, Form(request_fault)] | None = None
    body: Annotated[str, _Placeholders] | None = None
    command: Annotated[Filled, _Placeholders, Form(command_fault)] | None = None
    prompt: Annotated[Filled, _Placeholders] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggersTable:
    """`[triggers]`."""

    services: TriggerTable | None = None
    disable: TriggerTable | None = None
    expire: TriggerTable | None = None
    expire_invitation: TriggerTable | None = None
    pending: TriggerTable | None = None
    end: TriggerTable | None = None
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFile:
    """A whole target file."""

    target: HeadTable
    users: tuple[UserTable, ...]
    auth: AuthTable = AuthTable()
    tls: TlsTable = TlsTable()
    notifications: NotificationsTable = NotificationsTable()
    ics: IcsTable = IcsTable()
    policy: Policy = Policy()  # noqa: RUF009 - frozen
    limits: Limits = Limits()  # noqa: RUF009 - frozen
    triggers: TriggersTable = TriggersTable()
