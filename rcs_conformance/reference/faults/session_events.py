"""Faults in telling what became of a 1-to-1 session (UNI-CHT-004a, 012a, TS-CHAT-4.1.10)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import ChatEventNotification, EventType
from rcs_conformance.reference.edits import Told, retold
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.registry import Faults

SESSION_EVENTS = Faults()

_Event = ChatEventNotification


class _Evented(Told):
    """Changes events on their way; `None` drops them."""

    kind = ChatKind.ONE_TO_ONE

    def _event(self, notice: Notice, told: _Event) -> _Event | None:
        return told

    def tell(self, notice: Notice) -> Iterable[Notice]:
        if not isinstance(notice.content, _Event):
            return (notice,)
        told = self._event(notice, notice.content)
        return () if told is None else retold(notice, _Event, lambda _: told)


def _by_originator(notice: Notice) -> bool:
    return notice.actor == notice.conversation.originator


@SESSION_EVENTS.add(
    "session-acceptance-silent", "UNI-CHT-004a.1", "The originator is not told of an acceptance."
)
class _AcceptanceSilent(_Evented):
    def _event(self, notice: Notice, told: _Event) -> _Event | None:
        return None if notice.cause is Cause.ACCEPTED else told


@SESSION_EVENTS.add(
    "session-acceptance-told-as-successful",
    "UNI-CHT-004a.1",
    "An acceptance is told as Successful.",
)
class _AcceptanceToldAsSuccessful(_Evented):
    def _event(self, notice: Notice, told: _Event) -> _Event | None:
        accepted = notice.cause is Cause.ACCEPTED
        return replace(told, event_type=EventType.SUCCESSFUL) if accepted else told


@SESSION_EVENTS.add(
    "session-cancellation-silent", "UNI-CHT-004a.2", "Nobody is told of a cancellation."
)
class _CancellationSilent(_Evented):
    def _event(self, notice: Notice, told: _Event) -> _Event | None:
        return None if notice.cause is Cause.CANCELLED else told


@SESSION_EVENTS.add("session-decline-silent", "UNI-CHT-004a.3", "Nobody is told of a decline.")
class _DeclineSilent(_Evented):
    def _event(self, notice: Notice, told: _Event) -> _Event | None:
        return None if notice.cause is Cause.DECLINED else told


@SESSION_EVENTS.add(
    "session-decline-told-as-end", "UNI-CHT-004a.3", "A decline is told as SessionEnded."
)
class _DeclineToldAsEnd(_Evented):
    def _event(self, notice: Notice, told: _Event) -> _Event | None:
        declined = notice.cause is Cause.DECLINED
        return replace(told, event_type=EventType.SESSION_ENDED) if declined else told


@SESSION_EVENTS.add(
    "session-end-kept-from-originator",
    "UNI-CHT-004a.4",
    "The originator is not told that the other user ended a session.",
)
class _EndKeptFromOriginator(_Evented):
    def _event(self, notice: Notice, told: _Event) -> _Event | None:
        ended = notice.cause is Cause.ENDED and not _by_originator(notice)
        return None if ended else told


@SESSION_EVENTS.add(
    "session-end-kept-from-invited",
    "UNI-CHT-012a.1",
    "Who was invited is not told that the originator ended a session.",
)
class _EndKeptFromInvited(_Evented):
    def _event(self, notice: Notice, told: _Event) -> _Event | None:
        ended = notice.cause is Cause.ENDED and _by_originator(notice)
        return None if ended else told


@SESSION_EVENTS.add(
    "session-end-told-as-decline", "TS-CHAT-4.1.10", "Every end of a session is told as Declined."
)
class _EndToldAsDecline(_Evented):
    def _event(self, notice: Notice, told: _Event) -> _Event | None:
        ended = told.event_type is EventType.SESSION_ENDED
        return replace(told, event_type=EventType.DECLINED) if ended else told


@SESSION_EVENTS.add(
    "session-event-of-unknown-session",
    "TS-CHAT-4.1.10",
    "Events name a session id of no session.",
)
class _EventOfUnknownSession(_Evented):
    def _event(self, notice: Notice, told: _Event) -> _Event | None:
        return replace(told, session_id=f"{told.session_id}0")


@SESSION_EVENTS.add(
    "session-event-of-the-other", "TS-CHAT-4.1.10", "Events name the other user's session id."
)
class _EventOfTheOther(_Evented):
    def _event(self, notice: Notice, told: _Event) -> _Event | None:
        other = notice.conversation.other(notice.member)
        return replace(told, session_id=other.session_id)


@SESSION_EVENTS.add(
    "session-event-without-id",
    "TS-CHAT-4.1.10",
    "Events do not say which session they are about.",
)
class _EventWithoutId(_Evented):
    def _event(self, notice: Notice, told: _Event) -> _Event | None:
        return replace(told, session_id=None, link=())
