"""Reading bodies that nobody vouches for: the only door through which XML and JSON come in.

Whoever answers a request or reaches the listener may be hostile (design, section 7). Both readers
refuse what is larger than `MAX_BYTES` before they look at it, and what nests deeper than
`MAX_DEPTH`; nothing is fetched, no entity is expanded, and what two parsers could read
differently (duplicate members, `NaN`, a lone surrogate) is refused rather than guessed.
"""

import json
import math
import re
from functools import lru_cache
from itertools import chain
from typing import NoReturn
from xml.etree import ElementTree

from rcs_conformance.errors import WireError

MAX_BYTES = 1024 * 1024
"""The largest body that is read, in bytes."""

COMPOSING = "urn:ietf:params:xml:ns:im-iscomposing"
"""The namespace of composing indications in RFC 3994; no verdict depends on whether they are in it
(binding, section 3), so that they are read all the same."""

MAX_DEPTH = 64
"""How deep elements, objects and arrays may nest; a body of the binding needs less than ten."""

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.-]+)")
"""The encoding in the XML declaration of a document in a superset of ASCII."""

_SHOWN = 80
_KEPT = 128
_KEPT_BYTES = 8192
"""How many bodies are kept as they were read, and of how many bytes each at most."""


class _GuardedBuilder(ElementTree.TreeBuilder):
    """Builds the tree; stops at a document type declaration.

    It overrides nothing that is called for each element, which would double the cost.
    """

    def doctype(self, name: str, pubid: str | None, system: str | None, /) -> NoReturn:
        raise WireError("a DOCTYPE is not accepted: send the root element without one")


def parse_xml(body: bytes) -> ElementTree.Element:
    """Read an XML document from an untrusted source.

    Args:
        body: The document as received.

    Returns:
        The root element; names are qualified as `{namespace}local`.

    Raises:
        WireError: The body is empty, too large, too deep, not well-formed, in an encoding that
            cannot be read, or has a DOCTYPE.
    """
    _check_size(body)
    parser = ElementTree.XMLParser(target=_GuardedBuilder())  # noqa: S314 - guarded here
    try:
        parser.feed(body)
        root: ElementTree.Element = parser.close()
    except ElementTree.ParseError as error:
        raise WireError(f"not well-formed XML: {error}{_undecodable(body)}") from error
    except (LookupError, ValueError) as error:
        raise WireError(f"XML encoding not supported: {error}") from error
    _check_depth(root)
    if COMPOSING.encode() in body:
        _without_composing_namespace(root)
    return root


def _undecodable(body: bytes) -> str:
    """That bytes are no UTF-8 where UTF-8 is what the document says it is; else an empty text."""
    declared = _DECLARED.match(body)
    if body[:2] in _UTF16_MARKS or (declared and declared[1].lower() != b"utf-8"):
        return ""
    try:
        body.decode()
    except UnicodeDecodeError as error:
        return f"; byte 0x{body[error.start]:02x} is not UTF-8"
    return ""


def parse_json(body: bytes) -> object:
    """Read a JSON text from an untrusted source.

    Args:
        body: The text as received; UTF-8 without a byte order mark (RFC 8259, section 8.1).

    Returns:
        What `json.loads` makes of it: dicts, lists, strings, numbers, booleans and `None`.

    Raises:
        WireError: The body is empty, too large, too deep, not UTF-8 or not JSON, names a member
            twice, or holds a number or a string that JSON has no room for.
    """
    _check_size(body)
    text = _utf8(body)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except json.JSONDecodeError as error:
        raise WireError(
            f"not JSON: {error.msg}, line {error.lineno}, column {error.colno}"
        ) from error
    except RecursionError:
        raise _too_deep("objects and arrays") from None
    except ValueError as error:
        raise WireError("JSON number with too many digits") from error
    surrogates = "\\u" in text
    if surrogates or text.count("{") + text.count("[") > MAX_DEPTH:
        _check_values(value, surrogates=surrogates)
    return value


def read_xml(body: bytes) -> ElementTree.Element:
    """As `parse_xml`, for those who change nothing in the document: the last ones are kept.

    A body is read by the codec, by the schema, and by what looks for things that are tolerated.
    """
    return _kept_xml(body) if len(body) <= _KEPT_BYTES else parse_xml(body)


def read_json(body: bytes) -> object:
    """As `parse_json`, for those who change nothing in the document: the last ones are kept."""
    return _kept_json(body) if len(body) <= _KEPT_BYTES else parse_json(body)


_kept_xml = lru_cache(_KEPT)(parse_xml)
_kept_json = lru_cache(_KEPT)(parse_json)


def shown(value: object) -> str:
    """How a value from a body is quoted in a message: as a literal, cut where it is long."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}... ({len(text)} characters)"


def _without_composing_namespace(root: ElementTree.Element) -> None:
    """Take elements below the root in the namespace of RFC 3994 for the binding's own."""
    for element in root.iter():
        if element is not root:
            element.tag = element.tag.removeprefix(f"{{{COMPOSING}}}")


def _check_depth(root: ElementTree.Element) -> None:
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [*chain.from_iterable(level)]
        if not level:
            return
    raise _too_deep("elements")


def _check_size(body: bytes) -> None:
    if not body:
        raise WireError("the body is empty")
    if len(body) > MAX_BYTES:
        raise WireError(f"the body has {len(body)} bytes, more than the limit of {MAX_BYTES}")


def _utf8(body: bytes) -> str:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WireError(f"not UTF-8: byte {error.start} is {body[error.start]:#04x}") from error
    if text.startswith("\ufeff"):
        raise WireError("begins with a byte order mark, which JSON must not have")
    return text


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise WireError(f"member {shown(twice)} occurs twice in one object")
    return members


def _no_constant(name: str) -> NoReturn:
    raise WireError(f"{name} is not a JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise WireError(f"the number {shown(digits)} is too large")
    return number


def _check_values(value: object, *, surrogates: bool) -> None:
    """Refuse what nests too deep and, where escapes could have made some, lone surrogates."""
    level = [value]
    depth = 0
    while level:
        if surrogates:
            _check_text(level)
        if depth == MAX_DEPTH and any(isinstance(value, dict | list) for value in level):
            raise _too_deep("objects and arrays")
        level = [child for parent in level for child in _children(parent)]
        depth += 1


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value.values()]
    return value if isinstance(value, list) else []


def _check_text(values: list[object]) -> None:
    for value in values:
        texts = [value] if isinstance(value, str) else value if isinstance(value, dict) else ()
        for text in texts:
            if any("\ud800" <= character <= "\udfff" for character in text):
                raise WireError(f"{shown(text)} contains half a surrogate pair")


def _too_deep(what: str) -> WireError:
    return WireError(f"{what} are nested more than {MAX_DEPTH} levels deep")
