"""A mailbox: what arrived for one subscription, and waiting for more."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Condition

from rcs_conformance.errors import WireError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox.turns import Turns
from rcs_conformance.model.exchange import Exchange, Headers, Notification
from rcs_conformance.model.formats import Format
from rcs_conformance.record import Journal
from rcs_conformance.wire import Codec


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What mailboxes share.

    Attributes:
        codec: Reads what arrives.
        log: Numbers it, and keeps what is looked at.
        condition: Held by whoever puts or takes.
        turns: Lets other examples act while one waits.
        filled: The mailboxes in which something is.
    """

    codec: Codec
    log: EvidenceLog
    condition: Condition
    turns: Turns
    filled: "set[Mailbox]" = field(default_factory=set)

    def drained(self, seconds: float) -> "dict[Mailbox, tuple[Notification, ...]]":
        """Take what arrived out of all mailboxes, unread, as soon as there is something.

        Args:
            seconds: How long to wait for it at most.
        """
        with self.condition:
            self.condition.wait_for(lambda: self.filled, seconds)
            found = {mailbox: mailbox.emptied() for mailbox in self.filled}
            self.filled.clear()
        return found

    def clear(self) -> None:
        """Forget what arrived in all mailboxes."""
        with self.condition:
            for mailbox in self.filled:
                mailbox.clear()
            self.filled.clear()


class Mailbox:
    """The notifications for one subscription of one user.

    Args:
        user: Address of the user.
        fmt: The format that the subscription asks for.
        callback_data: What the subscription gives to be returned.
        url: Where the target posts to.
        reader: Shared with the other mailboxes of the listener.
    """

    def __init__(
        self, *, user: str, fmt: Format, callback_data: str, url: str, reader: Reader
    ) -> None:
        self.user = user
        self.format = fmt
        self.callback_data = callback_data
        self.url = url
        self._reader = reader
        self._arrived: list[Notification] = []
        self._arrivals: list[int] = []
        self._read = 0
        self._copies: list[tuple[int, Notification]] | None = None

    def put(
        self,
        headers: Headers,
        body: bytes,
        poll: Exchange | None = None,
        *,
        by_socket: bool = False,
    ) -> None:
        """Take what was posted. It is read later, by who waits, so that the answer is prompt.

        Args:
            headers: That came with it.
            body: As it came.
            poll: The long poll that brought it, where it was not posted.
            by_socket: Whether it came through a WebSocket.
        """
        log = self._reader.log
        notification = Notification(
            number=log.next_number(),
            user=self.user,
            format=self.format,
            callback_data=self.callback_data,
            received=datetime.now(UTC),
            headers=tuple((name, log.redacted_text(text)) for name, text in headers),
            body=log.redacted(body),
            root="",
            content=None,
            poll=poll,
            by_socket=by_socket,
        )
        self._add(notification)

    def take(self, notification: Notification) -> None:
        """Take what arrived in a mailbox of another process for the same subscription, unread."""
        log = self._reader.log
        poll = notification.poll
        if poll is not None:
            poll = replace(poll, number=log.next_number())
        self._add(replace(notification, number=log.next_number(), poll=poll))

    def _add(self, notification: Notification) -> None:
        with self._reader.condition:
            arrival = self.journal.arrived(notification)
            self._arrived.append(notification)
            self._arrivals.append(arrival)
            self._reader.filled.add(self)
            if self._copies is not None:
                self._copies.append((arrival, notification))
            self._reader.condition.notify_all()

    @property
    def journal(self) -> Journal:
        """What is looked at passes through it."""
        return self._reader.log.journal

    def arrived(self) -> tuple[Notification, ...]:
        """All that arrived since the last `clear`, in order, and read."""
        with self._reader.condition:
            return self._up_to_date()

    def copies(self) -> tuple[Notification, ...]:
        """What arrived since the last call, whether cleared or not, and read; first none."""
        with self._reader.condition:
            found, self._copies = self._copies or [], []
        return tuple(self._decoded(each) for each in self._known("copies", found))

    def has_copies(self) -> bool:
        """Whether `copies` would have something; the shared condition must be held."""
        return bool(self._copies)

    def wait(self, matches: Callable[[Notification], bool], seconds: float) -> Notification | None:
        """The first notification that matches, as soon as it is there.

        What is found is kept in the evidence. `matches` runs while nothing is locked, so that it
        may itself ask the target.

        Args:
            matches: Told each notification once, in order of arrival.
            seconds: How long to wait at most.

        Returns:
            The notification; `None` where none that matches arrived in time.
        """
        deadline = time.monotonic() + seconds
        seen = 0
        while True:
            arrived = self.arrived()
            for notification in arrived[seen:]:
                if matches(notification):
                    self.keep(notification)
                    return notification
            seen = len(arrived)
            if not self._more_than(seen, deadline):
                return None

    def keep(self, notification: Notification) -> None:
        """Keep a notification in the evidence, with the poll that brought it."""
        if notification.poll is not None:
            self._reader.log.add(notification.poll)
        self._reader.log.add(notification)

    def emptied(self) -> tuple[Notification, ...]:
        """Take out what arrived, as it is; the shared condition must be held."""
        found = tuple(self._arrived)
        self._arrived.clear()
        self._arrivals.clear()
        self._read = 0
        return found

    def clear(self) -> None:
        """Forget what arrived."""
        with self._reader.condition:
            self._arrived.clear()
            self._arrivals.clear()
            self._read = 0

    def _more_than(self, seen: int, deadline: float) -> bool:
        """Wait until more than `seen` arrived; false where the deadline comes first."""

        def waited() -> bool:
            turns = self._reader.turns
            with self.journal.waiting(), turns.others(), self._reader.condition:
                return self._reader.condition.wait_for(
                    lambda: len(self._arrived) > seen or turns.is_over,
                    max(0.0, deadline - time.monotonic()),
                )

        return self.journal.observed("more arrived", waited)

    def _up_to_date(self) -> tuple[Notification, ...]:
        unread = zip(self._arrivals[self._read :], self._arrived[self._read :], strict=True)
        read = [self._decoded(each) for each in self._known("arrived", [*unread])]
        self._arrived[self._read :] = read
        if not self.journal.is_live:
            self._arrivals += [0] * len(read)
        self._read = len(self._arrived)
        if read:
            self._reader.filled.add(self)
        return tuple(self._arrived)

    def _known(
        self, what: str, found: Sequence[tuple[int, Notification]]
    ) -> Iterable[Notification]:
        """What was found, with the numbers of the arrivals; from a record, what was found then."""
        arrivals = self.journal.observed(what, lambda: [arrival for arrival, _ in found])
        if self.journal.is_live:
            return [each for _, each in found]
        return map(self.journal.notification, arrivals)

    def _decoded(self, notification: Notification) -> Notification:
        """The notification as it reads; a finding may rest on it from now on."""
        try:
            document = self._reader.codec.decode(notification.body, notification.body_format)
        except WireError as error:
            read = replace(notification, problem=str(error))
        else:
            spelt = "" if document.spelt == document.root else document.spelt
            read = replace(notification, root=document.root, content=document.content, spelt=spelt)
        for event in (read.poll, read):
            if event is not None:
                self._reader.log.consider(event)
        return read
