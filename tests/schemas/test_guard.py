"""The readers of untrusted bodies refuse what is hostile and read what is not."""

import pytest

from rcs_conformance.errors import WireError
from rcs_conformance.wire.guard import MAX_BYTES, MAX_DEPTH, parse_json, parse_xml, shown

_ENTITIES = b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;&x;&x;">]><a>&z;</a>'

HOSTILE_XML = {
    "nothing": (b"", "empty"),
    "internal-entity": (_ENTITIES, "DOCTYPE"),
    "external-entity": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "DOCTYPE",
    ),
    "external-dtd": (b'<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a/>', "DOCTYPE"),
    "bare-doctype": (b"<!DOCTYPE a><a/>", "DOCTYPE"),
    "depth-5000": (b"<a>" * 5000 + b"</a>" * 5000, "levels deep"),
    "too-deep-by-one": (b"<a>" * (MAX_DEPTH + 1) + b"</a>" * (MAX_DEPTH + 1), "levels deep"),
    "12-megabytes": (b"<a>" + b"x" * 12_000_000 + b"</a>", "more than the limit"),
    "not-closed": (b"<a>", "not well-formed"),
    "two-roots": (b"<a/><a/>", "not well-formed"),
    "unbound-prefix": (b"<p:a/>", "not well-formed"),
    "bad-utf-8": (b"<a>\xff</a>", "not well-formed"),
    "half-a-surrogate": (b"<a>&#xD800;</a>", "not well-formed"),
    "unknown-encoding": (b'<?xml version="1.0" encoding="x-none"?><a/>', "encoding"),
    "multi-byte-encoding": (b'<?xml version="1.0" encoding="big5"?><a/>', "encoding"),
}

HOSTILE_JSON = {
    "nothing": (b"", "empty"),
    "duplicate-member": (b'{"a": {"b": 1, "b": 1}}', "member 'b' occurs twice"),
    "nan": (b'{"a": NaN}', "NaN is not a JSON number"),
    "infinity": (b"[Infinity]", "Infinity is not"),
    "minus-infinity": (b"[-Infinity]", "-Infinity is not"),
    "number-beyond-double": (b"[1e999]", "too large"),
    "number-of-5000-digits": (b"9" * 5000, "too many digits"),
    "depth-5000": (b"[" * 5000 + b"]" * 5000, "levels deep"),
    "depth-5000-of-objects": (b'{"a":' * 5000 + b"1" + b"}" * 5000, "levels deep"),
    "too-deep-by-one": (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "levels deep"),
    "12-megabytes": (b'"' + b"x" * 12_000_000 + b'"', "more than the limit"),
    "bad-utf-8": (b'"\xff"', "byte 1 is 0xff"),
    "byte-order-mark": (b"\xef\xbb\xbf{}", "byte order mark"),
    "half-a-surrogate": (b'{"a": ["\\ud800"]}', "surrogate"),
    "half-a-surrogate-as-name": (b'{"\\udfff": 1}', "surrogate"),
    "not-closed": (b'{"a": 1', "line 1, column"),
    "more-behind": (b"{} {}", "not JSON"),
}


@pytest.mark.parametrize(("body", "reason"), HOSTILE_XML.values(), ids=HOSTILE_XML)
def test_xml_refuses(body: bytes, reason: str) -> None:
    """Each hostile document is refused with a message that names the reason."""
    with pytest.raises(WireError, match=reason):
        parse_xml(body)


@pytest.mark.parametrize(("body", "reason"), HOSTILE_JSON.values(), ids=HOSTILE_JSON)
def test_json_refuses(body: bytes, reason: str) -> None:
    """Each hostile text is refused with a message that names the reason."""
    with pytest.raises(WireError, match=reason):
        parse_json(body)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_xml_reads_declared_encodings(encoding: str) -> None:
    """A document in an encoding that it declares is read with its characters unchanged."""
    body = f'<?xml version="1.0" encoding="{encoding}"?><a xmlns="urn:x">ä</a>'.encode(encoding)
    root = parse_xml(body)
    assert (root.tag, root.text) == ("{urn:x}a", "ä")


def test_depth_and_size_at_the_limit_are_read() -> None:
    """What is exactly as deep, or as large, as is allowed is read."""
    deep = parse_json(b"[" * MAX_DEPTH + b'"leaf"' + b"]" * MAX_DEPTH)
    assert isinstance(deep, list)
    assert parse_xml(b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH).tag == "a"
    assert parse_xml(b"<a>" + b"x" * (MAX_BYTES - 7) + b"</a>").tag == "a"


def test_json_reads_values_as_they_are() -> None:
    """Numbers, literals and characters beyond the first plane come out unchanged."""
    text = b'{"a": [1, 1.5, true, null, "\\ud83d\\ude00", "\\u00e4"]}'
    assert parse_json(text) == {"a": [1, 1.5, True, None, "😀", "ä"]}


def test_quotes_in_messages_are_short() -> None:
    """A long value is cut where it is quoted, and its length told."""
    assert shown("short") == "'short'"
    assert len(shown("x" * 100_000)) < 120
