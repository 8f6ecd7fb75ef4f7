"""Fixtures of the driver's tests: hostile servers, and actors that speak to them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.driver import Actor
from rcs_conformance.driver.transport import Transport
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.target import Limits, Secret, Target, User
from tests.driver.raw_server import RawServer, Script

CANARY = "canary=7f3a9c/&token"
DEADLINE = 0.2
"""Seconds, where a test is about the deadline."""
PATIENCE = 5.0
"""Seconds, where it is not."""
CAP = 100_000

Serve = Callable[[Script], RawServer]
Connect = Callable[..., Transport]
Act = Callable[..., Actor]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers that follow a script; closes them at the end."""
    with ExitStack() as opened:
        yield lambda script: opened.enter_context(RawServer(script))


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Makes transports with a low cap; closes them at the end."""
    with ExitStack() as opened:

        def connect(root: str, deadline: float = PATIENCE) -> Transport:
            transport = Transport(root, deadline=deadline, max_bytes=CAP)
            opened.callback(transport.close)
            return transport

        yield connect


@pytest.fixture
def log() -> EvidenceLog:
    """Evidence that must never hold the canary."""
    return EvidenceLog([CANARY])


@pytest.fixture
def act(log: EvidenceLog) -> Iterator[Act]:
    """Makes actors whose token is the canary; closes them at the end."""
    with ExitStack() as opened:

        def act(root: str, deadline: float = PATIENCE) -> Actor:
            users = tuple(
                User(
                    address=f"tel:+1555010{number}", token=Secret(CANARY if not number else "other")
                )
                for number in range(2)
            )
            limits = Limits(deadline=deadline, max_body_bytes=CAP)
            target = Target(name="raw", server_root=root, users=users, limits=limits)
            actor = Actor(target, users[0], load_binding("oma-v1"), log)
            opened.callback(actor.close)
            return actor

        yield act
