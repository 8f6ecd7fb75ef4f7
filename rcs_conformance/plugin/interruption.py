"""Ctrl-C, SIGTERM and SIGHUP: a run ends soon, with a report that says so, and with exit code 2."""

import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self

_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def _never() -> bool:
    return False


class Interruption:
    """Notes signals that end a run, and raises `KeyboardInterrupt` for them.

    The exception may be swallowed by whichever code it meets; `received` tells all the same. A
    context; outside the main thread, which alone gets signals, it does nothing.

    Attributes:
        received: Whether there was one.
        postponed: Whether somebody calls `check` soon, and is not to be interrupted before; the
            second signal does so all the same.
    """

    def __init__(self) -> None:
        self.received = False
        self.postponed: Callable[[], bool] = _never
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
        if self._deferred:
            return
        is_first, self.received = not self.received, True
        if not (is_first and self.postponed()):
            raise KeyboardInterrupt
