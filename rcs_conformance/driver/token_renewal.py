"""Sends a request once again where the access token that it came with has expired on its way."""

from collections.abc import Callable
from dataclasses import replace

from rcs_conformance.driver.credentials import Presented
from rcs_conformance.model.exchange import Exchange

_STALE = "an access token that is no longer valid"


def renewing(
    presented: Presented,
    attempt: Callable[[Presented], Exchange],
    note: Callable[[Exchange], None] | None = None,
) -> Exchange:
    """The exchange that came of a request, the second one where a token had to be renewed.

    Both stay in the evidence, the first with the remark that its token was none any more.

    Args:
        presented: What the request is authenticated with.
        attempt: Sends it, and records the exchange.
        note: Replaces the record of the first exchange, where it has one.

    Raises:
        TargetError: There was no answer that can be judged.
        ConfigurationError: No new token is to be had.
    """
    exchange = attempt(presented)
    renewed = presented.instead() if exchange.answer.status == 401 else None
    if renewed is None:
        return exchange
    stale = " and ".join(filter(None, (exchange.request.mutation, _STALE)))
    if note is not None:
        note(replace(exchange, request=replace(exchange.request, mutation=stale)))
    again = attempt(renewed)
    if again.answer.status == 401:
        renewed.credentials.still_refused(renewed.value)
    return again
