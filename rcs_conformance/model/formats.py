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
