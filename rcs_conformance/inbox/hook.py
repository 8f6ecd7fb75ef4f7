"""A hook: the mailboxes of a channel that posts to the listener."""

from rcs_conformance.inbox.distribution import Distribution
from rcs_conformance.inbox.loss import NO_LOSS
from rcs_conformance.inbox.mailbox import Mailbox
from rcs_conformance.model.exchange import Exchange


class Hook:
    """What a channel posts; it has the methods of `Feed`, and no thread: the listener has those.

    Args:
        distribution: Of the URL that the channel posts to.
    """

    trouble = ""
    is_limited = False
    lost = 0
    loss = NO_LOSS

    def __init__(self, distribution: Distribution) -> None:
        self._distribution = distribution

    def add(self, mailbox: Mailbox) -> None:
        """Fill a mailbox as well."""
        self._distribution.add(mailbox)

    def idle(self) -> tuple[Exchange, ...]:
        """No exchange: nothing is asked."""
        return ()

    def stop(self) -> None:
        """Nothing to stop."""

    def close(self, seconds: float) -> None:
        """Nothing to end, and so nothing to wait for."""
