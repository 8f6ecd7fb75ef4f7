"""Deviations of elements that stand alone: bodies of lightweight resources.

No schema has such a body, the codec says what fits (`wire.element`). What is not derived, since a
conforming server may take it: what `members` and `roots` leave out as well, a null in JSON, which
may be meant to take the element away, and in XML the element in no namespace, as it stands within
its structure.
"""

from collections.abc import Iterator

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.near_miss.deviations import Change, Deviation, Draft
from rcs_conformance.strategies.near_miss.documents import dumped
from rcs_conformance.strategies.near_miss.malformed import malformations
from rcs_conformance.strategies.near_miss.roots import ELSEWHERE, UNKNOWN
from rcs_conformance.wire.element import LoneElement

_XML, _JSON = (Format.XML,), (Format.JSON,)

_OF_ANY_BYTES = frozenset(
    {
        "its end missing",
        "nothing in it",
        "words behind its end",
        "itself behind its end",
        "a prefix that is not declared",
    }
)
"""Malformations that need no place within a structure."""


def element_deviations(element: LoneElement) -> Iterator[Deviation]:
    """Everything that can be wrong with an element alone: its bytes, its root, its value."""
    yield from (each for each in malformations() if each.name in _OF_ANY_BYTES)
    yield _holding("a byte that is no UTF-8", b"\xff", b'"\xff"')
    yield from _of_root(element)
    yield from _of_value(element)


def _of_root(element: LoneElement) -> Iterator[Deviation]:
    spelt, unknown = element.name.encode(), UNKNOWN.encode()

    def renamed(draft: Draft) -> bytes:
        if draft.format is Format.XML:
            return draft.body.replace(b"n:" + spelt, b"n:" + unknown)
        return draft.body.replace(spelt, unknown, 1)

    yield Deviation(name="an unknown root", change=renamed)
    yield Deviation(name="a root in another namespace", change=_moved, formats=_XML)
    yield Deviation(name="an array around it", change=_in_array, formats=_JSON)
    yield Deviation(name="no root", change=_value, formats=_JSON)
    for whole in (b"null", b"{}", b"[]"):
        name = f"{whole.decode()} as the whole"
        yield Deviation(name=name, change=_constant(whole), formats=_JSON)


def _of_value(element: LoneElement) -> Iterator[Deviation]:
    name = element.name
    if isinstance(element.value, int):
        for value in ("", "soon", -1):
            text = str(value).encode()
            yield _holding(f"{name} {value!r}", text, dumped(value))
    yield Deviation(
        name=f"an entity that is not declared in {name}", change=_held(b"&other;"), formats=_XML
    )
    for text, told in (
        (b"NaN", "NaN"),
        (b"'words'", "single quotes"),
        (b"{}", "an object"),
    ):
        yield Deviation(name=f"{told} for {name}", change=_held(text), formats=_JSON)
    yield Deviation(name=f"{name} twice", change=_doubled, formats=_JSON)


def _holding(name: str, xml: bytes, json_text: bytes) -> Deviation:
    """Another value, as it stands in either format."""

    def change(draft: Draft) -> bytes:
        return _held(xml if draft.format is Format.XML else json_text)(draft)

    return Deviation(name=name, change=change)


def _held(text: bytes) -> Change:
    """Puts something in the place of the value."""

    def change(draft: Draft) -> bytes:
        body = draft.body
        if draft.format is Format.XML:
            return body[: body.index(b">") + 1] + text + body[body.rindex(b"</") :]
        return body[: body.index(b":") + 1] + text + b"}"

    return change


def _moved(draft: Draft) -> bytes:
    start, _, rest = draft.body.partition(b'xmlns:n="')
    return start + b'xmlns:n="' + ELSEWHERE.encode() + rest[rest.index(b'"') :]


def _value(draft: Draft) -> bytes:
    """What the element holds, without it."""
    body = draft.body
    return body[body.index(b":") + 1 : -1].strip()


def _doubled(draft: Draft) -> bytes:
    value = _value(draft)
    return _held(b"[%s,%s]" % (value, value))(draft)


def _in_array(draft: Draft) -> bytes:
    return b"[" + draft.body + b"]"


def _constant(whole: bytes) -> Change:
    return lambda _draft: whole
