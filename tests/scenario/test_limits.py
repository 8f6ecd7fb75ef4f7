"""Limits of a target on subscriptions and polls: waited for, then inconclusive; never a verdict."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Outcome
from rcs_conformance.plugin.options import embedded_target
from rcs_conformance.reference import Account, ReferenceServer
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from tests.scenario.conftest import OpenBed

LONG_POLL, BOTH = "long-poll", "both"
OpenLimited = Callable[..., str]


@pytest.fixture
def open_limited() -> Iterator[OpenLimited]:
    """Starts reference servers that limit requests to a resource, each user's for themselves."""
    with ExitStack() as opened:

        def open_limited(
            resource: str, status: int, wait: str, times: int, delay_ms: float = 0
        ) -> str:
            left: dict[str, int] = {}

            class Limited(Rules):
                def perform(
                    self, call: Call, content: object, operate: Callable[[object], Response]
                ) -> Response:
                    if (call.method, call.resource) == ("POST", resource) and self._is_left(call):
                        headers = (("Retry-After", wait),)
                        raise Rejection(status, "POL0001", "Too many", headers=headers)
                    return super().perform(call, content, operate)

                def _is_left(self, call: Call) -> bool:
                    left[call.path] = left.get(call.path, times) - 1
                    return left[call.path] >= 0

            accounts = [
                Account(address=user.address, token=user.token.reveal())
                for user in embedded_target().users
            ]
            server = ReferenceServer(accounts, rules=(Limited,), notification_delay_ms=delay_ms)
            return opened.enter_context(server).root

        yield open_limited


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("mode", [LONG_POLL, BOTH])
def test_polls_are_waited_for(
    open_limited: OpenLimited, open_bed: OpenBed, mode: str, status: int
) -> None:
    """Longer than the target file lets a notification take."""
    bed = open_bed(open_limited("channelURL", status, "1", 3), mode=mode, timeout=2.0)
    bed.groups.invited(GroupOffer(), Format.JSON)
    compared = list(bed.mailboxes.arrivals.compared())
    assert all(each.outcome is Outcome.PASSED for each in compared)


def test_wait_begins_anew_where_polls_go_on(open_limited: OpenLimited, open_bed: OpenBed) -> None:
    """A limit that ended before the deadline counts as well."""
    root = open_limited("channelURL", 429, "1", 1, delay_ms=1800)
    bed = open_bed(root, mode=LONG_POLL, timeout=1.3)
    bed.groups.invited(GroupOffer(), Format.JSON)


@pytest.mark.parametrize("mode", [LONG_POLL, BOTH])
def test_polls_that_are_limited_for_good(
    open_limited: OpenLimited, open_bed: OpenBed, mode: str
) -> None:
    """The reason names the key that helps; nothing is said of the ways of delivery."""
    root = open_limited("channelURL", 429, "3600", 1000)
    bed = open_bed(root, mode=mode, timeout=1.0)
    if mode == BOTH:
        bed.groups.invited(GroupOffer(), Format.JSON)
        assert not list(bed.mailboxes.arrivals.compared())
        return
    with pytest.raises(Inconclusive, match=r"\[limits\] requests_per_second") as stopped:
        bed.groups.invited(GroupOffer(), Format.JSON)
    assert stopped.value.cause is Cause.CONFIGURATION


@pytest.mark.parametrize("resource", ["subscriptions", "channels"])
@pytest.mark.parametrize("status", [429, 503])
def test_subscriptions_are_waited_for(
    open_limited: OpenLimited, open_bed: OpenBed, resource: str, status: int
) -> None:
    """The test goes on once the target takes them."""
    bed = open_bed(open_limited(resource, status, "0", 2), mode=LONG_POLL)
    bed.groups.invited(GroupOffer(), Format.XML)


@pytest.mark.parametrize("resource", ["subscriptions", "channels"])
def test_subscriptions_that_are_limited_for_good(
    open_limited: OpenLimited, open_bed: OpenBed, resource: str
) -> None:
    """No precondition of the target failed."""
    bed = open_bed(open_limited(resource, 429, "Fri, 31 Dec 9999 23:59:59 GMT", 9), mode=LONG_POLL)
    with pytest.raises(Inconclusive, match=r"\[limits\] requests_per_second") as stopped:
        bed.groups.invited(GroupOffer(), Format.XML)
    assert (stopped.value.cause, stopped.value.clause) == (Cause.CONFIGURATION, "")
