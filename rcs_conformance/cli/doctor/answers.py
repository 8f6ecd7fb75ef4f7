"""What responses say of the server itself: the host that it names, and the time that it has."""

from collections.abc import Iterable, Iterator
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from statistics import median
from urllib.parse import urlsplit

from rcs_conformance.cli.doctor import finding
from rcs_conformance.cli.doctor.finding import Finding
from rcs_conformance.driver.transport import origin
from rcs_conformance.model.channel import NotificationChannel
from rcs_conformance.model.exchange import Event, Exchange, header
from rcs_conformance.target import NotificationMode, Target
from rcs_conformance.wire.created import location, resource_url

CLOCK = 5.0
"""Seconds that the clocks may differ by; a Date header has whole seconds."""


def clock(events: Iterable[Event]) -> Iterator[Finding]:
    """Whether the server's clock agrees with this machine's, by the Date headers of responses."""
    found = [each for event in events for each in _ahead(event)]
    if not found or abs(ahead := median(found)) <= CLOCK:
        return
    direction = "ahead of" if ahead > 0 else "behind"
    yield finding.warning(
        "clock",
        f"the server's clock is {abs(ahead):.0f} s {direction} the clock of this machine",
        "synchronize both: the dateTime of a message may differ by 60 s from the time at which it"
        " was sent",
    )


def _ahead(event: Event) -> Iterator[float]:
    """How many seconds the Date of a response is ahead of the time at which it came."""
    if not isinstance(event, Exchange):
        return
    try:
        named = parsedate_to_datetime(header(event.answer.headers, "date") or "")
    except ValueError:
        return
    came = event.started + timedelta(seconds=event.seconds)
    named = named if named.tzinfo else named.replace(tzinfo=UTC)
    yield (named - came.astimezone(UTC)).total_seconds()


def hosts(events: Iterable[Event], target: Target) -> Iterator[Finding]:
    """Whether the server's resources and channels are where the target file says the server is."""
    own = origin(target.server_root)
    named: dict[str, str] = {}
    channels: dict[str, str] = {}
    for event in events:
        if isinstance(event, Exchange):
            for url in filter(None, (location(event), resource_url(event))):
                named.setdefault(_origin(url), url)
            for url in _channel_urls(event):
                channels.setdefault(_origin(url), url)
    for where, url in named.items():
        if where and origin(url) != own:
            yield finding.warning(
                "host",
                f"the server names its resources at {where}, not at server_root"
                f" {target.server_root}",
                f"set server_root to an address at {where}, or have server and proxy name the"
                " host of the request",
            )
    for where, url in channels.items():
        if where and origin(url) != own:
            polled = target.notifications.modes != (NotificationMode.CALLBACK,)
            told = finding.wrong if polled else finding.warning
            yield told(
                "channel",
                f"channelURL is at {where}, not at server_root {target.server_root}: polls go"
                " there without credentials",
                f"set server_root to an address at {where}, or [notifications] mode to callback",
            )


def _channel_urls(event: Exchange) -> Iterator[str]:
    content = event.answer.content
    data = content.channel_data if isinstance(content, NotificationChannel) else None
    if data is not None and data.channel_url:
        yield data.channel_url


def _origin(url: str) -> str:
    """Scheme and host of an absolute URL; empty for a relative one."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
