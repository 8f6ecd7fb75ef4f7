"""What fits no structure though it can be read.

Texts that are no URI or no time, stray words, elements in another order.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from types import MappingProxyType

from rcs_conformance.errors import WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.wire.guard import parse_xml
from rcs_conformance.wire.order import misplaced
from rcs_conformance.wire.structure import ROOTS, camel_case

_URIS = re.compile("(.*_)?(address|url)|href")
"""Members that hold a URI."""

_TIMES = frozenset({"lastactive"})
"""Members that hold a date and time."""

_ROOTS = {root.cls: name for name, root in ROOTS.items()}

_URI = re.compile("([!#$&-;=?-Z_a-z~\\[\\]]|%[0-9A-Fa-f]{2})+")


def require_valid(
    body: bytes,
    fmt: Format | None,
    content: object,
    names: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Reject what does not fit.

    Args:
        body: As it was sent.
        fmt: Its format; `None` for form fields.
        content: The structure that was read from it.
        names: How members are spelt.

    Raises:
        WireError: Something in it does not fit.
    """
    if fmt is Format.XML:
        if is_dataclass(content) and type(content) in _ROOTS:
            for where in misplaced(body, _ROOTS[type(content)], names):
                raise WireError(where)
        within = {camel_case(name) for name in _structures(content)}
        structures = {names.get(name, name) for name in within}
        for element in parse_xml(body).iter():
            between = [element.text, *(child.tail for child in element)]
            if len(element) and any(text and text.strip() for text in between):
                raise WireError("words stand between elements", element.tag)
            if not len(element) and element.tag in structures and (element.text or "").strip():
                raise WireError("words stand in the place of members", element.tag)
    for name, text in _texts(content):
        member = names.get(camel_case(name), camel_case(name))
        if _URIS.fullmatch(name) and not is_uri(text):
            raise WireError("is no URI", member)
        if name in _TIMES and not _is_time(text):
            raise WireError("is no date and time", member)


def is_uri(text: str) -> bool:
    return _URI.fullmatch(text) is not None


def _texts(content: object) -> Iterator[tuple[str, str]]:
    """The texts of a structure, each with the name of its field."""
    if isinstance(content, tuple):
        for each in content:
            yield from _texts(each)
    elif is_dataclass(content):
        for field in fields(content):
            value = getattr(content, field.name)
            if isinstance(value, str):
                yield field.name, value
            else:
                yield from _texts(value)


def _structures(content: object) -> Iterator[str]:
    """The names of the fields within a structure that hold a structure each."""
    if isinstance(content, tuple):
        for each in content:
            yield from _structures(each)
    elif is_dataclass(content):
        for field in fields(content):
            value = getattr(content, field.name)
            if is_dataclass(value):
                yield field.name
            yield from _structures(value)


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None and "T" in text
    except ValueError:
        return False
