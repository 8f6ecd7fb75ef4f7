"""Fixtures of the inbox's tests: listeners, and what posts to them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
import requests

from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox import Inbox
from rcs_conformance.wire import Codec

CANARY = "canary-7f3a9c"
CAP = 10_000

OpenInbox = Callable[..., Inbox]


@pytest.fixture
def log() -> EvidenceLog:
    """Evidence that must never hold the canary."""
    return EvidenceLog([CANARY])


@pytest.fixture
def open_inbox(log: EvidenceLog) -> Iterator[OpenInbox]:
    """Opens listeners, told how the target reaches them; closes them at the end."""
    with ExitStack() as opened:

        def open_inbox(public_url: str = "", host: str = "127.0.0.1") -> Inbox:
            inbox = Inbox(
                host=host,
                port=0,
                public_url=public_url,
                codec=Codec(),
                log=log,
                max_body_bytes=CAP,
            )
            opened.callback(inbox.close)
            return inbox

        yield open_inbox


@pytest.fixture
def inbox(open_inbox: OpenInbox) -> Inbox:
    """A listener that the target reaches under its own address."""
    return open_inbox()


@pytest.fixture
def target() -> Iterator[requests.Session]:
    """What posts notifications."""
    with requests.Session() as session:
        session.trust_env = False
        yield session
