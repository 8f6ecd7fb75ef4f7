"""Content codings of notifications, undone (RFC 9110, section 8.4.1)."""

import zlib

ACCEPTED = "gzip, deflate"
"""What `decoded` knows, as `Accept-Encoding` names it."""

_ANY_HEADER = 32 + zlib.MAX_WBITS
_NO_HEADER = -zlib.MAX_WBITS
_IDENTITY = ("", "identity")


class UnknownCodingError(Exception):
    """A coding that is not known."""


class DecodedTooLargeError(Exception):
    """There is more than the limit in a coded body."""


def decoded(body: bytes, codings: str, limit: int) -> bytes:
    """A body without its codings.

    Args:
        body: As it was received.
        codings: The value of its Content-Encoding field; empty where there was none.
        limit: How many bytes may come of it.

    Raises:
        UnknownCodingError: One of them is not known.
        DecodedTooLargeError: More comes of it.
        ValueError: It is not coded as is said.
    """
    for coding in reversed([each.strip().lower() for each in codings.split(",")]):
        if coding in ("gzip", "x-gzip", "deflate"):
            body = _inflated(body, limit)
        elif coding not in _IDENTITY:
            raise UnknownCodingError(coding)
    return body


def _inflated(body: bytes, limit: int) -> bytes:
    for window in (_ANY_HEADER, _NO_HEADER):  # of deflate there are two kinds in the field
        reader = zlib.decompressobj(window)
        try:
            found = reader.decompress(body, limit + 1)
        except zlib.error:
            continue
        if len(found) > limit:
            raise DecodedTooLargeError
        if reader.eof:
            return found
    raise ValueError("not the coding that is said, or not all of it")
