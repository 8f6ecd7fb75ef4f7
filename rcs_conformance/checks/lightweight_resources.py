"""Checks of lightweight resources: elements that are read and changed alone (TS-CHAT-5.11)."""

from rcs_conformance.checks.judging import content_of, judged, place_of, status_of, succeeded
from rcs_conformance.errors import WireError
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.element import read_element

CLAUSE = "TS-CHAT-5.11"

_MEANWHILE = 60
"""Seconds by which a duration may have run down between two readings."""


def alone(read: Exchange, whole: Exchange, element: str, kind: type) -> CheckResult:
    """The element alone says what it says in the structure that has it.

    Args:
        read: A reading of the element.
        whole: One of the structure.
        element: Its name, which is that of the member too.
        kind: Of its value.
    """
    expected = getattr(content_of(whole, object), element)
    try:
        shown = _value(read, element, kind)
    except WireError as error:
        return _judged(read, f"{element} {expected!r} alone", str(error), holds=False)
    holds = shown == expected or _close(shown, expected)
    return _judged(read, f"{element} {expected!r} alone", f"{element} {shown!r}", holds=holds)


def changed(change: Exchange, element: str) -> CheckResult:
    """The element can be changed alone."""
    return _judged(change, f"{element} is changed", status_of(change), holds=succeeded(change))


def shows(whole: Exchange, element: str, value: str | int) -> CheckResult:
    """The structure shows the element as it was changed; a server may shorten a duration."""
    shown = getattr(content_of(whole, object), element)
    shorter = isinstance(shown, int) and isinstance(value, int) and 0 < shown <= value
    return _judged(
        whole, f"{element} {value!r}", f"{element} {shown!r}", holds=shown == value or shorter
    )


def _value(read: Exchange, element: str, kind: type) -> object:
    if not succeeded(read):
        raise WireError(status_of(read))
    return read_element(read.answer.body, read.request.format, element, kind).value


def _close(one: object, other: object) -> bool:
    if not isinstance(one, int) or not isinstance(other, int):
        return False
    return abs(one - other) <= _MEANWHILE


def _judged(exchange: Exchange, expected: str, actual: str, *, holds: bool) -> CheckResult:
    return judged(
        CLAUSE,
        "element.alone",
        holds,
        expected=expected,
        actual=actual,
        where=place_of(exchange),
        event=exchange.number,
    )
