"""What all checks are made of: a place in the evidence, and a result for one clause about it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import TypeVar

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import CheckResult, Outcome
from rcs_conformance.wire.structure import camel_case

Content = TypeVar("Content")

READING = {
    "subscriptions": "TS-CHAT-4.1.1",
    "subscription": "TS-CHAT-4.1.1",
    "oneToOneSession": "TS-CHAT-4.1.4",
    "oneToOneMessageStatus": "TS-CHAT-4.1.3",
    "groupMessageStatus": "TS-CHAT-4.1.7",
    "longLivedGroups": "UNI-CHT-034.1",
    "longLivedGroup": "UNI-CHT-035.1",
    "longLivedParticipants": "UNI-CHT-035.1",
    "longLivedParticipant": "UNI-CHT-035.1",
    "longLivedMessageStatus": "TS-CHAT-4.1.7",
    "ftSubscriptions": "UNI-FLT-005.1",
    "ftSubscription": "UNI-FLT-005.1",
    "ftSession": "UNI-FLT-001.2",
    "channels": "TS-NC-1.10",
    "channel": "TS-NC-1.10",
    "channelLifetime": "TS-NC-1.6",
}
"""The clause that requires a GET of a resource to succeed; for all others it is TS-CHAT-4.1.6."""


_NOTHING: tuple[object, ...] = (None, (), [], set(), frozenset())
"""Values of a member that is absent."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the evidence, which the results about it share.

    Attributes:
        where: Operation or notification, and the path in it.
        event: Number of the exchange or notification in the evidence; `None` without one.
        seen: What an observation of the whole is: `status 404`, `no notification within 5 s`.
        status: That of the response; 0 where it is none.
        arrived: Whether it is a notification that arrived.
    """

    where: str
    event: int | None = None
    seen: str = ""
    status: int = 0
    arrived: bool = False

    def responds(self, clause: str, rule: str, statuses: str, why: str = "") -> CheckResult:
        """The result of a check of the status alone.

        Args:
            clause: Id of the clause.
            rule: Short stable name of the check.
            statuses: Those that meet the clause: `2xx`, `403 or 404`.
            why: The request, appended to the condition: `for the request to leave`.
        """
        holds = _named(statuses).fullmatch(str(self.status)) is not None
        return self.require(clause, rule, holds=holds, expected=f"status {statuses} {why}".strip())

    def arrives(self, clause: str, rule: str, expected: str) -> CheckResult:
        """The result of a check that a notification arrives."""
        return self.require(clause, rule, holds=self.arrived, expected=expected)

    def equals(
        self,
        clause: str,
        rule: str,
        shown: object,
        expected: object,
        *,
        holds: bool | None = None,
        note: str = "",
    ) -> CheckResult:
        """The result of a check that the member at this place has a value.

        Args:
            clause: Id of the clause.
            rule: Short stable name of the check.
            shown: The value of the member, which is the last in the path of the place.
            expected: The value that it must have; the order of several does not count.
            holds: Whether it has; where not just equal values are the same.
            note: Why it must, appended to the condition.
        """
        name = re.split("[ /]", self.where)[-1]
        return self.require(
            clause,
            rule,
            holds=_equal(shown, expected) if holds is None else holds,
            expected=f"{member(name, expected)}{note and f', {note}'}",
            actual=member(name, shown),
        )

    def require(
        self, clause: str, rule: str, *, holds: bool, expected: str, actual: str = ""
    ) -> CheckResult:
        """The result of a check.

        Args:
            clause: Id of the clause.
            rule: Short stable name of the check.
            holds: Whether the clause is met.
            expected: A condition: `isClosed = true`.
            actual: The observation, in the same words: `isClosed absent`; `seen` unless given.
        """
        outcome = Outcome.PASSED if holds else Outcome.FAILED
        return self._result(clause, rule, outcome, expected, actual or self.seen)

    def remark(self, clause: str, rule: str, *, expected: str, actual: str) -> CheckResult:
        """An observation that breaks no clause; as `require`."""
        return self._result(clause, rule, Outcome.REMARK, expected, actual)

    def _result(
        self, clause: str, rule: str, outcome: Outcome, expected: str, actual: str
    ) -> CheckResult:
        return CheckResult(
            clause=clause,
            rule=rule,
            outcome=outcome,
            expected=expected,
            actual=actual,
            where=self.where,
            event=self.event,
        )


@cache
def _named(statuses: str) -> "re.Pattern[str]":
    """Matches each of the statuses that a phrase names: `2xx`, `403 or 404`."""
    patterns = re.findall(r"\d[\dx]{2}", statuses)
    return re.compile("|".join(each.replace("x", r"\d") for each in patterns) or "(?!)")


def at(seen: Exchange | Notification | Awaited[object], path: str = "") -> Place:
    """A place in an exchange or a notification.

    Args:
        seen: The exchange, the notification, or what came of waiting for one.
        path: In its body, or the name of a header.
    """
    match seen:
        case Exchange():
            where, status = place_of(seen, path), seen.answer.status
            return Place(where, seen.number, status_of(seen), status=status)
        case Notification():
            where = f"{seen} {path}".strip()
            return Place(where, seen.number, "notification received", arrived=True)
        case Awaited():
            where, arrived = f"{seen.where} {path}".strip(), seen.content is not None
            return Place(where, seen.event, arrival(seen), arrived=arrived)


def place_of(exchange: Exchange, path: str = "") -> str:
    """Operation and path: `GET group groupChatSessionInformation/subject`."""
    return f"{exchange.request.operation} {path}".strip()


def status_of(exchange: Exchange) -> str:
    """The status of a response as checks say it: `status 404`."""
    return f"status {exchange.answer.status}"


def arrival(awaited: Awaited[object]) -> str:
    """Whether a notification arrived, as checks say it."""
    return awaited.absence if awaited.content is None else "notification received"


def _equal(one: object, other: object) -> bool:
    if isinstance(one, Collection) and not isinstance(one, str) and isinstance(other, Collection):
        return set(one) == set(other)
    return one == other


def member(name: str, value: object) -> str:
    """A member of a body and its value, as checks say it: `isClosed = true`, `subject absent`."""
    return f"{name} absent" if value in _NOTHING else f"{name} = {shown(value)}"


def shown(value: object) -> str:
    """A value as checks say it; structures with the names of the default binding."""
    if is_dataclass(value) and not isinstance(value, type):
        value = {each.name: getattr(value, each.name) for each in fields(value)}
    match value:
        case bool() | None:
            text = "absent" if value is None else str(value).lower()
        case Enum():
            text = str(value.value)
        case str():
            text = repr(value)
        case Mapping():
            text = _members(value)
        case Collection():
            texts = (each if isinstance(each, str) else shown(each) for each in value)
            text = ", ".join(sorted(texts))
        case _:
            text = str(value)
    return text


def _members(members: Mapping[str, object]) -> str:
    """The members of a structure that are present."""
    present = {name: value for name, value in members.items() if value not in _NOTHING}
    return f"({', '.join(member(camel_case(name), each) for name, each in present.items())})"


def content_type(value: str | None) -> str:
    """The Content-Type header as checks say it."""
    return f"Content-Type: {value}" if value else "Content-Type header absent"


def subject_unchanged(
    place: Place, clause: str, rule: str, shown: str | None, given: str | None
) -> CheckResult:
    """The subject is that of the request; absent or empty where the request had none."""
    return place.require(
        clause,
        rule,
        holds=shown == given or (given is None and shown == ""),
        expected="subject absent or empty" if given is None else member("subject", given),
        actual=member("subject", shown),
    )


def succeeded(exchange: Exchange) -> bool:
    """Whether the status is 2xx."""
    return 200 <= exchange.answer.status < 300


def client_error(exchange: Exchange) -> bool:
    """Whether the status is 4xx."""
    return 400 <= exchange.answer.status < 500


def format_clause(fmt: Format) -> str:
    """The clause that requires a representation."""
    return "TS-CHAT-5.1" if fmt is Format.XML else "TS-CHAT-5.2"


def validity_clause(fmt: Format) -> str:
    """The clause that requires a representation to be valid."""
    return "TS-CHAT-5.14" if fmt is Format.XML else "TS-CHAT-5.15"


def content_of(exchange: Exchange, kind: type[Content], clause: str = "") -> Content:
    """The structure in a response without which a check is not possible.

    Args:
        exchange: Mostly a GET.
        kind: The structure.
        clause: That a status other than 2xx breaks; that of reading the resource unless given.

    Raises:
        Inconclusive: The status is not 2xx, or the body cannot be read.
    """
    answer = exchange.answer
    if not succeeded(exchange):
        broken = clause or READING.get(exchange.request.resource, "TS-CHAT-4.1.6")
        raise Inconclusive(Cause.PRECONDITION, f"{exchange}; expected: status 2xx", broken)
    if answer.content is None or not isinstance(answer.content, kind):
        problem = answer.problem or f"the body is {answer.root or 'empty'}"
        raise Inconclusive(
            Cause.PRECONDITION, f"{exchange}: {problem}", validity_clause(exchange.body_format)
        )
    return answer.content


def content_in(awaited: Awaited[Content], clause: str) -> Content:
    """The structure in a notification without which a check is not possible.

    Args:
        awaited: The notification.
        clause: That its absence breaks.

    Raises:
        Inconclusive: It did not arrive.
    """
    if awaited.content is None:
        raise Inconclusive(Cause.PRECONDITION, f"{awaited.where}: {awaited.absence}", clause)
    return awaited.content
