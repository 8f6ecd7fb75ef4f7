"""One mutation of a body, and the proof that the result is invalid."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rcs_conformance.errors import HarnessError, WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.invalid_requests.editable_documents import (
    READERS,
    Document,
    JsonDocument,
    XmlDocument,
)
from rcs_conformance.wire import Codec, root_of
from rcs_conformance.wire.element import LoneElement, read_element
from rcs_conformance.wire.order import misplaced
from rcs_conformance.wire.schema import is_valid
from rcs_conformance.wire.spelling import spelling_of


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidRequest:
    """A body with one mutation.

    Attributes:
        mutation: What is wrong with it, as a phrase that completes "a body with ...".
        media_type: The `Content-Type` that it is sent with.
        statuses: The status codes that reject it.
        lenient: Whether a server may accept it all the same (binding, section 5): no doubt is
            possible about what is meant.
        alters_value: Whether it takes the place of a value, so that what the server shows of that
            says nothing; a URI that is none would then be shown as well.
    """

    mutation: str
    data: bytes
    media_type: str
    statuses: tuple[int, ...] = (400,)
    lenient: bool = False
    alters_value: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A valid body, before the mutation.

    Attributes:
        names: How the binding spells roots and members.
    """

    content: object
    format: Format
    names: Mapping[str, str]

    @property
    def body(self) -> bytes:
        """The valid body."""
        return Codec(self.names).encode(self.content, self.format)

    def document(self) -> Document:
        """The body, parsed for editing."""
        return READERS[self.format](self.body, self.names)

    def json(self) -> JsonDocument:
        """The body, parsed as JSON."""
        return JsonDocument(self.body, self.names)

    def xml(self) -> XmlDocument:
        """The body, parsed as XML."""
        return XmlDocument(self.body, self.names)


Change = Callable[[Draft], bytes]
"""Writes a draft with one thing wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """One mutation of a body.

    Attributes:
        name: What is wrong, as a phrase that completes "a body with ...".
        formats: The formats in which it can be done.
        place: The path of the wrong member; empty where no member is wrong.
        statuses: The status codes that reject it.
        lenient: Whether a server may accept it all the same, as of `InvalidRequest`.
        alters_value: Whether it takes the place of a value, as of `InvalidRequest`.
    """

    name: str
    change: Change
    formats: tuple[Format, ...] = tuple(Format)
    place: str = ""
    statuses: tuple[int, ...] = (400,)
    lenient: bool = False
    alters_value: bool = False

    def apply(self, content: object, fmt: Format, codec: Codec) -> InvalidRequest | None:
        """The mutated body of a valid structure; `None` where the result is valid as well.

        The schemas have the names of the default binding, so the proof uses those names.
        """
        data = self.change(Draft(content=content, format=fmt, names={}))
        if not _is_invalid(data, content, fmt):
            return None
        if codec.names:
            data = self.change(Draft(content=content, format=fmt, names=codec.names))
        data = codec.rewritten(data, fmt)
        return InvalidRequest(
            mutation=spelling_of(codec.names).path(self.name),
            data=data,
            media_type=fmt.media_type,
            statuses=self.statuses,
            lenient=self.lenient,
            alters_value=self.alters_value,
        )

    def apply_or_fail(self, content: object, fmt: Format, codec: Codec) -> InvalidRequest:
        """The mutated body of a valid structure.

        Raises:
            HarnessError: The result is valid.
        """
        invalid = self.apply(content, fmt, codec)
        if invalid is None:
            raise HarnessError(f"a {root_of(content).name} with {self.name} is valid")
        return invalid


def _is_invalid(data: bytes, content: object, fmt: Format) -> bool:
    if not isinstance(content, LoneElement):
        root = root_of(content).name
        in_order = fmt is not Format.XML or not misplaced(data, root, {})
        return not in_order or not is_valid(data, fmt, root)
    try:
        read_element(data, fmt, content.name, type(content.value))
    except WireError:
        return True
    return False
