"""Requests without the right token, and what came of them all the same (TS-CHAT-5.10, 5.16)."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from rcs_conformance.driver import Actor
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import SubscriptionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats import chat_waits, message_waits
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.operations.addressed_chat import inhabited
from rcs_conformance.scenario.operations.both_formats import read_in
from rcs_conformance.scenario.setup.markers import marker_in, markers_in

_ON_SUBSCRIPTIONS = (
    "GET subscriptions",
    "POST subscriptions",
    "GET subscription",
    "DELETE subscription",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unauthorized:
    """What came of requests about a chat without the right token.

    Attributes:
        rejected: The requests.
        before: Readings of the chat before them.
        after: The same readings after them.
        delivered: The messages of the requests that the other user received before the last one
            that was sent with the right token.
        begun: The ids of the chats that the other user was invited or added to meanwhile.
    """

    rejected: tuple[Exchange, ...]
    before: tuple[Exchange, ...]
    after: tuple[Exchange, ...]
    delivered: tuple[str, ...]
    begun: frozenset[str]


def requests_about_chat(
    bed: TestBed, kind: ChatKind, fmt: Format, credentials: Actor | str
) -> Unauthorized:
    """Make each request about a chat of a kind with other credentials than its user's.

    Raises:
        NotApplicable: The target does not claim this kind of chat.
        Inconclusive: It could not be established, or messages in it do not arrive.
    """
    addressed = inhabited(bed, kind, fmt)
    chat = addressed.chat
    before = tuple(read_in(addressed, fmt))
    sent = [*addressed.texts, chat.say(bed.alice, "before")]
    rejected = addressed.every_request(credentials)
    after = tuple(read_in(addressed, fmt))
    if all(200 <= each.answer.status < 300 for each in after):
        sent.append(chat.say(bed.alice, "after"))
    bed.require(message_waits.message(chat, bed.bob, sent[-1]), chat.terms.receiving)
    return Unauthorized(
        rejected=rejected,
        before=before,
        after=after,
        delivered=tuple(delivered(chat, bed.bob, rejected, sent)),
        begun=chat_waits.begun(chat, bed.bob),
    )


def delivered(
    chat: Chat, who: Actor, rejected: Iterable[Exchange], sent: Container[str]
) -> Iterator[str]:
    """The messages of rejected requests that a user received.

    They are known by their markers. A text without one is of such a request too in a chat that is
    this test's own; ad-hoc chats are shared with others who use the same accounts.
    """
    markers: set[str | None] = set()
    for each in rejected:
        markers |= markers_in(each.request.body)
    if chat.kind is not ChatKind.ADHOC:
        markers.add(None)
    for text in message_waits.texts(chat, who):
        if text not in sent and marker_in(text) in markers:
            yield text


@dataclass(frozen=True, slots=True, kw_only=True)
class UnauthorizedOnSubscriptions:
    """What came of requests about subscriptions without the right token.

    Attributes:
        rejected: The requests.
        before: A reading of the subscription that they are about, where the target claims that.
        after: The same reading after them.
        listed: A reading of the list, likewise.
        correlator: That of the subscription that was requested.
    """

    rejected: tuple[Exchange, ...]
    before: tuple[Exchange, ...]
    after: tuple[Exchange, ...]
    listed: tuple[Exchange, ...]
    correlator: str


def requests_about_subscriptions(
    bed: TestBed, fmt: Format, credentials: Actor | str
) -> UnauthorizedOnSubscriptions:
    """Make each request about subscriptions with other credentials than their user's.

    Raises:
        Inconclusive: The target takes no subscription.
    """
    alice, claims = bed.alice, bed.claims
    own = bed.mailboxes.subscribed(alice, fmt)
    correlator = bed.markers.next()
    request = bed.mailboxes.request(own.mailbox, SubscriptionOffer(correlator=correlator))
    reads = claims.operation("GET subscription")
    before = (own.read(),) if reads else ()
    ids = {"subscriptionId": own.id}
    rejected = []
    for operation in filter(claims.operation, _ON_SUBSCRIPTIONS):
        method, resource = operation.split()
        content = request if method == "POST" else None
        rejected.append(
            alice.send(method, resource, content, fmt=fmt, credentials=credentials, ids=ids)
        )
    after = (own.read(),) if reads else ()
    lists = claims.operation("GET subscriptions")
    listed = (alice.send("GET", "subscriptions", fmt=fmt),) if lists else ()
    own.delete()
    return UnauthorizedOnSubscriptions(
        rejected=tuple(rejected),
        before=before,
        after=after,
        listed=listed,
        correlator=correlator,
    )
