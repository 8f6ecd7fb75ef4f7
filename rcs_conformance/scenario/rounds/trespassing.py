"""Requests without the right token, and what came of them all the same (TS-CHAT-5.10)."""

from dataclasses import dataclass

from rcs_conformance.driver import Actor
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import SubscriptionOffer
from rcs_conformance.scenario import receiving, telling
from rcs_conformance.scenario.rounds.readings import read_in
from rcs_conformance.scenario.rounds.spots import inhabited
from rcs_conformance.scenario.stage import Stage

_ON_SUBSCRIPTIONS = (
    "GET subscriptions",
    "POST subscriptions",
    "GET subscription",
    "DELETE subscription",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trespass:
    """What came of requests about a chat without the right token.

    Attributes:
        refused: The requests.
        before: Readings of the chat before them.
        after: The same readings after them.
        texts: The messages that the other user got up to the last one that was sent rightly.
        sent: Those that were sent rightly.
        begun: The ids of the chats that the other user was invited or added to meanwhile.
    """

    refused: tuple[Exchange, ...]
    before: tuple[Exchange, ...]
    after: tuple[Exchange, ...]
    texts: tuple[str, ...]
    sent: tuple[str, ...]
    begun: frozenset[str]


def trespass(stage: Stage, kind: ChatKind, fmt: Format, credentials: Actor | str) -> Trespass:
    """Make each request about a chat of a kind with other credentials than its user's.

    Raises:
        NotApplicable: The target does not claim this kind of chat.
        Inconclusive: It could not be established, or messages in it do not arrive.
    """
    spot = inhabited(stage, kind, fmt)
    chat = spot.chat
    before = tuple(read_in(spot, fmt))
    first = chat.say(stage.alice, "before")
    refused = spot.every_request(credentials)
    after = tuple(read_in(spot, fmt))
    sent = [first]
    if all(200 <= each.answer.status < 300 for each in after):
        sent.append(chat.say(stage.alice, "after"))
    stage.require(receiving.message(chat, stage.bob, sent[-1]), chat.terms.receiving)
    return Trespass(
        refused=refused,
        before=before,
        after=after,
        texts=tuple(receiving.texts(chat, stage.bob)),
        sent=(*spot.texts, *sent),
        begun=telling.begun(chat, stage.bob),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrespassOnSubscriptions:
    """What came of requests about subscriptions without the right token.

    Attributes:
        refused: The requests.
        before: A reading of the subscription that they are about, where the target claims that.
        after: The same reading after them.
        listed: A reading of the list, likewise.
        correlator: That of the subscription which was asked for.
    """

    refused: tuple[Exchange, ...]
    before: tuple[Exchange, ...]
    after: tuple[Exchange, ...]
    listed: tuple[Exchange, ...]
    correlator: str


def subscribing(stage: Stage, fmt: Format, credentials: Actor | str) -> TrespassOnSubscriptions:
    """Make each request about subscriptions with other credentials than their user's.

    Raises:
        Inconclusive: The target takes no subscription.
    """
    alice, claims = stage.alice, stage.claims
    own = stage.mail.subscribed(alice, fmt)
    correlator = stage.markers.next()
    asked = stage.mail.request(own.mailbox, SubscriptionOffer(correlator=correlator))
    reads = claims.operation("GET subscription")
    before = (own.read(),) if reads else ()
    ids = {"subscriptionId": own.id}
    refused = []
    for operation in filter(claims.operation, _ON_SUBSCRIPTIONS):
        method, resource = operation.split()
        content = asked if method == "POST" else None
        refused.append(
            alice.send(method, resource, content, fmt=fmt, credentials=credentials, ids=ids)
        )
    after = (own.read(),) if reads else ()
    lists = claims.operation("GET subscriptions")
    listed = (alice.send("GET", "subscriptions", fmt=fmt),) if lists else ()
    own.delete()
    return TrespassOnSubscriptions(
        refused=tuple(refused),
        before=before,
        after=after,
        listed=listed,
        correlator=correlator,
    )
