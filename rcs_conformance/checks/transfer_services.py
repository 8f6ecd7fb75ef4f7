"""Checks of file transfer as a service that a chat has or lacks."""

from collections.abc import Sequence

from rcs_conformance.binding import ErrorCase
from rcs_conformance.checks.group_clauses import group_in
from rcs_conformance.checks.judging import at, member, status_of, succeeded
from rcs_conformance.checks.request_errors import Errors, any_of, described, message_id
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult

_SERVICE = "UNI-FLT-001.4"
_SHOWN = "UNI-FLT-001.5"


def as_notified(
    requested: Exchange, service: str, services: Sequence[str], errors: Errors
) -> CheckResult:
    """A transfer in a chat is possible only where its user was notified of the service.

    Args:
        requested: The request.
        service: The token of file transfer.
        services: Of the chat, as the user was notified.
        errors: The message ids of the binding.
    """
    ids = errors[ErrorCase.SERVICE_NOT_IN_CHAT]
    shown = message_id(requested)
    if service in services:
        holds, expected = succeeded(requested), "status 2xx"
    else:
        holds = requested.answer.status == 403 and shown in ids
        expected = f"status 403 with {any_of(ids)}"
    done = succeeded(requested)
    return at(requested).require(
        _SERVICE,
        "transfer.service",
        holds=holds,
        expected=f"{expected}: notified {member('supportedService', services)}",
        actual="" if done else f"{status_of(requested)} with {described(shown)}",
    )


def unavailable(requested: Exchange, clause: str, why: str) -> CheckResult:
    """A transfer is rejected in a chat that does not have the service.

    Args:
        requested: The request.
        clause: That requires it.
        why: Why the chat does not have it, as a clause.
    """
    return at(requested).responds(
        clause, "transfer.unavailable", "4xx", f"for a file transfer in the chat: {why}"
    )


def available(requested: Exchange, clause: str, why: str) -> CheckResult:
    """A transfer is accepted in a chat that has the service; as `unavailable`."""
    return at(requested).responds(
        clause, "transfer.available", "2xx", f"for a file transfer in the chat: {why}"
    )


def readable(read: Exchange, service: str, services: Sequence[str]) -> CheckResult:
    """A GET of a chat shows whether it supports file transfer.

    Args:
        read: The GET.
        service: The token of file transfer.
        services: Of the chat.
    """
    shown = group_in(read).supported_service
    has = service in services
    return at(read, f"{read.answer.root}/supportedService").require(
        _SHOWN,
        "transfer.capability",
        holds=(service in shown) == has,
        expected=f"supportedService with{'' if has else 'out'} {service}, as in the chat",
        actual=member("supportedService", shown),
    )
