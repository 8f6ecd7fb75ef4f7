"""A loss: what was on its way through a channel when the network or the target cut it off."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loss:
    """The last time that a channel may have lost notifications.

    Attributes:
        at: On the monotonic clock; 0 where there was no such time.
        reason: What happened, as a phrase.
    """

    at: float = 0.0
    reason: str = ""


NO_LOSS = Loss()
