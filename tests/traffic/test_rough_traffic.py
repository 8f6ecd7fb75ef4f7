"""Traffic as it is in practice: damaged, with gaps, with texts that are said again and again."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.model.results import CheckResult
from rcs_conformance.traffic.attribution import attributed
from rcs_conformance.traffic.entries import Entry, Lost
from rcs_conformance.traffic.judging import judged
from rcs_conformance.traffic.secrecy import without_secrets
from tests.reference import script, script_transfers
from tests.traffic.scripted import scripted, understood

BINDING = load_binding("oma-v1")
OPENING = (script.subscriptions, script_transfers.subscriptions)
TEXT = re.compile(rb'("text" ?: ?"|<text>)[A-Za-z? ]+("|</text>)')
CALLBACK_DATA = re.compile(
    rb'"callbackData" ?: ?"[^"]*", ?|, ?"callbackData" ?: ?"[^"]*"'
    rb"|<callbackData>[^<]*</callbackData>"
)
NO_URL = b"http://[bad"
Change = Callable[[random.Random, Entry, Sequence[Entry]], Entry]


@pytest.fixture(scope="module")
def conforming() -> list[Entry]:
    """The traffic of a server without deviations."""
    return scripted()


@pytest.fixture(scope="module")
def talk() -> list[Entry]:
    """A conversation, with the subscriptions before it."""
    return scripted(scenes=(*OPENING, script.starts, script.conversation))


def _other_status(rng: random.Random, entry: Entry, _all: Sequence[Entry]) -> Entry:
    return replace(entry, status=rng.choice([200, 204, 299, 400, 404, 409, 418, 500, 503]))


def _other_content(rng: random.Random, entry: Entry, everything: Sequence[Entry]) -> Entry:
    other = rng.choice(everything)
    return replace(entry, body=other.body, headers=other.headers)


def _other_request(rng: random.Random, entry: Entry, everything: Sequence[Entry]) -> Entry:
    other = rng.choice(everything)
    return replace(entry, request_body=other.request_body, request_headers=other.request_headers)


CHANGES: tuple[Change, ...] = (
    lambda _rng, entry, _all: replace(entry, body=entry.body[: len(entry.body) // 2]),
    lambda _rng, entry, _all: replace(entry, request_body=entry.request_body[:40]),
    lambda _rng, entry, _all: replace(entry, body=b"{}"),
    lambda _rng, entry, _all: replace(entry, body=b""),
    lambda _rng, entry, _all: replace(entry, headers=(("location", "http://[::1"),)),
    lambda _rng, entry, _all: replace(
        entry,
        body=entry.body.replace(b"http://server:80", NO_URL),
        request_body=entry.request_body.replace(b"http://client", NO_URL),
    ),
    lambda rng, entry, _all: replace(entry, method=rng.choice(["GET", "PUT", "DELETE", "PATCH"])),
    lambda rng, entry, _all: replace(entry, url=entry.url + rng.choice(["//", "?a=%zz", "/%ff"])),
    _other_status,
    _other_content,
    _other_request,
)
"""What a broken server, or a damaged file, may make of an entry."""


@pytest.mark.parametrize("seed", range(8))
def test_no_damage_is_too_much(conforming: list[Entry], seed: int) -> None:
    """Each broken response is a finding or none; it never ends the judgement."""
    rng = random.Random(seed)  # noqa: S311 - no secrets
    damaged = [
        rng.choice(CHANGES)(rng, each, conforming) if rng.random() < 0.1 else each
        for each in conforming
    ]
    assert understood(damaged).failures


def test_list_that_is_no_json_is_a_finding() -> None:
    """A list of long-lived groups is read for what was created before, if it can be read."""
    failures = understood(scripted(("json-cut-short",))).failures
    assert {each.clause for each in failures} == {"TS-CHAT-5.15"}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("rate", [0.01, 0.1])
def test_nothing_is_found_where_responses_are_lost(
    conforming: list[Entry], seed: int, rate: float
) -> None:
    """A client that gave up does not know what came of its request, nor does the judge."""
    rng = random.Random(seed)  # noqa: S311 - no secrets
    gone = {each.number for each in conforming if rng.random() < rate}
    kept = [each for each in conforming if each.number not in gone]
    lost = [
        Lost(started=each.started, method=each.method, url=each.url)
        for each in conforming
        if each.number in gone
    ]
    assert judged(attributed(kept, BINDING).without(lost), kept, BINDING).failures == ()


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_found_where_a_gateway_gave_up(conforming: list[Entry], seed: int) -> None:
    """The server may have done what was asked for, or not; only a 500 is a finding by itself."""
    rng = random.Random(seed)  # noqa: S311 - no secrets
    entries = [
        replace(each, status=rng.choice([408, 500, 502, 503, 504]), headers=(), body=b"")
        if rng.random() < 0.05 and not each.inbound
        else each
        for each in conforming
    ]
    failures = understood(entries).failures
    assert {each.rule for each in failures} <= {"status.refusal", "error.body"}


@pytest.mark.parametrize("user", range(4))
def test_nothing_is_found_in_the_traffic_of_one_user(conforming: list[Entry], user: int) -> None:
    """What the others did is not known."""
    name = f"/tel%3A%2B1555010{user}/"
    entries = [each for each in conforming if each.inbound or name in each.url]
    assert understood(entries).failures == ()


def _slow(entries: Sequence[Entry], late: float) -> list[Entry]:
    """The traffic with notifications that come later, in their order."""
    delay = timedelta(seconds=late)
    return [replace(e, started=e.started + delay) if e.inbound else e for e in entries]


def _failed(entries: Sequence[Entry]) -> set[tuple[str, str]]:
    failures: Sequence[CheckResult] = understood(entries).failures
    return {(each.clause, each.rule) for each in failures}


@pytest.mark.parametrize("late", [0.0, 0.05, 1.0, 60.0])
def test_texts_that_are_said_again_are_told_apart(conforming: list[Entry], late: float) -> None:
    """Most messages say the same, in all chats, and arrive late."""
    entries = [
        replace(
            each,
            request_body=TEXT.sub(rb"\1ok\2", each.request_body),
            body=TEXT.sub(rb"\1ok\2", each.body),
        )
        for each in _slow(conforming, late)
    ]
    assert _failed(entries) == set()


@pytest.mark.parametrize("late", [0.05, 1.0, 60.0])
def test_nothing_is_found_where_notifications_are_late(
    conforming: list[Entry], late: float
) -> None:
    """A server has no deadline for them."""
    assert _failed(_slow(conforming, late)) == set()


def _callbacks(entries: Sequence[Entry], *spelt: str) -> list[Entry]:
    """The traffic with the URLs of all listeners spelt so, and without callback data."""
    found = []
    for each in entries:
        body, url = each.request_body, each.url
        for user in range(4):
            own = spelt[user % len(spelt)]
            url = own if url.startswith(f"http://client/{user}") else url
            body = re.sub(rb"http://client/%d[^\"<]*" % user, own.encode(), body)
        found.append(replace(each, url=url, request_body=CALLBACK_DATA.sub(b"", body)))
    return found


def test_callbacks_that_differ_in_a_secret_are_told_apart(talk: list[Entry]) -> None:
    """The secrets are taken out, and the callbacks are still those of different users."""
    spelt = [f"http://client/cb?token=secret-{user}" for user in range(4)]
    entries = without_secrets(_callbacks(talk, *spelt))
    found = understood(entries)
    assert found.failures == ()
    assert {each.subscription is not None for each in found.traffic.told} == {True}
    assert "secret-" not in repr(entries)


def test_notification_at_a_callback_of_several_users_is_of_none_of_them(talk: list[Entry]) -> None:
    """It is judged by itself alone."""
    found = understood(_callbacks(talk, "http://client/cb"))
    assert found.failures == ()
    assert any(each.subscription is None for each in found.traffic.told)
