"""The representations of a body and the names of the two ends of a negotiation."""

from enum import StrEnum


class Format(StrEnum):
    """A representation that answers and notifications exist in (binding, section 5)."""

    XML = "xml"
    JSON = "json"

    @property
    def media_type(self) -> str:
        """The media type that names it in `Content-Type` and `Accept`."""
        return f"application/{self.value}"

    @property
    def other(self) -> "Format":
        """The other one of the two."""
        return Format.JSON if self is Format.XML else Format.XML


TEXT_XML = "text/xml"
"""Another media type of requests in XML; answers never have it."""

FORM_MEDIA_TYPE = "application/x-www-form-urlencoded"
"""Media type of requests as form fields (ICS feature `form`); answers never have it."""


def named_format(content_type: str | None) -> Format | None:
    """The format that a Content-Type names; `None` where it names none."""
    plain = (content_type or "").partition(";")[0].strip().lower()
    if plain == TEXT_XML:
        return Format.XML
    return next((fmt for fmt in Format if fmt.media_type == plain), None)


def format_of(content_type: str | None, body: bytes, requested: Format) -> Format:
    """The format in which a body is to be read.

    It is the one that Content-Type names. Where that names none, or the body shows that only the
    label is wrong, it is the requested one. So one defect of the format stays one.

    Args:
        content_type: The value of the header field.
        body: As it came.
        requested: By negotiation.
    """
    beginning = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    shown = {b"<": Format.XML, b"{": Format.JSON}.get(beginning)
    named = named_format(content_type)
    return requested if named is None or shown is requested else named
