"""Ctrl-C, SIGTERM and SIGHUP: a run ends soon, with a report that says so, and with exit code 2."""

import signal
import threading
from types import FrameType, TracebackType
from typing import Self

_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class Interruption:
    """Notes signals that end a run, and raises `KeyboardInterrupt` for them.

    The exception may be swallowed by whichever code it meets; `received` tells all the same. A
    context; outside the main thread, which alone gets signals, it does nothing.
    """

    def __init__(self) -> None:
        self.received = False
        self._deferred = False
        self._previous: dict[int, object] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in _SIGNALS:
                previous = signal.getsignal(number)
                if previous is not signal.SIG_IGN:  # `nohup` and shells' `&` have it ignored
                    self._previous[number] = previous
                    signal.signal(number, self._receive)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, previous in self._previous.items():
            signal.signal(number, previous)  # type: ignore[arg-type]  # as `getsignal` gave it
        self._previous.clear()

    def defer(self) -> None:
        """From now on let signals pass without effect: the run ends anyway, reports are written."""
        self._deferred = True

    def check(self) -> None:
        """Raise `KeyboardInterrupt` again if the first one was swallowed."""
        if self.received and not self._deferred:
            raise KeyboardInterrupt

    def _receive(self, _number: int, _frame: FrameType | None) -> None:
        if not self._deferred:
            self.received = True
            raise KeyboardInterrupt
