"""Messages as they arrive: in order, with the text and content that was sent, or not at all."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from rcs_conformance.binding import Binding
from rcs_conformance.checks import composing, multimedia_messages, received_messages
from rcs_conformance.checks.judging import at, member
from rcs_conformance.model.addresses import normal_address, same_address
from rcs_conformance.model.chat import ChatMessage, IsComposing, MessageStatus
from rcs_conformance.model.exchange import REDACTED, Answer, header
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.media import Download
from rcs_conformance.model.notifications import (
    ChatMessageNotification,
    MultimediaChatMessageNotification,
)
from rcs_conformance.model.results import CheckResult
from rcs_conformance.traffic.attributed import Attributed, Seen, Subscription, Told
from rcs_conformance.traffic.chats import Chat, Chats
from rcs_conformance.traffic.contents import done
from rcs_conformance.traffic.requests_read import attachment_of
from rcs_conformance.wire.urls import joined

MESSAGES = {
    "oneToOneMessages": ChatKind.ONE_TO_ONE,
    "groupMessages": ChatKind.GROUP,
    "longLivedMessages": ChatKind.LONG_LIVED,
}
ADHOC = "adhoc"
MULTIPART = "multipart/"
Message = ChatMessageNotification | MultimediaChatMessageNotification

_OK, _NOT_FOUND = 200, 404
_SOON = timedelta(seconds=2)
"""Within which what a request causes is likely to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A notification that a request causes.

    Attributes:
        user: Address of the user who gets it.
        cause: The request.
        clause: That requires it.
        what: The notification, as a phrase.
        matches: Whether one that arrived is it.
        chat: In which; `None`: in an ad-hoc chat.
    """

    user: str
    cause: Seen
    clause: str
    what: str
    matches: Callable[[Told], bool]
    chat: Chat | None = None


def said(expected: Expected) -> tuple[str, str | None]:
    """Who gets a message, and its text."""
    return normal_address(expected.user), getattr(expected.cause.asked.content, "text", None)


def is_alone(
    expected: Expected,
    alike: Sequence[Told],
    messages: Mapping[tuple[str, str | None], int],
    traffic: Attributed,
) -> bool:
    """Whether what arrived can be nothing but what is expected, as far as its text tells.

    Args:
        expected: Most often a message.
        alike: All that arrived with its text.
        messages: How many messages with a text a user gets.
        traffic: Of it.
    """
    if not isinstance(expected.cause.asked.content, ChatMessage):
        return True
    is_sure = traffic.is_sure(alike[0].notification.received)
    return is_sure and len(alike) == messages[said(expected)] == 1


def in_order(pairs: Sequence[tuple[Expected, Subscription, Told]]) -> Iterator[CheckResult]:
    """Messages of a sender that were sent one after the other arrive in that order."""
    last: dict[tuple[int, str, int], tuple[Expected, Told]] = {}
    for expected, subscription, told in pairs:
        asked = expected.cause.asked.content
        if not isinstance(asked, ChatMessage) or not asked.text:
            continue
        sender = expected.cause.exchange.request.user
        key = (subscription.created.exchange.number, sender, id(expected.chat))
        before = last.get(key)
        last[key] = (expected, told)
        if before is None or before[0].cause.ended > expected.cause.started:
            continue
        kind = expected.chat.kind if expected.chat else ChatKind.ADHOC
        is_group = kind in (ChatKind.GROUP, ChatKind.LONG_LIVED)
        if before[1].place != told.place:
            yield at(told.notification).require(
                "TS-CHAT-4.1.7" if is_group else "TS-CHAT-4.1.2",
                "message.order",
                holds=before[1].place < told.place,
                expected="messages in the order in which they were sent",
                actual="a message arrives before the one that was sent before it",
            )


def content_kept(
    expected: Expected, told: Told, traffic: Attributed, binding: Binding
) -> Iterator[CheckResult]:
    """The content that was sent is what can be fetched, if the traffic has that."""
    content = told.notification.content
    if not isinstance(content, MultimediaChatMessageNotification):
        return
    request = expected.cause.exchange.request
    text = content.chat_message.text if content.chat_message else ""
    label = header(request.headers, "content-type") or ""
    sent = attachment_of(request.body, label, binding.parts[1])
    if sent is None or not text or text != getattr(expected.cause.asked.content, "text", ""):
        return  # which of several it is does not show
    received = told.awaited(content)
    yield from multimedia_messages.announced(received, sent)
    url = joined(expected.cause.root, content.file_url or "")
    entry = traffic.files.get(url)
    if entry is None or entry.started < told.notification.received:
        return
    number = expected.cause.exchange.number
    answer = Answer(status=entry.status, headers=entry.headers, body=entry.body)
    exchange = replace(
        expected.cause.exchange,
        number=entry.number,
        request=replace(request, resource="file", method="GET", url=url, user=expected.user),
        answer=answer,
    )
    fetched = Download(url=url, exchange=exchange)
    masked = REDACTED.encode()
    if entry.status == _OK and masked not in entry.body and number != entry.number:
        yield from done(lambda: multimedia_messages.bytes_unchanged(fetched, sent))
        yield from done(lambda: multimedia_messages.type_unchanged(fetched, received, sent))
    elif entry.status == _NOT_FOUND and entry.started - told.notification.received < _SOON:
        yield multimedia_messages.downloadable_at_once(fetched)


def failed_is_not_delivered(traffic: Attributed) -> Iterator[CheckResult]:
    """A message that is said to have failed is not delivered."""
    sent = Counter(
        each.asked.content.text
        for each in traffic.seen
        if isinstance(each.asked.content, ChatMessage)
    )
    for seen in traffic.seen:
        request, asked = seen.exchange.request, seen.asked.content
        if request.resource not in MESSAGES or not isinstance(asked, ChatMessage):
            continue
        shown = getattr(seen.exchange.answer.content, "status", None)
        if not asked.text.strip() or sent[asked.text] > 1:
            continue
        if seen.ok and shown is not MessageStatus.FAILED:
            continue
        alike = (each for each in traffic.told if text_of(each) == asked.text)
        told = next((each for each in alike if _is_from(each, request.user)), None)
        if told is None or not traffic.is_sure(told.notification.received):
            continue
        if told.notification.received >= seen.started:
            media = any(MULTIPART in value for _, value in request.headers)
            yield at(seen.exchange).require(
                "UNI-CHT-026.5" if media else "UNI-CHT-018.5",
                "message.outcome_true",
                holds=False,
                expected="message not delivered where it is said to have failed",
                actual=f"status {seen.exchange.answer.status}, {member('status', shown)}, and"
                f" {told.notification} has its text",
            )


def altered(
    traffic: Attributed,
    missing: Sequence[tuple[Expected, Subscription]],
    arrived: Callable[[Subscription], Sequence[Told]],
    explained: set[int],
) -> Iterator[CheckResult]:
    """What arrives in the place of a message that is missing is that message, altered.

    Args:
        traffic: In which it is.
        missing: What is missing, with the subscription for which it is.
        arrived: What arrived for a subscription.
        explained: The places of what is known to be something else.
    """
    sent = {
        each.asked.content.text
        for each in traffic.seen
        if isinstance(each.asked.content, ChatMessage)
    }
    taken: set[int] = set()
    for expected, subscription in missing:
        asked, sender = expected.cause.asked.content, expected.cause.exchange.request.user
        if not isinstance(asked, ChatMessage | IsComposing):
            continue
        for told in arrived(subscription):
            content, time = told.notification.content, told.notification.received
            if not isinstance(content, ChatMessageNotification) or told.place in taken:
                continue
            if told.place in explained or time < expected.cause.started:
                continue
            if time - expected.cause.ended > _SOON or not _is_of(content, expected, sender):
                continue
            text = content.chat_message.text if content.chat_message else None
            if isinstance(asked, IsComposing) and content.is_composing is not None:
                yield composing.unchanged(told.awaited(content), asked, expected.clause)
            elif isinstance(asked, ChatMessage) and text is not None and text not in sent:
                yield received_messages.text_unchanged(told.awaited(content), asked.text)
            else:
                continue
            taken.add(told.place)
            break


def state_of(indication: IsComposing) -> tuple[object, ...]:
    return indication.state, indication.refresh


def _is_from(told: Told, user: str) -> bool:
    content = told.notification.content
    shown = content.sender_address if isinstance(content, Message) else None
    return bool(shown) and same_address(shown, user)


def text_of(told: Told) -> str | None:
    content = told.notification.content
    if not isinstance(content, Message) or content.chat_message is None:
        return None
    return content.chat_message.text


def _is_of(content: ChatMessageNotification, expected: Expected, sender: str) -> bool:
    """Whether a message is in the chat of another one, and of its sender."""
    known = expected.chat.id_of(expected.user) if expected.chat else ADHOC
    shown = content.session_id or content.group_chat_id
    return shown is not None and shown == known and same_address(content.sender_address, sender)


def own_copies(traffic: Attributed, chats: Chats) -> Iterator[CheckResult]:
    """Nobody gets its own message.

    Args:
        traffic: Of it.
        chats: Of it, with the ids by which users know them.
    """
    for told in traffic.told:
        content, subscription = told.notification.content, told.subscription
        if not isinstance(content, Message) or subscription is None or not content.sender_address:
            continue
        chat = chats.named(subscription.user, content.session_id)
        is_group = chat is not None and chat.kind is ChatKind.GROUP
        yield at(told.notification, "senderAddress").require(
            "TS-CHAT-4.1.7" if is_group or content.group_chat_id else "TS-CHAT-4.1.2",
            "message.not_received",
            holds=not same_address(content.sender_address, subscription.user),
            expected=f"senderAddress = another user than {subscription.user},"
            " who gets no copy of its own message",
            actual=member("senderAddress", content.sender_address),
        )
