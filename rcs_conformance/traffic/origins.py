"""Mapping between two origins: that of a server and that of a proxy before it."""

import re
from dataclasses import dataclass

_JSON_SLASH = b"\\/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Two roots that stand for each other.

    Attributes:
        inner: Scheme, host, port and path of the one.
        outer: Of the other.
    """

    inner: str
    outer: str

    def outward(self, data: bytes) -> bytes:
        """Data in which the inner root is the outer one, in plain and as JSON may escape it."""
        return _replaced(data, self.inner, self.outer)

    def inward(self, data: bytes) -> bytes:
        """The same the other way."""
        return _replaced(data, self.outer, self.inner)

    def outward_text(self, text: str) -> str:
        return self.outward(text.encode("latin-1", "replace")).decode("latin-1")

    def inward_text(self, text: str) -> str:
        return self.inward(text.encode("latin-1", "replace")).decode("latin-1")


def _replaced(data: bytes, old: str, new: str) -> bytes:
    """Data with another root; a host or port that only begins alike is another one."""
    for one, other in _spellings(old, new):
        data = re.sub(re.escape(one) + rb"(?![\w.:-])", other.replace(b"\\", rb"\\"), data)
    return data


def _spellings(old: str, new: str) -> list[tuple[bytes, bytes]]:
    """Both roots as they stand in bodies: plain, with escaped slashes, and as WebSockets."""
    plain = old.encode(), new.encode()
    sockets = plain[0].replace(b"http", b"ws", 1), plain[1].replace(b"http", b"ws", 1)
    return [
        (one.replace(b"/", slash), other.replace(b"/", slash))
        for one, other in (plain, sockets)
        for slash in (b"/", _JSON_SLASH)
    ]
