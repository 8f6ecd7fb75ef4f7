"""RecordedTransport: a request is sent, its answer is read, and both are recorded."""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from rcs_conformance.driver import download
from rcs_conformance.driver.credentials import PresentedCredentials, send_renewing_token
from rcs_conformance.driver.rate_limit import RateLimit
from rcs_conformance.driver.retry_after import HINT, limit, retry_after
from rcs_conformance.driver.transport import RawResponse, Transport
from rcs_conformance.errors import Cause, Inconclusive, TargetError, WireError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.exchange import (
    Answer,
    Exchange,
    FailedExchange,
    Headers,
    Request,
    header,
)
from rcs_conformance.model.formats import Format, format_of
from rcs_conformance.wire import Codec
from rcs_conformance.wire.charset import contradiction, in_utf8

_CORRELATOR = "clientCorrelator"
"""The member by which a server knows a request that it has carried out already."""

_AT_THE_START = frozenset({"subscriptions", "ftSubscriptions", "channels"})
"""Resources without which no test can say anything: a target that is busy is waited for."""

_BUSY_WAITS = 2
"""How often a request of a test waits for a target that is busy; after that 503 is judged."""

_COOKIE = re.compile(r'(?:^|,)\s*[^=;,\s]+=\s*"?([^;,"]*)')
"""The value of each cookie in one field, or in several that were joined by commas."""

_SHORTEST_COOKIE = 12
"""Characters of the shortest value of a cookie that may be a session's secret."""


class RecordedTransport:
    """What a user sends, and what came of it.

    Args:
        requests: The codec that the requests are written by.
        responses: Reads the responses.
        log: Where every exchange is recorded.
        rate_limit: The rate that is kept to.
    """

    def __init__(
        self, requests: Codec, responses: Codec, log: EvidenceLog, rate_limit: RateLimit
    ) -> None:
        self._codec = responses
        self._log = log
        self._rate_limit = rate_limit
        self._correlator = requests.names.get(_CORRELATOR, _CORRELATOR).encode()

    def exchange(
        self,
        request: Request,
        headers: Mapping[str, str],
        transport: Transport,
        presented: PresentedCredentials | None,
    ) -> Exchange:
        """Send a request, and once again where an access token has expired on its way.

        Args:
            request: As it is recorded.
            headers: Its header fields, but for what it is authenticated with.
            transport: Over which it goes.
            presented: What it is authenticated with, if anything.

        Raises:
            TargetError: There was no answer that can be judged; what was tried is recorded.
            Inconclusive: The target limits the rate of requests, for longer than a run can wait.
            ConfigurationError: No new access token is to be had.
        """
        if presented is None:
            return self._once(request, headers, transport)
        return send_renewing_token(
            presented,
            lambda each: self._once(*each.on(request, headers), transport),
            self._log.add,
        )

    def _once(self, request: Request, headers: Mapping[str, str], transport: Transport) -> Exchange:
        """Send a request; again after the wait that a limit asks for, which did not process it.

        What was rejected so is no exchange to be judged: it stays in the evidence as failed. Where
        a test of its own gets 503 each time, the last one is judged: the target may have no other
        response to this request.
        """
        is_limit = self._rate_limit.includes_busy or request.resource in _AT_THE_START
        waits: list[float] = []
        while True:
            exchange = self._attempt(request, headers, transport)
            reason, seconds = limit(exchange.answer), retry_after(exchange.answer.headers)
            if not reason:
                self._rate_limit.served(sum(waits))
                return exchange
            if exchange.answer.status == HTTPStatus.SERVICE_UNAVAILABLE and not is_limit:
                if len(waits) == _BUSY_WAITS or not self._rate_limit.hold_busy(seconds):
                    return exchange
                waits.append(seconds)
                self._log.add(_unprocessed(exchange, reason))
                continue
            self._log.add(_unprocessed(exchange, reason))
            if not self._rate_limit.hold(seconds):
                raise Inconclusive(Cause.CONFIGURATION, f"{exchange}: {reason}; {HINT}")

    def _attempt(
        self, request: Request, headers: Mapping[str, str], transport: Transport
    ) -> Exchange:
        self._rate_limit.wait()
        number = self._log.next_number()
        started, clock = datetime.now(UTC), time.perf_counter()
        try:
            raw = transport.send(
                request.method,
                request.url,
                headers,
                request.body,
                is_correlated=self._correlator in request.body,
            )
        except TargetError as error:
            failed = FailedExchange(
                number=number,
                request=request,
                reason=self._log.redacted_text(str(error)),
                started=started,
                seconds=time.perf_counter() - clock,
            )
            self._log.add(failed)
            where = f"{request.operation}: {failed.reason}"
            raise type(error)(where) from None  # the cause may hold what the target sent
        exchange = Exchange(
            number=number,
            request=request,
            answer=self._read(raw, request),
            started=started,
            seconds=time.perf_counter() - clock,
        )
        self._log.add(exchange)
        return exchange

    def _read(self, raw: RawResponse, request: Request) -> Answer:
        """The answer with the structure in it, read in the format that it has."""
        self._log.learn(*_cookies(raw.headers, request))
        is_file = request.resource == download.RESOURCE
        told = header(raw.headers, "content-type") or ""
        body = self._log.redacted(raw.body if is_file else in_utf8(raw.body, told))
        headers = tuple((name, self._log.redacted_text(text)) for name, text in raw.headers)
        answer = Answer(status=raw.status, headers=headers, body=body)
        if body and not is_file and _format_of(answer, request) is Format.XML:
            answer = replace(answer, charsets=contradiction(raw.body, told))
        return self._understood(answer, request)

    def read_again(self, exchange: Exchange) -> Exchange:
        """A recorded exchange with the structure in its answer."""
        return replace(exchange, answer=self._understood(exchange.answer, exchange.request))

    def _understood(self, answer: Answer, request: Request) -> Answer:
        """The answer with the structure in it; content that was downloaded holds none."""
        body = answer.body
        if not body or request.resource == download.RESOURCE:
            return answer
        try:
            document = self._codec.decode(body, _format_of(answer, request))
        except WireError as error:
            return replace(answer, problem=str(error))
        return replace(answer, root=document.root, content=document.content)


def _unprocessed(exchange: Exchange, reason: str) -> FailedExchange:
    """A request that a limit kept from being processed."""
    return FailedExchange(
        number=exchange.number,
        request=exchange.request,
        reason=reason,
        started=exchange.started,
        seconds=exchange.seconds,
    )


def _format_of(answer: Answer, request: Request) -> Format:
    return format_of(header(answer.headers, "content-type"), answer.body, request.format)


def _cookies(headers: Headers, request: Request) -> Iterator[str]:
    """The values of cookies that an answer sets, where they may be secrets.

    A short value, or one that the request itself is about, such as an address, is none: to redact
    it everywhere would change what is judged.
    """
    known = unquote_to_bytes(request.url) + request.body
    for name, text in headers:
        if name == "set-cookie":
            for value in _COOKIE.findall(text):
                if len(value) >= _SHORTEST_COOKIE and value.encode(errors="replace") not in known:
                    yield value
