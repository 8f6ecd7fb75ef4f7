"""Bodies of several parts: a structure, and content of other media (binding, section 2)."""

from urllib3.fields import RequestField
from urllib3.filepost import encode_multipart_formdata

from rcs_conformance.model.media import Attachment


def encoded(
    structure: bytes,
    media_type: str,
    attachment: Attachment,
    parts: tuple[str, str],
    boundary: str,
) -> tuple[bytes, str]:
    """A body of type multipart/form-data, and its `Content-Type` with the boundary.

    Args:
        structure: The first part.
        media_type: Of the first part.
        attachment: The second part.
        parts: Names of the two parts.
        boundary: Stands between them, and in neither.
    """
    first = RequestField(parts[0], structure)
    first.make_multipart(content_type=media_type)
    second = RequestField(parts[1], attachment.data, filename=attachment.name)
    second.make_multipart(content_type=attachment.media_type)
    return encode_multipart_formdata((first, second), boundary)
