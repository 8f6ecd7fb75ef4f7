"""Limits of a target, and the Retry-After header: how long it asks a client to wait.

RFC 9110, section 10.2.3; RFC 6585, section 4.
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from rcs_conformance.model.exchange import Answer, Headers, header

SHORTEST = 0.1
DEFAULT = 1.0
"""Seconds to wait if the response does not say, or says it unreadably."""


HINT = "set [limits] requests_per_second to what the target allows"
"""What helps where a target asks for more than a run can wait."""

_BROKEN_DATE = (ValueError, OverflowError, TypeError, IndexError)


def limit(answer: Answer) -> str:
    """What a response says of a limit; empty if it is about the request.

    429 always does, 503 where it says when to come again. In a test of its own the target may
    respond so to a single request for good, which is judged.
    """
    status = answer.status
    is_busy = (
        status == HTTPStatus.SERVICE_UNAVAILABLE
        and header(answer.headers, "retry-after") is not None
    )
    if status != HTTPStatus.TOO_MANY_REQUESTS and not is_busy:
        return ""
    wait = retry_after(answer.headers)
    return f"{status} {HTTPStatus(status).phrase}; the target requires a wait of {wait:.1f} s"


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
    except _BROKEN_DATE:
        return DEFAULT
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(SHORTEST, (moment - (now or datetime.now(UTC))).total_seconds())
