"""The format of a response (binding, section 5)."""

from collections.abc import Iterator
from functools import lru_cache

from rcs_conformance.model.formats import TEXT_XML, Format

_WILDCARDS = ("*/*", "application/*")


def media_type(content_type: str) -> str:
    """The media type of a `Content-Type` field, without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def format_of(content_type: str) -> Format | None:
    """The format that a `Content-Type` field names; `None` for any other type."""
    named = media_type(content_type)
    if named == TEXT_XML:
        return Format.XML
    return next((fmt for fmt in Format if fmt.media_type == named), None)


@lru_cache(maxsize=256)
def response_format(accept: str, res_format: str, usual: Format) -> Format | None:
    """The format that the client wants its response in.

    Args:
        accept: The `Accept` field; empty where there is none.
        res_format: The query's `resFormat`; empty where there is none.
        usual: The format of a response to a client that does not mind.

    Returns:
        The format, or `None` if the client accepts neither.
    """
    requested = next((fmt for fmt in Format if fmt.name == res_format.upper()), None)
    fallback = requested or usual
    ranges = dict(_ranges(accept))
    if not any(name not in _WILDCARDS for name in ranges):
        unreadable = res_format != "" and requested is None
        rejected = bool(ranges) and not any(ranges.values())
        return None if unreadable or rejected else fallback
    weights = {fmt: _weight(ranges, fmt) for fmt in Format}
    best = max(weights.values())
    if best <= 0:
        return None
    return fallback if weights[fallback] == best else fallback.other


def _weight(ranges: dict[str, float], fmt: Format) -> float:
    for name in (fmt.media_type, "application/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            weights = [value[2:] for value in parameters if value.startswith("q=")]
            yield name, _quality(weights[0]) if weights else 1.0


def _quality(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
