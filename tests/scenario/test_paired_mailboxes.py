"""What comes on both ways is compared: what is on one only, or differs, fails once."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox import Inbox, Mailbox
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatEventNotification, EventType
from rcs_conformance.model.results import CheckResult, Outcome
from rcs_conformance.scenario.mailboxes.channels import Channels
from rcs_conformance.scenario.mailboxes.deadlines import Deadlines
from rcs_conformance.scenario.mailboxes.paired import PairedMailboxes
from rcs_conformance.target import NotificationMode
from rcs_conformance.wire import Codec

USER = "tel:+15550101"
EVENT = ChatEventNotification(event_type=EventType.ACCEPTED)


class Ways:
    """Both ways of a user, filled by hand."""

    def __init__(self) -> None:
        log = EvidenceLog()
        inbox = Inbox(
            host="", port=0, public_url="", codec=Codec(), log=log, max_body_bytes=1, listens=False
        )
        self.posted, self.polled = (inbox.open_at(USER, Format.JSON, "") for _ in range(2))
        self.channels = Channels(inbox, log)
        self.pair = PairedMailboxes(
            self.posted,
            self.polled,
            self.channels,
            inbox.reader.condition,
            Deadlines(0.05),
            (NotificationMode.CALLBACK, NotificationMode.LONG_POLL),
        )

    def put(self, mailbox: Mailbox, *names: str, text: str | None = None) -> None:
        """Let events arrive on one way."""
        for name in names:
            notified = replace(
                EVENT,
                session_id=name,
                event_description=text,
                callback_data=mailbox.callback_data,
            )
            mailbox.put((), Codec().encode(notified, Format.JSON))

    def failures(self) -> list[CheckResult]:
        """What is found wrong."""
        return [each for each in self.pair.results() if each.outcome is Outcome.FAILED]


@pytest.fixture
def both() -> Ways:
    """Both ways of a user."""
    return Ways()


def test_same_on_both_passes(both: Ways) -> None:
    """In whichever order the two ways come, also after the mailboxes were cleared."""
    both.put(both.posted, "a", "b")
    both.polled.clear()
    both.put(both.polled, "a", "b")
    (found,) = both.pair.results()
    assert (found.outcome, found.clause) == (Outcome.PASSED, "UNI-CHT-007a.1")
    assert list(both.pair.results()) == []


@pytest.mark.parametrize(
    ("way", "notified"), [("posted", "delivered by POST"), ("polled", "delivered by long poll")]
)
def test_one_way_only_fails_once(both: Ways, way: str, notified: str) -> None:
    """The message tells on which way it came; it is not told again."""
    for mailbox in (both.posted, both.polled):
        both.put(mailbox, "a")
    both.put(getattr(both, way), "b")

    (failure,) = both.failures()

    assert failure.clause == "UNI-CHT-007a.1"
    assert failure.actual.startswith(notified)
    assert "'b'" in failure.actual
    assert both.failures() == []


def test_other_content_fails_once(both: Ways) -> None:
    """The message tells what differs."""
    for mailbox in (both.posted, both.polled):
        both.put(mailbox, "a")
    both.put(both.posted, "b", text="one")
    both.put(both.polled, "b", text="other")

    (failure,) = both.failures()

    assert "'one'" in failure.actual
    assert "'other'" in failure.actual


def test_what_came_before_the_first_pair_is_not_judged(both: Ways) -> None:
    """It may have been sent when there was only one of the two subscriptions."""
    both.put(both.posted, "early", "a")
    both.put(both.polled, "a")
    assert both.failures() == []


def test_nothing_at_all_on_one_way_fails(both: Ways) -> None:
    """Once something came that was caused when both subscriptions were there."""
    both.put(both.posted, "a")
    assert both.failures() == []
    (arrived,) = both.posted.arrived()
    both.pair.vouch(arrived)
    assert len(both.failures()) == 1


def test_retry_is_no_difference(both: Ways) -> None:
    """The same notification again on one of the ways."""
    both.put(both.posted, "a", "a")
    both.put(both.polled, "a", "b")
    both.put(both.posted, "b")
    assert both.failures() == []


@pytest.fixture
def lose(both: Ways, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets a poll get no response."""
    lost: list[None] = []
    monkeypatch.setattr(both.channels, "lost", lambda _: len(lost))
    monkeypatch.setattr(both.channels, "loss", lambda *_: "reset" if lost else "")
    return lambda: lost.append(None)


def test_what_a_poll_may_have_lost_is_not_judged(both: Ways, lose: Callable[[], None]) -> None:
    """It came before that was known, and on the other way beside what came on both."""
    both.put(both.posted, "a", "b")
    both.put(both.polled, "a")
    lose()
    assert both.failures() == []


def test_what_is_late_beside_a_lost_poll_is_not_judged(
    both: Ways, lose: Callable[[], None]
) -> None:
    """The poll may have held what the other way brings only now."""
    for mailbox in (both.posted, both.polled):
        both.put(mailbox, "a")
    lose()
    assert both.failures() == []
    for mailbox in (both.posted, both.polled):
        both.put(mailbox, "b")
    both.put(both.posted, "c")
    assert both.failures() == []


def test_what_was_forgotten_is_known(both: Ways, lose: Callable[[], None]) -> None:
    """The next poll brings what the other way brought before the one that was lost."""
    both.put(both.posted, "a")
    lose()
    assert both.failures() == []
    both.channels.loss = lambda *_: ""  # type: ignore[method-assign]  # another example begins
    both.put(both.polled, "b", "a")
    both.put(both.posted, "b")
    assert both.failures() == []
    both.put(both.polled, "c")
    assert len(both.failures()) == 1


def test_what_cannot_be_read_is_not_compared(both: Ways) -> None:
    """That is the business of the representation."""
    for mailbox in (both.posted, both.polled):
        both.put(mailbox, "a")
    both.posted.put((), b"?")
    assert both.failures() == []
