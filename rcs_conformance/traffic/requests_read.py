"""What the body of a foreign request holds, read as a server of the binding would."""

from dataclasses import dataclass
from email import message_from_bytes

from rcs_conformance.binding import Binding
from rcs_conformance.checks.response_roots import CREATIONS
from rcs_conformance.errors import WireError
from rcs_conformance.model.exchange import header
from rcs_conformance.model.formats import FORM_MEDIA_TYPE, Format, named_format
from rcs_conformance.model.media import Attachment
from rcs_conformance.traffic.entries import Entry
from rcs_conformance.wire import Codec
from rcs_conformance.wire.form import read_form_fields

COMPOSING = "isComposing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the body of a request holds.

    Attributes:
        content: The structure; `None` where there is none, or none that can be read.
        root: Its root in the default binding; empty without one.
        format: Of the structure; `None` where it is in none of the two.
        structure: The bytes of the structure, without what stands beside it.
        problem: Why a body in one of the two formats cannot be read; empty where it can.
    """

    content: object | None = None
    root: str = ""
    format: Format | None = None
    structure: bytes = b""
    problem: str = ""


def asked_of(entry: Entry, resource: str, codec: Codec, binding: Binding, user: str) -> Asked:
    """What the body of a request holds.

    Args:
        entry: The request.
        resource: That it is about.
        codec: Reads requests.
        binding: Names the parts of bodies of several.
        user: Address of the user in the URL.
    """
    body, told = entry.request_body, header(entry.request_headers, "content-type") or ""
    if not body:
        return Asked()
    plain = told.partition(";")[0].strip().lower()
    if plain == FORM_MEDIA_TYPE:
        return _form(body, resource, codec, user)
    if plain == "multipart/form-data":
        body, told = _structure_part(body, told, binding.parts[0])
    fmt = named_format(told)
    if fmt is None or not body:
        return Asked()
    try:
        document = codec.decode(body, fmt)
    except WireError as error:
        return Asked(format=fmt, structure=body, problem=str(error))
    return Asked(content=document.content, root=document.root, format=fmt, structure=body)


def _form(body: bytes, resource: str, codec: Codec, user: str) -> Asked:
    root = CREATIONS.get(resource, "")
    try:
        if COMPOSING in root or "state" in read_form_fields(body):
            return Asked(root=COMPOSING)
        content = codec.decode_form(body, root, user) if root else None
    except WireError:
        return Asked(root=root)
    return Asked(content=content, root=root)


def attachment_of(entry_body: bytes, told: str, name: str) -> Attachment | None:
    """The content of a multimedia message; `None` without any.

    Args:
        entry_body: Of the request.
        told: Its Content-Type.
        name: Of the part, in the binding.
    """
    head = b"Content-Type: " + told.encode("latin-1", "replace") + b"\r\n\r\n"
    for part in message_from_bytes(head + entry_body).walk():
        data = part.get_payload(decode=True)
        if part.get_param("name", header="content-disposition") == name and isinstance(data, bytes):
            label = str(part.get("content-type") or "")
            return Attachment(name=name, media_type=label, data=data)
    return None


def _structure_part(body: bytes, told: str, name: str) -> tuple[bytes, str]:
    """The part of a body of several that has the structure, with its Content-Type."""
    head = b"Content-Type: " + told.encode("latin-1", "replace") + b"\r\n\r\n"
    message = message_from_bytes(head + body)
    for part in message.walk():
        if part.get_param("name", header="content-disposition") == name:
            data = part.get_payload(decode=True)
            return (data if isinstance(data, bytes) else b""), part.get_content_type()
    return b"", ""
