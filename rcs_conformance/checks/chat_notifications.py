"""Checks of what the users of a group chat are told about it (UNI-CHT-004b, 012b, 017)."""

from collections.abc import Sequence

from rcs_conformance.checks.judging import content_of, judged, place_of
from rcs_conformance.errors import Cause, Inconclusive
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


def notified(awaited: Awaited[Content], clause: str, what: str) -> CheckResult:
    """A user is told of something.

    Args:
        awaited: The notification that tells it, or its absence.
        clause: That demands it.
        what: What is told, as a phrase.
    """
    return judged(
        clause,
        "notification.arrived",
        awaited.content is not None,
        expected=f"{awaited.user} is notified that {what}",
        actual="notified" if awaited.content is not None else awaited.absence,
        where=awaited.where,
        event=awaited.event,
    )


def acceptance_services(
    told: Awaited[object],
    with_services: Awaited[object],
    expected: Sequence[str],
    shown: Sequence[Sequence[str]],
) -> CheckResult:
    """UNI-CHT-004b.5: the notification of an acceptance carries the services of the chat.

    Where an acceptance is told in two ways, one of them must carry the services.

    Args:
        told: A notification that tells of the acceptance.
        with_services: One that tells of it along with exactly the expected services.
        expected: The services of the chat.
        shown: The services in each notification that told of it.
    """
    _content(told, "UNI-CHT-004b.1")
    return judged(
        "UNI-CHT-004b.5",
        "acceptance.services",
        with_services.content is not None if expected else not any(shown),
        expected=f"services {', '.join(sorted(expected)) or '(none)'}",
        actual=" / ".join(", ".join(sorted(each)) or "(none)" for each in shown),
        where=f"{told.where} supportedService",
        event=told.event,
    )


def ended_not_cancelled(
    told: Awaited[ChatEventNotification],
    clause: str = "UNI-CHT-003b.3",
    owner: str = "UNI-CHT-004b.4",
) -> CheckResult:
    """Once somebody accepted, the chat is told to have ended, not to be cancelled.

    Args:
        told: The event.
        clause: UNI-CHT-003a.3 in 1-to-1 chat, UNI-CHT-003b.3 in groups.
        owner: The clause that it is told at all.
    """
    content = _content(told, owner)
    return judged(
        clause,
        "event.ended",
        content.event_type is not EventType.SESSION_CANCELLED,
        expected="the event SessionEnded, for the invitation was accepted",
        actual=f"the event {content.event_type.value}",
        where=f"{told.where} eventType",
        event=told.event,
    )


def event_type(told: Awaited[ChatEventNotification], owner: str = "UNI-CHT-004b.4") -> CheckResult:
    """TS-CHAT-4.1.10: the end of a session is told by an event of its type.

    Args:
        told: The event.
        owner: The clause that it is told at all.
    """
    content = _content(told, owner)
    over = {EventType.SESSION_ENDED, EventType.SESSION_CANCELLED}
    return judged(
        "TS-CHAT-4.1.10",
        "event.type",
        content.event_type in over,
        expected="the event SessionEnded",
        actual=f"the event {content.event_type.value}",
        where=f"{told.where} eventType",
        event=told.event,
    )


def event_names_chat(
    awaited: Awaited[ChatEventNotification], session_id: str, owner: str = "UNI-CHT-004b.4"
) -> CheckResult:
    """TS-CHAT-4.1.10: a session event names the session as its receiver knows it.

    Args:
        awaited: The event.
        session_id: Of the session as the receiver knows it.
        owner: The clause that it is told at all.
    """
    content = _content(awaited, owner)
    return judged(
        "TS-CHAT-4.1.10",
        "event.session",
        content.session_id == session_id,
        expected=f"sessionId {session_id!r}",
        actual=repr(content.session_id) if content.session_id else "none",
        where=f"{awaited.where} sessionId",
        event=awaited.event,
    )


def first_participants(
    awaited: Awaited[ChatParticipantStatusNotification], expected: Sequence[str]
) -> CheckResult:
    """UNI-CHT-017.1: on accepting, a user gets a first notification of the participants.

    That it names all of them is the business of UNI-CHT-017.3; here those who are connected.
    """
    content = awaited.content
    shown = () if content is None else content.participant
    addresses = {normal_address(each.address) for each in shown}
    missing = [one for one in expected if normal_address(one) not in addresses]
    return judged(
        "UNI-CHT-017.1",
        "participants.first",
        content is not None and not missing,
        expected=f"on accepting, {awaited.user} is told of {', '.join(expected)}",
        actual=awaited.absence
        if content is None
        else ", ".join(each.address for each in shown) or "nobody",
        where=f"{awaited.where} participant",
        event=awaited.event,
    )


def statuses_present(awaited: Awaited[ChatParticipantStatusNotification]) -> CheckResult:
    """TS-CHAT-4.1.11: each participant in the notification stands there with its status."""
    content = _content(awaited, "UNI-CHT-017.2")
    without = [each.address for each in content.participant if each.status is None]
    return judged(
        "TS-CHAT-4.1.11",
        "participants.status",
        bool(content.participant) and not without,
        expected="every participant with its status",
        actual=f"without status: {', '.join(without)}"
        if without
        else f"{len(content.participant)} participants",
        where=f"{awaited.where} participant/status",
        event=awaited.event,
    )


def participants_name_chat(
    awaited: Awaited[ChatParticipantStatusNotification], session_id: str
) -> CheckResult:
    """TS-CHAT-4.1.11: the notification names the session as its receiver knows it."""
    content = _content(awaited, "UNI-CHT-017.2")
    return judged(
        "TS-CHAT-4.1.11",
        "participants.session",
        content.session_id == session_id,
        expected=f"sessionId {session_id!r}",
        actual=repr(content.session_id) if content.session_id else "none",
        where=f"{awaited.where} sessionId",
        event=awaited.event,
    )


def same_set(notices: Sequence[ChatParticipantStatusNotification], read: Exchange) -> CheckResult:
    """UNI-CHT-017.3: what was notified, applied in turn, is what the resource shows.

    A notification holds the whole set or only what changed; a participant that is Disconnected
    may be left out of either side (binding, section 3).

    Args:
        notices: What one user was told, in order.
        read: That user's reading of the participants after that.
    """
    applied: Statuses = {}
    for notice in notices:
        applied.update(_statuses(notice.participant))
    last = _statuses(notices[-1].participant) if notices else {}
    shown = _present(_statuses(content_of(read, ParticipantList).participant))
    left_out = {address for address in applied if address not in shown and address not in last}
    known = _present({key: value for key, value in applied.items() if key not in left_out})
    return judged(
        "UNI-CHT-017.3",
        "participants.same",
        known == shown,
        expected=f"as the participants resource shows: {_listed(shown)}",
        actual=f"notified: {_listed(known)}",
        where=place_of(read, "participantList"),
        event=read.number,
    )


def _statuses(participants: Sequence[ParticipantInformation]) -> Statuses:
    return {normal_address(each.address): each.status for each in participants}


def _present(statuses: Statuses) -> Statuses:
    away = ParticipantStatus.DISCONNECTED
    return {address: status for address, status in statuses.items() if status is not away}


def _listed(statuses: Statuses) -> str:
    return ", ".join(
        f"{address} {status.value if status else 'without status'}"
        for address, status in sorted(statuses.items())
    )


def _content(awaited: Awaited[Content], clause: str) -> Content:
    if awaited.content is None:
        raise Inconclusive(Cause.PRECONDITION, f"{awaited.where}: {awaited.absence}", clause)
    return awaited.content
