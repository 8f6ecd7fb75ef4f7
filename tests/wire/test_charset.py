"""A byte order mark, the charset of Content-Type, the declaration: the first there is holds."""

import codecs

import pytest

from rcs_conformance.errors import WireError
from rcs_conformance.wire.charset import contradiction, in_utf8
from rcs_conformance.wire.guard import parse_xml

XML = "application/xml"
TEXT = '<?xml version="1.0"{}?><a>\u00e4\u20ac</a>'
LATIN = ' encoding="ISO-8859-1"'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (TEXT.format("").encode(), XML),
        (TEXT.format("").encode(), f"{XML}; charset=UTF-8"),
        (TEXT.format(LATIN).encode(), f"{XML};charset=utf8"),
        (TEXT.format(LATIN).encode(), 'text/xml; CharSet="utf-8"'),
        (TEXT.format("").encode("utf-8-sig"), XML),
        (TEXT.format(LATIN).encode("utf-8-sig"), f"{XML}; charset=iso-8859-1"),
        (TEXT.format(LATIN).encode("utf-8-sig"), ""),
        (TEXT.format("").encode("utf-16"), f"{XML}; charset=utf-8"),
        (codecs.BOM_UTF16_BE + TEXT.format(LATIN).encode("utf-16-be"), XML),
        (TEXT.format("").encode("iso-8859-15"), f"{XML}; charset=iso-8859-15"),
        (TEXT.format(LATIN).encode("cp1252"), "application/x+xml; charset=windows-1252"),
        (TEXT.format("").encode("utf-16-le"), f"{XML}; charset=UTF-16LE"),
        (TEXT.format("").encode("gb18030"), f"{XML}; charset=gb18030"),
        (TEXT.format(' encoding="windows-1252"').encode("cp1252"), XML),
    ],
)
def test_text_is_read_in_its_characters(body: bytes, content_type: str) -> None:
    """Whatever says which these are."""
    assert parse_xml(in_utf8(body, content_type)).text == "\u00e4\u20ac"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{}", "application/json; charset=utf-16"),
        (b"<a/>", f"{XML}; charset=no-such"),
        (b"<a/>", f"{XML}; charset=hex"),
        (b"<a/>", f"{XML}; charset="),
        (b"<a>\xff</a>", f"{XML}; charset=utf-8"),
        (b"\xfe\xff\xd8", XML),
        (b"", f"{XML}; charset=latin1"),
    ],
)
def test_what_cannot_be_changed_stays(body: bytes, content_type: str) -> None:
    """Whether it can be read is for those who read it."""
    assert in_utf8(body, content_type) == body


@pytest.mark.parametrize(
    ("body", "content_type", "found"),
    [
        (TEXT.format("").encode(), f"{XML}; charset=UTF-8", ""),
        (TEXT.format("").encode("utf-16"), f"{XML}; charset=utf-16", ""),
        (TEXT.format(' encoding="utf8"').encode("utf-8-sig"), f"{XML}; charset=us-ascii", ""),
        (TEXT.format(LATIN).encode("latin-1", "replace"), XML, ""),
        (b"{}", "application/json; charset=utf-16", ""),
        (b"<a/>", f"{XML}; charset=no-such", ""),
        (
            TEXT.format(LATIN).encode(),
            f"{XML}; charset=utf-8",
            "charset of Content-Type: utf-8, declaration: ISO-8859-1",
        ),
        (
            TEXT.format("").encode("utf-16"),
            f"{XML}; charset=utf-8",
            "byte order mark: utf-16, charset of Content-Type: utf-8",
        ),
    ],
)
def test_contradictions_are_told(body: bytes, content_type: str, found: str) -> None:
    """Which of the three says what, where they do not agree."""
    assert contradiction(body, content_type) == found


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<a>caf\xe9</a>", "byte 0xe9 is not UTF-8"),
        (b'<?xml version="1.0" encoding="UTF-8"?><a>caf\xe9 </a>', "byte 0xe9 is not UTF-8"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a>\xff</a>", "byte 0xff is not UTF-8"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><a>caf\xe9', ""),
        (b"<a>caf\xc3\xa9", ""),
    ],
)
def test_bytes_that_are_no_utf8_are_named(body: bytes, said: str) -> None:
    """Line and column alone do not say that the encoding is wrong."""
    with pytest.raises(WireError) as caught:
        parse_xml(body)
    assert str(caught.value).startswith("not well-formed XML: ")
    assert str(caught.value).partition("; ")[2] == said
