"""Handing a target to a worker, and to a report."""

import json
import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcs_conformance.model.formats import Format
from rcs_conformance.target import (
    Client,
    ClientAuthentication,
    CommandTrigger,
    HttpTrigger,
    Ics,
    Limits,
    Notifications,
    OriginatorLeave,
    Permission,
    Policy,
    PromptTrigger,
    Secret,
    Target,
    Tls,
    User,
)

from .conftest import CANARY, FULL, Load

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
SECONDS = st.floats(min_value=0.001, max_value=1e6)
FORMATS = st.sampled_from(Format)
NAMES = st.frozensets(TEXTS, max_size=3)

TARGETS = st.builds(
    Target,
    name=TEXTS,
    server_root=TEXTS,
    api_version=TEXTS,
    binding=TEXTS,
    users=st.lists(
        st.builds(
            User,
            address=TEXTS,
            token=st.builds(Secret, TEXTS),
            sip=st.none() | TEXTS,
            contact=st.none() | TEXTS,
            username=st.none() | TEXTS,
            client=st.none()
            | st.builds(
                Client,
                id=TEXTS,
                token_url=TEXTS,
                scope=TEXTS,
                authentication=st.sampled_from(ClientAuthentication),
            ),
        ),
        max_size=4,
    ).map(tuple),
    tls=st.builds(Tls, ca=TEXTS, certificate=TEXTS, key=TEXTS),
    notifications=st.builds(Notifications, public_url=TEXTS, timeout=SECONDS),
    ics=st.builds(Ics, features=NAMES, items=NAMES, formats=st.frozensets(FORMATS, min_size=1)),
    policy=st.builds(
        Policy,
        services=st.none() | st.lists(TEXTS, max_size=2).map(tuple),
        originator_leave=st.none() | st.sampled_from(OriginatorLeave),
        add_to_closed=st.none() | st.sampled_from(Permission),
        long_lived_extension=st.none() | st.sampled_from(Permission),
        long_lived_rejoin=st.none() | st.sampled_from(Permission),
    ),
    limits=st.builds(Limits, requests_per_second=st.none() | SECONDS, deadline=SECONDS),
    triggers=st.dictionaries(
        TEXTS,
        st.builds(HttpTrigger, method=TEXTS, url=TEXTS, body=TEXTS)
        | st.builds(CommandTrigger, command=TEXTS)
        | st.builds(PromptTrigger, prompt=TEXTS),
        max_size=3,
    ),
)


@given(target=TARGETS)
def test_worker_gets_the_same_target(target: Target) -> None:
    """Whatever it holds, types included."""
    received = Target.from_json(target.to_json())
    assert received == target
    for one, other in (
        (received.policy, target.policy),
        (received.triggers, target.triggers),
        (received.users, target.users),
    ):
        assert repr(one) == repr(other)
    assert pickle.loads(pickle.dumps(target)) == target  # noqa: S301 - our own pickle


def test_worker_gets_the_tokens_and_does_not_look_them_up_again(full: Target) -> None:
    """A token that looks like a reference is one no more."""
    users = (replace(full.users[0], token=Secret("env:NAME")), *full.users[1:])
    received = Target.from_json(replace(full, users=users).to_json())
    assert [user.token.reveal() for user in received.users] == ["env:NAME", CANARY, CANARY]


def test_report_form_holds_everything_but_secrets(full: Target) -> None:
    """It is JSON-able, and a trigger is told by its kind alone."""
    shown = json.loads(json.dumps(full.redacted()))
    assert shown["name"] == "Acme"
    assert shown["users"][1] == {
        "address": "sip:bob@acme.example",
        "id": None,
        "aliases": [],
        "sip": None,
        "contact": None,
        "username": None,
        "client": None,
    }
    assert shown["ics"]["features"] == ["form", "gc_services"]
    assert shown["ics"]["formats"] == ["json"]
    assert shown["policy"]["originator_leave"] == "ends"
    assert shown["triggers"] == {"services": "request", "expire": "command", "end": "prompt"}


def test_credentials_in_a_trigger_are_not_reported(load: Load) -> None:
    """A control URL or a command may hold some."""
    text = FULL.replace("/control/services", f"/control?key={CANARY}")
    assert CANARY not in json.dumps(load(text).redacted())


def target_with(count: int) -> Target:
    """A target with so many users, whose addresses are their numbers."""
    users = tuple(User(address=str(number), token=Secret("t")) for number in range(count))
    return Target(name="t", server_root="http://t", users=users)


@pytest.mark.parametrize(
    ("users", "worker", "own"),
    [
        (3, 1, "012"),
        (4, 1, "0123"),
        (7, 1, "0123456"),
        (8, 0, "0123"),
        (8, 1, "4567"),
        (8, 2, "0123"),
        (9, 1, "4567"),
    ],
)
def test_worker_has_four_users_of_its_own(users: int, worker: int, own: str) -> None:
    """Workers take groups of four in turn; where there are not two groups, all share all."""
    shown = target_with(users).of_worker(worker).users
    assert "".join(user.address for user in shown) == own
