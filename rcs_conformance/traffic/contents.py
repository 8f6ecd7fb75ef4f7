"""What responses and notifications say: each by itself, in both formats, and after other requests.

What a request gave is compared with what is shown of it in `exchanges`, and in `effects`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from datetime import timedelta
from functools import partial

from rcs_conformance.binding import Binding
from rcs_conformance.checks import (
    absence,
    chat_notifications,
    equivalence,
    file_transfers,
    group_list,
    long_lived_groups,
    notification_channels,
)
from rcs_conformance.checks.judging import at, member
from rcs_conformance.errors import Inconclusive, NotApplicable
from rcs_conformance.model.addresses import normal_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.channel import NotificationChannel, NotificationChannelLifetime
from rcs_conformance.model.chat import (
    ChatMessage,
    ChatSessionInformation,
    LongLivedGroupChatList,
    ParticipantStatus,
)
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.filetransfer import FileTransferSessionInformation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatParticipantStatusNotification,
    LongLivedGroupChatAddedNotification,
    LongLivedGroupChatServicesNotification,
    MultimediaChatMessageNotification,
)
from rcs_conformance.model.results import CheckResult
from rcs_conformance.traffic.attributed import Attributed, Seen, Told
from rcs_conformance.traffic.changes import Changes
from rcs_conformance.traffic.chats import Chats, given_members
from rcs_conformance.traffic.exchanges import OCCASIONS
from rcs_conformance.wire.created import created_id, location

_SOON = timedelta(seconds=2)
"""Within which nobody outside the traffic is likely to have changed what was just read."""

_FAILURE = 500
"""The least status of a failure of the server."""

_LISTS = frozenset({"subscriptions", "ftSubscriptions", "channels", "longLivedGroups"})
"""Resources that others change, too."""

_DELETED = {"subscription": "TS-CHAT-4.1.1", "channel": "TS-NC-1.11"}
"""What is not found any more once its user has deleted it, with the clause about it."""

_USABLE = frozenset({"LongPolling", "WebSockets"})


def judged_contents(traffic: Attributed, chats: Chats, binding: Binding) -> Iterator[CheckResult]:
    """The results about what is said.

    Args:
        traffic: Of it.
        chats: Of it, with the ids by which users know them.
        binding: Of the target.
    """
    yield from _formats([each for each in traffic.seen if traffic.is_sure(each.ended)])
    yield from _deleted(traffic.seen)
    yield from _channels(traffic.seen)
    yield from _transfers(traffic.seen, binding)
    yield from _lists(traffic, chats, binding)
    for seen in traffic.seen:
        if seen.ok and seen.exchange.request.method == "POST":
            yield from _answer(seen, binding)
    for told in traffic.told:
        yield from _notification(told)


def _formats(seen: Sequence[Seen]) -> Iterator[CheckResult]:
    """Two readings of one resource, one after the other, say the same in XML and in JSON."""
    changes = Changes(seen)
    last: dict[tuple[str, str], Seen] = {}
    for each in seen:
        request = each.exchange.request
        if request.method != "GET" or not each.ok or request.resource in _LISTS:
            continue
        key = request.user, request.url.partition("?")[0]
        before = last.get(key)
        last[key] = each
        if before is None or each.started - before.ended > _SOON:
            continue
        if before.exchange.request.format is request.format:
            continue
        if changes.end(until=each.ended) >= before.started:
            continue  # what was read may have changed meanwhile
        pair = sorted((before, each), key=lambda one: one.exchange.request.format is Format.JSON)
        xml, json = (one.exchange for one in pair)
        yield from done(partial(equivalence.equivalent, xml, json))


def _deleted(seen: Sequence[Seen]) -> Iterator[CheckResult]:
    """What its user has deleted is not found any more."""
    deleted: dict[tuple[str, str], Seen] = {}
    for each in seen:
        request = each.exchange.request
        if request.resource not in _DELETED:
            continue
        key = request.user, request.url.partition("?")[0]
        if request.method == "DELETE" and each.ok:
            deleted.setdefault(key, each)
        elif each.exchange.answer.status >= _FAILURE:
            continue  # which says nothing of the resource
        elif request.method == "GET" and key in deleted and deleted[key].ended <= each.started:
            yield at(each.exchange).responds(
                _DELETED[request.resource], "resource.deleted", "4xx", "for what was deleted"
            )


def _channels(seen: Sequence[Seen]) -> Iterator[CheckResult]:
    """Channels can be used, are of the type that was asked for, and last as long as they say."""
    lifetimes: defaultdict[tuple[str, str], int] = defaultdict(int)
    for each in seen:
        exchange, asked = each.exchange, each.asked.content
        channel = exchange.answer.content
        key = exchange.request.user, each.variables.get("channelId", "")
        if isinstance(channel, NotificationChannel) and each.ok:
            yield from notification_channels.typed(exchange)
            if channel.channel_type in _USABLE:
                yield notification_channels.usable(exchange, channel)
            if isinstance(asked, NotificationChannel):
                yield notification_channels.of_type(exchange, channel, asked)
                key = key[0], (location(exchange) or "").rstrip("/").rpartition("/")[2]
            lifetimes[key] = max(lifetimes[key], channel.channel_lifetime or 0)
        elif isinstance(channel, NotificationChannelLifetime) and each.ok:
            left = channel.channel_lifetime or 0
            if exchange.request.method != "GET":
                lifetimes[key] = max(lifetimes[key], left)
            elif lifetimes[key]:
                yield notification_channels.lifetime_left(exchange, lifetimes[key])


def _transfers(seen: Sequence[Seen], binding: Binding) -> Iterator[CheckResult]:
    """A file transfer is shown as it was requested, and as accepted once it was."""
    requested: dict[tuple[str, str], FileTransferSessionInformation] = {}
    accepted: dict[tuple[str, str], Seen] = {}
    template = binding.resources["ftSession"].path or ""
    users = {normal_address(each.exchange.request.user) for each in seen}
    for each in seen:
        request, asked = each.exchange.request, each.asked.content
        key = request.user, each.variables.get("sessionId", "")
        if not each.ok:
            continue
        if request.resource == "ftSessions" and isinstance(asked, FileTransferSessionInformation):
            requested[request.user, created_id(each.exchange, template, "sessionId") or ""] = asked
            if asked.group_chat_url:
                yield from file_transfers.names_chat(each.exchange, asked.group_chat_url)
        elif request.resource == "ftStatus":
            accepted.setdefault(key, each)
        elif request.resource == "ftSession" and request.method == "GET":
            yield from _transfer(each, requested.get(key), accepted.get(key), users)


def _transfer(
    seen: Seen,
    requested: FileTransferSessionInformation | None,
    accepted: Seen | None,
    users: Set[str],
) -> Iterator[CheckResult]:
    content = seen.exchange.answer.content
    if not isinstance(content, FileTransferSessionInformation):
        return
    if requested is not None:
        named = (
            address
            for each in (requested, content)
            for address in (each.originator_address, *each.receiver_address)
        )
        if users >= {*map(normal_address, named)}:  # and none is an alias
            yield from file_transfers.shown(seen.exchange, requested)
        if requested.group_chat_url:
            yield from file_transfers.names_chat(seen.exchange, requested.group_chat_url)
        yield from nothing_added(seen.exchange, requested)
    if accepted is not None and accepted.ended <= seen.started:
        yield at(seen.exchange, "fileTransferSessionInformation/status").require(
            "UNI-FLT-001.2",
            "transfer.status",
            holds=content.status is not ParticipantStatus.INVITED,
            expected="status other than Invited, after the acceptance",
            actual=member("status", content.status),
        )


def _lists(traffic: Attributed, chats: Chats, binding: Binding) -> Iterator[CheckResult]:
    """A long-lived group that was just created is listed, with its subject."""
    template = binding.resources["longLivedGroup"].path or ""
    events = [
        (each.notification.received, each.notification.content)
        for each in traffic.told
        if isinstance(each.notification.content, ChatEventNotification)
    ]
    for each in traffic.seen:
        request = each.exchange.request
        if request.resource != "longLivedGroups" or request.method != "GET" or not each.ok:
            continue
        if not traffic.is_sure(each.ended):
            continue
        if not isinstance(each.exchange.answer.content, LongLivedGroupChatList):
            continue
        for chat in chats.all:
            known, ended = chat.id_of(request.user), chat.creation.ended
            if chat.kind is not ChatKind.LONG_LIVED or known is None or not ended <= each.started:
                continue
            if each.started - ended > _SOON or not chat.joined(request.user, each.ended):
                continue
            if any(time >= ended and event.group_chat_id == known for time, event in events):
                continue  # the server may have disabled it, and say so late
            if group_list.entry_of(each.exchange, known) is None:
                yield from group_list.holds(each.exchange, known, template)
            elif subject := getattr(chat.creation.asked.content, "subject", None):
                yield group_list.subject(each.exchange, known, subject)


def _answer(seen: Seen, binding: Binding) -> Iterator[CheckResult]:
    """The response to a creation has nothing that the request did not give."""
    exchange, asked = seen.exchange, seen.asked.content
    resource = exchange.request.resource
    if isinstance(asked, ChatMessage | ChatSessionInformation | FileTransferSessionInformation):
        yield from nothing_added(exchange, asked)
    if resource in ("longLivedGroups", "oneToOneExtendLongLived"):
        template = binding.resources["longLivedGroup"].path or ""
        yield long_lived_groups.ids_agree(exchange, template, OCCASIONS[resource])


def _notification(told: Told) -> Iterator[CheckResult]:
    """What a notification cannot do without is in it."""
    match told.notification.content:
        case LongLivedGroupChatAddedNotification(group_chat_id=shown):
            yield _present(told, "UNI-CHT-032.4", "groupChatId", shown)
        case LongLivedGroupChatServicesNotification(group_chat_id=shown):
            yield _present(told, "UNI-CHT-037.1", "groupChatId", shown)
        case ChatParticipantStatusNotification() as content:
            yield from done(partial(chat_notifications.statuses_present, told.awaited(content)))
            shown = content.session_id or content.group_chat_id
            yield _present(told, "TS-CHAT-4.1.11", "sessionId", shown)
        case ChatEventNotification() as content:
            shown = content.session_id or content.group_chat_id
            yield _present(told, "TS-CHAT-4.1.10", "sessionId", shown)
        case MultimediaChatMessageNotification() as content:
            yield _present(told, "UNI-CHT-027.1", "contentType", content.content_type)
            yield _present(told, "UNI-CHT-027.1", "fileURL", content.file_url)


def _present(told: Told, clause: str, name: str, shown: str | None) -> CheckResult:
    return at(told.notification, name).require(
        clause,
        "notification.member",
        holds=bool(shown),
        expected=f"{name} present",
        actual=member(name, shown),
    )


def nothing_added(shown: Exchange | Awaited[object], asked: object) -> Iterator[CheckResult]:
    """Nothing is shown of what was asked for but what the request gave.

    Args:
        shown: A response or a notification.
        asked: The content of the request.
    """
    given = given_members(asked)
    if "chat_message" not in given:
        yield from absence.nothing_added(shown, given)


def done(
    check: Callable[[], CheckResult | Iterable[CheckResult]],
) -> Iterator[CheckResult]:
    """The results of a check, if it is possible."""
    try:
        found = check()
        yield from [found] if isinstance(found, CheckResult) else [*found]
    except (Inconclusive, NotApplicable):
        return
