"""What requests must be notified of, and whether it arrived as it was sent.

Nothing says of itself that it was not sent. But notifications of one subscription come in order: so
where the notification of a later request has arrived, that of an earlier one is lost.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import unquote

from rcs_conformance.binding import Binding
from rcs_conformance.checks import (
    invitations,
    received_messages,
    sent_messages,
)
from rcs_conformance.checks.judging import at, member
from rcs_conformance.model.addresses import normal_address, same_address
from rcs_conformance.model.chat import (
    ChatMessage,
    IsComposing,
    MessageStatus,
    MessageStatusReport,
)
from rcs_conformance.model.kinds import ChatIdentity, ChatKind
from rcs_conformance.model.notifications import (
    ChatMessageNotification,
    ChatMessageStatusNotification,
    ChatSessionInvitationNotification,
    GroupChatSessionInvitationNotification,
    LongLivedGroupChatAddedNotification,
    MultimediaChatMessageNotification,
)
from rcs_conformance.model.results import CheckResult, Outcome
from rcs_conformance.traffic.attributed import Attributed, Seen, Subscription, Told
from rcs_conformance.traffic.chats import Chat, Chats, added
from rcs_conformance.traffic.contents import done, nothing_added
from rcs_conformance.traffic.messages import (
    ADHOC,
    MESSAGES,
    MULTIPART,
    Expected,
    altered,
    content_kept,
    failed_is_not_delivered,
    in_order,
    is_alone,
    own_copies,
    said,
    state_of,
    text_of,
)
from rcs_conformance.traffic.steps import of_step
from rcs_conformance.wire.created import location
from rcs_conformance.wire.urls import identifiers, same_resource

_NUMBER = {
    ChatKind.ADHOC: 1,
    ChatKind.ONE_TO_ONE: 2,
    ChatKind.GROUP: 3,
    ChatKind.LONG_LIVED: 4,
}
"""The number of a kind of chat in the clauses about messages."""

_REPEATED = (200, 409)
"""Statuses with which a repeated message has its response."""

_INVITING = {
    ChatKind.ONE_TO_ONE: (ChatSessionInvitationNotification, "UNI-CHT-007a.1"),
    ChatKind.GROUP: (GroupChatSessionInvitationNotification, "UNI-CHT-007b.1"),
    ChatKind.LONG_LIVED: (LongLivedGroupChatAddedNotification, "UNI-CHT-032.1"),
}
_STATUSES = {
    ChatKind.ADHOC: "oneToOneMessageStatus",
    ChatKind.ONE_TO_ONE: "oneToOneMessageStatus",
    ChatKind.GROUP: "groupMessageStatus",
    ChatKind.LONG_LIVED: "longLivedMessageStatus",
}

Invitation = GroupChatSessionInvitationNotification | ChatSessionInvitationNotification


def judged_effects(traffic: Attributed, chats: Chats, binding: Binding) -> Iterator[CheckResult]:
    """The results about notifications, and about those that are missing.

    Args:
        traffic: Of it.
        chats: Of it; the ids by which users know them are learned from invitations.
        binding: Of the target.
    """
    arrived: defaultdict[int, list[Told]] = defaultdict(list)
    for each in traffic.told:
        if each.subscription is not None:
            arrived[each.subscription.created.exchange.number].append(each)
    effects = _Effects(traffic, chats, binding, arrived)
    yield from effects.invitations()
    chats.follow()
    yield from effects.others()


class _Effects:
    def __init__(
        self,
        traffic: Attributed,
        chats: Chats,
        binding: Binding,
        arrived: defaultdict[int, list[Told]],
    ) -> None:
        self._traffic = traffic
        self._chats = chats
        self._binding = binding
        self._arrived = arrived
        self._explained: set[int] = set()
        self._alike: set[int] = set()
        self._texts: defaultdict[int, defaultdict[str | None, list[Told]]]
        self._texts = defaultdict(lambda: defaultdict(list))
        self._latest: dict[int, Seen] = {}
        self._missing: list[tuple[Expected, Subscription]] = []
        self._served = {each.exchange.request.resource for each in traffic.seen if each.ok}
        self._deleting = [e for e in traffic.seen if e.exchange.request.method == "DELETE"]
        self._subscribed: defaultdict[str, list[Subscription]] = defaultdict(list)
        for one in traffic.subscriptions:
            if one.created.exchange.request.resource == "subscriptions":
                self._subscribed[normal_address(one.user)].append(one)

    def invitations(self) -> Iterator[CheckResult]:
        """Invitations are what the request for the chat says, and tell the id of the chat."""
        inviting = {kind: self._inviting(kind) for kind in _INVITING}
        for subscription in self._traffic.subscriptions:
            for kind, expected in inviting.items():
                wanted = expected[subscription.created.exchange.number]
                for each, told in self._paired(wanted, subscription, kind):
                    if told is None:
                        self._missing.append((each, subscription))
                        continue
                    self._note(each, subscription, told)
                    chat, content = each.chat, told.notification.content
                    shown = getattr(content, "session_id", None)
                    shown = shown or getattr(content, "group_chat_id", None)
                    if chat is not None and shown:
                        self._chats.learn(chat, each.user, shown)
                    if chat is not None and each.cause is chat.creation:
                        yield from self._invitation_content(chat, told)

    def _inviting(self, kind: ChatKind) -> Mapping[int, Sequence[Expected]]:
        """The invitations to chats of a kind, in order, by the number of their subscription."""
        found = []
        for chat in self._chats.all:
            if chat.kind is kind:
                found += [self._invitation(chat, user, chat.creation) for user in chat.invited]
        for seen in self._traffic.seen:
            about = self._chats.of(seen)
            if seen.ok and about is not None and about.kind is kind:
                found += [self._invitation(about, user, seen) for user in added(seen)]
        found.sort(key=lambda each: each.cause.started)
        wanted: defaultdict[int, list[Expected]] = defaultdict(list)
        for each in found:
            for subscription in self._subscriptions(each):
                wanted[subscription.created.exchange.number].append(each)
        return wanted

    def _invitation(self, chat: Chat, user: str, cause: Seen) -> Expected:
        kind, clause = _INVITING[chat.kind]
        if cause is not chat.creation:
            clause = "UNI-CHT-014.1" if chat.kind is ChatKind.GROUP else "UNI-CHT-032.1"
        return Expected(
            user=user,
            cause=cause,
            clause=clause,
            what="an invitation" if chat.kind is not ChatKind.LONG_LIVED else "the addition",
            matches=lambda told: isinstance(told.notification.content, kind),
            chat=chat,
        )

    def _paired(
        self, wanted: Sequence[Expected], subscription: Subscription, kind: ChatKind
    ) -> Iterator[tuple[Expected, Told | None]]:
        """Invitations with what arrived: in order where as many arrived, else by their subjects.

        Where a subject does not tell them apart, nothing is said.
        """
        arrived = [e for e in self._on(subscription) if _is_invitation(e, kind)]
        pairs = [*zip(wanted, arrived, strict=False)]
        if len(arrived) == len(wanted) and all(_fits(*pair, wanted) for pair in pairs):
            yield from pairs
            return
        for each in wanted:
            subject = _subject_of(each)
            alike = [one for one in wanted if _subject_of(one) == subject]
            same = [one for one in arrived if _shown_subject(one) == subject]
            if subject and len(alike) == 1 and len(same) <= 1:
                yield each, same[0] if same else None

    def _invitation_content(self, chat: Chat, told: Told) -> Iterator[CheckResult]:
        asked, content = chat.creation.asked.content, told.notification.content
        if not isinstance(content, Invitation):
            return
        received = told.awaited(content)
        subject = getattr(asked, "subject", None)
        yield from done(lambda: invitations.subject(received, subject))
        yield from done(lambda: invitations.originator(received, chat.originator))
        yield from nothing_added(received, asked)
        yield from self._linked(chat, told, content)
        if isinstance(content, GroupChatSessionInvitationNotification):
            group = told.awaited(content)
            closed = getattr(asked, "is_closed", None)
            yield from done(lambda: invitations.closed(group, closed))
        else:
            session = told.awaited(content)
            first = getattr(asked, "chat_message", None)
            text = first.text if isinstance(first, ChatMessage) else None
            sent = chat.creation.exchange.request.headers
            if not any(MULTIPART in value for _, value in sent):
                yield from done(lambda: invitations.first_message(session, text, subject))

    def _linked(self, chat: Chat, told: Told, content: Invitation) -> Iterator[CheckResult]:
        """An invitation links to the chat."""
        is_group = chat.kind is ChatKind.GROUP
        template = self._binding.resources["group" if is_group else "oneToOneSession"].path or ""
        links = [each.href for each in content.link]
        yield at(told.notification, "link").require(
            "TS-CHAT-4.1.9" if is_group else "TS-CHAT-4.1.8",
            "invitation.link",
            holds=any(identifiers(href, template) for href in links),
            expected=f"link to {template}",
            actual=member("link", links),
        )

    def others(self) -> Iterator[CheckResult]:
        """All other notifications."""
        found: list[Expected] = []
        sent: set[tuple[str, str]] = set()
        for seen in self._traffic.seen:
            if not seen.ok or seen.exchange.request.method != "POST":
                continue
            yield from self._answered(seen)
            correlator = getattr(seen.asked.content, "client_correlator", None) or ""
            repetition = seen.exchange.request.url, correlator
            if not correlator or repetition not in sent:
                found += self._messages(seen)
            sent.add(repetition)
        messages = Counter(map(said, found))
        steps = [(chat, step) for chat in self._chats.all for step in chat.steps]
        expected = found + [each for one in steps for each in of_step(*one)]
        expected.sort(key=lambda each: each.cause.started)
        pairs: list[tuple[Expected, Subscription, Told]] = []
        for each in expected:
            for subscription in self._subscriptions(each):
                alike = [one for one in self._like(each, subscription) if each.matches(one)]
                start = each.cause.started
                arrived = [one for one in alike if one.notification.received >= start]
                if not arrived:
                    self._missing.append((each, subscription))
                elif is_alone(each, alike, messages, self._traffic):
                    self._note(each, subscription, arrived[0])
                    pairs.append((each, subscription, arrived[0]))
                else:
                    self._alike |= {one.place for one in alike}
                    yield from self._one_of(each, subscription, arrived)
        for each, _, told in pairs:
            yield at(told.notification).require(
                each.clause, "traffic.notified", holds=True, expected=f"{each.what} arrives"
            )
            yield from self._message_content(each, told)
        yield from in_order(pairs)
        yield from self._reports(pairs)
        yield from failed_is_not_delivered(self._traffic)
        known = self._explained | self._alike
        yield from altered(self._traffic, self._missing, self._on, known)
        yield from self._lost()
        yield from own_copies(self._traffic, self._chats)

    def _subscriptions(self, expected: Expected) -> Iterator[Subscription]:
        """The subscriptions for which a notification is, as far as they say."""
        for each in self._subscribed[normal_address(expected.user)]:
            is_adhoc = expected.chat is None
            wanted = each.adhoc is not False if is_adhoc else each.confirmed is not False
            if wanted and each.created.ended <= expected.cause.started:
                yield each

    def _on(self, subscription: Subscription) -> Sequence[Told]:
        return self._arrived[subscription.created.exchange.number]

    def _like(self, expected: Expected, subscription: Subscription) -> Sequence[Told]:
        """What arrived and may be what is expected: of a text message, what has its text."""
        asked, sent = expected.cause.asked.content, expected.cause.exchange.request
        if not isinstance(asked, ChatMessage) or any(MULTIPART in each for _, each in sent.headers):
            return self._on(subscription)
        number = subscription.created.exchange.number
        if number not in self._texts:
            for told in self._on(subscription):
                self._texts[number][text_of(told)].append(told)
        return self._texts[number][asked.text]

    def _one_of(
        self, expected: Expected, subscription: Subscription, arrived: Sequence[Told]
    ) -> Iterator[CheckResult]:
        """Of several messages with one text, the first that is the expected one in all."""
        for told in arrived:
            results = [*self._message_content(expected, told)]
            if told.place in self._explained or any(_is_failed(each) for each in results):
                continue
            self._note(expected, subscription, told)
            yield from results
            return

    def _note(self, expected: Expected, subscription: Subscription, told: Told) -> None:
        """What a request caused has arrived, so that what was caused before must have."""
        if told.place in self._explained:
            return  # it may be that of an earlier one
        self._explained.add(told.place)
        number = subscription.created.exchange.number
        latest = self._latest.get(number)
        if latest is None or latest.started < expected.cause.started:
            self._latest[number] = expected.cause

    def _answered(self, seen: Seen) -> Iterator[CheckResult]:
        """The response to a message says success, pending or failure.

        One with a correlator may repeat another one, from before the traffic began.
        """
        request, asked = seen.exchange.request, seen.asked.content
        if request.resource in MESSAGES and isinstance(asked, ChatMessage):
            if asked.client_correlator and seen.exchange.answer.status in _REPEATED:
                return
            media = any(MULTIPART in value for _, value in request.headers)
            clause = "UNI-CHT-026.5" if media else "UNI-CHT-018.5"
            yield sent_messages.outcome_given(seen.exchange, clause)

    def _messages(self, seen: Seen) -> Iterator[Expected]:
        request, asked = seen.exchange.request, seen.asked.content
        kind = MESSAGES.get(request.resource)
        if kind is None or not isinstance(asked, ChatMessage | IsComposing):
            return
        answer = seen.exchange.answer
        status = answer.content.status if isinstance(answer.content, ChatMessage) else None
        is_sent = status in (MessageStatus.SENT, MessageStatus.DELIVERED)
        if isinstance(asked, ChatMessage) and not is_sent:
            return  # it failed; or it is pending: then it may come much later, or never
        chat: Chat | None = None
        if kind is ChatKind.ONE_TO_ONE and seen.variables.get("sessionId") == ADHOC:
            kind, users = ChatKind.ADHOC, [seen.variables.get("otherUserId", "")]
            if isinstance(asked, IsComposing):
                return
        else:
            chat = self._chats.of(seen)
            if chat is None or not chat.joined(request.user, seen.started):
                return
            members = (chat.originator, *chat.invited, *(s.user for s in chat.steps))
            distinct = list(dict.fromkeys(members))
            users = [each for each in distinct if chat.joined(each, seen.ended)]
            users = [each for each in users if chat.joined(each, seen.started)]
        for user in users:
            if not same_address(user, request.user):
                yield self._message(seen, user, kind, chat)

    def _message(self, seen: Seen, user: str, kind: ChatKind, chat: Chat | None) -> Expected:
        sender, asked = seen.exchange.request.user, seen.asked.content
        media = any(MULTIPART in value for _, value in seen.exchange.request.headers)

        def matches(told: Told) -> bool:
            content = told.notification.content
            if isinstance(content, MultimediaChatMessageNotification):
                named = content.chat_message.text if content.chat_message else ""
                given = asked.text if isinstance(asked, ChatMessage) else ""
                is_it = not named or not given or named == given
                return media and is_it and same_address(content.sender_address, sender)
            if not isinstance(content, ChatMessageNotification) or media:
                return False
            if isinstance(asked, IsComposing):
                shown = content.is_composing
                same = same_address(content.sender_address or sender, sender)
                return same and shown is not None and state_of(shown) == state_of(asked)
            text = content.chat_message.text if content.chat_message else None
            return isinstance(asked, ChatMessage) and text == asked.text

        family = "UNI-CHT-027.1" if media else f"UNI-CHT-020.{_NUMBER[kind]}"
        if isinstance(asked, IsComposing):
            family = f"UNI-CHT-021.{_NUMBER[kind]}"
        what = "the composing indication" if isinstance(asked, IsComposing) else "the message"
        return Expected(user=user, cause=seen, clause=family, what=what, matches=matches, chat=chat)

    def _message_content(self, expected: Expected, told: Told) -> Iterator[CheckResult]:
        """A text message arrives as it was sent, under the id of its chat."""
        asked, content = expected.cause.asked.content, told.notification.content
        yield from content_kept(expected, told, self._traffic, self._binding)
        if not isinstance(asked, ChatMessage) or not isinstance(content, ChatMessageNotification):
            return
        received = told.awaited(content)
        sent, sender = expected.cause.started, expected.cause.exchange.request.user
        chat, clause = expected.chat, expected.clause
        kind = chat.kind if chat else ChatKind.ADHOC
        shown_id = chat.id_of(expected.user) if chat else ADHOC
        identity = ChatIdentity(kind=kind, id=shown_id or "", contact="" if chat else sender)
        yield from done(
            lambda: received_messages.sender(
                received, ChatIdentity(kind=kind, id=""), sender, clause
            )
        )
        yield from done(lambda: received_messages.time_stamp(received, sent, clause))
        yield from done(
            lambda: received_messages.report_requested(received, asked.report_request, clause)
        )
        if shown_id:
            yield from done(lambda: received_messages.received_in(received, identity, clause))
        yield from nothing_added(received, asked)
        if asked.report_request and _STATUSES[kind] in self._served:
            path = self._binding.resources[_STATUSES[kind]].path or ""
            yield from done(lambda: received_messages.report_linked(received, path, clause))

    def _reports(
        self, pairs: Sequence[tuple[Expected, Subscription, Told]]
    ) -> Iterator[CheckResult]:
        """The sender of a message that asked for a report is notified of it."""
        sent: dict[tuple[str, str], tuple[Expected, Told]] = {}
        for expected, _, told in pairs:
            shown = getattr(told.notification.content, "message_id", None)
            if shown:
                sent.setdefault((normal_address(expected.user), shown), (expected, told))
        for seen in self._traffic.seen:
            request, asked = seen.exchange.request, seen.asked.content
            if request.method != "PUT" or not isinstance(asked, MessageStatusReport) or not seen.ok:
                continue
            key = normal_address(request.user), seen.variables.get("messageId", "")
            if key in sent and sent[key][1].notification.received <= seen.started:
                yield from self._report(seen, asked.status, sent[key][0])

    def _report(
        self, seen: Seen, status: MessageStatus, message: Expected
    ) -> Iterator[CheckResult]:
        cause = message.cause
        requested = getattr(cause.asked.content, "report_request", ())
        url = location(cause.exchange) or getattr(
            cause.exchange.answer.content, "resource_url", None
        )
        if status not in requested or not url:
            return
        known = url.removesuffix("/status").rstrip("/").rpartition("/")[2]

        def matches(told: Told) -> bool:
            content = told.notification.content
            if not isinstance(content, ChatMessageStatusNotification):
                return False
            return content.status is status and content.message_id in (known, unquote(known))

        kind = message.chat.kind if message.chat else ChatKind.ADHOC
        is_group = kind in (ChatKind.GROUP, ChatKind.LONG_LIVED)
        report = Expected(
            user=cause.exchange.request.user,
            cause=seen,
            clause="TS-CHAT-4.1.7" if is_group else "TS-CHAT-4.1.3",
            what=f"status = {status}",
            matches=matches,
            chat=message.chat,
        )
        for subscription in self._subscriptions(report):
            arrived = [e for e in self._on(subscription) if matches(e)]
            told = next((e for e in arrived if e.notification.received >= seen.started), None)
            if told is not None:
                self._note(report, subscription, told)
                yield at(told.notification).require(
                    report.clause, "traffic.notified", holds=True, expected=f"{report.what} arrives"
                )
            elif not arrived:
                self._missing.append((report, subscription))

    def _lost(self) -> Iterator[CheckResult]:
        """What did not arrive, though what was caused later did."""
        for expected, subscription in self._missing:
            latest = self._latest.get(subscription.created.exchange.number)
            if latest is None or latest.started <= expected.cause.ended:
                continue
            if not self._traffic.is_sure(latest.started):
                continue
            if self._is_ended(subscription, latest.started):
                continue
            if any(gap >= subscription.created.started for gap in self._traffic.gaps):
                continue  # a poll without a known response may have brought it
            yield at(expected.cause.exchange).require(
                expected.clause,
                "traffic.notified",
                holds=False,
                expected=f"{expected.user} is notified: {expected.what}",
                actual=(
                    "no such notification for the subscription, though that of the later request"
                    f" #{latest.exchange.number} arrived"
                ),
            )

    def _is_ended(self, subscription: Subscription, before: datetime) -> bool:
        """Whether its user ended a subscription before a time, or a channel that it may need."""
        url = location(subscription.created.exchange) or ""
        for each in self._deleting:
            request = each.exchange.request
            if each.started <= before and same_address(request.user, subscription.user):
                is_it = request.resource == "subscription" and same_resource(request.url, url)
                if is_it or request.resource == "channel":
                    return True
        return False


def _is_failed(result: CheckResult) -> bool:
    return result.outcome is Outcome.FAILED


def _is_invitation(told: Told, kind: ChatKind) -> bool:
    return isinstance(told.notification.content, _INVITING[kind][0])


def _fits(expected: Expected, told: Told, wanted: Sequence[Expected]) -> bool:
    """Whether what arrived may be an invitation: in time, of its originator, of no other chat."""
    content = told.notification.content
    named = getattr(content, "originator_address", None)
    originator = expected.chat.originator if expected.chat else ""
    shown = _shown_subject(told)
    others = {_subject_of(each) for each in wanted} - {None, _subject_of(expected)}
    return (
        expected.cause.started <= told.notification.received
        and (named is None or same_address(named, originator))
        and shown not in others
    )


def _subject_of(expected: Expected) -> str | None:
    chat = expected.chat
    return getattr(chat.creation.asked.content, "subject", None) if chat else None


def _shown_subject(told: Told) -> str | None:
    return getattr(told.notification.content, "subject", None)
