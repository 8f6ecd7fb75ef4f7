"""Long polls: a POST to the URL of a notification channel, held until something is pending.

Each channel has a connection of its own, so that a poll that is held keeps no request waiting. Its
URL is the server's to choose; this user's credentials go along only to the target's own origin.
"""

from typing import TYPE_CHECKING

from rcs_conformance.driver import fetching
from rcs_conformance.errors import ConfigurationError, TargetError
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.target import Target

if TYPE_CHECKING:
    from rcs_conformance.driver.actor import Actor

RESOURCE = "channelURL"
"""Key of the resource in the binding."""

HELD = 120.0
"""Seconds that a server may hold a poll at most: then it is asked again."""


class LongPoll:
    """The polls of one channel, one after the other.

    Args:
        actor: Whose channel it is.
        target: The implementation under test.
        url: Where to poll, as the target told it.
        fmt: Of the lists.

    Raises:
        TargetError: The URL is none.
    """

    def __init__(self, actor: "Actor", target: Target, url: str, fmt: Format) -> None:
        self._actor = actor
        self._format = fmt
        self._url = fetching.located(url, target.server_root)
        deadline = max(HELD, target.limits.deadline)
        self._transport = fetching.transport_to(self._url, target, deadline)
        self._is_own = fetching.is_own(self._url, target)
        self._is_over = False

    def ask(self) -> Exchange:
        """Poll once; the exchange has no number, and is not recorded.

        Raises:
            TargetError: There was no answer that can be judged, or the polls are over.
        """
        if self._is_over:
            raise TargetError("the polls of the channel are over")
        try:
            return self._actor.poll(
                RESOURCE, self._url, self._format, self._transport, trusted=self._is_own
            )
        except ConfigurationError as error:  # no access token: as good as no answer
            raise TargetError(str(error)) from None

    def interrupt(self) -> None:
        """End the poll that goes on, and let no other begin. Safe from another thread."""
        self._is_over = True
        self._transport.interrupt()

    def close(self) -> None:
        """Close the connection; only once no poll goes on."""
        self._transport.close()
