"""TS-CHAT-5.12: a request repeated with the same client correlator creates nothing twice."""

import pytest

from rcs_conformance.checks import correlators
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, receiving


@pytest.mark.requirement("TS-CHAT-5.12")
def test_repeated_start_makes_one_chat(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A start that is repeated leads to the same chat, and invites nobody twice.

    Stimulus: the same request twice, then another one whose invitation shows what came before.
    """
    group = stage.groups.invited(GroupOffer(), fmt, correlator=stage.markers.next())

    again = group.start_again()

    stage.groups.invited(GroupOffer(), fmt)
    ids = (group.chat_id(stage.alice), group.created_id(again))
    invitations = group.own_invitations(stage.bob)
    verify(
        correlators.repeated(group.started, again, ids),
        correlators.made_once(len(invitations), "invitation to the chat"),
    )


@pytest.mark.requirement("TS-CHAT-5.12")
def test_repeated_subscription_makes_one(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A subscription that is repeated is the same subscription.

    Stimulus: the same request twice, then a reading of the list.
    """
    correlator = stage.markers.next()
    first = stage.mail.subscribe(stage.alice, fmt, correlator=correlator)
    stage.require_success(first.created, "TS-CHAT-4.1.1")

    again = stage.mail.repeat(first)

    listed = stage.alice.send("GET", "subscriptions", fmt=fmt)
    read = first.read()
    first.delete()
    verify(
        correlators.repeated(first.created, again.created, (first.id, again.id_or_none)),
        correlators.listed_once(listed, correlator),
        correlators.correlator_shown(read, correlator),
    )


@pytest.mark.requirement("TS-CHAT-5.12")
def test_repeated_message_is_sent_once(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A message that is repeated reaches the others once.

    Stimulus: the same message twice, then another one that shows what came before.
    """
    group = stage.groups.established(GroupOffer(), fmt)
    message = ChatMessage(text=group.text(), client_correlator=stage.markers.next())
    first = group.send(stage.alice, message)
    stage.require_success(first, "UNI-CHT-018.3")

    again = group.send(stage.alice, message)

    stage.require(receiving.message(group, stage.bob, group.say(stage.alice)), "UNI-CHT-020.3")
    ids = (group.message_id(first), group.message_id(again))
    verify(
        correlators.repeated(first, again, ids),
        correlators.made_once(
            receiving.distinct(group, stage.bob, message.text), "message to the others"
        ),
    )


@pytest.mark.requirement("TS-CHAT-5.12")
@pytest.mark.parametrize("given", [True, False], ids=["given", "none"])
def test_correlator_is_shown_as_given(
    stage: Stage, verify: Verify, fmt: Format, *, given: bool
) -> None:
    """A correlator is shown to who gave it, unchanged, and none is invented.

    Stimulus: a chat that is started with a correlator or without one, read by its originator.
    """
    correlator = stage.markers.next() if given else None

    group = stage.groups.invited(GroupOffer(), fmt, correlator=correlator)

    verify(correlators.correlator_shown(group.read(stage.alice), correlator))
