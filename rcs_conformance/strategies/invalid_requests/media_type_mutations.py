"""Mutations of the media type: the body is valid, its `Content-Type` is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.invalid_requests.mutation import InvalidRequest
from rcs_conformance.wire import Codec

_NOT_SAID = ("text/plain", "application/octet-stream", "")
"""Media types, and none, that say nothing about the format; a server may look at the bytes."""

_UNSUPPORTED = "image/png"
"""A media type that no resource accepts as a structure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongMediaType:
    """A wrong media type, or none, and the status codes that reject it.

    Attributes:
        lenient: Whether a server may accept it all the same, as of `InvalidRequest`.
    """

    media_type: str
    statuses: tuple[int, ...]
    lenient: bool = False

    def apply(self, content: object, fmt: Format, codec: Codec) -> InvalidRequest:
        label = f"labelled {self.media_type}" if self.media_type else "without Content-Type"
        return InvalidRequest(
            mutation=f"{fmt.name} {label}",
            data=codec.encode(content, fmt),
            media_type=self.media_type,
            statuses=self.statuses,
            lenient=self.lenient,
        )


def wrong_media_types(fmt: Format) -> Iterator[WrongMediaType]:
    """The wrong media types for a body of a format.

    A body labelled with the other format is malformed (400) and in an unsupported format
    (415; RFC 9110, section 15.5.16): both are accepted. So is 400 for a body without a label.
    """
    yield WrongMediaType(media_type=_UNSUPPORTED, statuses=(415,))
    yield WrongMediaType(media_type=fmt.other.media_type, statuses=(400, 415))
    for media_type in _NOT_SAID:
        statuses = (415,) if media_type else (400, 415)
        yield WrongMediaType(media_type=media_type, statuses=statuses, lenient=True)
