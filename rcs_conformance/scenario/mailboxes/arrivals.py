"""Waits for notifications, on either way of delivery where a user is notified on both."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.inbox import Inbox, Mailbox
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.exchange import Notification
from rcs_conformance.model.results import CheckResult
from rcs_conformance.scenario.mailboxes.channels import Channels
from rcs_conformance.scenario.mailboxes.deadlines import Deadlines
from rcs_conformance.scenario.mailboxes.paired import PairedMailboxes
from rcs_conformance.scenario.setup.preconditions import validity_clause
from rcs_conformance.target import NotificationMode

Content = TypeVar("Content")

_MEANWHILE_SHOWN = 5


class Arrivals:
    """Waits for notifications, and knows which mailboxes are paired.

    Args:
        inbox: Has the mailboxes.
        channels: Know how the polls fare that fill some of them.
        deadlines: How long to wait.

    Attributes:
        deadlines: See there.
    """

    def __init__(self, inbox: Inbox, channels: Channels, deadlines: Deadlines) -> None:
        self._inbox = inbox
        self._channels = channels
        self.deadlines = deadlines
        self._pairs: dict[Mailbox, PairedMailboxes] = {}

    def awaited(
        self,
        mailbox: Mailbox,
        kind: type[Content],
        where: Callable[[Content], bool],
        root: str = "",
        after: int = 0,
        *,
        since: datetime | None = None,
        readable: bool = True,
        otherwise: Callable[[Content], bool] | None = None,
    ) -> Awaited[Content]:
        """Wait for a notification in a mailbox, as long as `Deadlines` says.

        Args:
            mailbox: Where it should arrive.
            kind: The structure.
            where: What must hold for it.
            root: How it is named where nothing came; the structure's own root unless given.
            after: The number of an event that it must have come after.
            since: When it has come at the earliest: its number says when this process was given it.
            readable: Whether what cannot be read is to blame where it did not come; otherwise the
                format is on trial, and what cannot be read is not there.
            otherwise: What is taken for it where it did not come: it may have lost what it is known
                by, and others who use the same accounts may have caused the like.

        Raises:
            Inconclusive: It did not come, and the channel is broken, or something came that cannot
                be read, or a failed clause left such tests without a verdict before.
        """
        root = root or kind.__name__[0].lower() + kind.__name__[1:]
        seconds, is_whole, obstacle = _present(self.deadlines, mailbox)
        found = self._first(mailbox, _matching(kind, where, after, since), root, seconds)
        if found is None and otherwise is not None:
            found = mailbox.wait(_matching(kind, otherwise, after, since), 0)
        if found is None:
            self._require_whole(mailbox, root, seconds)
            self._require_served(mailbox)
            if is_whole or obstacle:
                self.deadlines.experience.miss()
            if readable:
                _require_readable(mailbox)
            if obstacle:
                _attribute(root, mailbox, seconds, obstacle)
        content = None if found is None else found.content
        return Awaited(
            root=root,
            user=mailbox.user,
            notification=found,
            content=content if isinstance(content, kind) else None,
            waited=seconds,
            meanwhile=() if found else self._meanwhile(mailbox),
        )

    def _first(
        self,
        mailbox: Mailbox,
        matches: Callable[[Notification], bool],
        root: str,
        seconds: float,
    ) -> Notification | None:
        """The first notification that matches; waits for it, also after a limit on long polls."""
        begun = datetime.now(UTC)
        self.deadlines.experience.on_wait(root, seconds)
        found = mailbox.wait(matches, 0 if self._channels.trouble(mailbox) else seconds)
        while found is None and (left := self._channels.left(mailbox, seconds)):
            found = mailbox.wait(matches, left)
        self.deadlines.experience.on_wait("", 0.0)
        found = self._on_either_way(mailbox, found, matches)
        if found is not None:
            waited = mailbox.journal.observed("wait", partial(_seconds, begun, found.received))
            self.deadlines.experience.arrive(waited)
        return found

    def pair(
        self,
        posted: Mailbox,
        polled: Mailbox,
        modes: tuple[NotificationMode, NotificationMode],
    ) -> None:
        """Compare from now on what comes into two mailboxes of a user, one for each way."""
        condition = self._inbox.reader.condition
        self._pairs[posted] = PairedMailboxes(
            posted, polled, self._channels, condition, self.deadlines, modes
        )

    def part(self, posted: Mailbox) -> None:
        """Compare no longer what comes into such mailboxes; what differs does not count."""
        self._pairs.pop(posted, None)

    def compared(self) -> Iterator[CheckResult]:
        """What came on both ways, where a user is notified on both."""
        for pair in self._pairs.values():
            yield from pair.results()

    def _on_either_way(
        self,
        mailbox: Mailbox,
        found: Notification | None,
        matches: Callable[[Notification], bool],
    ) -> Notification | None:
        """What was found, if need be on the other way; that it was there only is compared later."""
        pair = self._pairs.get(mailbox)
        if pair is None:
            return found
        found = found or pair.polled.wait(matches, 0)
        if found is not None:
            pair.vouch(found)
        return found

    def _require_served(self, mailbox: Mailbox) -> None:
        """Attribute a missing notification to a broken channel, or to a limit of the target."""
        if limit := self._channels.limit(mailbox):
            raise Inconclusive(Cause.CONFIGURATION, limit)
        if trouble := self._channels.trouble(mailbox):
            raise Inconclusive(Cause.PRECONDITION, trouble, self._channels.clause(mailbox))

    def _require_whole(self, mailbox: Mailbox, root: str, seconds: float) -> None:
        """Attribute a missing notification to a poll or a connection that broke off meanwhile."""
        if loss := self._channels.loss(mailbox):
            missing = f"{root} to {mailbox.user}: no notification within {seconds:g} s"
            raise Inconclusive(Cause.NETWORK, f"{missing}; it may have been lost: {loss}")

    def _meanwhile(self, mailbox: Mailbox) -> tuple[str, ...]:
        arrived = [str(each) for each in mailbox.arrived()[-_MEANWHILE_SHOWN:]]
        stray = [f"{each} (matches no subscription)" for each in self._inbox.stray()]
        return (*arrived, *stray[-_MEANWHILE_SHOWN:])


def _matching(
    kind: type[Content], where: Callable[[Content], bool], after: int, since: datetime | None
) -> Callable[[Notification], bool]:
    """Whether a notification is of a kind, holds what must hold, and came after an event."""
    return lambda each: (
        each.number > after
        and (since is None or each.received >= since)
        and isinstance(each.content, kind)
        and where(each.content)
    )


def _require_readable(mailbox: Mailbox) -> None:
    """Attribute a missing notification to one that could not be read, a failure of TS-CHAT-5."""
    for notification in mailbox.arrived():
        if notification.problem:
            mailbox.keep(notification)
            clause = validity_clause(notification.format)
            raise Inconclusive(
                Cause.PRECONDITION, f"{notification}: {notification.problem}", clause
            )


def _attribute(root: str, mailbox: Mailbox, seconds: float, obstacle: str) -> None:
    """Attribute a notification that was not waited for in full to what stands in its way.

    Raises:
        Inconclusive: Always.
    """
    reason = f"{root} to {mailbox.user}: no notification within {seconds:g} s"
    why = f"{obstacle} stood in the way of such a test before"
    raise Inconclusive(Cause.PRECONDITION, f"{reason}; {why}", obstacle)


def _present(deadlines: Deadlines, mailbox: Mailbox) -> tuple[float, bool, str]:
    """As of `Deadlines.present`; from a record, what it was then."""
    found: list[Any] = mailbox.journal.observed("deadline", lambda: [*deadlines.present()])
    seconds, is_whole, obstacle = found
    return seconds, is_whole, obstacle


def _seconds(begun: datetime, received: datetime) -> float:
    """How long a wait took; what acted meanwhile, and not the target, does not count."""
    return max(0.0, (received - begun).total_seconds())
