"""Checks of multimedia messages that arrive, and of their download."""

import hashlib
from collections.abc import Iterator

from rcs_conformance.checks.judging import Place, at, content_type, member, status_of
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.exchange import Exchange, header
from rcs_conformance.model.media import Attachment, Download
from rcs_conformance.model.notifications import MultimediaChatMessageNotification
from rcs_conformance.model.results import CheckResult

Announced = Awaited[MultimediaChatMessageNotification]

_ANNOUNCED = "UNI-CHT-027.1"
_AT_ONCE = "UNI-CHT-027.3"
_SAME = "UNI-CHT-027.4"


def announced(notice: Announced, sent: Attachment) -> Iterator[CheckResult]:
    """The receiver is notified, with the content type and a URL."""
    content = notice.content
    shown = (content.content_type if content else None) or ""
    url = (content.file_url if content else None) or ""
    yield at(notice, "contentType").require(
        _ANNOUNCED,
        "multimedia.content_type",
        holds=same_type(shown, sent.media_type),
        expected=member("contentType", sent.media_type),
        actual=member("contentType", shown or None) if content else "",
    )
    yield at(notice, "fileURL").require(
        _ANNOUNCED,
        "multimedia.url",
        holds=bool(url.strip()),
        expected="fileURL present",
        actual=member("fileURL", url or None) if content else "",
    )


def downloadable_at_once(fetched: Download) -> CheckResult:
    """The file can be downloaded when the notification arrives."""
    exchange = fetched.exchange
    place = Place(f"GET fileURL {fetched.url[:200]}", None if exchange is None else exchange.number)
    return place.require(
        _AT_ONCE,
        "multimedia.download",
        holds=exchange is not None and exchange.answer.status == 200,
        expected="status 200 for the first GET, sent as soon as the notification arrived",
        actual=f"no response: {fetched.reason}" if exchange is None else status_of(exchange),
    )


def bytes_unchanged(fetched: Download, sent: Attachment) -> CheckResult:
    """The downloaded bytes are those that were sent."""
    exchange = _done(fetched)
    shown = exchange.answer.body
    return at(exchange, f"({sent.name})").require(
        _SAME,
        "multimedia.bytes",
        holds=shown == sent.data,
        expected=_bytes(sent.data),
        actual=_bytes(shown) if shown == sent.data else _difference(sent.data, shown),
    )


def type_unchanged(fetched: Download, notice: Announced, sent: Attachment) -> CheckResult:
    """The downloaded file has the type that was sent.

    Where the download has no Content-Type, that of the notification counts.
    """
    exchange = _done(fetched)
    labelled = header(exchange.answer.headers, "content-type")
    notified = (notice.content.content_type if notice.content else None) or ""
    return at(exchange, f"Content-Type ({sent.name})").require(
        _SAME,
        "multimedia.type",
        holds=same_type(labelled or notified, sent.media_type),
        expected=content_type(sent.media_type),
        actual=content_type(labelled)
        + ("" if labelled else f", {member('contentType', notified or None)} in the notification"),
    )


def same_type(shown: str, sent: str) -> bool:
    """Whether two media types are the same, apart from case and parameters."""
    return _essence(shown) == _essence(sent)


def _essence(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _done(fetched: Download) -> Exchange:
    exchange = fetched.exchange
    if exchange is None or exchange.answer.status != 200:
        reason = f"no response: {fetched.reason}" if exchange is None else str(exchange)
        raise Inconclusive(Cause.PRECONDITION, f"{reason}; expected: status 200", _AT_ONCE)
    return exchange


def _bytes(data: bytes) -> str:
    return f"{len(data)} bytes with SHA-256 {hashlib.sha256(data).hexdigest()[:16]}..."


def _difference(sent: bytes, shown: bytes) -> str:
    """Other bytes than those sent: how many, and where the first difference is."""
    pairs = enumerate(zip(sent, shown, strict=False))
    first = next((at for at, (one, other) in pairs if one != other), min(len(sent), len(shown)))
    around = slice(max(0, first - 2), first + 6)
    return (
        f"{_bytes(shown)}; first difference at byte {first}: "
        f"sent {sent[around]!r}, received {shown[around]!r}"
    )
