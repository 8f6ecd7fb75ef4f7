"""Checks of the notification of a user that was added to a long-lived group."""

from collections.abc import Sequence

from rcs_conformance.checks.group_clauses import entry_of
from rcs_conformance.checks.judging import at, content_in, member, place_of, status_of, succeeded
from rcs_conformance.checks.long_lived_groups import Addition
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import LongLivedGroupChatAddedNotification
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.urls import identifiers

_ADDED = "UNI-CHT-032.1"
_GROUP = "UNI-CHT-032.2"
_IDENTITY = "UNI-CHT-032.4"
_SERVICES = "UNI-CHT-032.3"


def arrived(addition: Addition, clause: str = _ADDED) -> CheckResult:
    """The added user is notified.

    Args:
        addition: The notification.
        clause: This one, or one by which users become members.
    """
    return at(addition).arrives(
        clause, "addition.arrived", f"{addition.user} is notified that it was added"
    )


def about_group(addition: Addition, read: Exchange) -> CheckResult:
    """The notification has information about the group; its participants are those of the group.

    Args:
        addition: The notification.
        read: A GET of the group by one of its members.
    """
    content = _content(addition)
    named = [each.address for each in content.participant]
    strangers = [each for each in named if entry_of(read, each) is None]
    told = any((content.group_chat_id, content.subject, named, content.link))
    return at(addition, "participant").require(
        _GROUP,
        "addition.about_group",
        holds=told and not strangers,
        expected="groupChatId, subject, link or participant present; participants of the group",
        actual=f"{member('participant', strangers)}: absent from the group"
        if strangers
        else "participants of the group, or none"
        if told
        else "groupChatId, subject, link and participant absent",
    )


def leads_to_group(addition: Addition, read: Exchange, template: str) -> list[CheckResult]:
    """The user finds the group under the id in the notification.

    Args:
        addition: Of some user.
        read: That user's GET of the group under that id.
        template: Path of a long-lived group in the binding.
    """
    content = _content(addition)
    found = [identifiers(link.href, template) for link in content.link]
    linked = [each["groupChatId"] for each in found if each]
    shown = member("groupChatId", content.group_chat_id)
    return [
        at(addition, "groupChatId").require(
            _IDENTITY,
            "addition.groupChatId",
            holds=bool(content.group_chat_id) and succeeded(read),
            expected="groupChatId present, status 2xx for the group with this id",
            actual=f"{shown}, {status_of(read)} for {place_of(read)}",
        ),
        at(addition, "link").require(
            _IDENTITY,
            "addition.link",
            holds=not linked or content.group_chat_id in linked,
            expected=f"link to the group with {shown}, or absent",
            actual=member("link", [link.href for link in content.link]),
        ),
    ]


def originator(addition: Addition, expected: Sequence[str]) -> CheckResult:
    """The notification names the inviting user: by originatorAddress, a participant, or both.

    Args:
        addition: The notification.
        expected: Addresses that are right: of the originator, or of the user who added another one.
    """
    content = _content(addition)
    marked = [each.address for each in content.participant if each.is_originator]
    named = [each for each in (content.originator_address, *marked) if each]
    return at(addition, "originatorAddress").require(
        _GROUP,
        "addition.originator",
        holds=bool(named)
        and all(any(same_address(each, one) for one in expected) for each in named),
        expected=f"originatorAddress, or participant with isOriginator = true:"
        f" {' or '.join(expected)}",
        actual=member("originatorAddress", content.originator_address)
        + f"; isOriginator = true for {', '.join(marked) or 'no participant'}",
    )


def subject(addition: Addition, expected: str) -> CheckResult:
    """The notification has the subject of the group, unchanged."""
    shown = _content(addition).subject
    return at(addition, "subject").equals(_IDENTITY, "addition.subject", shown, expected)


def closed(addition: Addition, requested: bool | None) -> CheckResult:
    """Where the notification has isClosed, it is that of the group."""
    shown = _content(addition).is_closed
    return at(addition, "isClosed").require(
        _GROUP,
        "addition.isClosed",
        holds=shown is None or shown == bool(requested),
        expected=f"{member('isClosed', bool(requested))} or absent",
        actual=member("isClosed", shown),
    )


def services(addition: Addition, expected: Sequence[str]) -> CheckResult:
    """The notification has the services of the group."""
    shown = _content(addition).supported_service
    return at(addition, "supportedService").equals(
        _SERVICES, "addition.supportedService", shown, expected
    )


def _content(addition: Addition) -> LongLivedGroupChatAddedNotification:
    return content_in(addition, _ADDED)
