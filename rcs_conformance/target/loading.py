"""Reads and validates target files (design, section 4)."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from rcs_conformance.configuration import Place, read, shown, structured, suggestion
from rcs_conformance.errors import ConfigurationError, ConfigurationErrors, lines_of
from rcs_conformance.model.addresses import normal_address
from rcs_conformance.target.credentials import Auth, tls_of
from rcs_conformance.target.forms import ascii_url, listen_address
from rcs_conformance.target.records import Ics, Notifications, Target, User, modes_of
from rcs_conformance.target.secret import Surroundings
from rcs_conformance.target.tables import (
    IcsTable,
    NotificationsTable,
    TargetFile,
    TriggersTable,
    TriggerTable,
    UserTable,
)
from rcs_conformance.target.triggers import (
    TRIGGERS,
    CommandTrigger,
    HttpTrigger,
    PromptTrigger,
    Trigger,
)

FEWEST_USERS = 3
"""A group chat needs an originator and two invited users."""

_TRIGGER_KINDS = ("request", "command", "prompt")


def load_target(
    path: str | Path,
    *,
    known_features: frozenset[str] | None = None,
    known_items: frozenset[str] | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Target:
    """Reads a target file.

    Args:
        path: Of the file; paths inside it are relative to its folder.
        known_features: What `[ics] features` may name; `None` leaves it unchecked.
        known_items: What `[ics] items` may name; `None` leaves it unchecked.
        environment: Where the variables that secrets are named by are looked up.

    Raises:
        ConfigurationError: There is no such file or it is wrong; one line with file, line and key,
            never with a secret; one for each user whose secret cannot be had.
    """
    folder = Path(path).parent
    place, tables = read(Path(path), "target file")
    file = structured(tables, TargetFile, place)
    binding = file.target.binding
    is_path = "/" in binding or binding.endswith(".toml")
    around = Surroundings(environment=environment, folder=folder, seconds=file.limits.deadline)
    _check_names(file.ics, known_features, known_items, place.at("ics"))
    return Target(
        name=file.target.name,
        server_root=ascii_url(file.target.server_root),
        api_version=file.target.api_version,
        binding=str((folder / binding).absolute()) if is_path else binding,
        users=_users(file.users, Auth(file.auth, place.at("auth"), around), place.at("users")),
        tls=tls_of(file.tls, folder, place.at("tls")),
        notifications=_notifications(file.notifications),
        ics=Ics(
            features=frozenset(file.ics.features),
            items=frozenset(file.ics.items),
            formats=file.ics.formats,
            not_supported=frozenset(file.ics.not_supported),
        ),
        policy=file.policy,
        limits=file.limits,
        triggers=_triggers(file.triggers, place.at("triggers")),
        unavailable_triggers=file.triggers.unavailable,
    )


def _users(tables: tuple[UserTable, ...], auth: Auth, place: Place) -> tuple[User, ...]:
    if len(tables) < FEWEST_USERS:
        raise place.error(f"must be {FEWEST_USERS} at least, not {len(tables)}")
    users: dict[str, User] = {}
    mistakes: list[str] = []
    for number, table in enumerate(tables):
        here = place.at(number)
        _check_names_once(table, users.values(), here)
        try:
            credentials, unscoped = auth.of(table, here), auth.without_scope(table, here)
        except ConfigurationError as error:
            mistakes += lines_of(error)
            continue
        users[table.address] = User(
            address=table.address,
            id=table.id,
            aliases=table.aliases,
            token=credentials.token,
            username=credentials.username,
            client=credentials.client,
            sip=table.sip,
            contact=table.contact,
            token_without_scope=unscoped,
        )
    if mistakes:
        raise ConfigurationErrors(mistakes)
    return tuple(users.values())


def _check_names_once(table: UserTable, others: Iterable[User], here: Place) -> None:
    """Refuse an address, an alias or an id that another user has, or the same user twice."""
    known = {normal_address(name) for user in others for name in (user.address, *user.aliases)}
    ids = {user.in_urls for user in others}
    if normal_address(table.address) in known:
        raise here.at("address").error(
            f"another user has {table.address}: each address is used once"
        )
    if (table.id or table.address) in ids:
        at = here.at("id" if table.id else "address")
        raise at.error(f"another user has {table.id or table.address} in URLs: give each its own")
    known.add(normal_address(table.address))
    for number, alias in enumerate(table.aliases):
        if normal_address(alias) in known:
            at = here.at("aliases", number)
            raise at.error(f"{alias} is given already: each address is used once")
        known.add(normal_address(alias))


def _notifications(table: NotificationsTable) -> Notifications:
    host, port = listen_address(table.listen)
    return Notifications(
        modes=modes_of(table.mode),
        listen_host=host,
        listen_port=port,
        public_url=table.public_url,
        timeout=table.timeout,
    )


def _check_names(
    ics: IcsTable, features: frozenset[str] | None, items: frozenset[str] | None, place: Place
) -> None:
    """Refuse a feature or an item that is not known."""
    for key, known in (("features", features), ("items", items), ("not_supported", items)):
        for number, name in enumerate(getattr(ics, key)):
            if known is not None and name not in known:
                fault = f"there is no {shown(name)}; {suggestion(name, known)}"
                raise place.at(key, number).error(fault)


def _triggers(tables: TriggersTable, place: Place) -> Mapping[str, Trigger]:
    given = {name: getattr(tables, name) for name in TRIGGERS}
    for number, name in enumerate(tables.unavailable):
        at = place.at("unavailable", number)
        if name not in TRIGGERS:
            raise at.error(f"there is no trigger {shown(name)}; {suggestion(name, TRIGGERS)}")
        if given[name]:
            raise at.error(f"[triggers.{name}] is given: remove it, or remove the name here")
    return {name: _trigger(table, place.at(name)) for name, table in given.items() if table}


def _trigger(table: TriggerTable, place: Place) -> Trigger:
    kinds = [kind for kind in _TRIGGER_KINDS if getattr(table, kind) is not None]
    if len(kinds) != 1:
        raise place.error("must give exactly one of request, command and prompt")
    if table.body is not None and table.request is None:
        raise place.at("body").error("belongs to a request: remove it, or give a request")
    if table.command is not None:
        return CommandTrigger(command=table.command)
    if table.prompt is not None:
        return PromptTrigger(prompt=table.prompt)
    method, _, url = (table.request or "").partition(" ")
    return HttpTrigger(method=method, url=url, body=table.body or "")
