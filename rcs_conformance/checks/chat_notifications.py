"""Checks of notifications about a chat: events, acceptances, participants."""

from collections.abc import Sequence
from dataclasses import dataclass

from rcs_conformance.checks.judging import Place, at, content_in, content_of, member
from rcs_conformance.model.addresses import normal_address
from rcs_conformance.model.awaited import Awaited, Content
from rcs_conformance.model.chat import ParticipantInformation, ParticipantList, ParticipantStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatParticipantStatusNotification,
    EventType,
)
from rcs_conformance.model.results import CheckResult

Statuses = dict[str, ParticipantStatus | None]

_ACCEPTANCE = "UNI-CHT-004b.1"
_END = "UNI-CHT-004b.4"
_SERVICES = "UNI-CHT-004b.5"
_NOT_CANCELLED = "UNI-CHT-003b.4"
_SIGNALLED = "UNI-CHT-003a.4"
_BEFORE = "UNI-CHT-008a.3"
_FIRST = "UNI-CHT-017.1"
_CHANGE = "UNI-CHT-017.2"
_SAME = "UNI-CHT-017.3"
_EVENT = "TS-CHAT-4.1.10"
_PARTICIPANTS = "TS-CHAT-4.1.11"


def notified(awaited: Awaited[Content], clause: str, what: str) -> CheckResult:
    """A user is notified.

    Args:
        awaited: The notification, or its absence.
        clause: That requires it.
        what: What the notification says, as a clause: `the chat has ended`.
    """
    return at(awaited).arrives(
        clause, "notification.arrived", f"{awaited.user} is notified that {what}"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedChat:
    """A chat that a user accepted.

    Attributes:
        notified: The notification of the acceptance.
        start: The services of the chat at its start, as far as the target supports them.
        declared: Those that the user declared on accepting, likewise.
        shown: Those in each notification of the acceptance.
    """

    notified: Awaited[object]
    start: Sequence[str]
    declared: Sequence[str]
    shown: Sequence[Sequence[str]]

    @property
    def readings(self) -> tuple[frozenset[str], ...]:
        """What the notification may carry (binding, section 3): each by another reading."""
        start, declared = frozenset(self.start), frozenset(self.declared)
        return start, start & declared, declared

    def carries(self, services: frozenset[str]) -> bool:
        """Whether the acceptance is notified with exactly these services, by one notification."""
        if services:
            return any(set(each) == services for each in self.shown)
        return not any(self.shown)


def acceptance_services(chats: Sequence[AcceptedChat]) -> CheckResult:
    """The notification of an acceptance has the services of the chat, by one reading in all chats.

    They are those of the start, or those of the start that the user declared, or those declared.
    Where two kinds of notification say that a user accepted, one of them must have the services.

    Args:
        chats: That were accepted by one user each.
    """
    for each in chats:
        content_in(each.notified, _ACCEPTANCE)
    holds = any(
        all(each.carries(services) for each, services in zip(chats, reading, strict=True))
        for reading in zip(*(each.readings for each in chats), strict=True)
    )
    return at(chats[-1].notified, "supportedService").require(
        _SERVICES,
        "acceptance.services",
        holds=holds,
        expected="supportedService as at the start, or as at the start and declared, or as declared"
        f"{', the same in all chats' if len(chats) > 1 else ''}: "
        + "; ".join(
            f"start {member('supportedService', each.start)},"
            f" declared {member('supportedService', each.declared)}"
            for each in chats
        ),
        actual="; ".join(
            " / ".join(member("supportedService", services) for services in each.shown)
            for each in chats
        ),
    )


def ended_not_cancelled(
    event: Awaited[ChatEventNotification], clause: str = _NOT_CANCELLED, end: str = _END
) -> CheckResult:
    """After an acceptance a chat ends; it is not cancelled.

    Args:
        event: The notification of the end.
        clause: About this kind of chat.
        end: The clause that requires the notification.
    """
    content = content_in(event, end)
    return at(event, "eventType").require(
        clause,
        "event.ended",
        holds=content.event_type is not EventType.SESSION_CANCELLED,
        expected="eventType = SessionEnded: the invitation was accepted",
        actual=member("eventType", content.event_type),
    )


def no_cancellation(events: Sequence[ChatEventNotification], user: str) -> CheckResult:
    """No cancellation is notified of a 1-to-1 chat that was accepted.

    Args:
        events: All events of the chat that the user was notified of.
        user: Its address.
    """
    types = [each.event_type for each in events]
    return Place(f"chatEventNotification to {user} eventType").require(
        _SIGNALLED,
        "event.no_cancellation",
        holds=EventType.SESSION_CANCELLED not in types,
        expected="no eventType = SessionCancelled: the invitation was accepted",
        actual=member("eventType", types),
    )


def no_acceptance(events: Sequence[ChatEventNotification], user: str) -> CheckResult:
    """No acceptance is notified of a chat that was not accepted yet; as `no_cancellation`."""
    types = [each.event_type for each in events]
    return Place(f"chatEventNotification to {user} eventType").require(
        _BEFORE,
        "event.no_acceptance",
        holds=EventType.ACCEPTED not in types,
        expected="no eventType = Accepted: the session was not accepted",
        actual=member("eventType", types),
    )


def event_type(event: Awaited[ChatEventNotification], end: str = _END) -> CheckResult:
    """The event of the end of a session has the right type.

    Args:
        event: The notification of the end.
        end: The clause that requires the notification.
    """
    content = content_in(event, end)
    over = {EventType.SESSION_ENDED, EventType.SESSION_CANCELLED}
    return at(event, "eventType").require(
        _EVENT,
        "event.type",
        holds=content.event_type in over,
        expected="eventType = SessionEnded or SessionCancelled",
        actual=member("eventType", content.event_type),
    )


def event_names_chat(
    event: Awaited[ChatEventNotification], session_id: str, end: str = _END
) -> CheckResult:
    """A session event names the session as its receiver knows it.

    Args:
        event: The notification of the end.
        session_id: Of the session as the receiver knows it.
        end: The clause that requires the notification.
    """
    content = content_in(event, end)
    return at(event, "sessionId").equals(_EVENT, "event.session", content.session_id, session_id)


def first_participants(
    notice: Awaited[ChatParticipantStatusNotification], expected: Sequence[str]
) -> CheckResult:
    """A user that accepts is notified of the connected participants.

    Whether the notification names all participants is another clause's: `same_set`.
    """
    content = notice.content
    shown = () if content is None else content.participant
    addresses = {normal_address(each.address) for each in shown}
    return at(notice, "participant").require(
        _FIRST,
        "participants.first",
        holds=content is not None and {normal_address(each) for each in expected} <= addresses,
        expected=f"participant includes {', '.join(expected)}",
        actual="" if content is None else member("participant", [each.address for each in shown]),
    )


def statuses_present(notice: Awaited[ChatParticipantStatusNotification]) -> CheckResult:
    """Each participant in the notification has a status."""
    content = content_in(notice, _CHANGE)
    without = [each.address for each in content.participant if each.status is None]
    return at(notice, "participant/status").require(
        _PARTICIPANTS,
        "participants.status",
        holds=bool(content.participant) and not without,
        expected="participant present, status present for each",
        actual=f"status absent for {', '.join(without)}"
        if without
        else f"{len(content.participant)} participants, all with status"
        if content.participant
        else "participant absent",
    )


def participants_name_chat(
    notice: Awaited[ChatParticipantStatusNotification], session_id: str
) -> CheckResult:
    """The notification names the session as its receiver knows it."""
    content = content_in(notice, _CHANGE)
    return at(notice, "sessionId").equals(
        _PARTICIPANTS, "participants.session", content.session_id, session_id
    )


def participants_name_group(
    notice: Awaited[ChatParticipantStatusNotification], group_chat_id: str, clause: str
) -> CheckResult:
    """The notification names the long-lived group as its receiver knows it.

    Args:
        notice: The notification.
        group_chat_id: The id of the group.
        clause: About what it notifies of.
    """
    content = content_in(notice, _CHANGE)
    return at(notice, "groupChatId").equals(
        clause, "participants.group", content.group_chat_id, group_chat_id
    )


def same_set(notices: Sequence[ChatParticipantStatusNotification], read: Exchange) -> CheckResult:
    """The notifications, applied in order, give the participants that the resource shows.

    A notification holds all participants or those that changed; a participant that is Disconnected
    may be absent on either side (binding, section 3).

    Args:
        notices: Those of one user, in order.
        read: That user's GET of the participants after them.
    """
    applied: Statuses = {}
    for notice in notices:
        applied.update(_statuses(notice.participant))
    last = _statuses(notices[-1].participant) if notices else {}
    shown = _present(_statuses(content_of(read, ParticipantList).participant))
    left_out = {address for address in applied if address not in shown and address not in last}
    known = _present({key: value for key, value in applied.items() if key not in left_out})
    return at(read, "participantList").require(
        _SAME,
        "participants.same",
        holds=known == shown,
        expected=f"notified participants as in the resource: {_listed(shown)}",
        actual=f"notified participants: {_listed(known)}",
    )


def _statuses(participants: Sequence[ParticipantInformation]) -> Statuses:
    return {normal_address(each.address): each.status for each in participants}


def _present(statuses: Statuses) -> Statuses:
    away = ParticipantStatus.DISCONNECTED
    return {address: status for address, status in statuses.items() if status is not away}


def _listed(statuses: Statuses) -> str:
    described = (
        f"{address}: {member('status', status)}" for address, status in sorted(statuses.items())
    )
    return "; ".join(described) or "none"
