"""Checks that without the right token nothing is read or changed (TS-CHAT-5.10)."""

from collections.abc import Iterable, Iterator, Sequence

from rcs_conformance.checks.equivalence import at_one_time, comparable, differences
from rcs_conformance.checks.judging import content_of, judged, place_of, status_of, succeeded
from rcs_conformance.model.channel import NotificationChannel, NotificationChannelList
from rcs_conformance.model.chat import ChatNotificationSubscription, ChatSubscriptionList
from rcs_conformance.model.exchange import Exchange, header
from rcs_conformance.model.filetransfer import (
    FileTransferNotificationSubscription,
    FileTransferSubscriptionList,
)
from rcs_conformance.model.results import CheckResult

CLAUSE = "TS-CHAT-5.10"


def unauthorised(exchange: Exchange, what: str) -> list[CheckResult]:
    """Without a valid token 401, and how to authenticate.

    Args:
        exchange: A request without a valid token.
        what: How it lacked one, as a phrase.
    """
    challenge = header(exchange.answer.headers, "www-authenticate")
    return [
        judged(
            CLAUSE,
            "token.status",
            exchange.answer.status == 401,
            expected=f"status 401 with {what}",
            actual=status_of(exchange),
            where=place_of(exchange),
            event=exchange.number,
        ),
        judged(
            CLAUSE,
            "token.challenge",
            exchange.answer.status != 401 or challenge is not None,
            expected="a WWW-Authenticate header with status 401",
            actual=challenge or "none",
            where=place_of(exchange, "WWW-Authenticate"),
            event=exchange.number,
        ),
    ]


def forbidden(exchange: Exchange) -> CheckResult:
    """With another user's token 403, or 404 where the resource is hidden."""
    return judged(
        CLAUSE,
        "token.foreign",
        exchange.answer.status in {403, 404},
        expected="status 403, or 404, with the token of another user",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def nothing_changed(
    before: Sequence[Exchange], after: Sequence[Exchange], what: str
) -> Iterator[CheckResult]:
    """What can be read is after such requests what it was before them.

    Args:
        before: Readings before the requests.
        after: The same readings after them.
        what: How the requests lacked the right token, as a phrase.
    """
    for one, other in zip(before, after, strict=True):
        first, second = at_one_time(
            content_of(one, object), content_of(other, object) if succeeded(other) else None
        )
        same = comparable(first) == comparable(second)
        gone = status_of(other) if second is None else "; ".join(differences(first, second))
        yield judged(
            CLAUSE,
            "token.unchanged",
            same,
            expected=f"requests with {what} change nothing",
            actual="unchanged" if same else gone,
            where=place_of(other),
            event=other.number,
        )


def nothing_sent(texts: Iterable[str], expected: Iterable[str], what: str) -> CheckResult:
    """No message of such a request is delivered.

    Args:
        texts: The messages that another user of the chat got.
        expected: Those that were sent with the right token.
        what: How the requests lacked it, as a phrase.
    """
    known = set(expected)
    strange = [text for text in texts if text not in known]
    return judged(
        CLAUSE,
        "token.nothing_sent",
        not strange,
        expected=f"no message that was sent with {what} is delivered",
        actual=f"a message {strange[0]!r}" if strange else "none",
        where="chatMessageNotification",
    )


def nothing_started(ids: Iterable[str], what: str) -> CheckResult:
    """No chat is started by such a request.

    Args:
        ids: Of the chats that a user was invited or added to; one was begun with the right token.
        what: How the other requests lacked it, as a phrase.
    """
    known = sorted(set(ids))
    return judged(
        CLAUSE,
        "token.nothing_begun",
        len(known) < 2,
        expected=f"no chat is started with {what}",
        actual="none" if len(known) < 2 else f"{len(known)} chats: {', '.join(known)}",
        where="invitations",
    )


def nothing_offered(count: int, what: str) -> CheckResult:
    """No file is offered by such a request.

    Args:
        count: How many invitations to its transfer another user got.
        what: How it lacked the right token, as a phrase.
    """
    return judged(
        CLAUSE,
        "token.nothing_offered",
        not count,
        expected=f"no file is offered with {what}",
        actual=f"{count} invitations" if count else "none",
        where="fileTransferSessionInvitationNotification",
    )


def still_usable(used: Exchange, what: str) -> CheckResult:
    """What such requests were about can be used after them.

    Args:
        used: Its use by its user.
        what: How the requests lacked the right token, as a phrase.
    """
    return judged(
        CLAUSE,
        "token.left_usable",
        succeeded(used),
        expected=f"after requests with {what} it works: they change nothing",
        actual=status_of(used),
        where=place_of(used),
        event=used.number,
    )


def nothing_listed(lists: Iterable[Exchange], correlator: str, what: str) -> Iterator[CheckResult]:
    """No subscription or channel is made by such a request.

    Args:
        lists: Readings of the lists of them.
        correlator: Of the request.
        what: How it lacked the right token, as a phrase.
    """
    for listed in lists:
        made = [each for each in _entries(listed) if each.client_correlator == correlator]
        yield judged(
            CLAUSE,
            "token.nothing_listed",
            not made,
            expected=f"nothing is made with {what}",
            actual=f"{made[0].resource_url} is listed" if made else "nothing",
            where=place_of(listed),
            event=listed.number,
        )


def _entries(
    listed: Exchange,
) -> Iterable[
    ChatNotificationSubscription | FileTransferNotificationSubscription | NotificationChannel
]:
    """What a list holds."""
    match content_of(listed, object):
        case ChatSubscriptionList() as chats:
            return chats.chat_notification_subscription
        case FileTransferSubscriptionList() as transfers:
            return transfers.file_transfer_notification_subscription
        case NotificationChannelList() as channels:
            return channels.notification_channel
    return ()
