"""Checks of the list of a user's long-lived groups."""

from rcs_conformance.checks.judging import at, content_of, member, place_of, status_of, succeeded
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.chat import LongLivedGroupChat, LongLivedGroupChatList
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.urls import identifiers

OWN = "UNI-CHT-034.1"
"""The list holds the groups that the application created for its user."""

_ENTRY = "longLivedGroupChatList/longLivedGroupChat"


def entry_of(listed: Exchange, group_chat_id: str) -> LongLivedGroupChat | None:
    """The entry of a group in a list; `None` without one."""
    entries = content_of(listed, LongLivedGroupChatList).long_lived_group_chat
    return next((each for each in entries if each.group_chat_id == group_chat_id), None)


def holds(listed: Exchange, group_chat_id: str, template: str) -> list[CheckResult]:
    """The list holds a group that its reader created, with the URL of that group.

    Args:
        listed: A GET of the list.
        group_chat_id: Of the group.
        template: Path of a long-lived group in the binding.
    """
    entry = entry_of(listed, group_chat_id)
    results = [
        at(listed, _ENTRY).require(
            OWN,
            "list.holds",
            holds=entry is not None,
            expected=_entry(group_chat_id),
            actual=_entry(group_chat_id) if entry else _no_entry(group_chat_id),
        )
    ]
    if entry is not None:
        found = identifiers(entry.resource_url, template)
        results.append(
            at(listed, f"{_ENTRY}/resourceURL").require(
                OWN,
                "list.url",
                holds=found is not None and found["groupChatId"] == group_chat_id,
                expected=f"resourceURL = the URL of the group {group_chat_id!r}",
                actual=member("resourceURL", entry.resource_url),
            )
        )
    return results


def subject(listed: Exchange, group_chat_id: str, expected: str) -> CheckResult:
    """The entry of a group has its subject, unchanged.

    Raises:
        Inconclusive: The group is not in the list.
    """
    entry = entry_of(listed, group_chat_id)
    if entry is None:
        reason = f"{listed}: {_no_entry(group_chat_id)}"
        raise Inconclusive(Cause.PRECONDITION, reason, OWN)
    return at(listed, f"{_ENTRY}/subject").equals(
        "UNI-CHT-034.2", "list.subject", entry.subject, expected
    )


def of_others(
    listed: Exchange, group_chat_id: str, subject: str | None, read: Exchange
) -> CheckResult:
    """A group that another application created is absent from the list, or listed and found.

    Args:
        listed: A GET of the list by a member who did not create the group.
        group_chat_id: Of the group as that member knows it.
        subject: Of the group; no other has it.
        read: That member's GET of the group.
    """
    entries = content_of(listed, LongLivedGroupChatList).long_lived_group_chat
    entry = entry_of(listed, group_chat_id)
    entry = entry or next((each for each in entries if each.subject == subject), None)
    return at(listed, _ENTRY).require(
        "UNI-CHT-034.3",
        "list.others",
        holds=entry is None or (entry.group_chat_id == group_chat_id and succeeded(read)),
        expected=f"no entry, or {_entry(group_chat_id)} and status 2xx for the group",
        actual="no entry"
        if entry is None
        else f"{_entry(entry.group_chat_id)} and {status_of(read)} for {place_of(read)}",
    )


def gone(listed: Exchange, group_chat_id: str) -> CheckResult:
    """A group that is no longer available is not in the list any more."""
    entry = entry_of(listed, group_chat_id)
    return at(listed, _ENTRY).require(
        "UNI-CHT-038.2",
        "list.gone",
        holds=entry is None,
        expected=_no_entry(group_chat_id),
        actual=_entry(group_chat_id) if entry else _no_entry(group_chat_id),
    )


def _entry(group_chat_id: str | None) -> str:
    return f"entry with {member('groupChatId', group_chat_id)}"


def _no_entry(group_chat_id: str) -> str:
    return f"no {_entry(group_chat_id)}"
