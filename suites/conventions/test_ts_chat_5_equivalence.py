"""TS-CHAT-5.4: the XML and JSON forms of responses and notifications are equivalent."""

import pytest

from rcs_conformance.checks import equivalence
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, operations

SOME_READING = dict.fromkeys(("one_to_one", "group", "long_lived"), "TS-CHAT-5.4")


@pytest.mark.requirement("TS-CHAT-5.4")
def test_chats_read_the_same(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """A chat is shown alike in XML and in JSON.

    Stimulus: a chat and a message with all parameters; GET of everything about them in XML and in
    JSON.
    """
    addressed = operations.both_formats.filled(bed, kind, fmt)

    readings = operations.both_formats.in_both(addressed)

    verify(equivalence.equivalent(each.xml, each.json) for each in readings)


@pytest.mark.requirement(long_lived="TS-CHAT-5.4")
def test_lists_of_groups_read_the_same(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """The list of long-lived groups shows a group alike in XML and in JSON.

    Stimulus: GET of the list in XML and in JSON.
    """
    addressed = operations.both_formats.filled(bed, kind, fmt)

    xml, json = operations.both_formats.list_in_both(addressed)

    verify(equivalence.equivalent_entry(xml, json, addressed.chat.creation))


@pytest.mark.requirement("TS-CHAT-5.4")
def test_subscriptions_read_the_same(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A subscription, alone and in the list, is shown alike in XML and in JSON.

    Stimulus: a subscription with all parameters; GET in XML and in JSON.
    """
    subscription = operations.both_formats.subscription_with_everything(bed, fmt)

    alone, listed = operations.both_formats.subscription_in_both(bed, subscription)

    subscription.delete()
    verify(
        *(equivalence.equivalent(xml, json) for xml, json in alone),
        *(equivalence.equivalent_entry(xml, json, subscription.creation) for xml, json in listed),
    )


@pytest.mark.requirement(**SOME_READING)
def test_chats_are_made_alike(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """The chat created in JSON equals the chat created in XML.

    Stimulus: the same chat with all parameters created in each format, read in one.
    """
    made = [operations.both_formats.filled(bed, kind, each) for each in Format]

    words = [word for addressed in made for word in operations.both_formats.own_texts(addressed)]
    reads = zip(
        *(operations.both_formats.read_in(addressed, fmt) for addressed in made), strict=True
    )
    verify(equivalence.created_alike(xml, json, words) for xml, json in reads)


@pytest.mark.requirement("TS-CHAT-5.4")
def test_subscriptions_are_made_alike(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The subscription created in JSON equals the subscription created in XML.

    Stimulus: the same subscription with all parameters created in each format, read in one.
    """
    xml, json, words = operations.both_formats.subscriptions_made(bed, fmt)

    verify(equivalence.created_alike(xml, json, words))


@pytest.mark.requirement("TS-CHAT-5.4")
def test_notifications_tell_the_same(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A notification is equivalent in XML and in JSON.

    Stimulus: an invitation, a message and an end, for a user that subscribed in both formats.
    """
    for notified in operations.both_formats.notified_in_both(bed, kind, fmt):
        bed.require(notified.xml, notified.clause)
        bed.require(notified.json, notified.clause)
        verify(equivalence.notified_alike(notified.xml, notified.json))
