"""Deviations of the media type: the bytes are right, their label is not."""

from collections.abc import Iterator

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.near_miss.deviations import NearMiss
from rcs_conformance.wire import Codec

_OTHERS = ("text/plain", "application/octet-stream")
"""Media types that no resource takes."""


def media_misses(content: object, fmt: Format, codec: Codec) -> Iterator[NearMiss]:
    """A valid structure under each wrong label.

    Bytes of the other format are malformed (400), and so in a format that is not supported
    (415; RFC 9110, section 15.5.16): both say what is wrong.
    """
    data = codec.encode(content, fmt)
    for media_type in _OTHERS:
        yield NearMiss(
            deviation=f"{fmt.name} as {media_type}",
            data=data,
            media_type=media_type,
            statuses=(415,),
        )
    yield NearMiss(
        deviation=f"{fmt.name} as {fmt.other.media_type}",
        data=data,
        media_type=fmt.other.media_type,
        statuses=(400, 415),
    )
