"""What a URL that the target gave tells: the ids in it, whatever form it has.

A `resourceURL` may be absolute or relative to the server root, its variables percent-encoded or
bare; on messages it may end in `/status` (binding, section 1).
"""

import re
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_STATUS = "status"


_LONG = 1024
"""URLs of more characters are read each time, for what is kept must not grow large."""


def path_segments(url: str) -> tuple[str, ...]:
    """The segments of a URL's path, percent-decoded; those of the last URLs are kept."""
    return _segments_again(url) if len(url) <= _LONG else _segments_again.__wrapped__(url)


@lru_cache(maxsize=256)
def _segments_again(url: str) -> tuple[str, ...]:
    try:
        path = urlsplit(url).path
    except ValueError:
        path = ""  # no URL, such as one with half a bracket
    return tuple(unquote(segment) for segment in path.split("/"))


def joined(root: str, url: str) -> str:
    """A URL that may be relative to a root as an absolute one; empty where it is no URL."""
    try:
        return urljoin(f"{root}/", url)
    except ValueError:
        return ""


def identifiers(url: str, template: str) -> dict[str, str] | None:
    """The values of a path template's variables in a URL that ends as the template does.

    Args:
        url: As the target gave it.
        template: Such as `/group/{sessionId}/messages/{messageId}`.

    Returns:
        The values, percent-decoded; `None` where the URL does not end that way.
    """
    pattern = template.strip("/").split("/")
    segments = path_segments(url)
    if segments[-1] == _STATUS and pattern[-1] != _STATUS:
        segments = segments[:-1]
    if len(segments) < len(pattern):
        return None
    values: dict[str, str] = {}
    for expected, actual in zip(pattern, segments[-len(pattern) :], strict=True):
        variable = _VARIABLE.fullmatch(expected)
        if variable is None and expected != actual:
            return None
        if variable is not None:
            if not actual:
                return None
            values[variable[1]] = actual
    return values


def same_resource(one: str, other: str) -> bool:
    """Whether two URLs name one resource: compared after percent-decoding, from the path on.

    Scheme and host are left out, for one of the two may be relative and a server may have several
    names; a trailing `/status` on one of them does not matter.
    """
    paths = [path_segments(url) for url in (one, other)]
    short, long = sorted(paths, key=len)
    if len(long) > len(short) and long[-1] == _STATUS and short[-1] != _STATUS:
        long = long[:-1]
    tail = [segment for segment in short if segment]
    return bool(tail) and [segment for segment in long if segment][-len(tail) :] == tail
