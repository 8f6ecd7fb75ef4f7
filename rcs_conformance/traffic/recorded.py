"""The record of a run as traffic: exchanges, long polls, notifications, WebSockets."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote_plus

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.exchange import Exchange, FailedExchange, Notification
from rcs_conformance.model.formats import FORM_MEDIA_TYPE
from rcs_conformance.record.archive import Archive, check_head
from rcs_conformance.record.chain import FORMAT, DamagedChainError
from rcs_conformance.record.forms import Form, events_of, poll_of
from rcs_conformance.record.journal import POLL
from rcs_conformance.traffic.entries import Entry, Frame, Lost, Traffic

NO_ANSWER = "without a response"

_UNKNOWN = "http://listener.invalid/"
"""Where a notification was posted to whose subscription the record does not show."""

_SUBSCRIPTIONS = frozenset({"subscriptions", "ftSubscriptions"})
_URL = re.compile(r"https?://[^\s\"'<>\\&]+")
_CREATED = 201


def read_recorded(path: Path) -> Traffic:
    """The traffic of all processes of a run, in the order in which it began.

    A record that is damaged gives what is before the damage.

    Args:
        path: Of the record, or of the output folder that has it.

    Raises:
        ConfigurationError: There is no record of this version.
    """
    entries: list[Entry] = []
    unusable: dict[str, int] = {}
    lost: list[Lost] = []
    with Archive(path) as archive:
        loss = archive.loss
        if loss:
            lost.append(Lost(started=None, may_change=False))
        for name in archive.chains:
            reading = _Reading()
            with archive.chain(name) as chain:
                try:
                    for number, entry in enumerate(chain):
                        if number == 0:
                            check_head(entry, name)
                        reading.take(entry)
                except DamagedChainError as error:
                    unusable[f"after the damage: {error}"] = 1
                    lost.append(Lost(started=None, may_change=False))
                except (KeyError, TypeError, ValueError):
                    raise ConfigurationError(
                        f"{archive.file}: chain {name}: is not as {FORMAT} has it"
                    ) from None
            entries += reading.entries()
            lost += reading.lost
            if reading.unanswered:
                unusable[NO_ANSWER] = unusable.get(NO_ANSWER, 0) + reading.unanswered
    entries.sort(key=lambda each: each.started)
    return Traffic(
        entries=tuple(replace(each, number=place) for place, each in enumerate(entries, 1)),
        unusable=unusable,
        lost=tuple(lost),
        remarks=(loss,) if loss else (),
    )


class _Reading:
    """What a chain has of traffic.

    Attributes:
        unanswered: How many requests got no response.
        lost: As of `Traffic`.
    """

    def __init__(self) -> None:
        self.unanswered = 0
        self.lost: list[Lost] = []
        self._entries: list[Entry] = []
        self._subscribed: list[tuple[str, str]] = []
        self._polls: dict[tuple[str, datetime, bytes], Entry] = {}
        self._sockets: dict[tuple[str, str], list[Notification]] = {}

    def take(self, entry: Form) -> None:
        """Take an entry of the chain."""
        for event in events_of(entry):
            match event:
                case Exchange():
                    self._exchange(event)
                case Notification():
                    self._notification(event)
                case FailedExchange():
                    self.unanswered += 1
                    request = event.request
                    self.lost.append(
                        Lost(started=event.started, method=request.method, url=request.url)
                    )
        if entry["kind"] == "observed" and entry["what"] == POLL:
            if entry.get("value"):
                self._poll(poll_of(entry["value"]))
            elif "error" in entry and self._entries:
                last = self._entries[-1]
                self.lost.append(Lost(started=last.started, method="POST", may_change=False))

    def entries(self) -> Iterator[Entry]:
        """All of it."""
        yield from self._entries
        yield from self._polls.values()
        for (user, _), notifications in self._sockets.items():
            yield _socket(user, notifications)

    def _exchange(self, exchange: Exchange) -> None:
        request = exchange.request
        if request.resource in _SUBSCRIPTIONS and exchange.answer.status == _CREATED:
            body = request.body.decode("utf-8", "replace")
            if FORM_MEDIA_TYPE in dict(request.headers).get("content-type", ""):
                body = unquote_plus(body)
            found = _URL.search(body.replace("\\/", "/"))
            self._subscribed += [(body, found[0])] if found else []
        self._entries.append(_of(exchange))

    def _poll(self, poll: Exchange) -> None:
        key = (poll.request.url, poll.started, poll.answer.body)
        self._polls.setdefault(key, _of(poll))

    def _notification(self, notification: Notification) -> None:
        if notification.poll is not None:
            self._poll(notification.poll)
        elif notification.by_socket:
            key = (notification.user, notification.callback_data)
            self._sockets.setdefault(key, []).append(notification)
        else:
            self._entries.append(self._posted(notification))

    def _posted(self, notification: Notification) -> Entry:
        data = notification.callback_data
        urls = (url for body, url in reversed(self._subscribed) if data and data in body)
        return Entry(
            number=0,
            method="POST",
            url=next(urls, _UNKNOWN),
            request_headers=notification.headers,
            request_body=notification.body,
            status=204,
            started=notification.received,
            inbound=True,
        )


def _of(exchange: Exchange) -> Entry:
    request, answer = exchange.request, exchange.answer
    return Entry(
        number=0,
        method=request.method,
        url=request.url,
        request_headers=request.headers,
        request_body=request.body,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        started=exchange.started,
        seconds=exchange.seconds,
    )


def _socket(user: str, notifications: list[Notification]) -> Entry:
    """What came through a WebSocket; the record does not have its URL."""
    return Entry(
        number=0,
        method="GET",
        url=f"{_UNKNOWN}{user}",
        request_headers=(("upgrade", "websocket"),),
        status=101,
        started=notifications[0].received,
        frames=tuple(
            Frame(sent=False, time=each.received, text=each.body.decode("utf-8", "replace"))
            for each in notifications
        ),
    )
