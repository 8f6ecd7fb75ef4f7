"""What a near miss is, and the proof that it is one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rcs_conformance.errors import HarnessError, WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.near_miss.documents import (
    READERS,
    Document,
    JsonDocument,
    XmlDocument,
)
from rcs_conformance.wire import Codec, root_of
from rcs_conformance.wire.element import LoneElement, read_element
from rcs_conformance.wire.schema import is_valid
from rcs_conformance.wire.spelling import spelling_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A body that is almost right.

    Attributes:
        deviation: What is wrong with it, as a phrase.
        data: Its bytes.
        media_type: The `Content-Type` that it is sent with.
        statuses: The status codes that refuse it.
    """

    deviation: str
    data: bytes
    media_type: str
    statuses: tuple[int, ...] = (400,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A valid body, to be made wrong.

    Attributes:
        content: The structure in it.
        format: Its format.
        names: How the binding spells roots and members.
    """

    content: object
    format: Format
    names: Mapping[str, str]

    @property
    def body(self) -> bytes:
        """The body as it is when nothing is wrong."""
        return Codec(self.names).encode(self.content, self.format)

    def document(self) -> Document:
        """The body taken apart."""
        return READERS[self.format](self.body, self.names)

    def json(self) -> JsonDocument:
        """The body taken apart, where it is JSON."""
        return JsonDocument(self.body, self.names)

    def xml(self) -> XmlDocument:
        """The body taken apart, where it is XML."""
        return XmlDocument(self.body, self.names)


Change = Callable[[Draft], bytes]
"""Makes a draft wrong in one thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One way to be wrong.

    Attributes:
        name: What is wrong then, as a phrase that completes "a body with ...".
        change: Makes it so.
        formats: The formats in which there is such a thing.
        place: The way to the member that is wrong; empty where it is none.
        statuses: The status codes that refuse it.
    """

    name: str
    change: Change
    formats: tuple[Format, ...] = tuple(Format)
    place: str = ""
    statuses: tuple[int, ...] = (400,)

    def on(self, content: object, fmt: Format, codec: Codec) -> NearMiss | None:
        """The near miss of a valid structure; `None` where the result is valid as well.

        The schemas are those of the default binding, so its names are judged.
        """
        data = self.change(Draft(content=content, format=fmt, names={}))
        if not _is_wrong(data, content, fmt):
            return None
        if codec.names:
            data = self.change(Draft(content=content, format=fmt, names=codec.names))
        return NearMiss(
            deviation=spelling_of(codec.names).path(self.name),
            data=data,
            media_type=fmt.media_type,
            statuses=self.statuses,
        )

    def of(self, content: object, fmt: Format, codec: Codec) -> NearMiss:
        """The near miss of a valid structure.

        Raises:
            HarnessError: The result is valid, so that it is none.
        """
        miss = self.on(content, fmt, codec)
        if miss is None:
            raise HarnessError(f"a {root_of(content).name} with {self.name} is valid")
        return miss


def _is_wrong(data: bytes, content: object, fmt: Format) -> bool:
    """Whether a body is no valid one of the kind of its structure; for an element, that of it."""
    if not isinstance(content, LoneElement):
        return not is_valid(data, fmt, root_of(content).name)
    try:
        read_element(data, fmt, content.name, type(content.value))
    except WireError:
        return True
    return False
