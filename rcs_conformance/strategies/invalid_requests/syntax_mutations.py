"""Mutations of the bytes: the result is not XML or not JSON.

Left out, since it is well-formed: a document type declaration in XML; in JSON a repeated member
(RFC 8259, section 4, leaves it to the reader) and a byte order mark (section 8.1 lets readers
ignore it).
"""

import re
from collections.abc import Iterator

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.invalid_requests.mutation import Change, Draft, Mutation

_XML, _JSON = (Format.XML,), (Format.JSON,)


def syntax_mutations() -> Iterator[Mutation]:
    """All mutations of the bytes of a body."""
    yield truncated()
    yield empty()
    yield Mutation(name="words behind its end", change=lambda draft: draft.body + b" and so on")
    yield Mutation(name="itself behind its end", change=_twice)
    yield Mutation(
        name="a byte that is no UTF-8", change=_inserted(b"\xff", b'"\xff"'), lenient=True
    )
    yield Mutation(
        name="an entity that is not declared", change=_inserted(b"&other;", b""), formats=_XML
    )
    yield Mutation(
        name="an end tag that does not match", change=_inserted(b"<a></b>", b""), formats=_XML
    )
    yield Mutation(name="a prefix that is not declared", change=_undeclared, formats=_XML)
    yield Mutation(name="NaN for a number", change=_inserted(b"", b"NaN"), formats=_JSON)
    yield Mutation(name="a comma too many", change=_with_comma, formats=_JSON)
    yield Mutation(name="single quotes", change=_inserted(b"", b"'words'"), formats=_JSON)


def truncated() -> Mutation:
    return Mutation(name="its end missing", change=lambda draft: draft.body[:-3])


def empty() -> Mutation:
    return Mutation(name="nothing in it", change=lambda _draft: b"")


def _twice(draft: Draft) -> bytes:
    declaration, end, document = draft.body.rpartition(b"?>\n")
    return declaration + end + document * 2


def _inserted(xml: bytes, json: bytes) -> Change:
    """Appends an unknown member with a wrong value."""

    def change(draft: Draft) -> bytes:
        if draft.format is Format.XML:
            end = draft.body.rindex(b"</")
            return b"%s<other>%s</other>%s" % (draft.body[:end], xml, draft.body[end:])
        return b'%s,"other":%s}}' % (draft.body[:-2], json)

    return change


def _undeclared(draft: Draft) -> bytes:
    return re.sub(rb' xmlns:n="[^"]*"', b"", draft.body, count=1)


def _with_comma(draft: Draft) -> bytes:
    return draft.body[:-2] + b",}}"
