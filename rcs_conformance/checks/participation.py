"""Checks of the participants of a group chat, and of joining and leaving it."""

from collections.abc import Sequence

from rcs_conformance.checks.group_clauses import entry_of, participants_in, within
from rcs_conformance.checks.judging import (
    at,
    client_error,
    content_of,
    member,
    status_of,
    succeeded,
)
from rcs_conformance.model.addresses import normal_address, same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ParticipantInformation, ParticipantList, ParticipantStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import ChatEventNotification
from rcs_conformance.model.results import CheckResult
from rcs_conformance.target import DeclaredServices

_AFTER_ORIGINATOR = "UNI-CHT-011.3"
_DECLARED = "UNI-CHT-008b.4"
_UNDECLARED = "UNI-CHT-008b.3"
_SHOWN = "TS-CHAT-4.1.6"


def accepted(exchange: Exchange, clause: str, what: str) -> CheckResult:
    """A request that the clause allows is accepted.

    Args:
        exchange: The request.
        clause: That allows it.
        what: What it is for: `accept the invitation`.
    """
    return at(exchange).responds(clause, "request.granted", "2xx", f"for the request to {what}")


def rejected(exchange: Exchange, clause: str, what: str) -> CheckResult:
    """A request that the clause excludes is rejected.

    Args:
        exchange: The request.
        clause: That excludes it.
        what: What it is for: `post after leaving`.
    """
    return at(exchange).responds(clause, "request.denied", "4xx", f"for the request to {what}")


def not_found(exchange: Exchange, clause: str, what: str) -> CheckResult:
    """A request about something that does not exist is answered 404; `what` names it."""
    return at(exchange).responds(clause, "request.not_found", "404", f"for {what}")


def joins_or_not_found(exchange: Exchange, clause: str, what: str) -> CheckResult:
    """A request to join is accepted, or answered 404; `what` says who joins."""
    return at(exchange).responds(clause, "request.joined", "2xx or 404", f"for {what}")


def gone(read: Exchange, clause: str) -> CheckResult:
    """A chat that was cancelled or ended is not found, or all its participants are Disconnected.

    Binding, section 3.
    """
    content = read.answer.content
    entries = getattr(content, "participant", ()) if succeeded(read) else ()
    present = [
        f"participant {each.address}: {member('status', each.status)}"
        for each in entries
        if each.status in {ParticipantStatus.CONNECTED, ParticipantStatus.INVITED}
    ]
    return at(read).require(
        clause,
        "chat.gone",
        holds=client_error(read) or (succeeded(read) and not present),
        expected="status 4xx, or status 200 with no participant Invited or Connected",
        actual=f"{status_of(read)} with {'; '.join(present)}" if present else "",
    )


def ended_for_all(
    posted: Exchange, ended: Sequence[Awaited[ChatEventNotification]]
) -> list[CheckResult]:
    """Where a chat accepts no more messages, every participant is notified of its end.

    Args:
        posted: A message that was rejected.
        ended: The notification of the end, for each user who remained.
    """
    return [
        at(each).require(
            _AFTER_ORIGINATOR,
            "chat.ended_for_all",
            holds=each.content is not None,
            expected=f"{each.user} is notified of the end: a message was rejected"
            f" with {status_of(posted)}",
        )
        for each in ended
    ]


def goes_on_for_all(reads: Sequence[Exchange], ended: Sequence[bool]) -> list[CheckResult]:
    """A chat that continues does so for every participant; none is notified of an end.

    Args:
        reads: The GET of the chat by each user who remained.
        ended: Whether that user was notified of an end.
    """
    return [
        at(read).require(
            _AFTER_ORIGINATOR,
            "chat.goes_on_for_all",
            holds=succeeded(read) and not notified,
            expected=f"status 2xx for {read.request.user}, as for the others; no SessionEnded",
            actual=f"{status_of(read)}, "
            f"{'SessionEnded received' if notified else 'no SessionEnded'}",
        )
        for read, notified in zip(reads, ended, strict=True)
    ]


def status(
    read: Exchange, address: str, clause: str, expected: Sequence[ParticipantStatus | None]
) -> CheckResult:
    """The participants resource shows a user with the right status.

    Args:
        read: A GET of the participants.
        address: Of the user.
        clause: That requires it.
        expected: The values that are right; `None` among them: the user may be absent.
    """
    entry = entry_of(read, address)
    shown = None if entry is None else entry.status
    values = " or ".join(each.value for each in expected if each)
    conditions = [f"status = {values}"] if values else []
    if None in expected:
        conditions.append("absent from the participants")
    return within(read, "participant/status").require(
        clause,
        "participant.status",
        holds=shown in expected and (entry is not None or None in expected),
        expected=f"{address}: {', or '.join(conditions)}",
        actual=f"{address}: "
        + ("absent from the participants" if entry is None else member("status", shown)),
    )


def response_names(added: Exchange, addresses: Sequence[str], clause: str) -> list[CheckResult]:
    """The response to an addition names the added users, alone or among all participants.

    Args:
        added: The addition; nothing is checked where the response has no participants.
        addresses: Of the added users.
        clause: By which they become participants.
    """
    content = added.answer.content
    entries: tuple[ParticipantInformation, ...]
    if isinstance(content, ParticipantInformation):  # a dialect that adds one at a time: the last
        entries, addresses = (content,), addresses[-1:]
    elif isinstance(content, ParticipantList):
        entries = content.participant
    else:
        return []
    return [
        within(added, "participant").require(
            clause,
            "addition.answer",
            holds=any(same_address(each.address, address) for each in entries),
            expected=f"participant includes {address}",
            actual=member("participant", [each.address for each in entries]),
        )
        for address in addresses
    ]


def declared_services(
    read: Exchange,
    address: str,
    declared: Sequence[str],
    policy: DeclaredServices | None = None,
) -> CheckResult:
    """A participant is shown with the services that it declared on accepting.

    Args:
        read: A GET of the participants.
        address: Of the user who accepted.
        declared: The services in the acceptance; empty where it had none.
        policy: What the target file says of declared services; `None`: they may be shown or not.
    """
    entry = entry_of(read, address)
    shown = () if entry is None else entry.supported_service
    hidden = policy is DeclaredServices.HIDDEN
    services = member("supportedService", () if hidden else declared)
    return within(read, "participant/supportedService").require(
        _DECLARED if declared else _UNDECLARED,
        "participant.services",
        holds=entry is not None and set(shown) == (set() if hidden else set(declared)),
        expected=f"participant {address}: {services}, as "
        + ("the target file says" if hidden else "in its acceptance"),
        actual=f"participant {address} absent"
        if entry is None
        else f"participant {address}: {member('supportedService', shown)}",
    )


def same_entry(one: Exchange, listed: Exchange, address: str, clause: str = _SHOWN) -> CheckResult:
    """A participant alone is shown as it is in the list."""
    alone = content_of(one, ParticipantInformation)
    entry = entry_of(listed, address)
    return at(one, "participantInformation").require(
        clause,
        "participant.same",
        holds=entry is not None
        and same_address(alone.address, entry.address)
        and alone.status is entry.status
        and set(alone.supported_service) == set(entry.supported_service),
        expected=f"as in the list: {_entry(entry) if entry else f'participant {address} absent'}",
        actual=_entry(alone),
    )


def same_participants(whole: Exchange, listed: Exchange, clause: str = _SHOWN) -> CheckResult:
    """The group is shown with the participants of their list."""
    shown, expected = participants_in(whole), participants_in(listed)
    return within(whole, "participant").require(
        clause,
        "group.participants",
        holds=_statuses(shown) == _statuses(expected),
        expected=f"as in the list: {_described(expected)}",
        actual=_described(shown),
    )


def complete(
    read: Exchange, expected: dict[str, ParticipantStatus], originator: str
) -> list[CheckResult]:
    """The list names every participant with its status, and the originator.

    Args:
        read: A GET of the participants.
        expected: The status that each user must have, by address.
        originator: Address of the originator.
    """
    results = [status(read, address, _SHOWN, [one]) for address, one in expected.items()]
    first = entry_of(read, originator)
    marked = [
        each.address for each in content_of(read, ParticipantList).participant if each.is_originator
    ]
    results.append(
        at(read, "participantList/participant/isOriginator").require(
            _SHOWN,
            "participant.originator",
            holds=first is not None
            and first.is_originator is not False
            and all(same_address(originator, each) for each in marked),
            expected=f"isOriginator = true for {originator} alone, or absent for all",
            actual=f"isOriginator = true for {', '.join(marked) or 'no participant'}"
            + ("" if first else f"; participant {originator} absent"),
        )
    )
    return results


def _statuses(
    participants: Sequence[ParticipantInformation],
) -> dict[str, ParticipantStatus | None]:
    return {normal_address(each.address): each.status for each in participants}


def _described(participants: Sequence[ParticipantInformation]) -> str:
    statuses = sorted(_statuses(participants).items())
    described = (f"{address}: {member('status', status)}" for address, status in statuses)
    return "; ".join(described) or "no participant"


def _entry(entry: ParticipantInformation) -> str:
    members = ("status", entry.status), ("supportedService", entry.supported_service)
    return f"{entry.address}: {', '.join(member(name, value) for name, value in members)}"
