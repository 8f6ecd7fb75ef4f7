"""Checks of long-lived groups: members, parameters of the creation, ids, access after leaving.

A group is known from any GET of it and any notification of an addition to it. A parameter of the
creation counts as lost only where none of them shows it. Where just one does not, that breaks the
clause about that one: `added_notifications`, `group_creation` on `QUERY`.
"""

from collections.abc import Iterator, Sequence

from rcs_conformance.checks.group_clauses import CREATION, Occasion, entry_of, group_in, within
from rcs_conformance.checks.group_creation import closed_as, services_as
from rcs_conformance.checks.judging import at, member, status_of, succeeded
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

_ID = "longLivedGroupChatInformation/groupChatId"
_OWN_ID = "UNI-CHT-030.8"


def members(
    read: Exchange, additions: Sequence[Addition], clause: str = CREATION.created
) -> list[CheckResult]:
    """Every user in the request is a member: shown as a participant, or notified.

    Args:
        read: A GET of the group by one of its members.
        additions: For each user in the request, what came of waiting for its notification.
        clause: By which they become members.
    """
    return [
        within(read, "participant").require(
            clause,
            "members.all",
            holds=entry_of(read, each.user) is not None or each.content is not None,
            expected=f"{each.user}: participant, or notified of its addition",
            actual=f"{each.user}: "
            f"{'participant' if entry_of(read, each.user) else 'no participant'}, "
            f"{'notified' if each.content else 'not notified'} of its addition",
        )
        for each in additions
    ]


def connected(read: Exchange, address: str, clause: str) -> CheckResult:
    """A member is connected, or shown without a status.

    No member of a long-lived group is ever invited, so a server need not show their status.

    Args:
        read: A GET of the group by one of its members.
        address: Of the member.
        clause: By which it is a member.
    """
    entry = entry_of(read, address)
    status = None if entry is None else entry.status
    return within(read, "participant/status").require(
        clause,
        "member.connected",
        holds=entry is not None and status in {None, ParticipantStatus.CONNECTED},
        expected=f"participant {address}: status = Connected or absent",
        actual=f"participant {address} absent"
        if entry is None
        else f"participant {address}: {member('status', status)}",
    )


def subject(read: Exchange, additions: Sequence[Addition], expected: str) -> CheckResult:
    """The group has the subject of the request, in the GET or in a notification."""
    shown = [group_in(read).subject, *(each.subject for each in _contents(additions))]
    return within(read, "subject").require(
        CREATION.created,
        "group.subject",
        holds=expected in shown,
        expected=member("subject", expected),
        actual=" / ".join(member("subject", each) for each in shown),
    )


def closed(
    read: Exchange,
    additions: Sequence[Addition],
    requested: bool | None,
    occasion: Occasion = CREATION,
) -> CheckResult:
    """The group is closed as requested, in the GET or in a notification."""
    notified = [each.is_closed for each in _contents(additions) if each.is_closed is not None]
    read_value = group_in(read).is_closed
    return within(read, "isClosed").require(
        occasion.about_closed(requested),
        "group.closed",
        holds=bool(requested) in [bool(read_value), *notified],
        expected=closed_as(requested),
        actual=" / ".join(member("isClosed", each) for each in (read_value, *notified)),
    )


def services(
    read: Exchange,
    additions: Sequence[Addition],
    requested: Sequence[str],
    expected: Sequence[str],
    occasion: Occasion = CREATION,
) -> CheckResult:
    """The group has the requested services, in the GET or in a notification.

    Args:
        read: A GET of the group.
        additions: The notifications of its members.
        requested: The services in the request; empty where it had none.
        expected: Those of them that the target supports.
        occasion: How the group was created.
    """
    notified = [each.supported_service for each in _contents(additions)]
    shown = [set(each) for each in (group_in(read).supported_service, *notified)]
    return within(read, "supportedService").require(
        occasion.about_services(requested),
        "group.services",
        holds=set(expected) in shown,
        expected=services_as(requested, expected),
        actual=" / ".join(member("supportedService", each) for each in shown),
    )


def ids_agree(created: Exchange, template: str, occasion: Occasion = CREATION) -> CheckResult:
    """The group chat id in the response is that in the URLs of the response.

    Args:
        created: The creation.
        template: Path of a long-lived group in the binding.
        occasion: How the group is created.
    """
    content = created.answer.content
    shown = content.group_chat_id if isinstance(content, LongLivedGroupChatInformation) else None
    found = [
        identifiers(url, template) for url in (location(created), resource_url(created)) if url
    ]
    ids = {each["groupChatId"] for each in found if each}
    return at(created, _ID).require(
        occasion.identified,
        "group.same_id",
        holds=shown is None or not ids or shown in ids,
        expected=f"groupChatId = {' or '.join(map(repr, sorted(ids)))}, as in the URL of the group"
        if ids
        else "groupChatId present or absent: the response has no URL of the group",
        actual=member("groupChatId", shown),
    )


def ids_differ(created: Sequence[Exchange], ids: Sequence[str | None]) -> CheckResult:
    """Every group has an id of its own, even where the requests are the same.

    Args:
        created: Creations with the same parameters, without a client correlator.
        ids: The id in the response to each of them.
    """
    known = [each for each in ids if each is not None]
    return at(created[-1], _ID).require(
        _OWN_ID,
        "group.own_id",
        holds=len(set(known)) == len(ids),
        expected=f"{len(ids)} different values of groupChatId for {len(ids)} groups",
        actual=", ".join(member("groupChatId", each) for each in ids),
    )


def visible_or_hidden(
    reads: Sequence[Exchange], policy: Permission | None = None
) -> list[CheckResult]:
    """A user that left the group can read all of it, or none of it.

    Args:
        reads: GETs of the group, and of its participants where they can be read.
        policy: What the target file says of reading it; `None`: both conform.
    """
    kept, gone = "status 200 for every GET after leaving", "status 404 or 403 for every GET"
    expected = {
        None: f"{kept}, or {gone}",
        Permission.ALLOWED: f"{kept}, as the target file says",
        Permission.REFUSED: f"{gone} after leaving, as the target file says",
    }
    allowed = {None: {True, False}, Permission.ALLOWED: {True}, Permission.REFUSED: {False}}
    alike = len({succeeded(each) for each in reads}) == 1
    return [
        at(read).require(
            "UNI-CHT-033.3",
            "left.group",
            holds=alike
            and succeeded(read) in allowed[policy]
            and (succeeded(read) or read.answer.status in {403, 404}),
            expected=expected[policy],
            actual=", ".join(f"{status_of(each)} for {each.request.resource}" for each in reads),
        )
        for read in reads
    ]


def services_changed(
    notice: Awaited[LongLivedGroupChatServicesNotification],
    expected: Sequence[str],
    shown: Sequence[Sequence[str]],
) -> CheckResult:
    """A member is notified of the new list of services.

    Args:
        notice: The notification with exactly the new list.
        expected: The new list.
        shown: The lists in all notifications of changed services so far.
    """
    return at(notice, "supportedService").require(
        "UNI-CHT-037.1",
        "services.changed",
        holds=notice.content is not None,
        expected=f"{notice.user} is notified: {member('supportedService', expected)}",
        actual=" / ".join(member("supportedService", each) for each in shown),
    )


def services_of_group(
    notice: Awaited[LongLivedGroupChatServicesNotification], group_id: str
) -> Iterator[CheckResult]:
    """The notification of changed services names the group; one that did not arrive, nothing.

    Args:
        notice: The notification.
        group_id: The id under which its user knows the group.
    """
    if notice.content is not None:
        yield at(notice, "groupChatId").equals(
            "UNI-CHT-037.1", "services.group", notice.content.group_chat_id, group_id
        )


def _contents(additions: Sequence[Addition]) -> list[LongLivedGroupChatAddedNotification]:
    return [each.content for each in additions if each.content is not None]
