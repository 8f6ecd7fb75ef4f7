"""Checks of what a refusal says: the exception that fits its status (TS-CHAT-5.7)."""

from collections.abc import Iterable, Mapping

from rcs_conformance.binding import ErrorCase
from rcs_conformance.checks.judging import judged, place_of, status_of, succeeded
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.common import RequestError
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult

Errors = Mapping[ErrorCase, tuple[str, ...]]
"""The message ids of a binding, by situation."""

_BY_STATUS: Mapping[int, tuple[ErrorCase, ...]] = {
    400: (
        ErrorCase.SERVICE_ERROR,
        ErrorCase.INVALID_INPUT,
        ErrorCase.INVALID_VALUE,
        ErrorCase.NO_VALID_ADDRESS,
        ErrorCase.UNKNOWN_GROUP_CHAT,
    ),
    401: (ErrorCase.INVALID_TOKEN,),
    404: (ErrorCase.NOT_FOUND, ErrorCase.UNKNOWN_GROUP_CHAT),
    409: (ErrorCase.DUPLICATE_CORRELATOR,),
}
"""The situations behind a status; the ids of all others are judged by nobody."""

_POLICY = "POL"


def message_id(exchange: Exchange) -> str | None:
    """The message id that an answer tells; `None` where it tells none."""
    error = exchange.answer.content
    if not isinstance(error, RequestError):
        return None
    exception = error.service_exception or error.policy_exception
    return None if exception is None else exception.message_id


def described(shown: str | None) -> str:
    """A message id, or that there is none, for messages."""
    return f"messageId {shown}" if shown else "no exception"


def fitting_ids(exchange: Exchange, errors: Errors) -> tuple[str, ...]:
    """The message ids, or their beginnings, that fit the status of a refusal; none for no verdict.

    Args:
        exchange: A request that was refused.
        errors: The message ids of the binding.
    """
    if exchange.answer.status == 403:
        return (_POLICY,)
    cases = _BY_STATUS.get(exchange.answer.status, ())
    return tuple(dict.fromkeys(each for case in cases for each in errors[case]))


def message_id_fits(exchange: Exchange, ids: Iterable[str]) -> CheckResult:
    """TS-CHAT-5.7: the exception has an id that fits the fault.

    Args:
        exchange: A request that was refused.
        ids: The message ids that fit, or their beginnings.
    """
    shown = message_id(exchange)
    known = tuple(ids)
    return judged(
        "TS-CHAT-5.7",
        "error.id",
        shown is not None and shown.startswith(known),
        expected=f"messageId {' or '.join(known)} with {status_of(exchange)}",
        actual=described(shown),
        where=place_of(exchange, "requestError"),
        event=exchange.number,
    )


def fits_status(exchange: Exchange, errors: Errors) -> CheckResult:
    """TS-CHAT-5.7: the exception of a refusal is of the kind, and has an id, that fits its status.

    Args:
        exchange: A request that was refused.
        errors: The message ids of the binding.
    """
    return message_id_fits(exchange, fitting_ids(exchange, errors) or ("SVC", "POL"))


def fits(exchange: Exchange, errors: Errors, clause: str) -> CheckResult:
    """TS-CHAT-5.7: what was refused tells an exception that fits.

    Args:
        exchange: A request that had to be refused.
        errors: The message ids of the binding.
        clause: That demands the refusal.

    Raises:
        Inconclusive: It was not refused.
    """
    if succeeded(exchange):
        raise Inconclusive(Cause.PRECONDITION, str(exchange), clause)
    return fits_status(exchange, errors)
