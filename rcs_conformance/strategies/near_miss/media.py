"""Deviations of the media type: the bytes are right, their label is not."""

from collections.abc import Iterator
from dataclasses import dataclass

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.near_miss.deviations import NearMiss
from rcs_conformance.wire import Codec

_OTHERS = ("text/plain", "application/octet-stream")
"""Media types that no resource takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mislabel:
    """A wrong media type.

    Attributes:
        media_type: What the bytes are labelled as.
        statuses: The status codes that refuse it.
    """

    media_type: str
    statuses: tuple[int, ...]

    def on(self, content: object, fmt: Format, codec: Codec) -> NearMiss:
        """The near miss of a valid structure."""
        return NearMiss(
            deviation=f"{fmt.name} labelled {self.media_type}",
            data=codec.encode(content, fmt),
            media_type=self.media_type,
            statuses=self.statuses,
        )


def mislabels(fmt: Format) -> Iterator[Mislabel]:
    """Each wrong label for a body of a format.

    Bytes of the other format are malformed (400), and so in a format that is not supported
    (415; RFC 9110, section 15.5.16): both say what is wrong.
    """
    for media_type in _OTHERS:
        yield Mislabel(media_type=media_type, statuses=(415,))
    yield Mislabel(media_type=fmt.other.media_type, statuses=(400, 415))
