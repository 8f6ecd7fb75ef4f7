"""200 creates with the suites' plugin; `creates_by_hand.py` does and checks the same without."""

import pytest

from rcs_conformance.checks import group_creation
from rcs_conformance.model.chat import GroupChatSessionInformation, ParticipantInformation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed


@pytest.mark.requirement("UNI-CHT-002b.1", "UNI-CHT-002b.2", "UNI-CHT-002b.4")
@pytest.mark.parametrize("number", range(100))
def test_create(bed: TestBed, verify: Verify, fmt: Format, number: int) -> None:
    """A group chat is created; media type and schema are checked on every answer anyway."""
    content = GroupChatSessionInformation(
        subject=f"talk {number}",
        participant=(
            ParticipantInformation(address=bed.alice.address, is_originator=True),
            ParticipantInformation(address=bed.bob.address),
            ParticipantInformation(address=bed.carol.address),
        ),
        is_closed=True,
    )

    created = bed.alice.send("POST", "groups", content, fmt=fmt)

    verify(
        group_creation.started(created),
        group_creation.identified(created, bed.path("group")),
        group_creation.closed(created, True),
    )
