"""Mutations of elements that are a body of their own: those of lightweight resources.

No schema describes such a body; the codec is the judge (`wire.element`). Left out, since a
conforming server may accept it: what `member_mutations` and `root_mutations` leave out, null in
JSON (it may mean removal), and in XML the element without a namespace, as it is written within its
structure.
"""

from collections.abc import Iterator
from dataclasses import replace

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.invalid_requests.editable_documents import dumped
from rcs_conformance.strategies.invalid_requests.mutation import Change, Draft, Mutation
from rcs_conformance.strategies.invalid_requests.root_mutations import OTHER_NAMESPACE, UNKNOWN_ROOT
from rcs_conformance.strategies.invalid_requests.syntax_mutations import syntax_mutations
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
"""Names of the syntax mutations that need no structure around them."""


def element_mutations(element: LoneElement) -> Iterator[Mutation]:
    """Mutations of the bytes, the root and the value of an element."""
    yield from (each for each in syntax_mutations() if each.name in _OF_ANY_BYTES)
    bad_byte = _holding("a byte that is no UTF-8", b"\xff", b'"\xff"')
    is_text = isinstance(element.value, str)
    yield replace(bad_byte, lenient=is_text, alters_value=is_text)
    yield from _of_root(element)
    yield from _of_value(element)


def _of_root(element: LoneElement) -> Iterator[Mutation]:
    spelt, unknown = element.name.encode(), UNKNOWN_ROOT.encode()

    def renamed(draft: Draft) -> bytes:
        if draft.format is Format.XML:
            return draft.body.replace(b"n:" + spelt, b"n:" + unknown)
        return draft.body.replace(spelt, unknown, 1)

    yield Mutation(name="an unknown root", change=renamed)
    yield Mutation(name="a root in another namespace", change=_moved, formats=_XML)
    yield Mutation(name="an array around it", change=_in_array, formats=_JSON, lenient=True)
    yield Mutation(name="no root", change=_value, formats=_JSON)
    for whole in (b"null", b"{}", b"[]"):
        name = f"{whole.decode()} as the whole"
        yield Mutation(name=name, change=_constant(whole), formats=_JSON)


def _of_value(element: LoneElement) -> Iterator[Mutation]:
    name = element.name
    if isinstance(element.value, int):
        for value in ("", "soon", -1):
            text = str(value).encode()
            yield _holding(f"{name} {value!r}", text, dumped(value))
    yield Mutation(
        name=f"an entity that is not declared in {name}", change=_held(b"&other;"), formats=_XML
    )
    for text, wrong in (
        (b"NaN", "NaN"),
        (b"'words'", "single quotes"),
        (b"{}", "an object"),
    ):
        yield Mutation(name=f"{wrong} for {name}", change=_held(text), formats=_JSON)
    yield Mutation(name=f"{name} twice", change=_doubled, formats=_JSON)


def _holding(name: str, xml: bytes, json_text: bytes) -> Mutation:
    """Another value, written out for both formats."""

    def change(draft: Draft) -> bytes:
        return _held(xml if draft.format is Format.XML else json_text)(draft)

    return Mutation(name=name, change=change)


def _held(text: bytes) -> Change:
    """Replaces the value."""

    def change(draft: Draft) -> bytes:
        body = draft.body
        if draft.format is Format.XML:
            return body[: body.index(b">") + 1] + text + body[body.rindex(b"</") :]
        return body[: body.index(b":") + 1] + text + b"}"

    return change


def _moved(draft: Draft) -> bytes:
    start, _, rest = draft.body.partition(b'xmlns:n="')
    return start + b'xmlns:n="' + OTHER_NAMESPACE.encode() + rest[rest.index(b'"') :]


def _value(draft: Draft) -> bytes:
    """The value without the element around it."""
    body = draft.body
    return body[body.index(b":") + 1 : -1].strip()


def _doubled(draft: Draft) -> bytes:
    value = _value(draft)
    return _held(b"[%s,%s]" % (value, value))(draft)


def _in_array(draft: Draft) -> bytes:
    return b"[" + draft.body + b"]"


def _constant(whole: bytes) -> Change:
    return lambda _draft: whole
