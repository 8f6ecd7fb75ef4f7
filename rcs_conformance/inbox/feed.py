"""A feed: fills mailboxes with what long polls of a notification channel bring.

One thread asks, for as long as the channel works and nobody ends it.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from threading import Event, Lock, Thread

from rcs_conformance.errors import DeadlineExceeded, Inconclusive, TargetError, WireError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox.distribution import Distribution
from rcs_conformance.inbox.loss import NO_LOSS, Loss
from rcs_conformance.inbox.mailbox import Mailbox, Reader
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.record.journal import Value
from rcs_conformance.wire.notification_list import Listed, listed
from rcs_conformance.wire.structure import LIST_ROOT

_ATTEMPTS = 3
"""How many polls in a row may get no answer before the channel counts as broken."""

_QUICK = 0.25
"""Seconds; a poll that is answered sooner with nothing was not held."""

_PAUSES = (0.02, 0.05, 0.1, 0.25, 0.5)
"""Seconds to wait before the next poll, after the first, second ... that was not held."""

_FIRST_SUCCESS, _LAST_SUCCESS = 200, 299

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which to ask again makes sense."""


class Feed:
    """Polls a channel and fills mailboxes.

    Args:
        poll: Asks once, and waits for the answer; raises `Inconclusive` at a limit of the target.
        interrupt: Ends the poll that goes on.
        user: Address of the user whose channel it is.
        fmt: The format in which lists are requested.
        reader: Shared with all mailboxes.
        mailboxes: That are filled from the first poll on.

    Attributes:
        loss: The last poll that broke off, so that what it held may be lost.
    """

    def __init__(
        self,
        *,
        poll: Callable[[], Exchange],
        interrupt: Callable[[], None],
        user: str,
        fmt: Format,
        reader: Reader,
        mailboxes: Iterable[Mailbox] = (),
    ) -> None:
        self._poll = poll
        self._interrupt = interrupt
        self._reader = reader
        self._lock = Lock()
        self._mailboxes = Distribution(mailboxes)
        self._idle: dict[tuple[int, bytes], Exchange | None] = {}
        self._trouble = ""
        self._is_limited = False
        self._lost = self._failed = self._unheld = 0
        self.loss = NO_LOSS
        self._closing = Event()
        name = f"polls of {user} in {fmt.name}"
        self._thread = Thread(target=self._run, name=name, daemon=True)
        if reader.log.journal.is_live:
            self._thread.start()

    @property
    def trouble(self) -> str:
        """Why it polls no longer; empty while it does."""
        return self._observed("trouble of a feed", lambda: self._trouble)

    @property
    def is_limited(self) -> bool:
        """Whether it polls no longer because of a limit of the target."""
        return self._observed("limit of a feed", lambda: self._is_limited)

    @property
    def lost(self) -> int:
        """How many polls got no answer, so that what it held may be lost."""
        return self._observed("polls without a response", lambda: self._lost)

    def add(self, mailbox: Mailbox) -> None:
        """Fill a mailbox as well."""
        self._mailboxes.add(mailbox)

    def idle(self) -> tuple[Exchange, ...]:
        """The polls since the last call that brought nothing, those alike once in all."""
        with self._lock:
            found = tuple(each for each in self._idle.values() if each is not None)
            self._idle = dict.fromkeys(self._idle)
        journal = self._reader.log.journal
        count = self._observed("polls that brought nothing", lambda: len(found))
        polls = (journal.polled(partial(found.__getitem__, each)) for each in range(count))
        return tuple(each for each in polls if each is not None)

    def stop(self) -> None:
        """Let the present poll be the last."""
        self._closing.set()

    def close(self, seconds: float) -> None:
        """End the present poll, and wait for it so many seconds at most."""
        self.stop()
        self._interrupt()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _observed(self, what: str, look: Callable[[], Value]) -> Value:
        return self._reader.log.journal.observed(what, look)

    def _run(self) -> None:
        while not self._closing.is_set():
            started = time.monotonic()
            try:
                exchange = self._poll()
            except DeadlineExceeded:
                self._lost += 1  # held for long, most likely because nothing was pending
            except TargetError as error:
                self._lost += 1
                reason = f"a long poll got no response: {error}"
                if not self._closing.is_set():
                    self.loss = Loss(time.monotonic(), reason)
                self._after_failure(reason)
            except Inconclusive as error:  # a limit
                self._is_limited = True
                self._give_up(str(error))
            else:
                self._take(exchange, time.monotonic() - started)

    def _take(self, exchange: Exchange, seconds: float) -> None:
        """Hand over what an answer brought; poll on, soon or later or not at all."""
        status = exchange.answer.status
        told = f"a long poll was rejected: {exchange.request.operation} -> {status}"
        if status in _BUSY:
            self._after_failure(told)
        elif not _FIRST_SUCCESS <= status <= _LAST_SUCCESS:
            self._give_up(told)
        else:
            self._failed = 0
            is_held = self._hand_over(exchange) or seconds >= _QUICK
            self._unheld = 0 if is_held else self._unheld + 1
            if self._unheld:
                self._closing.wait(_PAUSES[min(self._unheld, len(_PAUSES)) - 1])

    def _after_failure(self, told: str) -> None:
        """Wait before the next poll; after several failures in a row there is none."""
        self._failed += 1
        if self._failed < _ATTEMPTS:
            self._closing.wait(_PAUSES[-1])
        else:
            self._give_up(told)

    def _give_up(self, reason: str) -> None:
        """Poll no more: nothing will come."""
        if not self._closing.is_set():
            self._trouble = reason
            self._closing.set()

    def _hand_over(self, exchange: Exchange) -> bool:
        """Put what a poll brought into the mailboxes; whether it brought anything."""
        body = exchange.answer.body
        if not body.strip():
            self._note_idle(exchange)
            return False
        try:
            found = listed(body, exchange.body_format, self._reader.codec.names)
        except WireError as error:
            self._put(_numbered(exchange, self._reader.log, problem=str(error)), None)
            return True
        if not found:
            self._note_idle(exchange)
            return False
        root = found[0].root or LIST_ROOT.name
        poll = _numbered(exchange, self._reader.log, root=root)
        for each in found:
            self._put(poll, each)
        return True

    def _put(self, poll: Exchange, item: Listed | None) -> None:
        self._mailboxes.put(item, poll.answer.headers, poll.answer.body, poll)

    def _note_idle(self, exchange: Exchange) -> None:
        with self._lock:
            self._idle.setdefault((exchange.answer.status, exchange.answer.body), exchange)


def _numbered(exchange: Exchange, log: EvidenceLog, root: str = "", problem: str = "") -> Exchange:
    """The poll in the order of what happened: when its answer arrived, not when it was asked."""
    answer = replace(exchange.answer, root=root, problem=problem)
    return replace(exchange, number=log.next_number(), answer=answer)
