"""Traffic of the clients of `tests.clients`: their tests, through the recording proxy."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from types import ModuleType, SimpleNamespace
from typing import Any

from rcs_conformance.reference import Account as ServerAccount
from rcs_conformance.reference import ReferenceServer, accounts_of
from rcs_conformance.traffic.entries import Entry
from rcs_conformance.traffic.proxy import RecordingProxy
from tests.clients import kandy, pilot, test_kandy, test_pilot
from tests.clients.served import Account
from tests.traffic.proxied import Kept

_WAIT = 1.0
"""Seconds that a client waits for what does not come."""


def pilot_traffic(faults: tuple[str, ...] = ()) -> tuple[Entry, ...]:
    """What the tests of the pilot client exchange, by long poll."""
    with _proxied("gsma-pilot", faults) as (accounts, kept), ExitStack() as opened:

        def client(account: Account) -> pilot.Pilot:
            return opened.enter_context(closing(pilot.Pilot(account)))

        alice, bob, carol = map(_connected(client), accounts[:3])
        team = test_pilot.Team(alice, bob, carol, accounts[3])
        _run(test_pilot, team, lambda: client(accounts[3]))
        return kept.entries


def kandy_traffic(
    faults: tuple[str, ...] = (), delivery: type[kandy.Delivery] = kandy.WebhookDelivery
) -> tuple[Entry, ...]:
    """What the tests of the Kandy client exchange, by webhook or by WebSocket."""
    with _proxied("kandy", faults) as (accounts, kept), ExitStack() as opened:

        def client(account: Account) -> kandy.Kandy:
            application = kandy.Kandy(account, delivery())
            return opened.enter_context(closing(application))

        alice, bob, carol = map(_connected(client), accounts[:3])
        team = test_kandy.Team(alice, bob, carol, accounts[3], delivery)
        _run(test_kandy, team, lambda: client(accounts[3]))
    return kept.entries


def _connected(client: Callable[[Account], Any]) -> Callable[[Account], Any]:
    def connect(account: Account) -> Any:  # noqa: ANN401 - a client of either kind
        found = client(account)
        with suppress(AssertionError, KeyError):
            found.connect()
        return found

    return connect


@contextmanager
def _proxied(binding: str, faults: tuple[str, ...]) -> Iterator[tuple[tuple[Account, ...], Kept]]:
    """The accounts of a server behind a proxy; clients wait for nothing long."""
    users = accounts_of(binding)
    pilot.DEADLINE, kandy.DEADLINE, before = _WAIT, _WAIT, (pilot.DEADLINE, kandy.DEADLINE)
    with ReferenceServer(users, faults=faults, binding=binding) as server:
        kept = Kept()
        proxy = RecordingProxy(server.root, kept)
        try:
            yield tuple(_account(proxy.root, each) for each in users), kept
        finally:
            proxy.close()
            pilot.DEADLINE, kandy.DEADLINE = before


def _account(root: str, user: ServerAccount) -> Account:
    return Account(
        server_root=root,
        address=user.address,
        id=user.id or user.address,
        login=user.address.partition(":")[2] or user.address,
        token=user.token,
    )


def _run(module: ModuleType, team: object, newcomer: Callable[[], object]) -> None:
    """Run the tests of a module; what they find wrong is not looked at."""
    for name, test in inspect.getmembers(module, inspect.isfunction):
        if not name.startswith("test_"):
            continue
        made: dict[str, Callable[[], object]] = {"team": lambda: team, "newcomer": newcomer}
        request = SimpleNamespace(node=SimpleNamespace(name=name))
        for fixture in ("session", "group"):
            if hasattr(module, fixture):
                body = inspect.unwrap(getattr(module, fixture))
                made[fixture] = partial(body, team, request)
        with suppress(AssertionError, KeyError, IndexError, ValueError, OSError):
            test(**{each: made[each]() for each in inspect.signature(test).parameters})
