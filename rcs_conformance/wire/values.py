"""Values that a dialect writes in its own way: of enumerations, booleans and times."""

import re
from datetime import UTC, datetime
from enum import StrEnum

from rcs_conformance.binding import Forms, TimeFormat
from rcs_conformance.errors import WireError
from rcs_conformance.wire.structure import Member

_NUMBER = re.compile(r"[0-9]{1,15}")
_UNITS = {TimeFormat.SECONDS: 1, TimeFormat.MILLISECONDS: 1000}


def read_value(value: object, member: Member, forms: Forms, path: str) -> object:
    """A value as the default binding writes it.

    Args:
        value: As it was on the wire.
        member: What it is the value of.
        forms: Of the dialect.
        path: Where it was, for the message.

    Raises:
        WireError: It is not written as the dialect writes it.
    """
    if member.element in forms.booleans:
        return _read_boolean(value, forms.booleans[member.element], path)
    unit = _UNITS.get(forms.times.get(member.element, TimeFormat.DATE_TIME))
    if unit is not None:
        return _read_time(value, unit, path)
    if forms.values and issubclass(member.type, StrEnum) and isinstance(value, str):
        return _read_enumeration(value, member.type, forms, path)
    return value


def written_value(value: object, member: Member, forms: Forms) -> object:
    """A value as the dialect writes it; what has no form there stays as it is."""
    if member.element in forms.booleans:
        is_true, is_false = forms.booleans[member.element]
        return {"true": is_true, "false": is_false}.get(str(value).lower(), value)
    unit = _UNITS.get(forms.times.get(member.element, TimeFormat.DATE_TIME))
    if unit is not None:
        return _written_time(value, unit)
    if issubclass(member.type, StrEnum) and value in list(member.type):
        return forms.values.get(str(value), value)
    return value


def _read_boolean(value: object, words: tuple[str, str], path: str) -> object:
    if value is None:
        return None
    if value not in words:
        raise WireError(f"{value!r} is neither {words[0]} nor {words[1]}", path)
    return value == words[0]


def _read_enumeration(value: str, kind: type[StrEnum], forms: Forms, path: str) -> str:
    for canonical, spelling in forms.values.items():
        if value == spelling and canonical in kind.__members__.values():
            return canonical
    if value in forms.values and value in kind.__members__.values():
        raise WireError(f"{value!r} is spelled {forms.values[value]} in this binding", path)
    return value


def _read_time(value: object, unit: int, path: str) -> object:
    if value is None:
        return None
    if isinstance(value, bool) or not _NUMBER.fullmatch(str(value)):
        what = "seconds" if unit == 1 else "milliseconds"
        raise WireError(f"{value!r} is not a number of {what} since 1970", path)
    try:
        return datetime.fromtimestamp(int(str(value)) / unit, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        raise WireError(f"{value!r} is no time: it is too large", path) from None


def _written_time(value: object, unit: int) -> object:
    try:
        time = datetime.fromisoformat(str(value))
    except ValueError:
        return value
    return value if time.tzinfo is None else int(time.timestamp() * unit)
