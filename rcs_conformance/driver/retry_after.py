"""The Retry-After header: how long a target asks a client to wait (RFC 9110, section 10.2.3)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from rcs_conformance.model.exchange import Headers, header

SHORTEST = 0.1
DEFAULT = 1.0
"""Seconds to wait if the response does not say, or says it unreadably."""


def retry_after(headers: Headers, now: datetime | None = None) -> float:
    """Seconds until the next request, from a number of seconds or an HTTP date.

    Args:
        headers: Of the response.
        now: Present time.
    """
    text = (header(headers, "retry-after") or "").strip()
    if text.isascii() and text.isdigit():
        return max(SHORTEST, float(text))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return DEFAULT
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(SHORTEST, (moment - (now or datetime.now(UTC))).total_seconds())
