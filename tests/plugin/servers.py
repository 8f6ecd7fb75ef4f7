"""Targets in memory and the servers behind them, for runs of the plugin's tests."""

from contextlib import ExitStack
from dataclasses import replace

from rcs_conformance.plugin.options import embedded_target
from rcs_conformance.reference import Account, ReferenceServer
from rcs_conformance.target import Secret, Target
from tests.driver.raw_server import RawServer, Script

CANARY = "canary=7f3a9c/&token"
"""The token of the first user, which must show up nowhere."""


def target_at(root: str, **members: object) -> Target:
    """The embedded target at another place, its first user's token the canary."""
    target = embedded_target(root)
    users = tuple(
        replace(user, token=Secret(CANARY)) if not number else user
        for number, user in enumerate(target.users)
    )
    return replace(target, **{"users": users, **members})  # type: ignore[arg-type]


def reference(faults: tuple[str, ...] = ()) -> ReferenceServer:
    """A reference server that knows the users of `target_at`."""
    users = target_at("").users
    accounts = [Account(address=user.address, token=user.token.reveal()) for user in users]
    return ReferenceServer(accounts, faults=faults)


def raw(servers: ExitStack, script: Script) -> str:
    """The root of a server that follows a script."""
    return servers.enter_context(RawServer(script)).root
