"""Paired mailboxes: two subscriptions of a user, each notified in its own way, compared.

Delivery to each is in order, so once something is known to have been sent to both, all that came
after it must be on both. What came before may have been sent when only one of them was there: it
counts where it has its like on the other, and is not judged otherwise. The same goes for what came
before a poll that got no answer, for that may have held it, and for what is on one way alone in an
example in which a poll got none.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from threading import Condition

from rcs_conformance.checks import delivery_modes
from rcs_conformance.checks.equivalence import comparable
from rcs_conformance.inbox import Mailbox
from rcs_conformance.model.exchange import Notification
from rcs_conformance.model.results import CheckResult
from rcs_conformance.scenario.mailboxes.channels import Channels
from rcs_conformance.scenario.mailboxes.deadlines import Deadlines
from rcs_conformance.target import NotificationMode

_REPEATS_KNOWN = 1000


@dataclass(slots=True)
class _Side:
    """What came on one way and has not been found on the other; judged once `is_judged`."""

    mailbox: Mailbox
    waiting: list[Notification] = field(default_factory=list)
    is_judged: bool = False

    def begin(self, position: int) -> None:
        """Judge from a position on; what came before may have been sent to this side alone."""
        if not self.is_judged:
            del self.waiting[:position]
            self.is_judged = True

    def forget(self) -> None:
        self.waiting.clear()
        self.is_judged = False


class PairedMailboxes:
    """The mailboxes of two subscriptions of one user that differ in the way only.

    Args:
        posted: That of the first way.
        polled: That of the second.
        channels: Know how the polls fare.
        condition: Is notified of each arrival.
        patience: How long one way waits for the other.
        modes: The two ways.
    """

    def __init__(
        self,
        posted: Mailbox,
        polled: Mailbox,
        channels: Channels,
        condition: Condition,
        patience: Deadlines,
        modes: tuple[NotificationMode, NotificationMode],
    ) -> None:
        self._labels = (delivery_modes.LABELS[modes[0]], delivery_modes.LABELS[modes[1]])
        self.posted = posted
        self.polled = polled
        self._channels = channels
        self._condition = condition
        self._deadlines = patience
        self._sides = (_Side(posted), _Side(polled))
        self._known: dict[object, None] = {}
        self._paired = 0
        self._lost = 0
        self._is_broken = False
        for mailbox in (posted, polled):
            mailbox.copies()

    def vouch(self, notification: Notification) -> None:
        """A notification came that was caused when both subscriptions were there."""
        self._update()
        for side in self._sides:
            numbers = [each.number for each in side.waiting]
            if notification.number in numbers:
                side.begin(numbers.index(notification.number))

    def results(self) -> Iterator[CheckResult]:
        """What came since the last call, compared; the one way is waited for, up to a deadline."""
        posted, polled = self._sides
        seconds = self.posted.journal.observed(
            "deadline", lambda: self._deadlines.seconds(delivery_modes.CLAUSE)
        )
        deadline = time.monotonic() + seconds
        self._update()
        while self._is_uneven():
            if not self._more_before(deadline):
                left = max(self._channels.left(each.mailbox, seconds) for each in self._sides)
                if not left:
                    break
                deadline = time.monotonic() + left
            self._update()
        broken = self._broken()
        trouble = "" if broken is None else self._channels.trouble(broken[0].mailbox)
        if broken is not None and not self._is_broken:
            side, label = broken
            if not self._channels.limit(side.mailbox):
                yield delivery_modes.broken(self.polled.user, trouble, label)
        self._is_broken = bool(trouble)
        if trouble or (self._is_uneven() and self._channels.loss(posted.mailbox, polled.mailbox)):
            self._forget()
        else:
            yield from self._uneven(posted, polled, seconds)
        if self._paired:
            yield delivery_modes.same_on_both(self._paired, self.posted.user, self._labels)
        self._paired = 0

    def _uneven(self, posted: _Side, polled: _Side, seconds: float) -> Iterator[CheckResult]:
        """What is on one side only: alone, or with something like it on the other."""
        left = list(polled.waiting)
        for each in posted.waiting if posted.is_judged else ():
            other = next((one for one in left if one.root == each.root), None)
            if other is None:
                yield delivery_modes.only_one(each, *self._labels, seconds=seconds)
            else:
                left.remove(other)
                yield delivery_modes.different(each, other, self._labels)
        for each in left if polled.is_judged else ():
            yield delivery_modes.only_one(each, *reversed(self._labels), seconds=seconds)
        for side in self._sides:
            if side.is_judged:
                side.waiting.clear()

    def _broken(self) -> tuple[_Side, str] | None:
        """The side whose channel brings nothing any more, with its way; `None` for neither."""
        for side, label in zip(self._sides, self._labels, strict=True):
            if self._channels.trouble(side.mailbox):
                return side, label
        return None

    def _is_uneven(self) -> bool:
        return any(side.is_judged and side.waiting for side in self._sides)

    def _more_before(self, deadline: float) -> bool:
        """Wait until something arrived; false where nothing did in time, or can."""
        if self._broken() is not None:
            return False

        def waited() -> bool:
            with self._condition:
                return self._condition.wait_for(
                    lambda: any(side.mailbox.has_copies() for side in self._sides),
                    max(0.0, deadline - time.monotonic()),
                )

        return self.posted.journal.observed("more on either way", waited)

    def _update(self) -> None:
        """Take in what arrived, and leave only what has not its like on the other side."""
        lost = self._channels.lost(self.posted) + self._channels.lost(self.polled)
        for side in self._sides:
            side.waiting += [each for each in side.mailbox.copies() if each.content is not None]
        self._pair(*self._sides)
        if lost != self._lost:
            self._lost = lost
            self._forget()
        for side in self._sides:
            side.waiting = [each for each in side.waiting if _key(each) not in self._known]

    def _forget(self) -> None:
        """Judge nothing that came so far; where the other way brings it yet, it is known."""
        for side in self._sides:
            for each in side.waiting:
                self._know(_key(each))
            side.forget()

    def _pair(self, posted: _Side, polled: _Side) -> None:
        """Take out of both what says the same, and judge both from the first such pair on."""
        for one in tuple(posted.waiting):
            key = _key(one)
            other = next((each for each in polled.waiting if _key(each) == key), None)
            if other is not None and one in posted.waiting:
                posted.begin(posted.waiting.index(one))
                polled.begin(polled.waiting.index(other))
                posted.waiting.remove(one)
                polled.waiting.remove(other)
                self._remember(key)

    def _remember(self, key: object) -> None:
        """A repetition of what came on both ways is a retry, and no difference."""
        self._paired += 1
        self._know(key)

    def _know(self, key: object) -> None:
        """Take what says so for a repetition from now on."""
        self._known[key] = None
        if len(self._known) > _REPEATS_KNOWN:
            del self._known[next(iter(self._known))]


def _key(notification: Notification) -> object:
    """What two notifications have in common that say the same."""
    content = replace(notification.content, callback_data=None)  # type: ignore[type-var]
    return notification.root, comparable(content)
