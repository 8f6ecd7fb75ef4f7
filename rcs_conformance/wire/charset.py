"""In which characters an XML body is written (RFC 7303, section 3.2).

A byte order mark says it, else the charset of Content-Type, else the declaration in the body. XML
parsers know the first and the last; who receives a body brings the second to them with `in_utf8`.
"""

import codecs
import re
from email.message import Message

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(r"""(<\?xml[^>]*?)\s+encoding\s*=\s*["']([^"'>]*)["']""")
_BEGINNING = 200
"""Characters among which the declaration ends."""


def in_utf8(body: bytes, content_type: str) -> bytes:
    """An XML body as a parser reads it rightly that looks at nothing else.

    Args:
        body: As it was received.
        content_type: The value of its Content-Type field; empty where there was none.

    Returns:
        The same characters in UTF-8, without a declaration that says otherwise. The body as it is
        where that is so already, where it is no XML, or where it is not in the charset named.
    """
    encoding = next((name for mark, name in _MARKS if body.startswith(mark)), "")
    if not encoding and "charset" not in content_type.lower():
        return body
    try:
        encoding = encoding or _charset(content_type)
        if not encoding or (_is_utf8(encoding) and _is_utf8(_declared(body))):
            return body
        text = body.decode(encoding)
    except (LookupError, ValueError):
        return body
    beginning = _DECLARED.sub(r"\1", text[:_BEGINNING], count=1)
    return (beginning + text[_BEGINNING:]).encode("utf-8", "surrogatepass")


def contradiction(body: bytes, content_type: str) -> str:
    """What says otherwise than what holds about the characters of an XML body; empty for nothing.

    Args:
        body: As it was received.
        content_type: The value of its Content-Type field; empty where there was none.
    """
    marked = next((name for mark, name in _MARKS if body.startswith(mark)), "")
    try:
        text = body[: 2 * _BEGINNING].decode(marked or "latin-1", "ignore")
        found = _DECLARED.match(text)
        said = {
            "byte order mark": marked,
            "charset of Content-Type": _charset(content_type),
            "declaration": found[2] if found else "",
        }
        named = {source: name for source, name in said.items() if name}
        kinds = {_kind(name) for name in named.values()}
    except LookupError:
        return ""
    if len(kinds) < 2:
        return ""
    return ", ".join(f"{source}: {name}" for source, name in named.items())


def _kind(encoding: str) -> str:
    """The encoding without what a byte order mark says already."""
    name = codecs.lookup(encoding).name
    return "utf-8" if _is_utf8(encoding) else re.sub("-(le|be)$", "", name)


def _charset(content_type: str) -> str:
    """The charset of a Content-Type that is one of XML; empty where it names none."""
    field = Message()
    field["Content-Type"] = content_type
    is_xml = "xml" in field.get_content_subtype()
    return (field.get_content_charset() or "") if is_xml else ""


def _declared(body: bytes) -> str:
    """The encoding that the declaration names; UTF-8 where it names none."""
    found = _DECLARED.match(body[:_BEGINNING].decode("latin-1").removeprefix("\xef\xbb\xbf"))
    return "utf-8" if found is None else found[2]


def _is_utf8(encoding: str) -> bool:
    return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig", "ascii")
