"""TS-CHAT-5.12: a request repeated with the same client correlator creates nothing new."""

from collections.abc import Callable

import pytest

from rcs_conformance.checks import correlators, participation
from rcs_conformance.model.chat import ChatMessage, ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import SessionOffer, SubscriptionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits, message_waits
from rcs_conformance.scenario.situations import repeated_requests

CLAUSE = "TS-CHAT-5.12"


@pytest.mark.requirement(one_to_one=CLAUSE, group=CLAUSE, long_lived=CLAUSE)
def test_repeated_start_makes_one_chat(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A repeated request for a chat returns the same chat and invites no user twice.

    Stimulus: the same request twice, then a message, which marks the end of what they caused.
    """
    chat = repeated_requests.begun(bed, kind, fmt, bed.markers.next())

    again = repeated_requests.start(chat)

    text = chat.say(bed.alice)
    bed.require(message_waits.message(chat, bed.bob, text), chat.terms.receiving)
    verify(
        correlators.repeated(chat.creation, again.exchange, again.ids),
        correlators.created_once(
            len(chat_waits.begun(chat, bed.bob)), "chat that users are notified of"
        ),
    )


@pytest.mark.requirement(CLAUSE)
def test_repeated_extension_makes_one_group(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A repeated extension of a 1-to-1 chat makes one group chat.

    Stimulus: the same request twice, then a message, which marks the end of what they caused. The
    first request may end the session.
    """
    group, again = repeated_requests.extension(bed, fmt)

    text = group.say(bed.alice)
    bed.require(message_waits.message(group, bed.carol, text), group.terms.receiving)
    verify(
        correlators.repeated(group.creation, again.exchange, again.ids, may_be_over=True),
        correlators.created_once(
            len(chat_waits.begun(group, bed.carol)), "group that users are notified of"
        ),
    )


@pytest.mark.requirement(CLAUSE)
def test_repeated_long_lived_extension_makes_one_group(
    bed: TestBed, verify: Verify, fmt: Format
) -> None:
    """A repeated extension to a long-lived group makes one group.

    Stimulus: the same request twice, then a message, which marks the end of what they caused.
    """
    group, again = repeated_requests.long_lived_extension(bed, fmt)

    text = group.say(bed.alice)
    bed.require(message_waits.message(group, bed.carol, text), group.terms.receiving)
    verify(
        correlators.repeated(group.creation, again.exchange, again.ids, may_be_over=True),
        correlators.created_once(
            len(chat_waits.begun(group, bed.carol)), "group that users are notified of"
        ),
    )


@pytest.mark.requirement(group=CLAUSE, long_lived=CLAUSE)
def test_repeated_addition_adds_once(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A repeated addition adds the user once, leaves it as it is, and shows it with its correlator.

    Stimulus: the same addition twice, and again when the user takes part; then GET of the
    participants, and a message, which marks the end of what they caused.
    """
    correlator = bed.markers.next()
    chat, (added, *again) = repeated_requests.addition(bed, kind, fmt, correlator)

    read, carol = chat.read(bed.alice), bed.carol.address
    verify(participation.status(read, carol, CLAUSE, [ParticipantStatus.CONNECTED]))
    text = chat.say(bed.alice)
    bed.require(message_waits.message(chat, bed.carol, text), chat.terms.receiving)
    verify(
        *(correlators.repeated_addition(each) for each in again),
        correlators.added_once(read, carol),
        correlators.created_once(
            len(chat_waits.begun(chat, bed.carol)), "chat that the user is notified of"
        ),
        *correlators.shown_with_participant(added, carol, correlator),
        *correlators.shown_with_participant(read, carol, correlator),
    )


@pytest.mark.requirement(CLAUSE)
def test_repeated_subscription_makes_one(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A repeated request for a subscription returns the same subscription.

    Stimulus: the same request twice.
    """
    offer = SubscriptionOffer(correlator=bed.markers.next())
    first = bed.mailboxes.subscribed(bed.alice, fmt, offer)

    again = bed.mailboxes.repeat(first)

    first.delete()
    verify(correlators.repeated(first.creation, again.creation, (first.id, again.id_or_none)))


@pytest.mark.requirement(CLAUSE)
def test_repeated_subscription_is_listed_once(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A repeated subscription is listed once, with its correlator.

    Stimulus: the same request twice, then GET of the list.
    """
    bed.claims.require_operation("GET subscriptions")
    correlator = bed.markers.next()
    first = bed.mailboxes.subscribed(bed.alice, fmt, SubscriptionOffer(correlator=correlator))

    bed.mailboxes.repeat(first)

    listed = bed.mailboxes.list_subscriptions(bed.alice, fmt)
    first.delete()
    verify(correlators.listed_once(listed, correlator))


@pytest.mark.requirement(CLAUSE)
def test_repeated_transfer_offers_once(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A repeated file transfer is offered once and is shown with its correlator.

    Stimulus: the same request twice, then another transfer, which marks the end of what they
    caused.
    """
    offered, again = repeated_requests.transfer(bed, fmt)

    ids = {each.session_id for each in bed.transfer_mailboxes.offers(bed.bob, offered.marker)}
    verify(
        correlators.repeated(again.first, again.exchange, again.ids),
        correlators.created_once(len(ids), "transfer that the receiver is offered"),
        *(correlators.correlator_shown(each, again.correlator) for each in again.read),
    )


@pytest.mark.requirement(CLAUSE)
@pytest.mark.parametrize(
    "twice",
    [repeated_requests.transfer_subscription, repeated_requests.channel],
    ids=["transfer_subscription", "channel"],
)
def test_repeated_creation_beside_chats_makes_one(
    bed: TestBed,
    verify: Verify,
    fmt: Format,
    twice: Callable[[TestBed, Format], repeated_requests.Twice],
) -> None:
    """A repeated request for a transfer subscription or a channel creates one, with its correlator.

    Stimulus: the same request twice, then GET if the server has it.
    """
    again = twice(bed, fmt)

    verify(
        correlators.repeated(again.first, again.exchange, again.ids),
        *(correlators.correlator_shown(each, again.correlator) for each in again.read),
    )


@pytest.mark.requirement(CLAUSE)
def test_repeated_message_is_sent_once(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A repeated message reaches the receivers once.

    Stimulus: the same message twice, then another one, which marks the end of what they caused.
    """
    chat = bed.established_chat(kind, fmt)
    message = ChatMessage(text=chat.text(), client_correlator=bed.markers.next())
    first = chat.send(bed.alice, message)
    bed.require_success(first, chat.terms.sending)

    again = chat.send(bed.alice, message)

    shown = message_waits.message(chat, bed.bob, chat.say(bed.alice))
    bed.require(shown, chat.terms.receiving)
    ids = (chat.message_id(first), chat.message_id(again))
    count = message_waits.distinct(chat, bed.bob, message.text)
    verify(
        correlators.repeated(first, again, ids),
        correlators.created_once(count, "message to the others"),
    )


@pytest.mark.requirement(CLAUSE)
def test_correlator_is_of_one_collection(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """The same correlator in another user's collection identifies another request.

    Stimulus: a message by each of two users, with the same correlator.
    """
    chat = bed.established_chat(kind, fmt)
    correlator = bed.markers.next()
    ways = ((bed.alice, bed.bob), (bed.bob, bed.alice))
    sent = [ChatMessage(text=chat.text(), client_correlator=correlator) for _ in ways]

    answers = [chat.send(who, each) for (who, _), each in zip(ways, sent, strict=True)]

    bed.require_success(answers[0], chat.terms.sending)
    for (_, other), each in zip(ways, sent, strict=True):
        verify(correlators.other_collection(message_waits.message(chat, other, each.text)))


@pytest.mark.requirement(one_to_one=CLAUSE, group=CLAUSE, long_lived=CLAUSE)
def test_correlator_is_of_one_chat(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """The same correlator in another chat of the same user identifies another request.

    Stimulus: a message in each of two chats, with the same correlator.
    """
    chats = [bed.established_chat(kind, fmt) for _ in range(2)]
    correlator = bed.markers.next()
    sent = [ChatMessage(text=chat.text(), client_correlator=correlator) for chat in chats]

    answers = [chat.send(bed.alice, each) for chat, each in zip(chats, sent, strict=True)]

    bed.require_success(answers[0], chats[0].terms.sending)
    for chat, each in zip(chats, sent, strict=True):
        verify(correlators.other_collection(message_waits.message(chat, bed.bob, each.text)))


@pytest.mark.requirement(one_to_one=CLAUSE, group=CLAUSE, long_lived=CLAUSE)
@pytest.mark.parametrize("given", [True, False], ids=["given", "none"])
def test_correlator_is_shown_as_given(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format, *, given: bool
) -> None:
    """The originator is shown its correlator unchanged, and none if it sent none.

    Stimulus: a chat that is started with a correlator or without one; GET by its originator.
    """
    correlator = bed.markers.next() if given else None

    chat = repeated_requests.begun(bed, kind, fmt, correlator)

    verify(correlators.correlator_shown(chat.read(bed.alice), correlator))


@pytest.mark.requirement(CLAUSE)
def test_correlator_of_first_message_is_shown(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The originator of a session is shown its first message with its correlator, or not at all.

    Stimulus: a session whose first message has a correlator; GET by its originator.
    """
    correlator = bed.markers.next()

    session = bed.sessions.invited(SessionOffer(first="hello"), fmt, correlator=correlator)

    read = session.read(bed.alice)
    verify(
        correlators.correlator_shown(read, correlator),
        *correlators.shown_with_first_message(read, correlator),
    )


@pytest.mark.requirement(CLAUSE)
@pytest.mark.parametrize("given", [True, False], ids=["given", "none"])
def test_correlator_of_subscription_is_shown_as_given(
    bed: TestBed, verify: Verify, fmt: Format, *, given: bool
) -> None:
    """A subscription shows its correlator unchanged, and none if none was sent.

    Stimulus: a subscription with a correlator or without one; GET by its user.
    """
    bed.claims.require_operation("GET subscription")
    correlator = bed.markers.next() if given else None

    made = bed.mailboxes.subscribed(bed.alice, fmt, SubscriptionOffer(correlator=correlator))

    read = made.read()
    made.delete()
    verify(correlators.correlator_shown(read, correlator))
