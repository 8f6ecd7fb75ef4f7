"""Checks of the requestError in an error response: its exception fits the status."""

from collections.abc import Iterable, Mapping

from rcs_conformance.binding import ErrorCase
from rcs_conformance.checks.judging import at, member, status_of, succeeded
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.common import RequestError
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult

Errors = Mapping[ErrorCase, tuple[str, ...]]
"""The message ids of a binding, by situation."""

CLAUSE = "TS-CHAT-5.7"

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
    409: (ErrorCase.DUPLICATE_CORRELATOR, ErrorCase.SECOND_POLL),
}
"""The situations of a status; the ids of all other statuses are not checked."""

_POLICY = "POL"


def message_id(exchange: Exchange) -> str | None:
    """The message id in a response; `None` without one."""
    error = exchange.answer.content
    if not isinstance(error, RequestError):
        return None
    exception = error.service_exception or error.policy_exception
    return None if exception is None else exception.message_id


def is_id(shown: str | None, expected: str) -> bool:
    """Whether a message id is one of the default binding, or that in fewer digits.

    Dialects have ids of another form, such as three digits; that the form is the binding's is for
    the clause about errors.
    """
    if shown is None or shown[:3] != expected[:3]:
        return False
    digits = shown[3:]
    return digits.isdigit() and expected[3:].endswith(digits)


def described(shown: str | None) -> str:
    """A message id as checks say it."""
    return member("messageId", shown)


def any_of(ids: Iterable[str]) -> str:
    """The condition that the message id is one of these, or begins with one: `POL...`."""
    values = (each if each[-1:].isdigit() else f"{each}..." for each in ids)
    return f"messageId = {' or '.join(values)}"


def fitting_ids(exchange: Exchange, errors: Errors) -> tuple[str, ...]:
    """The message ids, or their beginnings, that fit an error status; none for no verdict.

    Args:
        exchange: A request that was rejected.
        errors: The message ids of the binding.
    """
    if exchange.answer.status == 403:
        return (_POLICY,)
    cases = _BY_STATUS.get(exchange.answer.status, ())
    return tuple(dict.fromkeys(each for case in cases for each in errors[case]))


def message_id_fits(exchange: Exchange, ids: Iterable[str]) -> CheckResult:
    """The exception has an id that fits the error.

    Args:
        exchange: A request that was rejected.
        ids: The message ids that fit, or their beginnings.
    """
    shown = message_id(exchange)
    known = tuple(ids)
    return at(exchange, "requestError").require(
        CLAUSE,
        "error.id",
        holds=shown is not None and shown.startswith(known),
        expected=f"{any_of(known)} with {status_of(exchange)}",
        actual=f"{described(shown)} with {status_of(exchange)}",
    )


def fits_status(exchange: Exchange, errors: Errors) -> CheckResult:
    """The exception is of the kind, and has an id, that fits the status.

    Args:
        exchange: A request that was rejected.
        errors: The message ids of the binding.
    """
    return message_id_fits(exchange, fitting_ids(exchange, errors) or ("SVC", "POL"))


def fits(exchange: Exchange, errors: Errors, rejection: str) -> CheckResult:
    """As `fits_status`, of a request that must be rejected.

    Args:
        exchange: The request.
        errors: The message ids of the binding.
        rejection: The clause that requires the rejection.

    Raises:
        Inconclusive: It was not rejected.
    """
    if succeeded(exchange):
        reason = f"{exchange}; expected: an error status"
        raise Inconclusive(Cause.PRECONDITION, reason, rejection)
    return fits_status(exchange, errors)
