"""UNI-CHT-012b: notify that a group chat ended."""

import pytest

from rcs_conformance.checks import chat_notifications
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits
from rcs_conformance.scenario.situations import group_endings


@pytest.mark.requirement("UNI-CHT-012b.1")
def test_all_users_are_told_of_the_end(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Every participant is notified that a group chat ended.

    Stimulus: the trigger `end`, by which the server ends the chat; if there is none, and the target
        does not end chats by a request, the originator's leaving.
    """
    group = bed.groups.established(GroupOffer(), fmt)

    remaining = group_endings.end_by_server(bed, group)

    for each in remaining:
        notified = chat_waits.end(group, each)
        verify(chat_notifications.notified(notified, "UNI-CHT-012b.1", "the chat has ended"))
