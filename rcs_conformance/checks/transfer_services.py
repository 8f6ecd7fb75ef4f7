"""Checks of file transfer as a service that a chat has or lacks (UNI-FLT-001.4, 001.5)."""

from collections.abc import Sequence

from rcs_conformance.binding import ErrorCase
from rcs_conformance.checks.group_clauses import group_in
from rcs_conformance.checks.judging import client_error, judged, place_of, status_of, succeeded
from rcs_conformance.checks.request_errors import Errors, described, message_id
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult

_SERVICE = "UNI-FLT-001.4"
_SHOWN = "UNI-FLT-001.5"


def as_notified(
    asked: Exchange, service: str, services: Sequence[str], errors: Errors
) -> CheckResult:
    """UNI-FLT-001.4: a transfer in a chat is possible just where its user was told the service.

    Args:
        asked: The request.
        service: The token of file transfer.
        services: Of the chat, as the user was notified.
        errors: The message ids of the binding.
    """
    ids = errors[ErrorCase.SERVICE_NOT_IN_CHAT]
    shown = message_id(asked)
    listed = ", ".join(sorted(services)) or "none"
    if service in services:
        holds, expected = succeeded(asked), "a success status"
    else:
        holds = asked.answer.status == 403 and shown in ids
        expected = f"status 403 with messageId {' or '.join(ids)}"
    return judged(
        _SERVICE,
        "transfer.service",
        holds,
        expected=f"{expected}, for the notified services are: {listed}",
        actual=status_of(asked)
        if succeeded(asked)
        else f"{status_of(asked)} with {described(shown)}",
        where=place_of(asked),
        event=asked.number,
    )


def unavailable(asked: Exchange, clause: str, why: str) -> CheckResult:
    """UNI-CHT-004b.6, 037.2: a transfer is refused in a chat that does not have the service.

    Args:
        asked: The request.
        clause: That demands it.
        why: Since when or by what it does not, as a phrase.
    """
    return judged(
        clause,
        "transfer.unavailable",
        client_error(asked),
        expected=f"the file transfer is refused, for {why}: a status 4xx",
        actual=status_of(asked),
        where=place_of(asked),
        event=asked.number,
    )


def available(asked: Exchange, clause: str, why: str) -> CheckResult:
    """UNI-CHT-037.2: a transfer is taken in a chat that has the service; as `unavailable`."""
    return judged(
        clause,
        "transfer.available",
        succeeded(asked),
        expected=f"the file transfer is taken, for {why}: a success status",
        actual=status_of(asked),
        where=place_of(asked),
        event=asked.number,
    )


def readable(read: Exchange, service: str, services: Sequence[str]) -> CheckResult:
    """UNI-FLT-001.5: a reading of a chat tells whether it supports file transfer.

    Args:
        read: The reading.
        service: The token of file transfer.
        services: Of the chat.
    """
    shown = group_in(read).supported_service
    has = service in services
    return judged(
        _SHOWN,
        "transfer.capability",
        (service in shown) == has,
        expected=f"supportedService with{'' if has else 'out'} {service}, as the chat's are",
        actual=f"supportedService {', '.join(sorted(shown)) or '(none)'}",
        where=place_of(read, f"{read.answer.root}/supportedService"),
        event=read.number,
    )
