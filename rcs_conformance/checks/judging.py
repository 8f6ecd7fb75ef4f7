"""What all checks are made of: a result for one clause, and the reading of what it is about."""

from typing import TypeVar

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import CheckResult, Outcome

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
    "channels": "UNI-CHT-007a.1",
    "channel": "UNI-CHT-007a.1",
}
"""The clause behind the reading of a resource; of all others it is TS-CHAT-4.1.6."""


def judged(
    clause: str,
    rule: str,
    holds: bool,
    *,
    expected: str,
    actual: object,
    where: str,
    event: int | None = None,
) -> CheckResult:
    """The result of a check.

    Args:
        clause: Id of the clause.
        rule: Short stable name of the check.
        holds: Whether the clause is met.
        expected: What the clause asks for, as a phrase.
        actual: What was there; texts as they are, everything else by its `repr`.
        where: Operation or notification, and the path in it.
        event: Number of the exchange or notification in the evidence.
    """
    return CheckResult(
        clause=clause,
        rule=rule,
        outcome=Outcome.PASSED if holds else Outcome.FAILED,
        expected=expected,
        actual=actual if isinstance(actual, str) else repr(actual),
        where=where,
        event=event,
    )


def remark(
    clause: str, rule: str, *, expected: str, actual: str, where: str, event: int | None
) -> CheckResult:
    """Something that is worth reading and breaks no clause."""
    return CheckResult(
        clause=clause,
        rule=rule,
        outcome=Outcome.REMARK,
        expected=expected,
        actual=actual,
        where=where,
        event=event,
    )


def succeeded(exchange: Exchange) -> bool:
    """Whether the target did what it was asked for."""
    return 200 <= exchange.answer.status < 300


def client_error(exchange: Exchange) -> bool:
    """Whether the target refused with a client error."""
    return 400 <= exchange.answer.status < 500


def place_of(exchange: Exchange, path: str = "") -> str:
    """Where in an exchange something was found."""
    return f"{exchange.request.operation} {path}".strip()


def status_of(exchange: Exchange) -> str:
    """The status of an answer, for messages."""
    return f"status {exchange.answer.status}"


def format_clause(fmt: Format) -> str:
    """The clause that demands a representation and its validity."""
    return "TS-CHAT-5.1" if fmt is Format.XML else "TS-CHAT-5.2"


def content_of(exchange: Exchange, kind: type[Content], clause: str = "") -> Content:
    """The structure in the answer of a request that had to succeed for a check to be possible.

    Args:
        exchange: Mostly a reading.
        kind: The structure that must be in it.
        clause: Whose business a refusal is; that of reading the resource unless given.

    Raises:
        Inconclusive: The request did not succeed, or its answer cannot be read.
    """
    answer = exchange.answer
    if not succeeded(exchange):
        owner = clause or READING.get(exchange.request.resource, "TS-CHAT-4.1.6")
        raise Inconclusive(Cause.PRECONDITION, str(exchange), owner)
    if answer.content is None or not isinstance(answer.content, kind):
        problem = answer.problem or f"holds {answer.root or 'nothing'}"
        raise Inconclusive(
            Cause.PRECONDITION,
            f"{exchange}: {problem}",
            format_clause(exchange.request.format),
        )
    return answer.content


def content_in(awaited: Awaited[Content], owner: str) -> Content:
    """The structure in a notification that had to arrive for a check to be possible.

    Args:
        awaited: What was waited for.
        owner: The clause whose business its absence is.

    Raises:
        Inconclusive: It did not arrive.
    """
    if awaited.content is None:
        raise Inconclusive(Cause.PRECONDITION, f"{awaited.where}: {awaited.absence}", owner)
    return awaited.content
