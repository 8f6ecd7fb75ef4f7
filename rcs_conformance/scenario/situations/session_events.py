"""What can happen to a 1-to-1 session so that one of its users is notified by an event."""

from dataclasses import dataclass

from rcs_conformance.driver import Actor
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatEventNotification, EventType
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats import chat_waits
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEvent:
    """Something that happens to a session.

    Attributes:
        name: What happens, as a phrase.
        clause: The clause that requires the notification.
        by_originator: Whether the originator does it; the other user is notified.
        established: Whether it happens to an established session; to an invitation otherwise.
        event: The event type; `None` for any type that says that the session is over.
    """

    name: str
    clause: str
    by_originator: bool
    established: bool
    event: EventType | None

    def before(self, bed: TestBed, fmt: Format) -> OneToOneChat:
        """A session to which it can happen.

        Raises:
            Inconclusive: There is none to be had.
        """
        have = bed.sessions.established if self.established else bed.sessions.invited
        return have(SessionOffer(), fmt)

    def act(self, session: OneToOneChat) -> None:
        """Let it happen.

        Raises:
            Inconclusive: It is rejected; attributed to another clause.
        """
        if self.event is EventType.ACCEPTED:
            session.join()
        elif self.established:
            session.finish(session.originator if self.by_originator else session.recipient)
        elif self.by_originator:
            session.cancel()
        else:
            session.decline()

    def receiver(self, session: OneToOneChat) -> Actor:
        return session.recipient if self.by_originator else session.originator

    def notification(self, session: OneToOneChat) -> Awaited[ChatEventNotification]:
        who = self.receiver(session)
        if self.event is None:
            return chat_waits.end(session, who)
        return chat_waits.event(session, who, self.event)


ACCEPTED = SessionEvent(
    name="accepted",
    clause="UNI-CHT-004a.1",
    by_originator=False,
    established=False,
    event=EventType.ACCEPTED,
)
CANCELLED = SessionEvent(
    name="cancelled",
    clause="UNI-CHT-004a.2",
    by_originator=True,
    established=False,
    event=EventType.SESSION_CANCELLED,
)
DECLINED = SessionEvent(
    name="declined",
    clause="UNI-CHT-004a.3",
    by_originator=False,
    established=False,
    event=EventType.DECLINED,
)
ENDED_BY_RECIPIENT = SessionEvent(
    name="ended by the invited user",
    clause="UNI-CHT-004a.4",
    by_originator=False,
    established=True,
    event=None,
)
ENDED_BY_ORIGINATOR = SessionEvent(
    name="ended by the originator",
    clause="UNI-CHT-012a.1",
    by_originator=True,
    established=True,
    event=None,
)

ENDS = (ENDED_BY_RECIPIENT, ENDED_BY_ORIGINATOR)
ALL = (ACCEPTED, CANCELLED, DECLINED, *ENDS)
"""All events that must be notified."""
