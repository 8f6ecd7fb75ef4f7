"""Reading the body of a request: by its media type, and with rules of the server's own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from urllib.parse import parse_qs

from rcs_conformance.errors import WireError
from rcs_conformance.model.formats import FORM_MEDIA_TYPE
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import BODY_LIMIT, Call
from rcs_conformance.reference.dialects import Dialect
from rcs_conformance.reference.lightweight import KINDS
from rcs_conformance.reference.multipart import read_multipart
from rcs_conformance.reference.negotiation import format_of, media_type
from rcs_conformance.reference.validity import require_valid
from rcs_conformance.wire.element import read_element

_FORM_ROOTS: Mapping[str, str] = {
    "subscriptions": "chatNotificationSubscription",
    "oneToOneSessions": "chatSessionInformation",
    "groups": "groupChatSessionInformation",
    "oneToOneMessages": "chatMessage",
    "groupMessages": "chatMessage",
    "longLivedMessages": "chatMessage",
}
"""The resources that accept a POST of form fields, with the root element for them."""

_WITH_CONTENT = (
    "oneToOneSessions",
    "oneToOneMessages",
    "groupMessages",
    "longLivedMessages",
    "ftSessions",
)
"""The resources that accept a POST with content: multimedia messages, files by value."""

_ILLEGIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, and so could not be passed on in it."""

_CHARSET = re.compile(r"charset=\"?([^\s;\"]+)", re.IGNORECASE)


def read_body(call: Call, dialect: Dialect) -> object:
    """The structure of a request's body, in the names of a dialect.

    Raises:
        Rejection: 413 too large, 415 in a format that the resource does not accept, 400 malformed.
    """
    if call.too_large:
        raise rejections.too_large(BODY_LIMIT)
    charset = None if call.is_multipart else _CHARSET.search(call.content_type)
    if charset and charset[1].lower() not in ("utf-8", "us-ascii"):
        raise rejections.unsupported_media(call.content_type)
    if not call.body and (accepted := dialect.accepted_without_body(call)):
        return accepted
    try:
        content = _decode(call, dialect)
        names = dialect.binding.requests.names
        require_valid(call.body, format_of(call.content_type), content, names)
    except WireError as error:
        raise rejections.malformed(str(error)) from error
    if any(_ILLEGIBLE.search(text) for text in _texts(content)):
        raise rejections.malformed("a character that XML 1.0 cannot hold")
    return content


def _decode(call: Call, dialect: Dialect) -> object:
    fmt, codec = format_of(call.content_type), dialect.requests
    if fmt and call.resource in KINDS:
        name, (_, kind) = dialect.element(call.resource), KINDS[call.resource]
        return read_element(call.body, fmt, name, kind)
    if fmt:
        return codec.decode(call.body, fmt).content
    if call.is_multipart and call.resource in _WITH_CONTENT:
        return read_multipart(call, codec)
    root = _FORM_ROOTS.get(call.resource)
    if root is None or media_type(call.content_type) != FORM_MEDIA_TYPE:
        raise rejections.unsupported_media(call.content_type or "none")
    state = dialect.binding.requests.names.get("state", "state")
    if root == "chatMessage" and state in parse_qs(call.body.decode("latin-1")):
        root = "isComposing"
    return codec.decode_form(call.body, root, call.variables["userId"])


def _texts(value: object) -> Iterator[str]:
    """All texts within a structure."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for member in fields(value):
            yield from _texts(getattr(value, member.name))
