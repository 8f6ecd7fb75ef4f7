"""Checks that without the right token nothing is read or changed."""

from collections.abc import Iterable, Iterator, Sequence

from rcs_conformance.checks import equivalence
from rcs_conformance.checks.judging import Place, at, content_of, member, status_of
from rcs_conformance.model.channel import NotificationChannel, NotificationChannelList
from rcs_conformance.model.chat import ChatNotificationSubscription, ChatSubscriptionList
from rcs_conformance.model.exchange import Exchange, header
from rcs_conformance.model.filetransfer import (
    FileTransferNotificationSubscription,
    FileTransferSubscriptionList,
)
from rcs_conformance.model.results import CheckResult

UNAUTHORISED = "TS-CHAT-5.10"
FORBIDDEN = "TS-CHAT-5.16"
UNSCOPED = "TS-CHAT-5.17"


def unauthorised(exchange: Exchange, token: str) -> list[CheckResult]:
    """A request without a valid token is rejected, with how to authenticate.

    Args:
        exchange: The request.
        token: The token of the request, as a phrase: `no token`.
    """
    challenge = header(exchange.answer.headers, "www-authenticate")
    return [
        at(exchange).responds(UNAUTHORISED, "token.status", "401", f"for a request with {token}"),
        at(exchange, "WWW-Authenticate").require(
            UNAUTHORISED,
            "token.challenge",
            holds=exchange.answer.status != 401 or challenge is not None,
            expected="WWW-Authenticate header present with status 401",
            actual=f"WWW-Authenticate: {challenge}"
            if challenge
            else f"{status_of(exchange)}, WWW-Authenticate header absent",
        ),
    ]


def forbidden(exchange: Exchange) -> CheckResult:
    """A request with another user's token is rejected; 404 hides the resource."""
    return at(exchange).responds(
        FORBIDDEN,
        "token.foreign",
        "403 or 404",
        "for a request with the token of another user",
    )


def out_of_scope(exchange: Exchange) -> CheckResult:
    """A request with a token that lacks the scope of the API is rejected."""
    return at(exchange).responds(
        UNSCOPED, "token.scope", "403", "for a request with a token without the scope of the API"
    )


def nothing_changed(
    before: Sequence[Exchange], after: Sequence[Exchange], token: str, clause: str
) -> Iterator[CheckResult]:
    """Such requests change nothing that can be read.

    Args:
        before: GETs before the requests.
        after: The same GETs after them.
        token: The token of the requests, as a phrase.
        clause: About requests with such a token.
    """
    by = f"requests with {token}"
    return equivalence.unchanged(before, after, clause=clause, rule="token.unchanged", by=by)


def nothing_sent(delivered: Sequence[str], token: str, clause: str) -> CheckResult:
    """No message of such a request is delivered.

    Args:
        delivered: The messages of these requests that another user of the chat received.
        token: The token of the requests, as a phrase.
        clause: About requests with such a token.
    """
    return Place("chatMessageNotification").require(
        clause,
        "token.nothing_sent",
        holds=not delivered,
        expected=f"no message delivered that was sent with {token}",
        actual=f"message {delivered[0]!r} delivered" if delivered else "no message delivered",
    )


def nothing_started(ids: Iterable[str], token: str, clause: str) -> CheckResult:
    """No chat is started by such a request.

    Args:
        ids: Of the chats that a user was invited or added to; one was started with the right token.
        token: The token of the other requests, as a phrase.
        clause: About requests with such a token.
    """
    known = sorted(set(ids))
    return Place("invitations").require(
        clause,
        "token.nothing_begun",
        holds=len(known) < 2,
        expected=f"no chat started with {token}",
        actual="no chat started" if len(known) < 2 else f"chats started: {', '.join(known)}",
    )


def nothing_offered(count: int, token: str, clause: str) -> CheckResult:
    """No file is offered by such a request.

    Args:
        count: How many invitations to its transfer another user received.
        token: The token of the request, as a phrase.
        clause: About requests with such a token.
    """
    return Place("fileTransferSessionInvitationNotification").require(
        clause,
        "token.nothing_offered",
        holds=not count,
        expected=f"no invitation to a file transfer started with {token}",
        actual=f"{count} invitations" if count else "no invitation",
    )


def still_usable(used: Exchange, token: str, clause: str) -> CheckResult:
    """The resources of such requests can be used after them.

    Args:
        used: A request of their user.
        token: The token of the requests, as a phrase.
        clause: About requests with such a token.
    """
    return at(used).responds(
        clause, "token.left_usable", "2xx", f"for their user after requests with {token}"
    )


def nothing_listed(
    lists: Iterable[Exchange], correlator: str, token: str, clause: str
) -> Iterator[CheckResult]:
    """No subscription or channel is created by such a request.

    Args:
        lists: GETs of their lists.
        correlator: Of the request.
        token: The token of the request, as a phrase.
        clause: About requests with such a token.
    """
    for listed in lists:
        entries = [each for each in _entries(listed) if each.client_correlator == correlator]
        created = [f"entry with {member('resourceURL', each.resource_url)}" for each in entries]
        yield at(listed).require(
            clause,
            "token.nothing_listed",
            holds=not created,
            expected=f"no entry created with {token}",
            actual=created[0] if created else "no entry",
        )


def _entries(
    listed: Exchange,
) -> Iterable[
    ChatNotificationSubscription | FileTransferNotificationSubscription | NotificationChannel
]:
    match content_of(listed, object):
        case ChatSubscriptionList() as chats:
            return chats.chat_notification_subscription
        case FileTransferSubscriptionList() as transfers:
            return transfers.file_transfer_notification_subscription
        case NotificationChannelList() as channels:
            return channels.notification_channel
    return ()
