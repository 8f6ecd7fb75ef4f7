"""A target that limits the rate of requests is waited for, within bounds."""

from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.driver import Actor, RateLimit
from rcs_conformance.driver.rate_limit import ALL_BUSY, ALL_HOLDS, LONGEST_HOLD
from rcs_conformance.driver.retry_after import retry_after
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.exchange import Exchange, FailedExchange
from rcs_conformance.model.formats import Format
from rcs_conformance.target import Secret, Target, User
from tests.driver.raw_server import Connection, RawServer, Script, answer, saying

LIMITED = "429 Too Many Requests"
BUSY = "503 Service Unavailable"
OK = answer(b"{}", "Content-Type: application/json")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        ("0", 0.1),
        ("Sun, 06 Nov 1994 08:49:40 GMT", 3.0),
        ("Sun, 06 Nov 1994 08:49:00 GMT", 0.1),
        ("soon", 1.0),
        ("", 1.0),
        ("-5", 1.0),
        ("1.5", 1.0),
        ("9" * 400, float("inf")),
        ("Sun, 06 Nov 99999999 08:49:40 GMT", 1.0),
        ("Sun, 06 Nov 1994 08:49:40 +999999", 1.0),
        ("Sun, 99 Nov 1994 99:99:99 GMT", 1.0),
        ("\u0967", 1.0),
    ],
)
def test_header(text: str, seconds: float) -> None:
    """A number of seconds or a date; one second without it."""
    now = datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)
    assert retry_after((("retry-after", text),), now) == pytest.approx(seconds)


def test_holds_are_bounded() -> None:
    """Each of them, and all of them."""
    limit = RateLimit()
    assert not limit.hold(LONGEST_HOLD + 1)
    held = [limit.hold(LONGEST_HOLD) for _ in range(6)]
    assert held == [True] * int(ALL_HOLDS / LONGEST_HOLD) + [False] * 2


def actor(opened: ExitStack, script: Script, log: EvidenceLog) -> Actor:
    """A user of a server that follows a script."""
    server = opened.enter_context(RawServer(script))
    user = User(address="tel:+15550100", token=Secret("token"))
    target = Target(name="t", server_root=server.root, users=(user,))
    made = Actor(target, user, load_binding("oma-v1"), log)
    opened.callback(made.close)
    return made


@pytest.mark.parametrize("status", [LIMITED, BUSY])
def test_request_is_repeated(status: str) -> None:
    """What was limited stays in the evidence, as no exchange that could be judged."""
    log = EvidenceLog()
    limited_once = iter([answer(b"", "Retry-After: 0", status=status), OK])

    def script(connection: Connection) -> None:
        while connection.read():
            connection.say(next(limited_once))

    with ExitStack() as opened:
        alice = actor(opened, script, log)
        assert alice.send("GET", "subscriptions", fmt=Format.JSON).answer.status == 200
    limited, served = log.events()
    assert isinstance(limited, FailedExchange)
    assert status in limited.reason
    assert isinstance(served, Exchange)


def test_busy_target_that_names_no_time() -> None:
    """503 alone is the response to the request."""
    with ExitStack() as opened:
        alice = actor(opened, saying(answer(b"", status=BUSY)), EvidenceLog())
        assert alice.send("GET", "subscriptions", fmt=Format.JSON).answer.status == 503


@pytest.mark.parametrize("wait", ["0", "3600"])
def test_busy_target_in_a_test(wait: str) -> None:
    """Where no subscription is asked for, 503 is judged: a target may respond so for one reason."""
    log = EvidenceLog()
    with ExitStack() as opened:
        busy = saying(answer(b"", f"Retry-After: {wait}", status=BUSY))
        alice = actor(opened, busy, log)
        assert alice.send("GET", "longLivedGroups", fmt=Format.JSON).answer.status == 503
    assert isinstance(log.events()[-1], Exchange)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_target_that_is_busy_for_a_moment(method: str) -> None:
    """A gateway before the target is no part of what a test is about."""
    log = EvidenceLog()
    busy_twice = iter([answer(b"busy", "Retry-After: 0", status=BUSY)] * 2 + [OK])

    def script(connection: Connection) -> None:
        while connection.read():
            connection.say(next(busy_twice))

    with ExitStack() as opened:
        alice = actor(opened, script, log)
        assert alice.send(method, "longLivedGroups", fmt=Format.JSON).answer.status == 200
    assert [isinstance(each, Exchange) for each in log.events()] == [False, False, True]


def test_waits_for_a_busy_target_are_bounded() -> None:
    """Those after which a request was served do not count."""
    limit = RateLimit()
    assert limit.hold_busy(ALL_BUSY)
    assert not limit.hold_busy(0.1)
    limit.served(ALL_BUSY)
    assert limit.hold_busy(ALL_BUSY)


@pytest.mark.parametrize("wait", ["3600", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
@pytest.mark.parametrize("status", [LIMITED, BUSY])
def test_long_limit_is_inconclusive(status: str, wait: str) -> None:
    """Never a verdict on the target; the reason names the key that helps."""
    log = EvidenceLog()
    with ExitStack() as opened:
        alice = actor(opened, saying(answer(b"", f"Retry-After: {wait}", status=status)), log)
        with pytest.raises(Inconclusive, match=r"\[limits\] requests_per_second") as stopped:
            alice.send("GET", "subscriptions", fmt=Format.JSON)
    assert stopped.value.cause is Cause.CONFIGURATION
    assert not [each for each in log.events() if isinstance(each, Exchange)]
