"""How long is waited, and what is told of what did not come."""

import time

import pytest

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatParticipantStatusNotification,
)
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario import Stage
from rcs_conformance.scenario.patience import Patience
from tests.scenario.conftest import OpenServer, OpenStage


def test_patience_ends_after_two_misses_and_comes_back() -> None:
    """Each kind has its own; one that came restores it."""
    patience = Patience(5.0)
    waits = []
    for _ in range(3):
        waits.append(patience.seconds("a"))
        patience.learn("a", came=False)
    assert waits == [5.0, 5.0, 1.0]
    assert patience.seconds("b") == 5.0
    patience.learn("a", came=True)
    assert patience.seconds("a") == 5.0


def test_what_never_comes_is_waited_for_less_and_less(
    open_server: OpenServer, open_stage: OpenStage
) -> None:
    """The third wait is short, and its absence says so."""
    stage = open_stage(open_server(), timeout=0.2)
    group = stage.groups.invited(GroupOffer(), Format.XML)
    started = time.monotonic()
    missing = [group.awaited(stage.alice, ChatEventNotification) for _ in range(4)]
    assert time.monotonic() - started < 1.5
    assert [each.waited for each in missing] == pytest.approx([0.2, 0.2, 0.04, 0.04])
    assert missing[0].content is None
    assert "none within 0.2 s" in missing[0].absence


def test_wait_ends_at_arrival(stage: Stage) -> None:
    """What comes is handed out at once, and what else came is not told."""
    group = stage.groups.established(GroupOffer(), Format.JSON)
    started = time.monotonic()
    found = group.awaited(
        stage.alice,
        ChatParticipantStatusNotification,
        lambda content: any(
            each.status is ParticipantStatus.CONNECTED and each.address == stage.carol.address
            for each in content.participant
        ),
    )
    assert time.monotonic() - started < 4
    assert found.content is not None
    assert found.event is not None


@pytest.mark.parametrize("fmt", list(Format))
def test_unreadable_notifications_are_blamed(
    open_server: OpenServer, open_stage: OpenStage, fmt: Format
) -> None:
    """What cannot be read may be what was waited for: the format is to blame, not its clause."""
    stage = open_stage(open_server(), timeout=0.2)
    group = stage.groups.invited(GroupOffer(), fmt)
    mailbox = stage.mail.box(stage.alice, fmt)
    mailbox.put((), b"?")
    with pytest.raises(Inconclusive) as caught:
        group.awaited(stage.alice, ChatEventNotification)
    clause = "TS-CHAT-5.1" if fmt is Format.XML else "TS-CHAT-5.2"
    assert (caught.value.cause, caught.value.clause) == (Cause.PRECONDITION, clause)


def test_new_example_begins_with_nothing(stage: Stage) -> None:
    """Evidence and mail of the last one are forgotten; subscriptions stay."""
    stage.groups.invited(GroupOffer(), Format.XML)
    stage.clear()
    assert stage.log.events() == ()
    assert stage.mail.box(stage.bob, Format.XML).arrived() == ()
    assert stage.log.events() == ()
    stage.groups.invited(GroupOffer(), Format.XML)
    assert all("POST subscriptions" not in str(each) for each in stage.log.events())
