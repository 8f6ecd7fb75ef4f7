"""What came of waiting for a notification."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from rcs_conformance.model.exchange import Notification

Content = TypeVar("Content")
Told_co = TypeVar("Told_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited(Generic[Told_co]):
    """A notification that was waited for, or the fact that it did not come.

    Attributes:
        root: Name of the root that was waited for.
        user: Address of the user who should get it.
        notification: What arrived; `None` where it did not.
        content: The structure in it; `None` where it did not arrive.
        waited: Seconds that were waited at most.
        meanwhile: What arrived for the user instead, one line each.
    """

    root: str
    user: str
    notification: Notification | None
    content: Told_co | None
    waited: float
    meanwhile: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The notification, for messages."""
        return f"{self.root} to {self.user}"

    @property
    def absence(self) -> str:
        """Its absence, for messages."""
        instead = f"; received instead: {', '.join(self.meanwhile)}" if self.meanwhile else ""
        return f"no notification within {self.waited:g} s{instead}"

    @property
    def event(self) -> int | None:
        """The number of the notification in the evidence."""
        return None if self.notification is None else self.notification.number
