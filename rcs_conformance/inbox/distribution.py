"""What comes through a channel, handed to the mailboxes of its subscriptions.

What cannot be told apart by its callback data goes to all mailboxes of the channel: a mailbox keeps
what it was not meant for, and nobody waits for that there.
"""

from collections.abc import Iterable
from threading import Lock

from rcs_conformance.inbox.mailbox import Mailbox
from rcs_conformance.model.exchange import Exchange, Headers
from rcs_conformance.wire.notification_list import Listed


class Distribution:
    """The mailboxes of one channel.

    Args:
        mailboxes: That are filled from the beginning.
    """

    def __init__(self, mailboxes: Iterable[Mailbox] = ()) -> None:
        self._lock = Lock()
        self._mailboxes = list(mailboxes)

    def add(self, mailbox: Mailbox) -> None:
        """Fill a mailbox as well."""
        with self._lock:
            self._mailboxes.append(mailbox)

    def put(
        self,
        item: Listed | None,
        headers: Headers,
        body: bytes,
        poll: Exchange | None = None,
        *,
        by_socket: bool = False,
    ) -> None:
        """Put a notification, or a body that holds none, into the mailboxes that it may be for.

        Args:
            item: The notification; `None` for a body that holds none.
            headers: That came with it.
            body: In which it came.
            poll: The long poll that brought it, if one did.
            by_socket: Whether it came through a WebSocket.
        """
        with self._lock:
            mailboxes = tuple(self._mailboxes)
        data = None if item is None else item.callback_data
        meant = [each for each in mailboxes if each.callback_data == data] or mailboxes
        alone = body if item is None else item.body
        for mailbox in meant:
            mailbox.put(headers, alone, poll=poll, by_socket=by_socket)
