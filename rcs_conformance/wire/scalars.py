"""Leaf values: between their text on the wire and their type in the model."""

import re
from enum import StrEnum

from rcs_conformance.errors import WireError
from rcs_conformance.wire.structure import enumeration_values

_TRUE = frozenset({"true", "1"})
_FALSE = frozenset({"false", "0"})
_NUMBER = re.compile(r"\+?[0-9]{1,10}")
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")

Scalar = str | int | bool


def read_scalar(text: str, kind: type, path: str) -> Scalar:
    """The value that a text stands for.

    Args:
        text: As it was on the wire; in XML without the white space that its type takes off.
        kind: `str`, `int`, `bool` or an enumeration.
        path: Where it was, for the message.

    Raises:
        WireError: The text is no value of that kind.
    """
    if kind is str:
        return text
    if kind is bool:
        return _read_boolean(text, path)
    if kind is int:
        if not _NUMBER.fullmatch(text):
            raise WireError(f"{text!r} is not a non-negative integer", path)
        return int(text)
    if issubclass(kind, StrEnum):
        try:
            return kind(text)
        except ValueError:
            raise WireError(f"{text!r} is not one of {enumeration_values(kind)}", path) from None
    raise WireError(f"is text where an object is expected: {text!r}", path)


def without_fraction(value: object) -> object:
    """A JSON number as an integer where it is one, however it is written: 3600.0, 7.2e3."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _read_boolean(text: str, path: str) -> bool:
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise WireError(f"{text!r} is not a boolean: true or false", path)


def write_scalar(value: object, path: str) -> str:
    """The text that stands for a value.

    Raises:
        WireError: The value holds a lone surrogate, which cannot be encoded in UTF-8.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if (found := _SURROGATE.search(text)) is not None:
        raise WireError(f"U+{ord(found.group()):04X} cannot be encoded in UTF-8", path)
    return text


def check_xml_text(text: str, path: str) -> None:
    """Refuse what XML 1.0 cannot hold, not even escaped.

    Raises:
        WireError: The text holds such a character.
    """
    if (found := _NOT_XML.search(text)) is not None:
        raise WireError(f"U+{ord(found.group()):04X} is not allowed in XML 1.0", path)
