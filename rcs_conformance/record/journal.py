"""A journal: stands between the tests and all that they cannot know beforehand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, TypeVar

from rcs_conformance.errors import HarnessError
from rcs_conformance.model.exchange import Event, Exchange, Notification, Request

Value = TypeVar("Value")
"""A JSON value; a list for a sequence."""

Arguments = Mapping[str, Any]
"""The arguments of a generated example, as JSON values."""

POLL = "poll"
"""What a record calls the observation of a request that is not in the evidence yet."""


class Journal:
    """The journal of a run without a record: what happens is passed on.

    Attributes:
        is_live: Whether there is a target, and not only the record of one.
        unwritten: Why a record could not be written; `None` where it could.
    """

    is_live = True
    unwritten: OSError | None = None

    def __init__(self) -> None:
        self._connections = count(1)

    def connection(self) -> int:
        """The number of a connection that is made: on one, requests follow one another."""
        return next(self._connections)

    def begin_test(self, test: str) -> None:
        """What comes belongs to a test, named by its id."""

    def begin_example(self, arguments: Arguments | None = None) -> None:
        """What comes belongs to the next example of the test.

        Args:
            arguments: What was generated for it; `None` where nothing was.
        """

    def examples(self) -> Sequence[Arguments | None]:
        """The arguments of the recorded examples that are left in the test."""
        return ()

    def end_test(self, record: str) -> None:
        """The test has this record, as JSON."""

    def exchanged(
        self,
        request: Request,
        send: Callable[[], Exchange],
        read: Callable[[Exchange], Exchange],
        add: Callable[[Event], None],
        connection: int = 0,
    ) -> Exchange:
        """What comes of a request.

        Args:
            request: Without what it is authenticated with.
            send: Sends it. The events that it adds to the evidence are part of what comes of it.
            read: Reads the body of a recorded answer, as the driver reads one that it receives.
            add: Adds an event to the evidence, where it is the record that has it.
            connection: The number of the one it is sent on: two may send the same at a time.

        Raises:
            RcsConformanceError: As `send` does.
        """
        return send()

    def polled(self, ask: Callable[[], Exchange | None]) -> Exchange | None:
        """What comes of a request that is not in the evidence yet, such as a long poll.

        Raises:
            RcsConformanceError: As `ask` does.
        """
        return ask()

    def observed(self, what: str, look: Callable[[], Value]) -> Value:
        """What a test sees beside exchanges and notifications: a random text, a time, a state.

        Args:
            what: Its name.
            look: Looks.

        Raises:
            RcsConformanceError: As `look` does.
        """
        return look()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Wait for something; other tests of the process may act meanwhile."""
        yield

    def added(self, event: Event) -> None:
        """An event was added to the evidence."""

    def arrived(self, notification: Notification) -> int:
        """A notification arrived; its number among all of the process."""
        return 0

    def notification(self, arrival: int) -> Notification:
        """A recorded notification, not read yet.

        Raises:
            HarnessError: There is none, as where there is no record.
        """
        raise HarnessError(f"notification {arrival} is not in a record")

    def close(self) -> None:
        """No more comes."""
