"""Checks of notification channels (TS-NC-1): made, polled, refreshed, read and deleted."""

from collections.abc import Iterator, Sequence

from rcs_conformance.checks.judging import (
    Place,
    arrival,
    at,
    client_error,
    content_of,
    member,
    shown,
    status_of,
    succeeded,
)
from rcs_conformance.checks.request_errors import described, is_id, message_id
from rcs_conformance.errors import WireError
from rcs_conformance.model.awaited import Awaited, Content
from rcs_conformance.model.channel import (
    ConnAck,
    NotificationChannel,
    NotificationChannelLifetime,
    NotificationChannelList,
)
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.guard import parse_xml
from rcs_conformance.wire.xml import XSI

CREATED = "TS-NC-1.1"
SHOWN = "TS-NC-1.2"
POLLED = "TS-NC-1.3"
SECOND = "TS-NC-1.4"
RESET = "TS-NC-1.5"
REFRESHED = "TS-NC-1.6"
STREAMED = "TS-NC-1.7"
CHECKED = "TS-NC-1.8"
UNSUPPORTED = "TS-NC-1.9"
READ = "TS-NC-1.10"
DELETED = "TS-NC-1.11"

UNSUPPORTED_TYPE = "POL1023"
SECOND_POLL = "SVC1012"

_SEEN = 2
"""Seconds that are gone from a lifetime, and not by rounding alone."""
_ROUNDED = 1.0
"""Seconds by which a lifetime in whole seconds may seem to be off."""


def created(creation: Exchange) -> Iterator[CheckResult]:
    """A channel is created; a reference to it in place of the channel is a remark.

    Args:
        creation: The request for it.
    """
    yield at(creation).responds(CREATED, "channel.created", "2xx")
    if creation.answer.root == "resourceReference":
        yield at(creation).remark(
            CREATED,
            "channel.reference",
            expected="notificationChannel in the response",
            actual="resourceReference in the response; the channel was read",
        )


def usable(created: Exchange, channel: NotificationChannel | None) -> CheckResult:
    """A channel is shown with what a client needs to use it.

    Args:
        created: Its creation.
        channel: The channel in that response or in a GET of it.
    """
    data = channel.channel_data if channel else None
    members = {
        "channelURL": data.channel_url if data else None,
        "callbackURL": channel.callback_url if channel else None,
        "channelLifetime": channel.channel_lifetime if channel else None,
    }
    missing = [name for name, value in members.items() if not value]
    needed = ", ".join(members)
    return at(created, "notificationChannel").require(
        SHOWN,
        "channel.usable",
        holds=succeeded(created) and not missing,
        expected=f"status 201, {needed} present",
        actual=f"{status_of(created)}, "
        + (f"{' and '.join(missing)} absent" if missing else f"{needed} present"),
    )


def of_type(
    created: Exchange, channel: NotificationChannel | None, requested: NotificationChannel
) -> CheckResult:
    """A channel is of the requested type.

    Args:
        created: Its creation.
        channel: The channel in that response or in a GET of it.
        requested: What was requested.
    """
    found = channel.channel_type if channel else None
    return at(created, "notificationChannel/channelType").equals(
        SHOWN, "channel.type", found, requested.channel_type, note="as requested"
    )


def typed(seen: Exchange) -> Iterator[CheckResult]:
    """In XML, channelData says which type it is; in JSON there is nothing to say it by.

    Args:
        seen: A response with a channel.
    """
    if seen.body_format is not Format.XML or seen.answer.root != "notificationChannel":
        return
    try:
        elements = list(parse_xml(seen.answer.body).iter("channelData"))
    except WireError:
        return  # a failure of the representation
    if elements:
        named = [each.get(f"{{{XSI}}}type") for each in elements]
        yield at(seen, "notificationChannel/channelData").require(
            SHOWN,
            "channel.data_type",
            holds=all(named),
            expected="xsi:type present: the type of channelData is abstract",
            actual=f"xsi:type = {shown(named[0])}" if named[0] else "xsi:type absent",
        )


def notified(awaited: Awaited[Content], trouble: str) -> CheckResult:
    """The invited user is notified through the channel that its subscription names.

    Args:
        awaited: The invitation in the channel.
        trouble: Why the channel could no longer be polled; empty where it could.
    """
    arrived = awaited.content is not None
    return at(awaited, "by POST channelURL").require(
        POLLED,
        "channel.notified",
        holds=arrived,
        expected=f"{awaited.user} is notified by a long poll of the channel of its subscription",
        actual=arrival(awaited) if arrived else trouble or awaited.absence,
    )


def in_order(invitations: Sequence[Awaited[Content]]) -> Iterator[CheckResult]:
    """One subscription is notified in the order of what happened; fewer than two have none.

    Args:
        invitations: In the order in which they were caused, each after the response to the last.
    """
    arrived = [each for each in invitations if each.event is not None]
    if len(arrived) > 1:
        place, numbers = at(arrived[0], "by POST channelURL"), [each.event or 0 for each in arrived]
        yield _in_turn(place, numbers, POLLED, "channel.in_order")


def streamed_in_order(notifications: Sequence[Notification]) -> Iterator[CheckResult]:
    """What waits for a WebSocket comes through it in order; fewer than two have none.

    Args:
        notifications: In the order in which they were caused.
    """
    if len(notifications) > 1:
        place = at(notifications[0], "by WebSocket")
        yield _in_turn(place, [each.number for each in notifications], STREAMED, "socket.in_order")


def _in_turn(place: Place, numbers: Sequence[int], clause: str, rule: str) -> CheckResult:
    places = [sorted(numbers).index(each) + 1 for each in numbers]
    in_turn = list(range(1, len(places) + 1))
    return place.require(
        clause,
        rule,
        holds=places == in_turn,
        expected=f"notifications in the order of what they are about: {_listed(in_turn)}",
        actual=f"notifications in the order {_listed(places)}",
    )


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def streamed(awaited: Awaited[Content], trouble: str) -> CheckResult:
    """A user is notified through the WebSocket of the channel of its subscription.

    Args:
        awaited: A message.
        trouble: Why the WebSocket could not be used; empty where it could.
    """
    arrived = awaited.content is not None
    return at(awaited, "by WebSocket").require(
        STREAMED,
        "socket.notified",
        holds=arrived,
        expected=f"{awaited.user} is notified through the WebSocket of its channel",
        actual=arrival(awaited) if arrived else trouble or awaited.absence,
    )


def acknowledged(
    begun: Exchange, answer: ConnAck | None, seconds: float, trouble: str = ""
) -> Iterator[CheckResult]:
    """A connCheck is answered with connAck, which has the lifetime of the channel.

    Args:
        begun: The creation of the channel.
        answer: To the connCheck; `None`: there was none.
        seconds: How long it was waited for.
        trouble: Why there could be no connCheck, which `streamed` tells; empty where it could.
    """
    if trouble:
        return
    lifetime = None if answer is None else answer.channel_lifetime
    yield at(begun, "(WebSocket)").require(
        CHECKED,
        "socket.acknowledged",
        holds=bool(lifetime),
        expected="connAck with channelLifetime in response to connCheck",
        actual=f"no connAck within {seconds:g} s"
        if answer is None
        else f"connAck, {member('channelLifetime', lifetime)}",
    )


def checked_anew(
    begun: Exchange, answer: ConnAck | None, lifetime: int, before: float, after: float
) -> Iterator[CheckResult]:
    """A connCheck lets the lifetime of its channel begin anew: it does not go on as before.

    A server may grant another lifetime, too.

    Args:
        begun: The creation of the channel.
        answer: To the connCheck; nothing is judged without a lifetime in it.
        lifetime: That the channel was shown with, in seconds.
        before: Seconds from the response to the creation to the connCheck.
        after: Seconds from there to the connAck.
    """
    left = None if answer is None else answer.channel_lifetime
    if left is not None and lifetime and before > _SEEN + after:
        longest = lifetime - before + _ROUNDED
        shortest = longest - after - 2 * _ROUNDED
        yield at(begun, "(WebSocket) connAck/channelLifetime").require(
            CHECKED,
            "socket.checked_anew",
            holds=not shortest <= left <= longest,
            expected=f"channelLifetime = {lifetime}, or another one that begins now: not"
            f" {lifetime} less {before:.1f} s",
            actual=member("channelLifetime", left),
        )


def replaced(begun: Exchange, *, ended: bool, seconds: float) -> Iterator[CheckResult]:
    """A remark where a second WebSocket of a channel does not end the first.

    Args:
        begun: The creation of the channel.
        ended: Whether it did.
        seconds: How long that was waited for.
    """
    if not ended:
        yield at(begun, "(two WebSockets)").remark(
            STREAMED,
            "socket.second",
            expected="a second WebSocket of the channel ends the first",
            actual=f"both are open after {seconds:g} s",
        )


def second_ends_first(ended: Exchange | None, begun: Exchange, seconds: float) -> CheckResult:
    """A second poll of a channel ends the one that is open.

    Args:
        ended: The poll that ended, of two at once; `None`: neither did.
        begun: The creation of the channel.
        seconds: How long that was waited for.
    """
    seen, found = ended or begun, None if ended is None else message_id(ended)
    return at(seen, "(two polls at once)").require(
        SECOND,
        "channel.second_poll",
        holds=ended is not None and ended.answer.status == 409 and is_id(found, SECOND_POLL),
        expected=f"status 409, messageId = {SECOND_POLL} for the first of two polls at once",
        actual=f"no poll ended within {seconds:g} s"
        if ended is None
        else f"{status_of(ended)}, {described(found)}",
    )


def open_poll_ended(last: Exchange | None, deletion: Exchange, seconds: float) -> CheckResult:
    """A poll that is open when its channel is deleted is answered that there is none.

    Args:
        last: The poll; `None`: it was not answered.
        deletion: Of the channel.
        seconds: How long its answer was waited for.
    """
    return at(last or deletion, "(DELETE of the channel meanwhile)").require(
        DELETED,
        "channel.open_poll",
        holds=last is not None and last.answer.status == 404,
        expected="status 404 for a poll that is open when its channel is deleted",
        actual=f"no response within {seconds:g} s" if last is None else status_of(last),
    )


def unsupported(exchange: Exchange, requested: NotificationChannel) -> CheckResult:
    """A channel of a type that the target does not support is rejected as such.

    An example of the published text has 400, which is taken as well. A target that creates the
    channel supports the type.

    Args:
        exchange: The request.
        requested: What was requested.
    """
    content, found = exchange.answer.content, message_id(exchange)
    made = content.channel_type if isinstance(content, NotificationChannel) else None
    status = exchange.answer.status
    supported = succeeded(exchange) and made in (None, requested.channel_type)
    refused = status == 400 or (status == 403 and is_id(found, UNSUPPORTED_TYPE))
    seen = described(found) if client_error(exchange) else member("channelType", made)
    return at(exchange).require(
        UNSUPPORTED,
        "channel.unsupported",
        holds=supported or refused,
        expected=f"status 403 with messageId = {UNSUPPORTED_TYPE}, or status 400, or a channel with"
        f" channelType = {requested.channel_type}",
        actual=f"{status_of(exchange)}, {seen}",
    )


def lifetime_left(read: Exchange, granted: int) -> CheckResult:
    """What is left of the lifetime of a channel can be read, and is no more than it was.

    Args:
        read: GET of it.
        granted: The lifetime that the channel was shown with, in seconds.
    """
    left = _left(read)
    return at(read, "notificationChannelLifetime/channelLifetime").require(
        REFRESHED,
        "lifetime.left",
        holds=left is not None and 0 < left <= granted,
        expected=f"status 200, channelLifetime from 1 to {granted}",
        actual=f"{status_of(read)}, {member('channelLifetime', left)}",
    )


def refreshed(put: Exchange) -> CheckResult:
    """The lifetime of a channel can be refreshed, and the response says what it is now."""
    left = _left(put)
    return at(put, "notificationChannelLifetime/channelLifetime").require(
        REFRESHED,
        "lifetime.refreshed",
        holds=left is not None and left > 0,
        expected="status 200, channelLifetime present",
        actual=f"{status_of(put)}, {member('channelLifetime', left)}",
    )


def lasts(read: Exchange, put: Exchange, seconds: float) -> Iterator[CheckResult]:
    """After a refresh, the lifetime is what its response says.

    Args:
        read: GET of what is left.
        put: The refresh before it.
        seconds: Between them, both included.
    """
    granted = _left(put)
    if granted is not None:
        yield _remains(read, granted, seconds, REFRESHED, "lifetime.lasts", "of the refresh")


def begins_anew(read: Exchange, put: Exchange, lifetime: int) -> Iterator[CheckResult]:
    """A refresh lets the lifetime begin anew: it does not go on as before.

    A server may grant less than was left, too.

    Args:
        read: GET of what was left before it; nothing is judged if no time can be seen to be gone.
        put: The refresh, by the lifetime that the channel has.
        lifetime: Of the channel, in seconds.
    """
    before, left = _left(read), _left(put)
    if before is not None and left is not None and before <= lifetime - _SEEN:
        yield at(put, "notificationChannelLifetime/channelLifetime").require(
            REFRESHED,
            "lifetime.begins_anew",
            holds=not before - _SEEN < left <= before,
            expected=f"channelLifetime other than {before}, which was left before the refresh",
            actual=member("channelLifetime", left),
        )


def reset(read: Exchange, granted: int, seconds: float) -> CheckResult:
    """A poll lets the lifetime of its channel begin anew.

    Args:
        read: GET of what is left, after the poll.
        granted: The lifetime that the channel was shown with, in seconds.
        seconds: From before the poll to the end of the GET.
    """
    return _remains(read, granted, seconds, RESET, "lifetime.reset", "of the poll")


def _remains(
    read: Exchange, granted: int, seconds: float, clause: str, rule: str, since: str
) -> CheckResult:
    left, least = _left(read), max(0.0, granted - seconds - _ROUNDED)
    return at(read, "notificationChannelLifetime/channelLifetime").require(
        clause,
        rule,
        holds=left is not None and least <= left <= granted + _ROUNDED,
        expected=f"channelLifetime = {granted}, less the time since the begin {since}",
        actual=f"{status_of(read)}, {member('channelLifetime', left)}",
    )


def _left(exchange: Exchange) -> int | None:
    content = exchange.answer.content
    if not succeeded(exchange) or not isinstance(content, NotificationChannelLifetime):
        return None
    return content.channel_lifetime


def read_again(read: Exchange, channel: NotificationChannel) -> CheckResult:
    """A channel can be read, and is shown as at its creation.

    Args:
        read: GET of it.
        channel: As it was shown before.
    """
    content = read.answer.content
    found = content.callback_url if isinstance(content, NotificationChannel) else None
    return at(read, "notificationChannel/callbackURL").require(
        READ,
        "channel.read",
        holds=found == channel.callback_url,
        expected=f"status 200, {member('callbackURL', channel.callback_url)}, as at its creation",
        actual=f"{status_of(read)}, {member('callbackURL', found)}",
    )


def listed(exchange: Exchange, channel: NotificationChannel) -> CheckResult:
    """A channel is in the list of its user's channels.

    Args:
        exchange: GET of the list.
        channel: As it was shown at its creation.
    """
    entries = content_of(exchange, NotificationChannelList, READ).notification_channel
    found = [each.callback_url for each in entries]
    return at(exchange, "notificationChannelList/notificationChannel/callbackURL").require(
        READ,
        "channel.listed",
        holds=channel.callback_url in found,
        expected=f"an entry with {member('callbackURL', channel.callback_url)}",
        actual=f"{len(found)} entries, none with it"
        if channel.callback_url not in found
        else f"{len(found)} entries, one with it",
    )


def not_listed(exchange: Exchange, channel: NotificationChannel, why: str) -> CheckResult:
    """A channel is in no list that it does not belong to.

    Args:
        exchange: GET of the list.
        channel: As it was shown at its creation.
        why: Why the list must not hold it, as a clause: `it is another user's`.
    """
    entries = content_of(exchange, NotificationChannelList, READ).notification_channel
    found = channel.callback_url in [each.callback_url for each in entries]
    entry = f"entry with {member('callbackURL', channel.callback_url)}"
    return at(exchange, "notificationChannelList/notificationChannel/callbackURL").require(
        READ,
        "channel.not_listed",
        holds=not found,
        expected=f"no {entry}: {why}",
        actual=entry if found else f"{len(entries)} entries, none with it",
    )


def deleted(exchange: Exchange) -> CheckResult:
    """A channel can be deleted."""
    return at(exchange).responds(DELETED, "channel.deleted", "2xx")


def gone(again: Exchange) -> CheckResult:
    """A deleted channel is not found."""
    return at(again).responds(DELETED, "channel.forgotten", "4xx", "for a deleted channel")
