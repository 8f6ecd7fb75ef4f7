"""Checks of requests for a group, and of the group that they create.

The same holds on each occasion on which a group is created; the occasion gives the clauses.
"""

from collections.abc import Sequence

from rcs_conformance.checks import creations
from rcs_conformance.checks.group_clauses import START, Occasion, entry_of, group_in, within
from rcs_conformance.checks.judging import (
    Place,
    at,
    member,
    subject_unchanged,
)
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult

_INVITED = "UNI-CHT-002b.1"
_SUBJECT = "UNI-CHT-002b.3"
_UNKNOWN_SERVICE = "UNI-CHT-002b.9"
_INVALID_CLOSED = "UNI-CHT-002b.10"


def started(exchange: Exchange, occasion: Occasion = START) -> CheckResult:
    """A request for a group of several users is accepted."""
    return at(exchange).responds(
        occasion.created, "group.started", "2xx", "for a group of several users"
    )


def all_invited(read: Exchange, addresses: Sequence[str]) -> list[CheckResult]:
    """Every user in the request is shown as an invited participant."""
    results = []
    for address in addresses:
        entry = entry_of(read, address)
        status = None if entry is None else entry.status
        results.append(
            within(read, "participant").require(
                _INVITED,
                "group.invited",
                holds=entry is not None and status in {None, ParticipantStatus.INVITED},
                expected=f"participant {address}: status = Invited or absent",
                actual=f"participant {address} absent"
                if entry is None
                else f"participant {address}: {member('status', status)}",
            )
        )
    return results


def all_named(
    read: Exchange, addresses: Sequence[str], occasion: Occasion = START
) -> list[CheckResult]:
    """Every user is shown as a participant, with whatever status."""
    return [
        within(read, "participant").require(
            occasion.created,
            "group.named",
            holds=entry_of(read, address) is not None,
            expected=f"participant includes {address}",
            actual=member("participant", [each.address for each in group_in(read).participant]),
        )
        for address in addresses
    ]


def identified(exchange: Exchange, template: str, occasion: Occasion = START) -> list[CheckResult]:
    """The response names the group, the same in header and body.

    Args:
        exchange: The creation.
        template: Path of such a group in the binding.
        occasion: How the group is created.
    """
    return creations.identified(exchange, template, occasion.identified)


def readable(read: Exchange, occasion: Occasion = START) -> CheckResult:
    """The group is found under the id in the response."""
    return creations.found(read, occasion.identified)


def combination_accepted(exchange: Exchange, clause: str, what: str) -> CheckResult:
    """A combination of parameters is not rejected.

    Args:
        exchange: The request with it; one with other parameters was accepted.
        clause: Of the parameter.
        what: The combination, as a phrase: `without a subject`.
    """
    return at(exchange).responds(
        clause,
        "group.combination",
        "2xx",
        f"for a group {what}; another request for a group was accepted",
    )


def subject(read: Exchange, expected: str | None, clause: str = _SUBJECT) -> CheckResult:
    """The group has the subject of the request."""
    shown = group_in(read).subject
    return subject_unchanged(within(read, "subject"), clause, "group.subject", shown, expected)


def closed(read: Exchange, requested: bool | None, occasion: Occasion = START) -> CheckResult:
    """The group is closed as requested, and not closed where the request had no isClosed."""
    shown = group_in(read).is_closed
    return within(read, "isClosed").require(
        occasion.about_closed(requested),
        "group.closed",
        holds=bool(shown) == bool(requested),
        expected=closed_as(requested),
        actual=member("isClosed", shown),
    )


def closed_as(requested: bool | None) -> str:
    """The condition on isClosed after a request."""
    expected = "isClosed = true" if requested else "isClosed = false or absent"
    return f"{expected} (request: {member('isClosed', requested)})"


def services(
    read: Exchange, requested: Sequence[str], expected: Sequence[str], occasion: Occasion = START
) -> CheckResult:
    """The group has the requested services, and none where none were requested.

    Args:
        read: A GET of the group.
        requested: The services in the request; empty where it had none.
        expected: Those of them that the target supports.
        occasion: How the group was created.
    """
    shown = group_in(read).supported_service
    return within(read, "supportedService").require(
        occasion.about_services(requested),
        "group.services",
        holds=set(shown) == set(expected),
        expected=services_as(requested, expected),
        actual=member("supportedService", shown),
    )


def services_as(requested: Sequence[str], expected: Sequence[str]) -> str:
    """The condition on supportedService after a request."""
    name = "supportedService"
    return f"{member(name, expected)} (request: {member(name, requested)})"


def unknown_service_handled(exchange: Exchange) -> CheckResult:
    """A service that the server does not know is ignored or rejected."""
    return within(exchange, "supportedService").responds(
        _UNKNOWN_SERVICE,
        "group.unknown_service",
        "2xx or 4xx",
        "for an unknown service (ignored or rejected)",
    )


def known_services_kept(read: Exchange, expected: Sequence[str], unknown: str) -> list[CheckResult]:
    """Where an unknown service is ignored, the known ones in the same request are not."""
    shown = group_in(read).supported_service
    place = within(read, "supportedService")
    results = [
        place.require(
            _UNKNOWN_SERVICE,
            "group.unknown_service",
            holds=set(expected) <= set(shown),
            expected=f"supportedService includes {', '.join(sorted(expected))}",
            actual=member("supportedService", shown),
        )
    ]
    if unknown in shown:
        results.append(
            place.remark(
                _UNKNOWN_SERVICE,
                "group.unknown_service",
                expected=f"supportedService without the unknown service {unknown}",
                actual=member("supportedService", shown),
            )
        )
    return results


def invalid_closed_rejected(exchange: Exchange, value: str) -> CheckResult:
    """A value of isClosed that is no boolean is rejected."""
    return within(exchange, "isClosed").responds(
        _INVALID_CLOSED,
        "group.closed_refused",
        "4xx",
        f"for isClosed = {value!r}, which is not a boolean",
    )


def nothing_started(
    clause: str, subjects: Sequence[str | None], marker: str, where: str
) -> CheckResult:
    """A rejected request starts nothing: no invitation has its marker.

    Args:
        clause: That requires it.
        subjects: Of the invitations that arrived up to that of a later chat.
        marker: Of the rejected request.
        where: The rejected request.
    """
    found = [text for text in subjects if text and marker in text.lower()]
    return Place(where).require(
        clause,
        "group.nothing_started",
        holds=not found,
        expected="no invitation after the rejected request",
        actual=f"invitation with {member('subject', found[0])}" if found else "no invitation",
    )
