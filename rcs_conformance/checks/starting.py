"""Checks of what a group chat is started with and what it then shows (UNI-CHT-002b)."""

from collections.abc import Sequence

from rcs_conformance.checks.judging import (
    answered,
    content_of,
    judged,
    place,
    refused,
    remark,
    succeeded,
)
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.chat import GroupChatSessionInformation, ParticipantStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.created import location, resource_url
from rcs_conformance.wire.urls import identifiers, same_resource


def started(exchange: Exchange) -> CheckResult:
    """UNI-CHT-002b.1: a request for a group chat with several recipients is granted."""
    return judged(
        "UNI-CHT-002b.1",
        "group.started",
        succeeded(exchange),
        expected="the group chat is created, status 201",
        actual=answered(exchange),
        where=place(exchange),
        event=exchange.number,
    )


def all_invited(read: Exchange, addresses: Sequence[str]) -> list[CheckResult]:
    """UNI-CHT-002b.1: everybody who was named stands in the chat as invited."""
    shown = content_of(read, GroupChatSessionInformation).participant
    results = []
    for address in addresses:
        entry = next((each for each in shown if same_address(each.address, address)), None)
        status = None if entry is None else entry.status
        results.append(
            judged(
                "UNI-CHT-002b.1",
                "group.invited",
                entry is not None and status in {None, ParticipantStatus.INVITED},
                expected=f"{address} among the participants, Invited",
                actual="no such participant" if entry is None else f"status {status}",
                where=place(read, "groupChatSessionInformation/participant"),
                event=read.number,
            )
        )
    return results


def identified(exchange: Exchange, template: str) -> list[CheckResult]:
    """UNI-CHT-002b.2: the answer names the session, in header and body alike.

    Args:
        exchange: The creation.
        template: Path of a group chat in the binding.
    """
    at, url = location(exchange), resource_url(exchange)
    told = [each for each in (at, url) if each and identifiers(each, template)]
    results = [
        judged(
            "UNI-CHT-002b.2",
            "group.identified",
            bool(told),
            expected="the URL of the group chat, with its session id, in Location or resourceURL",
            actual=f"Location {at or 'missing'}, resourceURL {url or 'missing'}",
            where=place(exchange),
            event=exchange.number,
        )
    ]
    if at and url:
        results.append(
            judged(
                "UNI-CHT-002b.2",
                "group.same_url",
                same_resource(at, url),
                expected=f"a resourceURL that names the same resource as Location: {at}",
                actual=f"resourceURL {url}",
                where=place(exchange, "resourceURL"),
                event=exchange.number,
            )
        )
    return results


def readable(read: Exchange) -> CheckResult:
    """UNI-CHT-002b.2: under the returned session id the chat is found."""
    return judged(
        "UNI-CHT-002b.2",
        "group.found",
        succeeded(read),
        expected="the group chat is found under the session id that was returned",
        actual=answered(read),
        where=place(read),
        event=read.number,
    )


def combination_taken(exchange: Exchange, clause: str, what: str) -> CheckResult:
    """UNI-CHT-002b.3 to .8: a combination of parameters that the clause allows is not refused.

    Args:
        exchange: The request with it; one with other parameters is granted.
        clause: Of the parameter.
        what: The combination, as a phrase.
    """
    return judged(
        clause,
        "group.combination",
        succeeded(exchange),
        expected=f"a group chat {what} is granted, as others are",
        actual=answered(exchange),
        where=place(exchange),
        event=exchange.number,
    )


def closed_clause(asked: bool | None) -> str:
    """The clause about a value of the closed parameter."""
    return {True: "UNI-CHT-002b.4", False: "UNI-CHT-002b.5", None: "UNI-CHT-002b.6"}[asked]


def services_clause(asked: Sequence[str]) -> str:
    """The clause about a value of the gc_services parameter."""
    return "UNI-CHT-002b.7" if asked else "UNI-CHT-002b.8"


def subject(read: Exchange, expected: str | None) -> CheckResult:
    """UNI-CHT-002b.3: the subject is shown unchanged, and none where none was given."""
    shown = content_of(read, GroupChatSessionInformation).subject
    return judged(
        "UNI-CHT-002b.3",
        "group.subject",
        shown == expected or (expected is None and shown == ""),
        expected="no subject" if expected is None else f"subject {expected!r}",
        actual="no subject" if shown is None else f"subject {shown!r}",
        where=place(read, "groupChatSessionInformation/subject"),
        event=read.number,
    )


def closed(read: Exchange, asked: bool | None) -> CheckResult:
    """UNI-CHT-002b.4 to .6: the chat is closed as asked for, and regular without the parameter."""
    shown = content_of(read, GroupChatSessionInformation).is_closed
    return judged(
        closed_clause(asked),
        "group.closed",
        bool(shown) == bool(asked),
        expected=f"a {'closed' if asked else 'regular'} group chat after closed={_asked(asked)}",
        actual=f"isClosed {_asked(shown)}",
        where=place(read, "groupChatSessionInformation/isClosed"),
        event=read.number,
    )


def services(read: Exchange, asked: Sequence[str], expected: Sequence[str]) -> CheckResult:
    """UNI-CHT-002b.7, .8: the services are those asked for, and none where none were.

    Args:
        read: A reading of the chat.
        asked: The gc_services parameter; empty where it was left out.
        expected: Those of it that the target supports.
    """
    shown = content_of(read, GroupChatSessionInformation).supported_service
    return judged(
        services_clause(asked),
        "group.services",
        set(shown) == set(expected),
        expected=f"services {_listed(expected)} after gc_services={_listed(asked)}",
        actual=f"services {_listed(shown)}",
        where=place(read, "groupChatSessionInformation/supportedService"),
        event=read.number,
    )


def unknown_service_in_order(exchange: Exchange) -> CheckResult:
    """UNI-CHT-002b.9: a service that nobody knows is ignored or refused."""
    return judged(
        "UNI-CHT-002b.9",
        "group.unknown_service",
        succeeded(exchange) or refused(exchange),
        expected="a service unknown to the server is ignored (201) or refused (4xx)",
        actual=answered(exchange),
        where=place(exchange, "groupChatSessionInformation/supportedService"),
        event=exchange.number,
    )


def known_services_kept(read: Exchange, expected: Sequence[str], unknown: str) -> list[CheckResult]:
    """UNI-CHT-002b.9: where an unknown service is ignored, those beside it are not."""
    shown = content_of(read, GroupChatSessionInformation).supported_service
    where = place(read, "groupChatSessionInformation/supportedService")
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


def refused_closed(exchange: Exchange, value: str) -> CheckResult:
    """UNI-CHT-002b.10: a value of closed that is no boolean is refused."""
    return judged(
        "UNI-CHT-002b.10",
        "group.closed_refused",
        refused(exchange),
        expected=f"a client error for isClosed {value!r}, which is no boolean",
        actual=answered(exchange),
        where=place(exchange, "groupChatSessionInformation/isClosed"),
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
