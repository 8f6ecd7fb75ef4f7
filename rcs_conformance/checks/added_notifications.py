"""Checks of what a user is told of a long-lived group that it was added to (UNI-CHT-032)."""

from collections.abc import Sequence

from rcs_conformance.checks.judging import judged, place_of, status_of, succeeded
from rcs_conformance.checks.long_lived_groups import Addition
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import LongLivedGroupChatAddedNotification
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.urls import identifiers


def arrived(addition: Addition, clause: str = "UNI-CHT-032.1") -> CheckResult:
    """UNI-CHT-032.1, and the clauses by which users become members: who was added is told."""
    return judged(
        clause,
        "addition.arrived",
        addition.content is not None,
        expected=f"{addition.user} is notified that it was added",
        actual="notified" if addition.content else addition.absence,
        where=addition.where,
        event=addition.event,
    )


def leads_to_group(addition: Addition, read: Exchange, template: str) -> list[CheckResult]:
    """UNI-CHT-032.2: it tells the id of the group, under which the user finds it.

    Args:
        addition: Of some user.
        read: That user's reading of the group under the id of the notification.
        template: Path of a long-lived group in the binding.
    """
    content = _content(addition)
    found = [identifiers(link.href, template) for link in content.link]
    linked = [each["groupChatId"] for each in found if each]
    return [
        _judged(
            addition,
            "groupChatId",
            bool(content.group_chat_id) and succeeded(read),
            expected="a group chat id under which the user finds the group",
            actual=f"{content.group_chat_id!r}: {place_of(read)} {status_of(read)}",
        ),
        _judged(
            addition,
            "link",
            not linked or content.group_chat_id in linked,
            expected=f"a link to the group {content.group_chat_id!r}, where there is one",
            actual=", ".join(link.href for link in content.link) or "no link",
        ),
    ]


def subject(addition: Addition, expected: str) -> CheckResult:
    """UNI-CHT-032.2: it tells the subject of the group, unchanged."""
    shown = _content(addition).subject
    return _judged(
        addition,
        "subject",
        shown == expected,
        expected=f"subject {expected!r}",
        actual="no subject" if shown is None else f"subject {shown!r}",
    )


def closed(addition: Addition, asked: bool | None) -> CheckResult:
    """UNI-CHT-032.2: where it tells whether the group is closed, that is so."""
    shown = _content(addition).is_closed
    return _judged(
        addition,
        "isClosed",
        shown is None or shown == bool(asked),
        expected=f"isClosed {str(bool(asked)).lower()}, or none",
        actual="none" if shown is None else f"isClosed {str(shown).lower()}",
    )


def services(addition: Addition, expected: Sequence[str]) -> CheckResult:
    """UNI-CHT-032.3: it carries the services of the group."""
    shown = _content(addition).supported_service
    return _judged(
        addition,
        "supportedService",
        set(shown) == set(expected),
        expected=", ".join(sorted(expected)) or "no service",
        actual=", ".join(sorted(shown)) or "no service",
        clause="UNI-CHT-032.3",
    )


def _content(addition: Addition) -> LongLivedGroupChatAddedNotification:
    if addition.content is None:
        reason = f"{addition.where}: {addition.absence}"
        raise Inconclusive(Cause.PRECONDITION, reason, "UNI-CHT-032.1")
    return addition.content


def _judged(
    addition: Addition,
    member: str,
    holds: bool,
    *,
    expected: str,
    actual: str,
    clause: str = "UNI-CHT-032.2",
) -> CheckResult:
    return judged(
        clause,
        f"addition.{member}",
        holds,
        expected=expected,
        actual=actual,
        where=f"{addition.where} {member}",
        event=addition.event,
    )
