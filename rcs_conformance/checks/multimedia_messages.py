"""Checks of multimedia messages that arrive, and of their download (UNI-CHT-027)."""

import hashlib
from collections.abc import Iterator

from rcs_conformance.checks.judging import judged, place_of, status_of
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.exchange import Exchange, header
from rcs_conformance.model.media import Attachment, Download
from rcs_conformance.model.notifications import MultimediaChatMessageNotification
from rcs_conformance.model.results import CheckResult

Announced = Awaited[MultimediaChatMessageNotification]

_AT_ONCE = "UNI-CHT-027.3"
_SAME = "UNI-CHT-027.4"


def announced(told: Announced, sent: Attachment) -> Iterator[CheckResult]:
    """UNI-CHT-027.1: the receiver is notified, with the content type and a URL."""
    content = told.content
    shown = (content.content_type if content else None) or ""
    url = (content.file_url if content else None) or ""
    yield judged(
        "UNI-CHT-027.1",
        "multimedia.content_type",
        same_type(shown, sent.media_type),
        expected=f"{told.user} is notified with contentType {sent.media_type}",
        actual=told.absence if content is None else shown or "no contentType",
        where=f"{told.where} contentType",
        event=told.event,
    )
    yield judged(
        "UNI-CHT-027.1",
        "multimedia.url",
        bool(url.strip()),
        expected=f"{told.user} is notified with a fileURL",
        actual=told.absence if content is None else url or "no fileURL",
        where=f"{told.where} fileURL",
        event=told.event,
    )


def downloadable_at_once(fetched: Download) -> CheckResult:
    """UNI-CHT-027.3: the URL answers a download when the notification arrives."""
    exchange = fetched.exchange
    return judged(
        _AT_ONCE,
        "multimedia.download",
        exchange is not None and exchange.answer.status == 200,
        expected="status 200 at the first attempt, made as soon as the notification is there",
        actual=f"no answer: {fetched.reason}" if exchange is None else status_of(exchange),
        where=f"GET fileURL {fetched.url[:200]}",
        event=None if exchange is None else exchange.number,
    )


def bytes_unchanged(fetched: Download, sent: Attachment) -> CheckResult:
    """UNI-CHT-027.4: what is downloaded are the bytes that were sent."""
    exchange = _done(fetched)
    shown = exchange.answer.body
    return judged(
        _SAME,
        "multimedia.bytes",
        shown == sent.data,
        expected=_bytes(sent.data),
        actual="the same bytes" if shown == sent.data else _difference(sent.data, shown),
        where=place_of(exchange, f"({sent.name})"),
        event=exchange.number,
    )


def type_unchanged(fetched: Download, told: Announced, sent: Attachment) -> CheckResult:
    """UNI-CHT-027.4: what is downloaded has the type that was sent.

    Where the download does not say, the notification did; that is the business of UNI-CHT-027.1.
    """
    exchange = _done(fetched)
    labelled = header(exchange.answer.headers, "content-type")
    notified = (told.content.content_type if told.content else None) or ""
    return judged(
        _SAME,
        "multimedia.type",
        same_type(labelled or notified, sent.media_type),
        expected=f"Content-Type {sent.media_type}",
        actual=f"Content-Type {labelled or notified}",
        where=place_of(exchange, f"Content-Type ({sent.name})"),
        event=exchange.number,
    )


def same_type(shown: str, sent: str) -> bool:
    """Whether two media types are the same, their case and parameters aside."""
    return _essence(shown) == _essence(sent)


def _essence(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _done(fetched: Download) -> Exchange:
    """The download, which had to succeed; that it did not is the business of UNI-CHT-027.3."""
    exchange = fetched.exchange
    if exchange is None or exchange.answer.status != 200:
        reason = fetched.reason if exchange is None else str(exchange)
        raise Inconclusive(Cause.PRECONDITION, reason, _AT_ONCE)
    return exchange


def _bytes(data: bytes) -> str:
    return f"{len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()[:16]}..."


def _difference(sent: bytes, shown: bytes) -> str:
    """Two contents that are not the same: how many bytes, and where they part."""
    pairs = enumerate(zip(sent, shown, strict=False))
    first = next((at for at, (one, other) in pairs if one != other), min(len(sent), len(shown)))
    around = slice(max(0, first - 2), first + 6)
    return (
        f"{_bytes(shown)}; they part at byte {first}: "
        f"{sent[around]!r} was sent, {shown[around]!r} came"
    )
