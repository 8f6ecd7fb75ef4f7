"""Fixtures of the scenarios' tests: test beds before reference servers."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.catalogue import Catalogue, load_catalogue
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.plugin.options import embedded_target
from rcs_conformance.reference import Account, ReferenceServer
from rcs_conformance.scenario import TestBed, TestBedSettings
from rcs_conformance.target import Ics, Limits, Notifications, Policy, Trigger, modes_of

OpenServer = Callable[..., str]
OpenBed = Callable[..., TestBed]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The requirements."""
    return load_catalogue()


@pytest.fixture
def open_server() -> Iterator[OpenServer]:
    """Starts reference servers with faults or variations, and gives their roots."""
    with ExitStack() as opened:

        def open_server(faults: tuple[str, ...] = (), variations: tuple[str, ...] = ()) -> str:
            users = embedded_target().users
            accounts = [
                Account(
                    address=user.address,
                    token=user.token.reveal(),
                    sip=user.sip,
                    contact=user.contact,
                    aliases=user.aliases,
                    id=user.id,
                )
                for user in users
            ]
            server = ReferenceServer(accounts, faults=faults, variations=variations)
            return opened.enter_context(server).root

        yield open_server


@pytest.fixture
def open_bed(tmp_path: Path, catalogue: Catalogue) -> Iterator[OpenBed]:
    """Opens test beds before a server, as the processes of one run do; closes them at the end."""
    with ExitStack() as opened:

        def open_bed(
            root: str,
            timeout: float = 5.0,
            triggers: Mapping[str, Trigger] | None = None,
            ics: Ics | None = None,
            mode: str = "callback",
            policy: Policy | None = None,
            unavailable_triggers: tuple[str, ...] = (),
            limits: Limits | None = None,
        ) -> TestBed:
            received = Notifications(timeout=timeout, modes=modes_of(mode))
            target = replace(embedded_target(root), notifications=received)
            target = target.with_implied_claims()
            target = replace(target, unavailable_triggers=unavailable_triggers)
            if limits is not None:
                target = replace(target, limits=limits)
            if policy is not None:
                target = replace(target, policy=policy)
            if ics is not None:
                target = replace(target, ics=ics)
            if triggers is not None:
                target = replace(target, triggers=triggers)
            settings = TestBedSettings(lock_file=tmp_path / "lock", catalogue=catalogue)
            bed = TestBed(target, load_binding(target.binding), EvidenceLog(), settings)
            opened.callback(bed.close)
            return bed

        yield open_bed


@pytest.fixture
def bed(open_server: OpenServer, open_bed: OpenBed) -> TestBed:
    """A test bed before a server that conforms."""
    return open_bed(open_server())
