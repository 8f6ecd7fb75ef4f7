"""Downloads of what a target points to; one that the network cuts off says nothing about it."""

from rcs_conformance.driver import Actor
from rcs_conformance.errors import TargetError
from rcs_conformance.model.formats import Format
from rcs_conformance.model.media import Download


def downloaded(who: Actor, url: str, fmt: Format) -> Download:
    """Download content once.

    Where no response comes, the request goes out again, to see whether that is so for good.

    Args:
        who: The user who downloads it.
        url: As the target told it.
        fmt: Of the notification that told it.

    Raises:
        TargetError: The first request got no response, and the second one did.
        ConfigurationError: No access token is to be had.
    """
    try:
        return Download(url=url, exchange=who.download(url, fmt))
    except TargetError as error:
        first = error
    try:
        who.download(url, fmt)
    except TargetError:
        return Download(url=url, exchange=None, reason=str(first))
    raise first
