"""Checks of who takes part in a group chat, and of getting in and out of it."""

from collections.abc import Sequence

from rcs_conformance.checks.group_clauses import entry_of, participants_in, within
from rcs_conformance.checks.judging import (
    client_error,
    content_of,
    judged,
    place_of,
    status_of,
    succeeded,
)
from rcs_conformance.model.addresses import normal_address, same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import (
    ParticipantInformation,
    ParticipantList,
    ParticipantStatus,
)
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import ChatEventNotification
from rcs_conformance.model.results import CheckResult


def accepted(exchange: Exchange, clause: str, what: str) -> CheckResult:
    """A request that the clause gives the user a right to succeeds.

    Args:
        exchange: The request.
        clause: That gives the right.
        what: What the user may do, as a phrase: `accept the invitation`.
    """
    return judged(
        clause,
        "request.granted",
        succeeded(exchange),
        expected=f"the user can {what}: a success status",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def rejected(exchange: Exchange, clause: str, what: str) -> CheckResult:
    """A request that the clause rules out is refused with a client error.

    Args:
        exchange: The request.
        clause: That rules it out.
        what: What nobody may do, as a phrase: `post after leaving`.
    """
    return judged(
        clause,
        "request.denied",
        client_error(exchange),
        expected=f"to {what} is refused: a status 4xx",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def not_found(exchange: Exchange, clause: str, what: str) -> CheckResult:
    """The answer says that something is not found."""
    return judged(
        clause,
        "request.not_found",
        exchange.answer.status == 404,
        expected=f"{what} is answered as not found: status 404",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def gone(read: Exchange, clause: str) -> CheckResult:
    """A chat that was cancelled or ended is not found any more, or nobody is in it.

    Binding, section 3: it is answered 404 from then on, or still shown as Disconnected.
    """
    content = read.answer.content
    entries = getattr(content, "participant", ()) if succeeded(read) else ()
    present = [
        each.address
        for each in entries
        if each.status in {ParticipantStatus.CONNECTED, ParticipantStatus.INVITED}
    ]
    return judged(
        clause,
        "chat.gone",
        client_error(read) or (succeeded(read) and not present),
        expected="the chat is not found any more, or nobody in it is Invited or Connected",
        actual=f"still taking part: {', '.join(present)}" if present else status_of(read),
        where=place_of(read),
        event=read.number,
    )


def ended_for_all(
    posted: Exchange, ended: Sequence[Awaited[ChatEventNotification]]
) -> list[CheckResult]:
    """UNI-CHT-011.3: a chat that takes no more messages has ended, and everybody is told so.

    Args:
        posted: A message that was refused.
        ended: The notification of the end, for each of the users who remained.
    """
    return [
        judged(
            "UNI-CHT-011.3",
            "chat.ended_for_all",
            each.content is not None,
            expected=f"{each.user} is told of the end, for its messages are refused",
            actual="told" if each.content else f"{status_of(posted)}, and {each.absence}",
            where=each.where,
            event=each.event,
        )
        for each in ended
    ]


def goes_on_for_all(reads: Sequence[Exchange], ended: Sequence[bool]) -> list[CheckResult]:
    """UNI-CHT-011.3: a chat that goes on does so for everybody, and nobody is told of an end.

    Args:
        reads: The reading of the chat by each user who remained.
        ended: Whether that user was told of an end.
    """
    return [
        judged(
            "UNI-CHT-011.3",
            "chat.goes_on_for_all",
            succeeded(read) and not told,
            expected=f"the chat goes on for {read.request.user} as for the others",
            actual="told that it has ended" if told else status_of(read),
            where=place_of(read),
            event=read.number,
        )
        for read, told in zip(reads, ended, strict=True)
    ]


def status(
    read: Exchange, address: str, clause: str, expected: Sequence[ParticipantStatus | None]
) -> CheckResult:
    """How a user stands to the chat, as the participants resource shows it.

    Args:
        read: A reading of the participants.
        address: Of the user.
        clause: That demands it.
        expected: The values that are right; `None` among them: the user need not be shown.
    """
    entry = entry_of(read, address)
    shown = None if entry is None else entry.status
    named = [each.value if each else "not shown" for each in expected]
    return judged(
        clause,
        "participant.status",
        shown in expected and (entry is not None or None in expected),
        expected=f"{address}: {' or '.join(named)}",
        actual="not shown" if entry is None else f"status {shown.value if shown else 'missing'}",
        where=within(read, "participant/status"),
        event=read.number,
    )


def response_names(added: Exchange, addresses: Sequence[str], clause: str) -> list[CheckResult]:
    """The answer to an addition names those who were added, alone or among all.

    Args:
        added: The addition; nothing is said about a short answer.
        addresses: Of those who were added.
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
        judged(
            clause,
            "addition.answer",
            any(same_address(each.address, address) for each in entries),
            expected=f"{address} among the participants in the answer",
            actual=", ".join(each.address for each in entries),
            where=within(added, "participant"),
            event=added.number,
        )
        for address in addresses
    ]


def declared_services(read: Exchange, address: str, declared: Sequence[str]) -> CheckResult:
    """UNI-CHT-008b.2, .3: the services that an accepting application declared are taken as its own.

    Args:
        read: A reading of the participants.
        address: Of the user who accepted.
        declared: What it declared; empty where it left the parameter out.
    """
    entry = entry_of(read, address)
    shown = () if entry is None else entry.supported_service
    return judged(
        "UNI-CHT-008b.2" if declared else "UNI-CHT-008b.3",
        "participant.services",
        entry is not None and set(shown) == set(declared),
        expected=f"{address} with {', '.join(sorted(declared)) or 'no service'}",
        actual="no such participant" if entry is None else ", ".join(sorted(shown)) or "no service",
        where=within(read, "participant/supportedService"),
        event=read.number,
    )


def same_entry(
    one: Exchange, listed: Exchange, address: str, clause: str = "TS-CHAT-4.1.6"
) -> CheckResult:
    """TS-CHAT-4.1.6, UNI-CHT-035.1: a participant alone is shown as it is in the list."""
    alone = content_of(one, ParticipantInformation)
    entry = entry_of(listed, address)
    shown = (alone.address, alone.status, set(alone.supported_service))
    expected = (
        None if entry is None else (entry.address, entry.status, set(entry.supported_service))
    )
    return judged(
        clause,
        "participant.same",
        expected is not None
        and same_address(alone.address, entry.address if entry else None)
        and shown[1:] == expected[1:],
        expected=f"as in the list: {expected}",
        actual=f"{shown}",
        where=place_of(one, "participantInformation"),
        event=one.number,
    )


def same_participants(
    whole: Exchange, listed: Exchange, clause: str = "TS-CHAT-4.1.6"
) -> CheckResult:
    """TS-CHAT-4.1.6, UNI-CHT-035.1: the group itself names the participants as their list does."""
    shown, expected = participants_in(whole), participants_in(listed)
    return judged(
        clause,
        "group.participants",
        _statuses(shown) == _statuses(expected),
        expected=f"as in the list: {_statuses(expected)}",
        actual=f"{_statuses(shown)}",
        where=within(whole, "participant"),
        event=whole.number,
    )


def _statuses(participants: Sequence[ParticipantInformation]) -> dict[str, str]:
    return {
        normal_address(each.address): each.status.value if each.status else "none"
        for each in sorted(participants, key=lambda entry: normal_address(entry.address))
    }


def complete(
    read: Exchange, expected: dict[str, ParticipantStatus], originator: str
) -> list[CheckResult]:
    """TS-CHAT-4.1.6: the list names everybody with its status, and who began the chat.

    Args:
        read: A reading of the participants.
        expected: The status that each user must have, by address.
        originator: Address of who began the chat.
    """
    results = [status(read, address, "TS-CHAT-4.1.6", [one]) for address, one in expected.items()]
    first = entry_of(read, originator)
    marked = [
        each.address for each in content_of(read, ParticipantList).participant if each.is_originator
    ]
    results.append(
        judged(
            "TS-CHAT-4.1.6",
            "participant.originator",
            first is not None
            and first.is_originator is not False
            and all(same_address(originator, each) for each in marked),
            expected=f"nobody but {originator} as the originator, where one is marked",
            actual=", ".join(marked) or "nobody",
            where=place_of(read, "participantList/participant/isOriginator"),
            event=read.number,
        )
    )
    return results
