"""Checks of client correlators: a repeated request creates nothing twice."""

from collections.abc import Iterator

from rcs_conformance.checks.group_clauses import participants_in
from rcs_conformance.checks.judging import Place, at, content_of, member, status_of, succeeded
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import (
    ChatSessionInformation,
    ChatSubscriptionList,
    GroupChatSessionInformation,
    LongLivedGroupChatInformation,
    ParticipantList,
)
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.model.results import CheckResult

CLAUSE = "TS-CHAT-5.12"

_PATH = "clientCorrelator"
_WITH_PARTICIPANTS = (
    ParticipantList,
    GroupChatSessionInformation,
    LongLivedGroupChatInformation,
)


def repeated(
    first: Exchange,
    second: Exchange,
    ids: tuple[str | None, str | None],
    *,
    may_be_over: bool = False,
) -> CheckResult:
    """A repeated creation is answered with the same resource, or 409.

    Args:
        first: The creation.
        second: Its repetition with the same client correlator.
        ids: The id of the resource in either response.
        may_be_over: Whether the first one may have ended the chat of the second.
    """
    same = succeeded(second) and ids[0] is not None and ids[0] == ids[1]
    over = may_be_over and second.answer.status in {403, 404}
    return at(second, _PATH).require(
        CLAUSE,
        "correlator.repeated",
        holds=same or over or second.answer.status == 409,
        expected=f"status 2xx with {member('id', ids[0])} for the repeated request, or status 409",
        actual=f"{status_of(second)} with {member('id', ids[1])}",
    )


def created_once(count: int, what: str) -> CheckResult:
    """A repeated creation creates nothing twice.

    Args:
        count: How many there are after the repetition.
        what: What is counted, as a phrase.
    """
    return Place(what).require(
        CLAUSE,
        "correlator.once",
        holds=count == 1,
        expected=f"1 {what} after two requests with the same clientCorrelator",
        actual=f"{count} {what}",
    )


def listed_once(listed: Exchange, correlator: str) -> CheckResult:
    """A repeated subscription is listed once."""
    entries = content_of(listed, ChatSubscriptionList).chat_notification_subscription
    count = sum(each.client_correlator == correlator for each in entries)
    return created_once(count, "subscription in the list")


def correlator_shown(read: Exchange, expected: str | None) -> CheckResult:
    """The correlator is shown unchanged, and none where the request had none."""
    shown = getattr(content_of(read, object), "client_correlator", None)
    return at(read, _PATH).equals(CLAUSE, "correlator.shown", shown, expected)


def shown_with_first_message(read: Exchange, expected: str) -> Iterator[CheckResult]:
    """The first message of a session is shown with its correlator to its sender.

    Args:
        read: The session as its originator sees it; it need not show the message.
        expected: The correlator.
    """
    message = content_of(read, ChatSessionInformation).chat_message
    if message is not None:
        yield at(read, f"chatMessage/{_PATH}").equals(
            CLAUSE, "correlator.of_first_message", message.client_correlator, expected
        )


def repeated_addition(second: Exchange) -> CheckResult:
    """A repeated addition of a participant is answered like the first one, or with 409."""
    return at(second, _PATH).responds(
        CLAUSE,
        "correlator.taken_again",
        "2xx or 409",
        "for the same addition with the same clientCorrelator",
    )


def added_once(read: Exchange, address: str) -> CheckResult:
    """A participant that the same request added twice is listed once."""
    entries = participants_in(read)
    count = sum(same_address(each.address, address) for each in entries)
    return created_once(count, f"participant {address}")


def shown_with_participant(seen: Exchange, address: str, correlator: str) -> Iterator[CheckResult]:
    """A participant is shown with its correlator to the user that added it.

    Args:
        seen: A response with participants; none are judged where it has none.
        address: Of the participant.
        correlator: With which it was added.
    """
    content = seen.answer.content
    for entry in content.participant if isinstance(content, _WITH_PARTICIPANTS) else ():
        if same_address(entry.address, address):
            yield at(seen, f"participant/{_PATH}").equals(
                CLAUSE, "correlator.of_participant", entry.client_correlator, correlator
            )


def other_collection(received: Awaited[ChatMessageNotification]) -> CheckResult:
    """The same correlator in another collection does not suppress a creation."""
    return at(received).require(
        CLAUSE,
        "correlator.of_collection",
        holds=received.content is not None,
        expected=f"{received.user} is notified of each message: "
        "both have the same clientCorrelator, in different collections",
    )
