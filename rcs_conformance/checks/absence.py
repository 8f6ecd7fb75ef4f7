"""Checks that what a request did not give is shown nowhere, and no name is shown empty."""

from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass

from rcs_conformance.checks.judging import at
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ChatSessionInformation
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import ChatSessionInvitationNotification
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.structure import camel_case

CLAUSE = "TS-CHAT-5.20"

_OF_CLIENT = frozenset(
    {"subject", "client_correlator", "report_request", "group_chat_url", "file_description"}
)
"""Members that only a client gives."""

_NAMES = frozenset(
    {"name", "originator_name", "t_participant_name", "receiver_name", "sender_name"}
)
"""Members that a server may know by itself."""

_WITH_FIRST_MESSAGE = (ChatSessionInformation, ChatSessionInvitationNotification)
"""Structures in which a message is the one that the session was started with."""


def nothing_added(
    shown: Exchange | Awaited[object], given: Collection[str] = ()
) -> Iterator[CheckResult]:
    """A response or notification has no member that no request gave, nor an empty name.

    An empty value counts as shown. Nothing is checked where there is no structure.

    Args:
        shown: The response, or the notification.
        given: Names of the members that the request gave, as fields.
    """
    content = shown.answer.content if isinstance(shown, Exchange) else shown.content
    if content is None:
        return
    found = sorted(set(_added(content, frozenset(given))))
    yield at(shown).require(
        CLAUSE,
        "absence.shown",
        holds=not found,
        expected="no member that the request did not give, and no empty name",
        actual=", ".join(found) or "no such member",
    )


def _added(content: object, given: frozenset[str]) -> Iterator[str]:
    if isinstance(content, tuple):
        for each in content:
            yield from _added(each, given)
    if not is_dataclass(content):
        return
    for field in fields(content):
        value = getattr(content, field.name)
        if value is None or value == ():
            continue
        first = field.name == "chat_message" and isinstance(content, _WITH_FIRST_MESSAGE)
        if first or (field.name in _OF_CLIENT and field.name not in given):
            yield camel_case(field.name)
        elif field.name in _NAMES and value == "":
            yield f"{camel_case(field.name)} empty"
        else:
            yield from _added(value, given)
