"""Checks that what a request did not give is shown nowhere, and no name is shown empty.

The binding does not say whether a server may assume that reports are requested: a remark.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass

from rcs_conformance.checks.judging import at, content_of
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ChatSessionInformation
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import ChatSessionInvitationNotification
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.structure import camel_case

CLAUSE = "TS-CHAT-5.20"

_OF_CLIENT = frozenset({"subject", "client_correlator", "group_chat_url", "file_description"})
"""Members that only a client gives."""

_ASSUMED = frozenset({"report_request"})
"""Members that a server may assume where the client is silent; the binding does not say."""

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
    present = [each for each in _members(content) if each.name not in given]
    found = sorted({each.told for each in present if each.is_added})
    yield at(shown).require(
        CLAUSE,
        "absence.shown",
        holds=not found,
        expected="no member that the request did not give, and no empty name",
        actual=", ".join(found) or "no such member",
    )
    if assumed := sorted({each.told for each in present if each.name in _ASSUMED}):
        yield at(shown).remark(
            CLAUSE,
            "absence.assumed",
            expected="no member that the request did not give",
            actual=f"{', '.join(assumed)}, which the server assumes",
        )


def nowhere_added(
    shown: Iterable[Exchange | Awaited[object]], given: Collection[str] = ()
) -> Sequence[CheckResult]:
    """The same of several responses and notifications, of which one at least has a structure.

    Args:
        shown: Them, and among them a response.
        given: As of `nothing_added`.

    Raises:
        Inconclusive: None of them can be read.
    """
    seen = list(shown)
    found = [result for each in seen for result in nothing_added(each, given)]
    if not found:
        content_of(next(each for each in seen if isinstance(each, Exchange)), object)
    return found


@dataclass(frozen=True, slots=True)
class _Member:
    """A member that is present, in whichever structure.

    Attributes:
        structure: That it belongs to.
        name: Of its field.
        value: Neither `None` nor an empty tuple.
    """

    structure: object
    name: str
    value: object

    @property
    def is_added(self) -> bool:
        is_first = self.name == "chat_message" and isinstance(self.structure, _WITH_FIRST_MESSAGE)
        return is_first or self.name in _OF_CLIENT or self._is_empty_name

    @property
    def told(self) -> str:
        """As results name it."""
        return f"{camel_case(self.name)}{' empty' if self._is_empty_name else ''}"

    @property
    def _is_empty_name(self) -> bool:
        return self.name in _NAMES and self.value == ""


def _members(content: object) -> Iterator[_Member]:
    if isinstance(content, tuple):
        for each in content:
            yield from _members(each)
    if is_dataclass(content):
        for field in fields(content):
            value = getattr(content, field.name)
            if value is not None and value != ():
                yield _Member(content, field.name, value)
                yield from _members(value)
