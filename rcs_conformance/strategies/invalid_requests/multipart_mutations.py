"""Mutations of multipart bodies: a structure and its content (binding, section 2; RFC 7578)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message

from rcs_conformance.model.formats import Format
from rcs_conformance.model.media import Attachment
from rcs_conformance.strategies.invalid_requests.member_mutations import twice, without
from rcs_conformance.strategies.invalid_requests.mutation import InvalidRequest, Mutation
from rcs_conformance.strategies.invalid_requests.root_mutations import unknown_root
from rcs_conformance.strategies.invalid_requests.syntax_mutations import empty, truncated
from rcs_conformance.wire import Codec, root_of
from rcs_conformance.wire.schema import is_valid
from rcs_conformance.wire.spelling import spelling_of

_STRUCTURE, _CONTENT = "root-fields", "attachments"
_BOUNDARY = "part-of-a-message"
_END_OF_HEAD = b"\r\n\r\n"

_LABELLED = (400, 415)
"""The status codes that reject a wrong media type: malformed, or not supported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a body; `spelt` is its name in the binding, its media type may be empty."""

    name: str
    media_type: str
    data: bytes
    spelt: str = ""

    def written(self) -> bytes:
        file = '; filename="content"' if self.name == _CONTENT else ""
        lines = [f'Content-Disposition: form-data; name="{self.spelt or self.name}"{file}']
        if self.media_type:
            lines.append(f"Content-Type: {self.media_type}")
        return "\r\n".join(lines).encode() + _END_OF_HEAD + self.data


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A multipart body; `end` is its closing delimiter."""

    parts: tuple[Part, ...]
    media_type: str = f"multipart/form-data; boundary={_BOUNDARY}"
    end: str = f"--{_BOUNDARY}--\r\n"

    def written(self) -> bytes:
        start = f"--{_BOUNDARY}\r\n".encode()
        parts = (start + part.written() + b"\r\n" for part in self.parts)
        return b"".join((*parts, self.end.encode()))


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipartMutation:
    """One mutation of a multipart body; attributes as in `Mutation`.

    Attributes:
        attachment: The content.
        within: The mutation of the structure in the first part, if that is mutated instead.
    """

    name: str
    attachment: Attachment
    change: Callable[[Parts], Parts] = lambda parts: parts
    within: Mutation | None = None
    statuses: tuple[int, ...] = (400,)
    lenient: bool = False

    def apply(self, content: object, fmt: Format, codec: Codec) -> InvalidRequest | None:
        """The mutated body of a valid structure; `None` where the result is valid as well."""
        proof = self.change(self._parts(content, fmt, Codec()))
        if not _is_invalid(proof, root_of(content).name):
            return None
        spelled = self.change(self._parts(content, fmt, codec))
        names = dict(zip((_STRUCTURE, _CONTENT), codec.parts, strict=True))
        renamed = tuple(replace(part, spelt=names[part.name]) for part in spelled.parts)
        return InvalidRequest(
            mutation=spelling_of({**codec.names, **names}).path(self.name),
            data=replace(spelled, parts=renamed).written(),
            media_type=spelled.media_type,
            statuses=self.statuses,
            lenient=self.lenient,
        )

    def _parts(self, content: object, fmt: Format, codec: Codec) -> Parts:
        data = codec.encode(content, fmt)
        if self.within is not None:
            data = self.within.apply_or_fail(content, fmt, codec).data
        structure = Part(name=_STRUCTURE, media_type=fmt.media_type, data=data)
        file = Part(name=_CONTENT, media_type=self.attachment.media_type, data=self.attachment.data)
        return Parts(parts=(structure, file))


def multipart_mutations(
    attachment: Attachment, fmt: Format, member: str = "text"
) -> Iterator[MultipartMutation]:
    """All mutations of a multipart body.

    Args:
        attachment: The content.
        fmt: The format of the structure.
        member: A mandatory, single member of the structure.
    """

    def mutation(
        name: str, change: Callable[[Parts], Parts], statuses: tuple[int, ...] = (400,)
    ) -> MultipartMutation:
        return MultipartMutation(name=name, attachment=attachment, change=change, statuses=statuses)

    for name in (_STRUCTURE, _CONTENT):
        yield mutation(f"no part {name}", _without(name))
    yield mutation("no part", lambda parts: replace(parts, parts=()))
    yield mutation("nothing in it", lambda parts: replace(parts, parts=(), end=""))
    yield mutation("its last boundary missing", lambda parts: replace(parts, end=""))
    yield mutation("another boundary", _sent_as("multipart/form-data; boundary=another"))
    yield mutation("no boundary parameter", _sent_as("multipart/form-data"), _LABELLED)
    for media_type in ("text/plain", fmt.other.media_type, ""):
        label = f"labelled {media_type}" if media_type else "without Content-Type"
        wrong_label = mutation(f"{_STRUCTURE} {label}", _labelled(media_type), _LABELLED)
        yield replace(wrong_label, lenient=True)
    for wrong in (
        truncated(),
        empty(),
        unknown_root(),
        without(member),
        twice(member),
    ):
        yield MultipartMutation(
            name=f"{_STRUCTURE} with {wrong.name}", attachment=attachment, within=wrong
        )


def _without(name: str) -> Callable[[Parts], Parts]:
    return lambda parts: replace(
        parts, parts=tuple(part for part in parts.parts if part.name != name)
    )


def _sent_as(media_type: str) -> Callable[[Parts], Parts]:
    return lambda parts: replace(parts, media_type=media_type)


def _labelled(media_type: str) -> Callable[[Parts], Parts]:
    return lambda parts: replace(
        parts, parts=(replace(parts.parts[0], media_type=media_type), *parts.parts[1:])
    )


def _is_invalid(body: Parts, root: str) -> bool:
    """Whether a body is not one structure and one content, delimited as RFC 2046 says."""
    head = f"Content-Type: {body.media_type}".encode() + _END_OF_HEAD
    read = message_from_bytes(head + body.written())
    held = read.get_payload() if read.is_multipart() else []
    named = {_name(part): part for part in held if isinstance(part, Message)}
    if read.defects or named.keys() != {_STRUCTURE, _CONTENT}:
        return True
    structure = named[_STRUCTURE]
    fmt = next((each for each in Format if each.media_type == structure.get_content_type()), None)
    data = structure.get_payload(decode=True)
    return fmt is None or not isinstance(data, bytes) or not is_valid(data, fmt, root)


def _name(part: Message) -> str:
    return str(part.get_param("name", "", header="Content-Disposition"))
