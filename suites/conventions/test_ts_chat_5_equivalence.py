"""TS-CHAT-5.4: the XML and the JSON form of everything that is read or told say the same."""

import pytest

from rcs_conformance.checks import equivalence
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, rounds

SOME_READING = dict.fromkeys(("one_to_one", "group", "long_lived"), "TS-CHAT-5.4")


@pytest.mark.requirement("TS-CHAT-5.4")
def test_chats_read_the_same(stage: Stage, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """What was created in one format reads the same in both.

    Stimulus: a chat and a message with all parameters; all that can be read of them, in XML and in
    JSON.
    """
    spot = rounds.readings.filled(stage, kind, fmt)

    twins = rounds.readings.in_both(spot)

    verify(equivalence.equivalent(each.xml, each.json) for each in twins)


@pytest.mark.requirement(long_lived="TS-CHAT-5.4")
def test_lists_of_groups_read_the_same(
    stage: Stage, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """The list of long-lived groups says the same of a group in both formats.

    Stimulus: readings of the list, in XML and in JSON.
    """
    spot = rounds.readings.filled(stage, kind, fmt)

    xml, json = rounds.readings.list_in_both(spot)

    verify(equivalence.equivalent_entry(xml, json, spot.chat.started))


@pytest.mark.requirement("TS-CHAT-5.4")
def test_subscriptions_read_the_same(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A subscription, alone and in the list, says the same in both formats.

    Stimulus: a subscription with all parameters, read in XML and in JSON.
    """
    subscription = rounds.readings.subscription_with_everything(stage, fmt)

    alone, listed = rounds.readings.subscription_in_both(stage, subscription)

    subscription.delete()
    verify(
        *(equivalence.equivalent(xml, json) for xml, json in alone),
        *(equivalence.equivalent_entry(xml, json, subscription.created) for xml, json in listed),
    )


@pytest.mark.requirement(**SOME_READING)
def test_chats_are_made_alike(stage: Stage, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """What was created in XML reads like what was created in JSON by the same request.

    Stimulus: the same chat with all parameters created in each format, read in one.
    """
    made = [rounds.readings.filled(stage, kind, each) for each in Format]

    words = [word for spot in made for word in rounds.readings.own_words(spot)]
    reads = zip(*(rounds.readings.read_in(spot, fmt) for spot in made), strict=True)
    verify(equivalence.created_alike(xml, json, words) for xml, json in reads)


@pytest.mark.requirement("TS-CHAT-5.4")
def test_subscriptions_are_made_alike(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A subscription that was created in XML reads like one that was created in JSON.

    Stimulus: the same subscription with all parameters created in each format, read in one.
    """
    xml, json, words = rounds.readings.subscriptions_made(stage, fmt)

    verify(equivalence.created_alike(xml, json, words))


@pytest.mark.requirement("TS-CHAT-5.4")
def test_notifications_tell_the_same(
    stage: Stage, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A notification says the same to a subscription in XML and to one in JSON.

    Stimulus: an invitation, a message, an end, to a user who has subscribed in both formats.
    """
    for told in rounds.readings.told_in_both(stage, kind, fmt):
        stage.require(told.xml, told.clause)
        stage.require(told.json, told.clause)
        verify(equivalence.notified_alike(told.xml, told.json))
