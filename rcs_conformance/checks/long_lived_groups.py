"""Checks of what a long-lived group is from its creation on (UNI-CHT-030, 039).

A group is known by what any reading and any notification of an addition say of it. Creation failed
to make it as it was asked for where none of them says so; where only one of them does not, that is
the business of the clause about that one (UNI-CHT-032, 035).
"""

from collections.abc import Sequence

from rcs_conformance.checks.group_clauses import CREATION, Occasion, entry_of, group_in, within
from rcs_conformance.checks.judging import judged, place_of, status_of, succeeded
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import LongLivedGroupChatInformation, ParticipantStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import (
    LongLivedGroupChatAddedNotification,
    LongLivedGroupChatServicesNotification,
)
from rcs_conformance.model.results import CheckResult
from rcs_conformance.target import Permission
from rcs_conformance.wire.created import location, resource_url
from rcs_conformance.wire.urls import identifiers

Addition = Awaited[LongLivedGroupChatAddedNotification]


def members(
    read: Exchange, additions: Sequence[Addition], clause: str = CREATION.granted
) -> list[CheckResult]:
    """UNI-CHT-030.1, 031.1, 031.2: everybody who was named is a member, as is shown or told.

    Args:
        read: A reading of the group by one of its members.
        additions: For each user who was named, that it was told, or was not.
        clause: By which they become members.
    """
    return [
        judged(
            clause,
            "members.all",
            entry_of(read, each.user) is not None or each.content is not None,
            expected=f"{each.user} is a member of the group",
            actual="shown or told so" if each.content else "neither shown nor told so",
            where=within(read, "participant"),
            event=read.number,
        )
        for each in additions
    ]


def connected(read: Exchange, address: str, clause: str) -> CheckResult:
    """UNI-CHT-030.7, 031.1, 033.1, 040.1: a member is connected, or shown without any status.

    Nobody in a long-lived group is ever invited, so a server need not say how members stand to it.

    Args:
        read: A reading of the group by one of its members.
        address: Of the member.
        clause: By which it is one.
    """
    entry = entry_of(read, address)
    status = None if entry is None else entry.status
    return judged(
        clause,
        "member.connected",
        entry is not None and status in {None, ParticipantStatus.CONNECTED},
        expected=f"{address} among the participants, Connected",
        actual="no such participant" if entry is None else f"status {status}",
        where=within(read, "participant/status"),
        event=read.number,
    )


def subject(read: Exchange, additions: Sequence[Addition], expected: str) -> CheckResult:
    """UNI-CHT-030.1: the group has the subject that it was created with."""
    shown = [group_in(read).subject, *(each.subject for each in _told(additions))]
    return judged(
        CREATION.granted,
        "group.subject",
        expected in shown,
        expected=f"a group with subject {expected!r}",
        actual=" / ".join(repr(each) for each in shown),
        where=within(read, "subject"),
        event=read.number,
    )


def closed(
    read: Exchange,
    additions: Sequence[Addition],
    asked: bool | None,
    occasion: Occasion = CREATION,
) -> CheckResult:
    """UNI-CHT-030.3, 030.4, 039.2: the group is closed as asked for, and otherwise regular."""
    told = [each.is_closed for each in _told(additions) if each.is_closed is not None]
    shown = [bool(group_in(read).is_closed), *told]
    return judged(
        occasion.about_closed(asked),
        "group.closed",
        bool(asked) in shown,
        expected=f"a {'closed' if asked else 'regular'} group after closed={asked}",
        actual=f"isClosed {', '.join(str(each).lower() for each in shown)}",
        where=within(read, "isClosed"),
        event=read.number,
    )


def services(
    read: Exchange,
    additions: Sequence[Addition],
    asked: Sequence[str],
    expected: Sequence[str],
    occasion: Occasion = CREATION,
) -> CheckResult:
    """UNI-CHT-030.5, 030.6, 039.3: the services are those asked for, and none where none were.

    Args:
        read: A reading of the group.
        additions: What its members were told.
        asked: The gc_services parameter; empty where it was left out.
        expected: Those of it that the target supports.
        occasion: How the group came about.
    """
    told = [each.supported_service for each in _told(additions)]
    shown = [set(each) for each in (group_in(read).supported_service, *told)]
    return judged(
        occasion.about_services(asked),
        "group.services",
        set(expected) in shown,
        expected=f"services {_listed(expected)} after gc_services={_listed(asked)}",
        actual=" / ".join(_listed(each) for each in shown),
        where=within(read, "supportedService"),
        event=read.number,
    )


def ids_agree(created: Exchange, template: str, occasion: Occasion = CREATION) -> CheckResult:
    """UNI-CHT-030.2, 039.1: the group chat id in the answer is that in the URLs of the answer.

    Args:
        created: The creation.
        template: Path of a long-lived group in the binding.
        occasion: How the group comes about.
    """
    content = created.answer.content
    told = content.group_chat_id if isinstance(content, LongLivedGroupChatInformation) else None
    found = [
        identifiers(url, template) for url in (location(created), resource_url(created)) if url
    ]
    ids = {each["groupChatId"] for each in found if each}
    return judged(
        occasion.identified,
        "group.same_id",
        told is None or not ids or told in ids,
        expected=f"the id of the group's URL: {', '.join(sorted(ids)) or 'none'}",
        actual=f"groupChatId {told!r}",
        where=place_of(created, "longLivedGroupChatInformation/groupChatId"),
        event=created.number,
    )


def ids_differ(created: Sequence[Exchange], ids: Sequence[str | None]) -> CheckResult:
    """UNI-CHT-030.2: every group has an id of its own, however alike they were asked for.

    Args:
        created: Creations that asked for the same, without a client correlator.
        ids: The id that each of them was answered with.
    """
    known = [each for each in ids if each is not None]
    return judged(
        CREATION.identified,
        "group.own_id",
        len(set(known)) == len(ids),
        expected=f"{len(ids)} different group chat ids for {len(ids)} groups",
        actual=", ".join(repr(each) for each in ids),
        where=place_of(created[-1], "longLivedGroupChatInformation/groupChatId"),
        event=created[-1].number,
    )


def visible_or_hidden(
    reads: Sequence[Exchange], policy: Permission | None = None
) -> list[CheckResult]:
    """UNI-CHT-033.3: to who left the group is still shown, or it is not found, or forbidden.

    Args:
        reads: Readings of the group, and of its participants where they can be read.
        policy: What the target file says of reading it; `None`: either is fine.
    """
    kept, gone = "all of the group is shown to who left, status 200", "none of it: 404 or 403"
    outcome = {
        None: f"{kept}, or {gone}",
        Permission.ALLOWED: f"{kept}, as the target file says",
        Permission.REFUSED: f"{gone}, as the target file says",
    }
    allowed = {None: {True, False}, Permission.ALLOWED: {True}, Permission.REFUSED: {False}}
    statuses = ", ".join(f"{each.request.resource}: {status_of(each)}" for each in reads)
    alike = len({succeeded(each) for each in reads}) == 1
    return [
        judged(
            "UNI-CHT-033.3",
            "left.group",
            alike
            and succeeded(read) in allowed[policy]
            and (succeeded(read) or read.answer.status in {403, 404}),
            expected=outcome[policy],
            actual=statuses,
            where=place_of(read),
            event=read.number,
        )
        for read in reads
    ]


def services_changed(
    told: Awaited[LongLivedGroupChatServicesNotification],
    expected: Sequence[str],
    shown: Sequence[Sequence[str]],
) -> CheckResult:
    """UNI-CHT-037.1: a member is notified of the new list of services.

    Args:
        told: The notification with exactly the new list.
        expected: The new list.
        shown: The lists in all notifications of changed services so far.
    """
    lists = " / ".join(_listed(each) for each in shown)
    return judged(
        "UNI-CHT-037.1",
        "services.changed",
        told.content is not None,
        expected=f"{told.user} is notified of the new services: {_listed(expected)}",
        actual=lists or told.absence,
        where=f"{told.where} supportedService",
        event=told.event,
    )


def _told(additions: Sequence[Addition]) -> list[LongLivedGroupChatAddedNotification]:
    return [each.content for each in additions if each.content is not None]


def _listed(services: Sequence[str] | set[str]) -> str:
    return ", ".join(sorted(services)) or "(none)"
