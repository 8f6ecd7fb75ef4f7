"""Checks of what a group is started with and what it then shows (UNI-CHT-002b, 013, 030, 039).

The same holds on each occasion on which a group comes about; whose clause it is, the occasion says.
"""

from collections.abc import Sequence

from rcs_conformance.checks import creations
from rcs_conformance.checks.group_clauses import START, Occasion, entry_of, group_in, within
from rcs_conformance.checks.judging import (
    client_error,
    judged,
    place_of,
    remark,
    status_of,
    succeeded,
)
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult


def started(exchange: Exchange, occasion: Occasion = START) -> CheckResult:
    """UNI-CHT-002b.1, 013.1, 030.1: a request for a group of several users is granted."""
    return judged(
        occasion.granted,
        "group.started",
        succeeded(exchange),
        expected="the group is created, status 201",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def all_invited(read: Exchange, addresses: Sequence[str]) -> list[CheckResult]:
    """UNI-CHT-002b.1: everybody who was named stands in the chat as invited."""
    results = []
    for address in addresses:
        entry = entry_of(read, address)
        status = None if entry is None else entry.status
        results.append(
            judged(
                "UNI-CHT-002b.1",
                "group.invited",
                entry is not None and status in {None, ParticipantStatus.INVITED},
                expected=f"{address} among the participants, Invited",
                actual="no such participant" if entry is None else f"status {status}",
                where=within(read, "participant"),
                event=read.number,
            )
        )
    return results


def all_named(
    read: Exchange, addresses: Sequence[str], occasion: Occasion = START
) -> list[CheckResult]:
    """UNI-CHT-013.1, 039.1: everybody stands in the group, in whichever way."""
    return [
        judged(
            occasion.granted,
            "group.named",
            entry_of(read, address) is not None,
            expected=f"{address} among the participants",
            actual=_listed([each.address for each in group_in(read).participant]),
            where=within(read, "participant"),
            event=read.number,
        )
        for address in addresses
    ]


def identified(exchange: Exchange, template: str, occasion: Occasion = START) -> list[CheckResult]:
    """UNI-CHT-002b.2, 013.1, 030.2, 039.1: the answer names the group, in header and body alike.

    Args:
        exchange: The creation.
        template: Path of such a group in the binding.
        occasion: How the group comes about.
    """
    return creations.identified(exchange, template, occasion.identified)


def readable(read: Exchange, occasion: Occasion = START) -> CheckResult:
    """UNI-CHT-002b.2, 013.1, 030.2, 039.1: under the id that was returned the group is found."""
    return creations.found(read, occasion.identified)


def combination_accepted(exchange: Exchange, clause: str, what: str) -> CheckResult:
    """UNI-CHT-002b.3 to .8 and the like: a combination of parameters that is not refused.

    Args:
        exchange: The request with it; one with other parameters is granted.
        clause: Of the parameter.
        what: The combination, as a phrase.
    """
    return judged(
        clause,
        "group.combination",
        succeeded(exchange),
        expected=f"a group {what} is granted, as others are",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def subject(read: Exchange, expected: str | None, clause: str = "UNI-CHT-002b.3") -> CheckResult:
    """UNI-CHT-002b.3, 035.2: the subject is shown unchanged, and none where none was given."""
    shown = group_in(read).subject
    return judged(
        clause,
        "group.subject",
        shown == expected or (expected is None and shown == ""),
        expected="no subject" if expected is None else f"subject {expected!r}",
        actual="no subject" if shown is None else f"subject {shown!r}",
        where=within(read, "subject"),
        event=read.number,
    )


def closed(read: Exchange, asked: bool | None, occasion: Occasion = START) -> CheckResult:
    """UNI-CHT-002b.4 to .6 and the like: closed as asked for, and regular without the parameter."""
    shown = group_in(read).is_closed
    return judged(
        occasion.about_closed(asked),
        "group.closed",
        bool(shown) == bool(asked),
        expected=f"a {'closed' if asked else 'regular'} group after closed={_asked(asked)}",
        actual=f"isClosed {_asked(shown)}",
        where=within(read, "isClosed"),
        event=read.number,
    )


def services(
    read: Exchange, asked: Sequence[str], expected: Sequence[str], occasion: Occasion = START
) -> CheckResult:
    """UNI-CHT-002b.7, .8 and the like: services as asked for, and none where none were.

    Args:
        read: A reading of the group.
        asked: The gc_services parameter; empty where it was left out.
        expected: Those of it that the target supports.
        occasion: How the group came about.
    """
    shown = group_in(read).supported_service
    return judged(
        occasion.about_services(asked),
        "group.services",
        set(shown) == set(expected),
        expected=f"services {_listed(expected)} after gc_services={_listed(asked)}",
        actual=f"services {_listed(shown)}",
        where=within(read, "supportedService"),
        event=read.number,
    )


def unknown_service_handled(exchange: Exchange) -> CheckResult:
    """UNI-CHT-002b.9: a service that nobody knows is ignored or refused."""
    return judged(
        "UNI-CHT-002b.9",
        "group.unknown_service",
        succeeded(exchange) or client_error(exchange),
        expected="a service unknown to the server is ignored (201) or refused (4xx)",
        actual=status_of(exchange),
        where=within(exchange, "supportedService"),
        event=exchange.number,
    )


def known_services_kept(read: Exchange, expected: Sequence[str], unknown: str) -> list[CheckResult]:
    """UNI-CHT-002b.9: where an unknown service is ignored, those beside it are not."""
    shown = group_in(read).supported_service
    where = within(read, "supportedService")
    results = [
        judged(
            "UNI-CHT-002b.9",
            "group.unknown_service",
            set(expected) <= set(shown),
            expected=f"services {_listed(expected)} beside the unknown one",
            actual=f"services {_listed(shown)}",
            where=where,
            event=read.number,
        )
    ]
    if unknown in shown:
        results.append(
            remark(
                "UNI-CHT-002b.9",
                "group.unknown_service",
                expected="an unknown service is left out of the chat's",
                actual=f"{unknown} is listed",
                where=where,
                event=read.number,
            )
        )
    return results


def invalid_closed_rejected(exchange: Exchange, value: str) -> CheckResult:
    """UNI-CHT-002b.10: a value of closed that is no boolean is refused."""
    return judged(
        "UNI-CHT-002b.10",
        "group.closed_refused",
        client_error(exchange),
        expected=f"a client error for isClosed {value!r}, which is no boolean",
        actual=status_of(exchange),
        where=within(exchange, "isClosed"),
        event=exchange.number,
    )


def nothing_started(
    clause: str, subjects: Sequence[str | None], marker: str, where: str
) -> CheckResult:
    """A refused request started nothing: no invitation carries its marker.

    Args:
        clause: That demands it.
        subjects: Of the invitations that arrived up to the one of a later chat.
        marker: Of the refused request.
        where: The request that was refused.
    """
    found = [text for text in subjects if text and marker in text.lower()]
    return judged(
        clause,
        "group.nothing_started",
        not found,
        expected="the refused request starts nothing: nobody is invited",
        actual=f"an invitation to {found[0]!r}" if found else "no invitation",
        where=where,
    )


def _asked(value: bool | None) -> str:
    return "(left out)" if value is None else str(value).lower()


def _listed(services: Sequence[str]) -> str:
    return ", ".join(sorted(services)) or "(none)"
