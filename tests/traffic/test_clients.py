"""The traffic of the clients of `tests.clients` with a server that conforms has no finding."""

from collections.abc import Callable
from functools import partial

import pytest

from rcs_conformance.traffic.entries import Entry
from tests.clients import kandy
from tests.traffic.client_traffic import kandy_traffic, pilot_traffic
from tests.traffic.scripted import judgement


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("traffic", "binding"),
    [
        (pilot_traffic, "gsma-pilot"),
        (kandy_traffic, "kandy"),
        (partial(kandy_traffic, delivery=kandy.WebSocketDelivery), "kandy"),
    ],
    ids=["pilot", "kandy", "kandy by WebSocket"],
)
def test_nothing_is_found_in_the_traffic_of_clients(
    traffic: Callable[[], tuple[Entry, ...]], binding: str
) -> None:
    """By long poll, webhook and WebSocket; each notification is attributed to its subscription."""
    found = judgement([*traffic()], binding)
    assert found.failures == ()
    assert len(found.traffic.told) > 10
    assert all(each.subscription is not None for each in found.traffic.told)
