"""Variations of notification channels: how polls are held, and what they are answered with."""

import re
from dataclasses import replace
from typing import ClassVar

from rcs_conformance.reference.calls import Call, RawResponse, Response
from rcs_conformance.reference.notices import Outgoing
from rcs_conformance.reference.paths import POLL
from rcs_conformance.reference.registry import Variations
from rcs_conformance.reference.rules import Rules

CHANNELS = Variations()


@CHANNELS.add("polls-slow", "A poll is answered a while after something came, with all of it.")
class _Slow(Rules):
    def gather(self) -> float:
        return 0.1


@CHANNELS.add("polls-single", "A poll brings one notification, however many wait.")
class _Single(Rules):
    def most(self, waiting: int) -> int:
        return min(waiting, 1)


class _Unheld(Rules):
    """Answers polls soon, though nothing waits.

    Attributes:
        status: With which.
        has_body: Whether there is an empty list in the response.
    """

    status: ClassVar[int] = 200
    has_body: ClassVar[bool] = True

    def hold(self) -> float:
        return 0.05

    def polled(self, taken: tuple[Outgoing, ...]) -> Response:
        response = super().polled(taken)
        if taken:
            return response
        return replace(response, status=self.status, content=() if self.has_body else None)


@CHANNELS.add("polls-empty-lists", "A poll is held for a moment, then answered with no entries.")
class _EmptyLists(_Unheld):
    pass


@CHANNELS.add("polls-empty-answers", "A poll is held for a moment, then answered without a body.")
class _EmptyAnswers(_Unheld):
    has_body = False


@CHANNELS.add("polls-no-content", "A poll is held for a moment, then answered with 204.")
class _NoContent(_Unheld):
    status, has_body = 204, False


@CHANNELS.add("channels-short", "A channel lasts for a second, whatever was asked for.")
class _Short(Rules):
    def channel_lifetime(self, asked: int | None) -> int:
        return min(super().channel_lifetime(asked), 1)


@CHANNELS.add("lists-unqualified", "Notifications in a list in XML have no namespace.")
class _Unqualified(Rules):
    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        raw = super().finished(call, raw)
        if call.resource != POLL or raw.status != 200 or not raw.body.startswith(b"<?xml"):
            return raw
        opened = re.sub(rb'<n:(\w+) xmlns:n="[^"]*"', rb"<\1", raw.body)
        return replace(raw, body=opened.replace(b"</n:", b"</"))


@CHANNELS.add("lists-of-one-bare", "A list of one in JSON is no array.")
class _OfOneBare(Rules):
    def most(self, waiting: int) -> int:
        return min(waiting, 1)

    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        raw = super().finished(call, raw)
        start, end = b'{"notificationList":[', b"]}"
        if call.resource != POLL or not raw.body.startswith(start) or raw.body == start + end:
            return raw
        return replace(raw, body=b'{"notificationList":' + raw.body[len(start) : -len(end)] + b"}")
