"""Multimedia messages as they come in: `multipart/form-data` of two parts (binding, section 2)."""

import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from rcs_conformance.errors import WireError
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.negotiation import format_of
from rcs_conformance.wire import Codec

_MEDIA_TYPE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+(\s*;[ -~]*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """The content of a multimedia message: `media_type` is all of its `Content-Type`."""

    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Multimedia:
    """The body of a request with content: the structure of its root fields, and the content."""

    root: object
    upload: Upload

    @property
    def client_correlator(self) -> str | None:
        """The correlator that the root fields hold."""
        correlator: str | None = getattr(self.root, "client_correlator", None)
        return correlator


def unpacked(content: object) -> tuple[object, Upload | None]:
    """The structure of a body, and its content if there is any."""
    if isinstance(content, Multimedia):
        return content.root, content.upload
    return content, None


def read_multipart(call: Call, codec: Codec) -> Multimedia:
    """The two parts of a body.

    Raises:
        Rejection: 415 for another multipart type, 400 where a part is missing or malformed.
        WireError: The root fields hold no structure.
    """
    if not call.content_type.lower().startswith("multipart/form-data"):
        raise rejections.unsupported_media(call.content_type)
    try:
        head = b"Content-Type: " + call.content_type.encode("ascii") + b"\r\n\r\n"
        parsed = message_from_bytes(head + call.body)
    except ValueError:
        raise rejections.malformed("the parts of the body") from None
    if parsed.defects:
        raise rejections.malformed("the boundaries of the body")
    parts = parsed.get_payload() if parsed.is_multipart() else []
    named = {_name(part): part for part in parts if isinstance(part, Message)}
    if missing := [name for name in codec.parts if name not in named]:
        raise rejections.malformed(", ".join(missing))
    structure, content = (named[name] for name in codec.parts)
    return Multimedia(
        root=_root(structure, codec),
        upload=Upload(media_type=_media_type(content, codec), content=_bytes(content)),
    )


def _name(part: Message) -> str:
    return str(part.get_param("name", "", header="Content-Disposition"))


def _root(part: Message, codec: Codec) -> object:
    fmt = format_of(str(part.get("Content-Type", "")))
    if fmt is None:
        raise rejections.malformed(f"{codec.parts[0]} are neither XML nor JSON")
    try:
        return codec.decode(_bytes(part), fmt).content
    except WireError as error:
        raise rejections.malformed(f"{codec.parts[0]}: {error}") from error


def _media_type(part: Message, codec: Codec) -> str:
    given = " ".join(str(part.get("Content-Type", "")).split())
    if not _MEDIA_TYPE.fullmatch(given):
        raise rejections.malformed(f"the Content-Type of {codec.parts[1]}")
    return given


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        raise rejections.malformed("a part that has parts itself")
    return content
