"""TS-CHAT-5.12: a request repeated with the same client correlator creates nothing twice."""

from collections.abc import Callable

import pytest

from rcs_conformance.checks import correlators
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import SubscriptionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, receiving, repeating, telling

CLAUSE = "TS-CHAT-5.12"


@pytest.mark.requirement(one_to_one=CLAUSE, group=CLAUSE, long_lived=CLAUSE)
def test_repeated_start_makes_one_chat(
    stage: Stage, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A start that is repeated leads to the same chat, and invites nobody twice.

    Stimulus: the same request twice, then a message that shows what came before.
    """
    chat = repeating.begun(stage, kind, fmt, stage.markers.next())

    again = repeating.start(chat)

    text = chat.say(stage.alice)
    stage.require(receiving.message(chat, stage.bob, text), chat.terms.receiving)
    verify(
        correlators.repeated(chat.started, again.exchange, again.ids),
        correlators.created_once(
            len(telling.begun(chat, stage.bob)), "chat that users are told of"
        ),
    )


@pytest.mark.requirement(CLAUSE)
def test_repeated_extension_makes_one_group(stage: Stage, verify: Verify, fmt: Format) -> None:
    """An extension of a 1-to-1 chat that is repeated makes one group chat.

    Stimulus: the same request twice, then a message that shows what came before. The session may
    have ended with the first.
    """
    group, again = repeating.extension(stage, fmt)

    text = group.say(stage.alice)
    stage.require(receiving.message(group, stage.carol, text), group.terms.receiving)
    verify(
        correlators.repeated(group.started, again.exchange, again.ids, may_be_over=True),
        correlators.created_once(
            len(telling.begun(group, stage.carol)), "group that users are told of"
        ),
    )


@pytest.mark.requirement(CLAUSE)
def test_repeated_long_lived_extension_makes_one_group(
    stage: Stage, verify: Verify, fmt: Format
) -> None:
    """An extension to a long-lived group that is repeated makes one group.

    Stimulus: the same request twice, then a message that shows what came before.
    """
    group, again = repeating.long_lived_extension(stage, fmt)

    text = group.say(stage.alice)
    stage.require(receiving.message(group, stage.carol, text), group.terms.receiving)
    verify(
        correlators.repeated(group.started, again.exchange, again.ids, may_be_over=True),
        correlators.created_once(
            len(telling.begun(group, stage.carol)), "group that users are told of"
        ),
    )


@pytest.mark.requirement(group=CLAUSE, long_lived=CLAUSE)
def test_repeated_addition_adds_once(
    stage: Stage, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A user who is added twice by the same request is added once.

    Stimulus: the same addition twice, then a reading of the participants, and a message that shows
    what came before.
    """
    chat, again = repeating.addition(stage, kind, fmt)

    read = chat.read(stage.alice)
    text = chat.say(stage.alice)
    stage.require(receiving.message(chat, stage.carol, text), chat.terms.receiving)
    verify(
        correlators.repeated_addition(again),
        correlators.added_once(read, stage.carol.address),
        correlators.created_once(
            len(telling.begun(chat, stage.carol)), "chat that the user is told of"
        ),
    )


@pytest.mark.requirement(CLAUSE)
def test_repeated_subscription_makes_one(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A subscription that is repeated is the same subscription.

    Stimulus: the same request twice.
    """
    offer = SubscriptionOffer(correlator=stage.markers.next())
    first = stage.mail.subscribed(stage.alice, fmt, offer)

    again = stage.mail.repeat(first)

    first.delete()
    verify(correlators.repeated(first.created, again.created, (first.id, again.id_or_none)))


@pytest.mark.requirement(CLAUSE)
def test_repeated_subscription_is_listed_once(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A subscription that is repeated stands in the list once, with its correlator.

    Stimulus: the same request twice, then a reading of the list.
    """
    stage.claims.require_operation("GET subscriptions")
    correlator = stage.markers.next()
    first = stage.mail.subscribed(stage.alice, fmt, SubscriptionOffer(correlator=correlator))

    stage.mail.repeat(first)

    listed = stage.mail.listed(stage.alice, fmt)
    first.delete()
    verify(correlators.listed_once(listed, correlator))


@pytest.mark.requirement(CLAUSE)
def test_repeated_transfer_offers_once(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A file transfer that is repeated is offered once, and is shown with its correlator.

    Stimulus: the same request twice, then another transfer that shows what came before.
    """
    offered, again = repeating.transfer(stage, fmt)

    ids = {each.session_id for each in stage.transfers.mail.offers(stage.bob, offered.marker)}
    verify(
        correlators.repeated(again.first, again.exchange, again.ids),
        correlators.created_once(len(ids), "transfer that the receiver is offered"),
        *(correlators.correlator_shown(each, again.correlator) for each in again.read),
    )


@pytest.mark.requirement(CLAUSE)
@pytest.mark.parametrize(
    "twice",
    [repeating.transfer_subscription, repeating.channel],
    ids=["transfer_subscription", "channel"],
)
def test_repeated_creation_beside_chats_makes_one(
    stage: Stage, verify: Verify, fmt: Format, twice: Callable[[Stage, Format], repeating.Twice]
) -> None:
    """A subscription to file transfers, or a channel, is made once, and shown with its correlator.

    Stimulus: the same request twice, then a reading where the server has it.
    """
    again = twice(stage, fmt)

    verify(
        correlators.repeated(again.first, again.exchange, again.ids),
        *(correlators.correlator_shown(each, again.correlator) for each in again.read),
    )


@pytest.mark.requirement(CLAUSE)
def test_repeated_message_is_sent_once(
    stage: Stage, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A message that is repeated reaches the others once.

    Stimulus: the same message twice, then another one that shows what came before.
    """
    chat = stage.talk(kind, fmt)
    message = ChatMessage(text=chat.text(), client_correlator=stage.markers.next())
    first = chat.send(stage.alice, message)
    stage.require_success(first, chat.terms.sending)

    again = chat.send(stage.alice, message)

    shown = receiving.message(chat, stage.bob, chat.say(stage.alice))
    stage.require(shown, chat.terms.receiving)
    ids = (chat.message_id(first), chat.message_id(again))
    count = receiving.distinct(chat, stage.bob, message.text)
    verify(
        correlators.repeated(first, again, ids),
        correlators.created_once(count, "message to the others"),
    )


@pytest.mark.requirement(CLAUSE)
def test_correlator_is_of_one_collection(
    stage: Stage, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """The same correlator in another user's collection stands for something else.

    Stimulus: a message by each of two users, with the same correlator.
    """
    chat = stage.talk(kind, fmt)
    correlator = stage.markers.next()
    ways = ((stage.alice, stage.bob), (stage.bob, stage.alice))
    sent = [ChatMessage(text=chat.text(), client_correlator=correlator) for _ in ways]

    answers = [chat.send(who, each) for (who, _), each in zip(ways, sent, strict=True)]

    stage.require_success(answers[0], chat.terms.sending)
    for (_, other), each in zip(ways, sent, strict=True):
        verify(correlators.other_collection(receiving.message(chat, other, each.text)))


@pytest.mark.requirement(one_to_one=CLAUSE, group=CLAUSE, long_lived=CLAUSE)
@pytest.mark.parametrize("given", [True, False], ids=["given", "none"])
def test_correlator_is_shown_as_given(
    stage: Stage, verify: Verify, kind: ChatKind, fmt: Format, *, given: bool
) -> None:
    """A correlator is shown to who gave it, unchanged, and none is invented.

    Stimulus: a chat that is started with a correlator or without one, read by its originator.
    """
    correlator = stage.markers.next() if given else None

    chat = repeating.begun(stage, kind, fmt, correlator)

    verify(correlators.correlator_shown(chat.read(stage.alice), correlator))


@pytest.mark.requirement(CLAUSE)
@pytest.mark.parametrize("given", [True, False], ids=["given", "none"])
def test_correlator_of_subscription_is_shown_as_given(
    stage: Stage, verify: Verify, fmt: Format, *, given: bool
) -> None:
    """The same holds for a subscription.

    Stimulus: a subscription with a correlator or without one, read by its user.
    """
    stage.claims.require_operation("GET subscription")
    correlator = stage.markers.next() if given else None

    made = stage.mail.subscribed(stage.alice, fmt, SubscriptionOffer(correlator=correlator))

    read = made.read()
    made.delete()
    verify(correlators.correlator_shown(read, correlator))
