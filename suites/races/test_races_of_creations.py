"""Races of creations: the same request twice at once, and two who extend the same session."""

import pytest

from rcs_conformance.checks import correlators
from rcs_conformance.checks import races as checks
from rcs_conformance.histories.creation_model import Created
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.races import creations
from rcs_conformance.scenario.races.rounds import rounds

CLAUSE = "TS-CHAT-5.12"


@pytest.mark.requirement(one_to_one=CLAUSE, group=CLAUSE, long_lived=CLAUSE)
def test_chat_requested_twice_at_once_is_one(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """Two requests for a chat at the same moment, with one correlator, start one chat.

    Stimulus: the same request by two devices of a user, then a later chat, which marks the end.
    """
    for _ in rounds(bed):
        made = creations.starts(bed, kind, fmt)
        verify(
            checks.of_creations(made.history, Created()),
            correlators.created_once(made.count, "chat that the invited user is notified of"),
        )


@pytest.mark.requirement(CLAUSE)
def test_message_sent_twice_at_once_is_one(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """Two requests for a message at the same moment, with one correlator, send one message.

    Stimulus: the same message by two devices of a user, then another one, which marks the end.
    """
    for _ in rounds(bed):
        made = creations.messages(bed, kind, fmt)
        verify(
            checks.of_creations(made.history, Created()),
            correlators.created_once(made.count, "message to the others"),
        )


@pytest.mark.requirement(group=CLAUSE, long_lived=CLAUSE)
def test_addition_requested_twice_at_once_adds_once(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """Two requests for an addition at the same moment, with one correlator, add the user once.

    Stimulus: the same addition by two devices of a user, then a later chat, which marks the end.
    """
    for _ in rounds(bed):
        made = creations.additions(bed, kind, fmt)
        verify(
            checks.of_creations(made.history, Created()),
            correlators.created_once(made.count, "chat that the added user is notified of"),
        )


@pytest.mark.requirement(CLAUSE)
@pytest.mark.parametrize("resource", ["oneToOneExtend", "oneToOneExtendLongLived"])
def test_extension_requested_twice_at_once_makes_one_group(
    bed: TestBed, verify: Verify, fmt: Format, resource: str
) -> None:
    """Two requests for an extension at the same moment, with one correlator, make one group.

    Stimulus: the same extension by two devices of a user, then a later chat, which marks the end.
    """
    for _ in rounds(bed):
        made = creations.extensions(bed, resource, fmt, by_both=False)
        verify(
            checks.of_creations(made.history, Created(may_end=True)),
            correlators.created_once(made.count, "group that the added user is notified of"),
        )


@pytest.mark.requirement("UNI-CHT-013.1")
def test_both_users_extend_their_session(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Two users that extend their session at the same moment make two groups.

    Stimulus: an extension with carol by each user; the first one may end the session.
    """
    for _ in rounds(bed):
        made = creations.extensions(bed, "oneToOneExtend", fmt, by_both=True)
        verify(checks.of_creations(made.history, Created(may_end=True)))


@pytest.mark.requirement("UNI-CHT-039.1")
def test_both_users_extend_their_session_to_long_lived_groups(
    bed: TestBed, verify: Verify, fmt: Format
) -> None:
    """Two users that extend their session at the same moment make two long-lived groups.

    Stimulus: an extension with carol by each user; the first one may end the session.
    """
    for _ in rounds(bed):
        made = creations.extensions(bed, "oneToOneExtendLongLived", fmt, by_both=True)
        verify(checks.of_creations(made.history, Created(may_end=True)))
