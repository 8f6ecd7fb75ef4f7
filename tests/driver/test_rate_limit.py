"""Requests keep to the rate that the target file allows."""

import time

from rcs_conformance.driver import RateLimit


def test_requests_are_spread() -> None:
    """Of eleven requests at 200 a second the last one goes 50 ms after the first, or later."""
    rate_limit, begun = RateLimit(200.0), time.monotonic()
    for _ in range(11):
        rate_limit.wait()
    assert time.monotonic() - begun >= 0.049


def test_without_a_rate_nobody_waits() -> None:
    """A thousand turns are over at once: at 200 a second they would take five."""
    rate_limit, begun = RateLimit(), time.monotonic()
    for _ in range(1000):
        rate_limit.wait()
    assert time.monotonic() - begun < 4
