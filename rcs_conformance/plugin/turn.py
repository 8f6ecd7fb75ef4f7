"""Whose turn it is among tests that are under way together in one process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, get_ident

from rcs_conformance.model.exchange import Event, Exchange, Request
from rcs_conformance.record.journal import Journal


class Turn:
    """Had by one thread at a time: the one that acts."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._owner: int | None = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Act, as soon as no other thread does."""
        with self._lock:
            self._owner = get_ident()
            try:
                yield
            finally:
                self._owner = None

    @contextmanager
    def given(self) -> Iterator[None]:
        """Let others act meanwhile; without effect for a thread that does not have the turn."""
        if self._owner != get_ident():
            yield
            return
        self._owner = None
        self._lock.release()
        try:
            yield
        finally:
            self._lock.acquire()
            self._owner = get_ident()


class SharingJournal(Journal):
    """The journal of a test that is under way beside others: they act while it waits.

    Args:
        turn: Of the process.
    """

    def __init__(self, turn: Turn) -> None:
        super().__init__()
        self._turn = turn

    def exchanged(
        self,
        request: Request,
        send: Callable[[], Exchange],
        read: Callable[[Exchange], Exchange],
        add: Callable[[Event], None],
        connection: int = 0,
    ) -> Exchange:
        """As of a journal."""
        with self._turn.given():
            return super().exchanged(request, send, read, add, connection)

    def polled(self, ask: Callable[[], Exchange | None]) -> Exchange | None:
        """As of a journal."""
        with self._turn.given():
            return super().polled(ask)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """As of a journal."""
        with self._turn.given():
            yield
