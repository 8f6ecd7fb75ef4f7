"""UNI-CHT-038: notify that a long-lived group chat is no longer available."""

import pytest

from rcs_conformance.checks import chat_notifications, group_list, participation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import EventType
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits


@pytest.mark.requirement("UNI-CHT-038.1")
def test_members_are_told_that_a_group_is_gone(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """When the server disables a group, each of its members is notified.

    Stimulus: the trigger `disable`.
    """
    group = bed.long_lived.established(GroupOffer(), fmt)

    bed.triggers.fire("disable", group, bed.alice)

    gone = EventType.GROUP_CHAT_UNAVAILABLE
    for each in group.everyone:
        notified = chat_waits.event(group, each, gone)
        verify(
            chat_notifications.notified(
                notified, "UNI-CHT-038.1", f"its group is gone: the event {gone.value}"
            )
        )


@pytest.mark.requirement("UNI-CHT-038.2")
def test_group_is_gone_from_the_list(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A disabled group is not listed for its creator and is not found.

    Stimulus: the trigger `disable` for a group that is listed; then GET of list and group.
    """
    group = bed.long_lived.started(GroupOffer(), fmt, by=bed.last, invite=(bed.bob,))
    group_chat_id, template = group.chat_id(bed.last), bed.path("longLivedGroup")
    bed.require_met(*group_list.holds(group.list_of(bed.last), group_chat_id, template))

    bed.triggers.fire("disable", group, bed.last)

    read = group.read(bed.last)
    verify(
        group_list.gone(group.list_of(bed.last), group_chat_id),
        participation.not_found(read, "UNI-CHT-038.2", "a group that is no longer available"),
    )
