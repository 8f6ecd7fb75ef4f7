"""Deviations of bytes: what is no XML or no JSON at all.

What is not derived, since it is well-formed, whatever a careful reader thinks of it: a document
type declaration in XML; in JSON a member that is there twice (RFC 8259, section 4, leaves it to
the reader) and a byte order mark (section 8.1 lets it be passed over).
"""

import re
from collections.abc import Iterator

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.near_miss.deviations import Change, Deviation, Draft

_XML, _JSON = (Format.XML,), (Format.JSON,)


def malformations() -> Iterator[Deviation]:
    """Everything that can be wrong with the bytes of a body."""
    yield Deviation(name="its end missing", change=lambda draft: draft.body[:-3])
    yield Deviation(name="nothing in it", change=lambda _draft: b"")
    yield Deviation(name="words behind its end", change=lambda draft: draft.body + b" and so on")
    yield Deviation(name="itself behind its end", change=_twice)
    yield Deviation(name="a byte that is no UTF-8", change=_inserted(b"\xff", b'"\xff"'))
    yield Deviation(
        name="an entity that is not declared", change=_inserted(b"&other;", b""), formats=_XML
    )
    yield Deviation(
        name="an end tag that does not match", change=_inserted(b"<a></b>", b""), formats=_XML
    )
    yield Deviation(name="a prefix that is not declared", change=_undeclared, formats=_XML)
    yield Deviation(name="NaN for a number", change=_inserted(b"", b"NaN"), formats=_JSON)
    yield Deviation(name="a comma too many", change=_with_comma, formats=_JSON)
    yield Deviation(name="single quotes", change=_inserted(b"", b"'words'"), formats=_JSON)


def _twice(draft: Draft) -> bytes:
    declaration, end, document = draft.body.rpartition(b"?>\n")
    return declaration + end + document * 2


def _inserted(xml: bytes, json: bytes) -> Change:
    """Puts a member that nobody knows behind the others, with something wrong as its value."""

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
