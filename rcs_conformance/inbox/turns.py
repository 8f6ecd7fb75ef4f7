"""Examples of one test that are under way together: one of them acts, the others wait.

Each runs in a thread of its own, and all but one stand still, or wait for a notification. So they
share users, connections and evidence as one example does, and only their waits coincide.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Condition, Lock, Thread, current_thread


class Apart(Exception):  # noqa: N818 - no error: an example that has to run for itself
    """Nothing would tell a chat of this example from that of another one."""


class _Parted(BaseException):
    """Another example has failed: this one need not go on. No code of a test catches it."""


class Turns:
    """Says which of several examples acts; without effect where one runs for itself.

    Args:
        condition: What waits for notifications, woken as soon as no example need go on.
    """

    def __init__(self, condition: Condition) -> None:
        self._condition = condition
        self._turn: Lock | None = None
        self._has_failed = False
        self._alone: Thread | None = None

    @property
    def is_over(self) -> bool:
        """Whether an example has failed, and no other need wait any longer."""
        return self._has_failed

    @contextmanager
    def others(self) -> Iterator[None]:
        """Let other examples act while this one waits."""
        turn = self._turn
        if turn is None:
            yield
            return
        turn.release()
        try:
            yield
        finally:
            turn.acquire()
        if self._has_failed:
            raise _Parted

    def stand_alone(self) -> None:
        """The present example begins a chat that carries no text of its own.

        Raises:
            Apart: So did another example that is under way together with it.
        """
        if self._turn is None:
            return
        if self._alone not in (None, current_thread()):
            raise Apart
        self._alone = current_thread()

    def together(self, examples: Sequence[Callable[[], None]]) -> list[Exception | None]:
        """Run examples; once one has failed, the others end at their next wait.

        Returns:
            What each raised, `Apart` too; an example that did not come to its end because of
            another one has `Apart`.
        """
        found: list[Exception | None] = [None] * len(examples)
        turn = self._turn = Lock()

        def run(place: int) -> None:
            with turn:
                try:
                    if self._has_failed:
                        raise _Parted
                    examples[place]()
                except Apart as apart:
                    found[place] = apart
                except _Parted:
                    found[place] = Apart()
                except Exception as error:
                    found[place] = error
                    self._fail()

        threads = [Thread(target=run, args=(place,), daemon=True) for place in range(len(examples))]
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            self._turn, self._has_failed, self._alone = None, False, None
        return found

    def _fail(self) -> None:
        with self._condition:
            self._has_failed = True
            self._condition.notify_all()
