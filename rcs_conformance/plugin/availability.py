"""Whether the target still serves its users, or the run may as well end."""

import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from threading import Event as Signal

from rcs_conformance.binding import Binding
from rcs_conformance.driver import Actor
from rcs_conformance.errors import RcsConformanceError, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.exchange import Event, Exchange, FailedExchange
from rcs_conformance.model.formats import Format
from rcs_conformance.target import Target, User

PATIENCE = 5.0
"""Seconds in which a target that gave no response may come back."""

_ATTEMPTS = 2
_BETWEEN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """The first of a row of requests that the target did not serve.

    Attributes:
        number: Of the request, counted from the start of the process.
        event: The request.
    """

    number: int
    event: Exchange | FailedExchange

    def __str__(self) -> str:
        request = self.event.request
        at = self.event.started.strftime("%H:%M:%S UTC")
        return f"request {self.number}, {request.method} {request.url} at {at}"


class Availability:
    """Counts requests, and finds out whether a target is gone or rejects a token for good.

    Whether it is, only requests of its own tell: a test may send a wrong token on purpose, and a
    request may fail by chance.

    Args:
        target: The implementation under test.
        binding: How its requests are spelt.
        fmt: A format that it claims.
        lists: Whether it claims GET of subscriptions.
        process: Name of this process for the reason; empty if it is the only one.
    """

    def __init__(
        self, target: Target, binding: Binding, fmt: Format, *, lists: bool, process: str = ""
    ) -> None:
        self._target = target
        self._binding = binding
        self._fmt = fmt
        self._method = "GET" if lists else "POST"
        self._process = f" (counted in worker {process})" if process else ""
        self._requests = 0
        self._unanswered: First | None = None
        self._rejected: dict[str, First] = {}

    def note(self, events: Iterable[Event]) -> None:
        """Count the requests of an example."""
        for event in events:
            if isinstance(event, FailedExchange):
                self._requests += 1
                self._unanswered = self._unanswered or First(number=self._requests, event=event)
            elif isinstance(event, Exchange):
                self._requests += 1
                self._unanswered = None
                user = event.request.user
                if event.answer.status == 401:
                    self._rejected.setdefault(user, First(number=self._requests, event=event))
                else:
                    self._rejected.pop(user, None)

    def loss(self) -> str:
        """Why the target no longer serves its users; empty if it does, or nothing suggests that."""
        if self._unanswered is not None:
            user = self._target.users[0]
            if self._status_in_time(user) is None:
                return (
                    f"The target stopped answering: {self._unanswered} was the first without a"
                    f" response{self._process}; {self._unanswered.number - 1} before it had one."
                )
            self._unanswered = None
        for user in self._target.users:
            first = self._rejected.pop(user.address, None)
            if first is not None and self._status_in_time(user) == 401:
                return (
                    f"The target no longer accepts the credentials of {user.address}: {first} was"
                    f" the first that it rejected with 401{self._process}."
                )
        return ""

    def _status_in_time(self, user: User) -> int | None:
        """The status of a request of a user; `None` if several attempts got no response."""
        end = time.monotonic() + PATIENCE
        for attempt in range(1_000):
            try:
                return self._status(user)
            except RcsConformanceError as error:
                if not isinstance(error, TargetError):
                    return 0  # no token, or a limit: nothing is known of the target
                if attempt + 1 >= _ATTEMPTS and time.monotonic() >= end:
                    return None
            Signal().wait(_BETWEEN)
        return None

    def _status(self, user: User) -> int:
        log = EvidenceLog([user.token.reveal()])
        with closing(Actor(self._target, user, self._binding, log)) as actor:
            return actor.send(self._method, "subscriptions", fmt=self._fmt).answer.status
