"""Checks of lightweight resources: elements that are read and changed alone."""

from rcs_conformance.checks.judging import at, content_of, member, status_of, succeeded
from rcs_conformance.errors import WireError
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.element import read_element

CLAUSE = "TS-CHAT-5.11"

_RULE = "element.alone"
_MEANWHILE = 60
"""Seconds by which a duration may have run down between two readings."""


def alone(read: Exchange, whole: Exchange, element: str, kind: type) -> CheckResult:
    """The element alone has the value that it has in the whole structure.

    Args:
        read: A GET of the element.
        whole: A GET of the structure.
        element: Its name, which is that of the member too.
        kind: Of its value.
    """
    expected = getattr(content_of(whole, object), element)
    try:
        shown = _value(read, element, kind)
    except WireError as error:
        holds, actual = False, str(error)
    else:
        holds, actual = shown == expected or _close(shown, expected), member(element, shown)
    return at(read).require(
        CLAUSE, _RULE, holds=holds, expected=member(element, expected), actual=actual
    )


def changed(change: Exchange, element: str) -> CheckResult:
    """The element can be changed alone."""
    return at(change).responds(CLAUSE, _RULE, "2xx", f"for the change of {element}")


def shows(whole: Exchange, element: str, value: str | int) -> CheckResult:
    """The structure shows the changed element; a server may shorten a duration."""
    shown = getattr(content_of(whole, object), element)
    shorter = isinstance(shown, int) and isinstance(value, int) and 0 < shown <= value
    return at(whole).require(
        CLAUSE,
        _RULE,
        holds=shown == value or shorter,
        expected=f"{member(element, value)}{' or less' if isinstance(value, int) else ''}",
        actual=member(element, shown),
    )


def _value(read: Exchange, element: str, kind: type) -> object:
    if not succeeded(read):
        raise WireError(status_of(read))
    return read_element(read.answer.body, read.body_format, element, kind).value


def _close(one: object, other: object) -> bool:
    if not isinstance(one, int) or not isinstance(other, int):
        return False
    return abs(one - other) <= _MEANWHILE
