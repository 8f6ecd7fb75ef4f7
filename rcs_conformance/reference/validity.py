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
from rcs_conformance.wire.element import LoneElement
from rcs_conformance.wire.guard import parse_xml
from rcs_conformance.wire.order import misplaced
from rcs_conformance.wire.structure import ROOTS, camel_case

_URIS = re.compile("(.*_)?(address|url)|href")
"""Members that hold a URI."""

_NAMES = frozenset({"rel", "algorithm", "value", "group_chat_id", "supported_service"})
"""Members that hold a text of at least one character."""

_TIMES = frozenset({"lastactive"})
"""Members that hold a date and time."""

_ROOTS = {root.cls: name for name, root in ROOTS.items()}

_URI = re.compile(
    r"""(?xi)
    ([a-z][a-z0-9+.-]*: | (?![^/?\#]*:))            # a scheme, or no colon in the first segment
    (//(CHAR|[:@])*(\[[0-9a-fv.:]+\])?(:[0-9]*)?(?=[/?\#]|$))?
    (CHAR|[:@/])*(\?(CHAR|[:@/?])*)?(\#(CHAR|[:@/?])*)?
    """.replace("CHAR", "[a-z0-9._~!$&'()*+,;=-]|%[0-9a-f]{2}")
)
"""A URI reference (RFC 3986)."""

_PLAIN: tuple[list[str], ...] = ([], ["{http://www.w3.org/2001/XMLSchema-instance}type"])
"""The attributes that an element with a value may have."""


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
            if (
                not len(element)
                and (element.text or "").strip()
                and [*element.keys()] not in _PLAIN
            ):
                raise WireError("has an attribute", element.tag)
            if not len(element) and element.tag in structures and (element.text or "").strip():
                raise WireError("words stand in the place of members", element.tag)
    for name, text in _texts(content):
        member = names.get(camel_case(name), camel_case(name))
        if _URIS.fullmatch(name) and not is_uri(text):
            raise WireError("is no URI", member)
        if name in _NAMES and not text:
            raise WireError("is empty", member)
        if name in _TIMES and not _is_time(text):
            raise WireError("is no date and time", member)


def is_uri(text: str) -> bool:
    return text != "" and _URI.fullmatch(text) is not None


def _texts(content: object) -> Iterator[tuple[str, str]]:
    """The texts of a structure, each with the name of its field."""
    if isinstance(content, tuple):
        for each in content:
            yield from _texts(each)
    elif is_dataclass(content) and not isinstance(content, LoneElement):
        for field in fields(content):
            value = getattr(content, field.name)
            for each in value if isinstance(value, tuple) else (value,):
                if isinstance(each, str):
                    yield field.name, each
                else:
                    yield from _texts(each)


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
