"""Mutations of the media type: the body is valid, its `Content-Type` is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.invalid_requests.mutation import InvalidRequest
from rcs_conformance.wire import Codec

_OTHERS = ("text/plain", "application/octet-stream")
"""Media types that no resource accepts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongMediaType:
    """A wrong media type, and the status codes that reject it."""

    media_type: str
    statuses: tuple[int, ...]

    def apply(self, content: object, fmt: Format, codec: Codec) -> InvalidRequest:
        return InvalidRequest(
            mutation=f"{fmt.name} labelled {self.media_type}",
            data=codec.encode(content, fmt),
            media_type=self.media_type,
            statuses=self.statuses,
        )


def wrong_media_types(fmt: Format) -> Iterator[WrongMediaType]:
    """The wrong media types for a body of a format.

    A body labelled with the other format is malformed (400) and in an unsupported format
    (415; RFC 9110, section 15.5.16): both are accepted.
    """
    for media_type in _OTHERS:
        yield WrongMediaType(media_type=media_type, statuses=(415,))
    yield WrongMediaType(media_type=fmt.other.media_type, statuses=(400, 415))
