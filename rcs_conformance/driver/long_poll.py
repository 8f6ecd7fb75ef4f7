"""Long polls: a POST to the URL of a notification channel, held until something is pending.

Each channel has a connection of its own, so that a poll that is held keeps no request waiting. Its
URL is the server's to choose; this user's credentials go along only to the target's own origin.
"""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from threading import Event

from rcs_conformance.driver import download
from rcs_conformance.driver.credentials import (
    Credentials,
    PresentedCredentials,
    send_renewing_token,
)
from rcs_conformance.driver.rate_limit import ALL_HOLDS, LONGEST_HOLD, RateLimit
from rcs_conformance.driver.retry_after import HINT, limit, retry_after
from rcs_conformance.errors import Cause, ConfigurationError, Inconclusive, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.exchange import Answer, Exchange, Request, header
from rcs_conformance.model.formats import Format
from rcs_conformance.target import Target
from rcs_conformance.wire.charset import in_utf8
from rcs_conformance.wire.notification_list import parameters

RESOURCE = "channelURL"
"""Key of the resource in the binding."""

HELD = 120.0
"""Seconds that a server may hold a poll at most: then it is asked again."""


class LongPoll:
    """The polls of one channel, one after the other.

    Attributes:
        held_until: When, on the monotonic clock, the last limit of the target ends or ended that
            kept a poll waiting; 0 where none has.

    Args:
        user: Address of the user whose channel it is.
        credentials: What that user authenticates with.
        target: The implementation under test.
        url: Where to poll, as the target told it.
        fmt: Of the lists.
        log: Knows what must get into no record.
        rate_limit: The rate that the actors of a process keep to together.
        names: What the binding spells otherwise.

    Raises:
        TargetError: The URL is none.
    """

    def __init__(
        self,
        user: str,
        credentials: Credentials,
        target: Target,
        url: str,
        fmt: Format,
        log: EvidenceLog,
        rate_limit: RateLimit,
        names: Mapping[str, str],
    ) -> None:
        located = download.absolute_url(url, target.server_root)
        self._log = log
        self._rate_limit = rate_limit
        self._credentials = credentials if download.is_own(located, target) else None
        deadline = max(HELD, target.limits.deadline)
        self._transport = download.transport_to(located, target, deadline)
        self._request = Request(
            user=user,
            resource=RESOURCE,
            method="POST",
            url=located,
            headers=(("accept", fmt.media_type), ("content-type", fmt.media_type)),
            body=parameters(fmt, names),
            format=fmt,
        )
        self._over = Event()
        self._holds_left = ALL_HOLDS
        self.held_until = 0.0

    def ask(self) -> Exchange:
        """Poll, until the target has no limit that keeps it from answering.

        Not recorded, and not numbered: a poll may be held for long.

        Raises:
            TargetError: There was no answer that can be judged, or the polls are over.
            Inconclusive: The target limits the rate of polls, for longer than a run can wait.
        """
        while True:
            exchange = self._asked()
            reason = limit(exchange.answer)
            if not reason:
                return exchange
            seconds = retry_after(exchange.answer.headers)
            if seconds > min(LONGEST_HOLD, self._holds_left):
                where = exchange.request.operation
                raise Inconclusive(Cause.CONFIGURATION, f"{where}: {reason}; {HINT}")
            self._holds_left -= seconds
            self.held_until = time.monotonic() + seconds
            self._over.wait(seconds)

    def _asked(self) -> Exchange:
        if self._over.is_set():
            raise TargetError("long polling of this channel has ended")
        media_type = self._request.format.media_type
        headers = {"Accept": media_type, "Content-Type": media_type}
        if self._credentials is None:
            return self._ask(self._request, headers)
        try:
            value = self._credentials.value()
            presented = PresentedCredentials(credentials=self._credentials, value=value)
            return send_renewing_token(
                presented, lambda each: self._ask(*each.on(self._request, headers))
            )
        except ConfigurationError as error:  # no access token: as good as no answer
            raise TargetError(str(error)) from None

    def _ask(self, request: Request, headers: Mapping[str, str]) -> Exchange:
        self._rate_limit.wait()
        started, clock = datetime.now(UTC), time.perf_counter()
        try:
            raw = self._transport.send(request.method, request.url, headers, request.body)
        except TargetError as error:
            raise type(error)(self._log.redacted_text(str(error))) from None
        return Exchange(
            number=0,
            request=request,
            answer=Answer(
                status=raw.status,
                headers=tuple((name, self._log.redacted_text(text)) for name, text in raw.headers),
                body=self._log.redacted(
                    in_utf8(raw.body, header(raw.headers, "content-type") or "")
                ),
            ),
            started=started,
            seconds=time.perf_counter() - clock,
        )

    def interrupt(self) -> None:
        """End the poll that goes on, and let no other begin. Safe from another thread."""
        self._over.set()
        self._transport.interrupt()

    def close(self) -> None:
        """Close the connection; only once no poll goes on."""
        self._transport.close()
