"""Checks of the list of a user's long-lived groups (UNI-CHT-034, 038.2)."""

from rcs_conformance.checks.judging import content_of, judged, place_of, status_of, succeeded
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.chat import LongLivedGroupChat, LongLivedGroupChatList
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.urls import identifiers

OWN = "UNI-CHT-034.1"
"""Clause that a list holds what the application created for its user."""


def entry_of(listed: Exchange, group_chat_id: str) -> LongLivedGroupChat | None:
    """The line of a group in a list; `None` where it is not there."""
    lines = content_of(listed, LongLivedGroupChatList).long_lived_group_chat
    return next((each for each in lines if each.group_chat_id == group_chat_id), None)


def holds(listed: Exchange, group_chat_id: str, template: str) -> list[CheckResult]:
    """UNI-CHT-034.1: the list holds a group that its reader created, with the URL of that group.

    Args:
        listed: A reading of the list.
        group_chat_id: Of the group.
        template: Path of a long-lived group in the binding.
    """
    entry = entry_of(listed, group_chat_id)
    results = [
        judged(
            OWN,
            "list.holds",
            entry is not None,
            expected=f"a line with groupChatId {group_chat_id!r}",
            actual="such a line" if entry else "no such line",
            where=place_of(listed, "longLivedGroupChatList/longLivedGroupChat"),
            event=listed.number,
        )
    ]
    if entry is not None:
        found = identifiers(entry.resource_url, template)
        results.append(
            judged(
                OWN,
                "list.url",
                found is not None and found["groupChatId"] == group_chat_id,
                expected=f"the URL of the group {group_chat_id!r} in its line",
                actual=f"resourceURL {entry.resource_url}",
                where=place_of(listed, "longLivedGroupChatList/longLivedGroupChat/resourceURL"),
                event=listed.number,
            )
        )
    return results


def subject(listed: Exchange, group_chat_id: str, expected: str) -> CheckResult:
    """UNI-CHT-034.2: the line of a group holds its subject, unchanged.

    Raises:
        Inconclusive: The group is not in the list, which is the business of UNI-CHT-034.1.
    """
    entry = entry_of(listed, group_chat_id)
    if entry is None:
        reason = f"{listed}: the group is not in the list"
        raise Inconclusive(Cause.PRECONDITION, reason, OWN)
    return judged(
        "UNI-CHT-034.2",
        "list.subject",
        entry.subject == expected,
        expected=f"subject {expected!r}",
        actual=f"subject {entry.subject!r}",
        where=place_of(listed, "longLivedGroupChatList/longLivedGroupChat/subject"),
        event=listed.number,
    )


def of_others(
    listed: Exchange, group_chat_id: str, subject: str | None, read: Exchange
) -> CheckResult:
    """UNI-CHT-034.3: a group that another application created is left out, or is listed and there.

    Args:
        listed: A reading of the list by a member who did not create the group.
        group_chat_id: Of the group as that member knows it.
        subject: Of the group; no other has it.
        read: That member's reading of the group.
    """
    lines = content_of(listed, LongLivedGroupChatList).long_lived_group_chat
    entry = entry_of(listed, group_chat_id)
    entry = entry or next((each for each in lines if each.subject == subject), None)
    return judged(
        "UNI-CHT-034.3",
        "list.others",
        entry is None or (entry.group_chat_id == group_chat_id and succeeded(read)),
        expected=f"the group left out of the list, or listed as {group_chat_id!r} and found",
        actual="left out"
        if entry is None
        else f"listed as {entry.group_chat_id!r}, and {place_of(read)} {status_of(read)}",
        where=place_of(listed, "longLivedGroupChatList/longLivedGroupChat"),
        event=listed.number,
    )


def gone(listed: Exchange, group_chat_id: str) -> CheckResult:
    """UNI-CHT-038.2: a group that is no longer available is not in the list any more."""
    entry = entry_of(listed, group_chat_id)
    return judged(
        "UNI-CHT-038.2",
        "list.gone",
        entry is None,
        expected=f"no line with groupChatId {group_chat_id!r}",
        actual="no such line" if entry is None else f"a line with subject {entry.subject!r}",
        where=place_of(listed, "longLivedGroupChatList/longLivedGroupChat"),
        event=listed.number,
    )
