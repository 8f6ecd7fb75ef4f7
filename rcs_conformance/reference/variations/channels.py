"""Permitted variations of notification channels: how polls are held and answered."""

import re
from dataclasses import replace
from typing import ClassVar
from xml.etree import ElementTree as ET

from rcs_conformance.model.channel import (
    ChannelType,
    LongPollingData,
    NotificationChannel,
    NotificationChannelList,
)
from rcs_conformance.model.formats import Format
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, RawResponse, Response
from rcs_conformance.reference.channel import Channel
from rcs_conformance.reference.notices import Outgoing
from rcs_conformance.reference.paths import POLL
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.rules.protocol import Operate
from rcs_conformance.reference.seams import ANYWHERE, PERMITTED, Deviation, Usual
from rcs_conformance.reference.state import Account, Accounts
from rcs_conformance.wire.notification_list import PARAMETERS


@ANYWHERE.rule(Rules.gather, PERMITTED)
def polls_slow(usual: Usual[float]) -> float:
    """A poll returns all notifications a moment after the first one came."""
    return 0.1


@ANYWHERE.rule(Rules.most, PERMITTED)
def polls_single(usual: Usual[int], waiting: int) -> int:
    """A poll returns one of several waiting notifications."""
    return min(waiting, 1)


@ANYWHERE.deviation(PERMITTED)
class PollsNeedParameters(Deviation):
    """A poll without longPollingRequestParameters is rejected."""

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if call.resource == POLL and PARAMETERS not in call.body.decode("utf-8", "replace"):
            raise rejections.malformed(f"{PARAMETERS} expected")
        return super().perform(call, content, operate)


@ANYWHERE.deviation(PERMITTED)
class PollsOpenToUsername(Deviation):
    """The URL of a channel names its user, and is polled without a token."""

    def identify(self, call: Call, accounts: Accounts) -> Account:
        owner = accounts.by_address(call.variables.get("userId", ""))
        if call.resource == POLL and owner is not None:
            return owner
        return super().identify(call, accounts)

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        match response.content:
            case NotificationChannel() as channel:
                return replace(response, content=self._with_username(call, channel))
            case NotificationChannelList() as listed:
                channels = tuple(
                    self._with_username(call, each) for each in listed.notification_channel
                )
                return replace(response, content=replace(listed, notification_channel=channels))
        return response

    @staticmethod
    def _with_username(call: Call, channel: NotificationChannel) -> NotificationChannel:
        data = channel.channel_data
        if not isinstance(data, LongPollingData) or not data.channel_url:
            return channel
        url = f"{data.channel_url}?username={call.variables['userId']}"
        return replace(channel, channel_data=replace(data, channel_url=url))


class _Unheld(Deviation):
    """Answers a poll soon though nothing waits, with this status, with or without a list."""

    status: ClassVar[int] = 200
    has_body: ClassVar[bool] = True

    def hold(self) -> float:
        return 0.05

    def polled(self, taken: tuple[Outgoing, ...]) -> Response:
        response = super().polled(taken)
        if taken:
            return response
        return replace(response, status=self.status, content=() if self.has_body else None)


@ANYWHERE.deviation(PERMITTED)
class PollsEmptyLists(_Unheld):
    """A poll without notifications is held for a moment and returns an empty list."""


@ANYWHERE.deviation(PERMITTED)
class PollsEmptyAnswers(_Unheld):
    """A poll without notifications is held for a moment and returns 200 without a body."""

    has_body = False


@ANYWHERE.deviation(PERMITTED)
class PollsNull(_Unheld):
    """In JSON, a poll without notifications soon returns a list that is null."""

    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        raw = super().finished(call, raw)
        is_empty = call.resource == POLL and raw.body == b'{"notificationList":[]}'
        return replace(raw, body=raw.body.replace(b"[]", b"null")) if is_empty else raw


@ANYWHERE.deviation(PERMITTED)
class PollsEmptyObjects(_Unheld):
    """In JSON, a poll without notifications soon returns a list that is an empty object."""

    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        raw = super().finished(call, raw)
        is_empty = call.resource == POLL and raw.body == b'{"notificationList":[]}'
        return replace(raw, body=raw.body.replace(b"[]", b"{}")) if is_empty else raw


@ANYWHERE.rule(Rules.written, PERMITTED)
def lists_say_complete(usual: Usual[bytes], body: bytes, fmt: Format) -> bytes:
    """A list of notifications has ncListComplete behind them."""
    body = usual(body, fmt)
    if fmt is Format.XML:
        end = rb"(</(\w+:)?notificationList>)"
        return re.sub(end, rb"<ncListComplete>true</ncListComplete>\1", body)
    if body.startswith(b'{"notificationList":[{'):
        return body[:-2] + b',{"ncListComplete":true}]}'
    return body


@ANYWHERE.deviation(PERMITTED)
class ChannelsNeedType(Deviation):
    """In XML, a channel whose channelData has no xsi:type is rejected."""

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if call.operation == "POST channels" and b"<channelData>" in call.body:
            raise rejections.malformed("channelData: xsi:type expected")
        return super().perform(call, content, operate)


@ANYWHERE.rule(Rules.unsupported_channel, PERMITTED)
def unsupported_channel_malformed(usual: Usual[Rejection], channel_type: str) -> Rejection:
    """A channel of a type that is not supported returns 400."""
    return rejections.not_allowed_value("channelType", "LongPolling")


@ANYWHERE.deviation(PERMITTED)
class PollsNoContent(_Unheld):
    """A poll without notifications is held for a moment and returns 204."""

    status, has_body = 204, False


@ANYWHERE.rule(Rules.channel_lifetime, PERMITTED)
def channels_short(usual: Usual[int], requested: int | None) -> int:
    """A channel expires after a second, whatever was requested."""
    return min(usual(requested), 1)


@ANYWHERE.rule(Rules.finished, PERMITTED)
def lists_unqualified(usual: Usual[RawResponse], call: Call, raw: RawResponse) -> RawResponse:
    """Notifications in an XML list have no namespace."""
    raw = usual(call, raw)
    if call.resource != POLL or raw.status != 200 or not raw.body.startswith(b"<?xml"):
        return raw
    opened = re.sub(rb'<n:(\w+) xmlns:n="[^"]*"', rb"<\1", raw.body)
    return replace(raw, body=opened.replace(b"</n:", b"</"))


@ANYWHERE.deviation(PERMITTED)
class ListsOfOneBare(Deviation):
    """In JSON, a list of one notification is not an array."""

    def most(self, waiting: int) -> int:
        return min(waiting, 1)

    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        raw = super().finished(call, raw)
        start, end = b'{"notificationList":[', b"]}"
        if call.resource != POLL or not raw.body.startswith(start) or raw.body == start + end:
            return raw
        return replace(raw, body=b'{"notificationList":' + raw.body[len(start) : -len(end)] + b"}")


@ANYWHERE.deviation(PERMITTED)
class NotificationsBare(Deviation):
    """A poll returns one notification, without a list."""

    def most(self, waiting: int) -> int:
        return min(waiting, 1)

    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        raw = super().finished(call, raw)
        if call.resource != POLL or raw.status != 200:
            return raw
        if raw.body.startswith(b"<"):
            return replace(raw, body=self._first(raw.body))
        found = re.fullmatch(rb'\{"notificationList":\[(.+)\]\}', raw.body, re.DOTALL)
        return replace(raw, body=found[1] if found else raw.body)

    @staticmethod
    def _first(body: bytes) -> bytes:
        """The first notification of a list, with the declarations of its prefixes."""
        listed = list(ET.fromstring(body))  # noqa: S314 - our own bytes
        return ET.tostring(listed[0]).replace(b"\r", b"&#13;") if listed else body


@ANYWHERE.rule(Rules.checks, PERMITTED)
def sockets_check(usual: Usual[bool]) -> bool:
    """A WebSocket begins with a connCheck, and ends where the client sends no connAck."""
    return True


@ANYWHERE.deviation(PERMITTED)
class SocketsCheckWithNull(Deviation):
    """A WebSocket begins with a connCheck, which is null in JSON; as `sockets-check`."""

    def checks(self) -> bool:
        return True

    def written(self, body: bytes, fmt: Format) -> bytes:
        body = super().written(body, fmt)
        is_check = fmt is Format.JSON and body.startswith(b'{"connCheck"')
        return b'{"connCheck":null}' if is_check else body


@ANYWHERE.rule(Rules.greeting, PERMITTED)
def sockets_greet(usual: Usual[tuple[object, ...]]) -> tuple[object, ...]:
    """A WebSocket begins with an empty list of notifications."""
    return ((),)


@ANYWHERE.deviation(PERMITTED)
class SocketsList(Deviation):
    """Each message of a WebSocket is a list of notifications."""

    def lists(self) -> bool:
        return True


@ANYWHERE.rule(Rules.begin, PERMITTED)
def second_sockets_beside(usual: Usual[int], channel: Channel) -> int:
    """A second WebSocket of a channel does not end the first."""
    if channel.given.channel_type is ChannelType.WEB_SOCKETS:
        return channel.begin_beside()
    return usual(channel)
