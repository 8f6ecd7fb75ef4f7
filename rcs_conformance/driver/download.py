"""Fetching content from a URL that the target told: a GET that goes wherever the URL points.

The target is not trusted: nothing but HTTP is spoken, no redirection is followed, and credentials
are for the target's own origin only (binding, section 3). Each fetch has a connection of its own,
so that none fails for an old one that was closed meanwhile.
"""

from urllib.parse import urljoin, urlsplit

import requests

from rcs_conformance.driver.transport import Transport, origin
from rcs_conformance.errors import TargetError
from rcs_conformance.target import Target

RESOURCE = "fileURL"
"""Stands for the key of a resource in the records of fetches; the binding leaves the URL open."""

_SCHEMES = ("http", "https")
_SHOWN = 200


def absolute_url(url: str, server_root: str) -> str:
    """The absolute URL that the target means, as it is asked for.

    Args:
        url: Absolute, or relative to the server root; characters that no URL holds are encoded.
        server_root: Of the target.

    Raises:
        TargetError: It is not an HTTP URL.
    """
    base = f"{server_root.rstrip('/')}/"
    try:
        parts = urlsplit(url)
        if parts.scheme and (parts.scheme not in _SCHEMES or not parts.netloc):
            raise TargetError(f"{url[:_SHOWN]!r} is not an HTTP URL")
        below = url.startswith("/") and not url.startswith(("//", urlsplit(base).path))
        absolute = urljoin(base, url.lstrip("/") if below else url)
        request = requests.PreparedRequest()
        request.prepare_url(absolute, None)
    except ValueError as error:  # so are all mistakes in URLs that requests finds
        raise TargetError(f"{url[:_SHOWN]!r} is not a URL: {error}") from None
    return request.url or absolute


def is_own(url: str, target: Target) -> bool:
    """Whether a URL is of the target's own origin."""
    return origin(url) == origin(target.server_root)


def transport_to(url: str, target: Target, deadline: float | None = None) -> Transport:
    """A transport to whichever origin a URL names, within the target's limits.

    A client certificate is for the target's own origin only.

    Args:
        url: Of what is fetched.
        target: The implementation under test.
        deadline: Seconds that an exchange may take, instead of those of the limits.
    """
    limits = target.limits
    return Transport(
        url,
        deadline=deadline or limits.deadline,
        max_bytes=limits.max_body_bytes,
        tls=target.tls if is_own(url, target) else target.tls.without_certificate(),
    )
