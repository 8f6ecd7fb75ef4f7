"""What the server remembers of subscriptions, to chat notifications and to those of transfers."""

from dataclasses import dataclass, field
from time import monotonic
from typing import Generic, TypeVar

from rcs_conformance.model.chat import ChatNotificationSubscription
from rcs_conformance.model.filetransfer import FileTransferNotificationSubscription
from rcs_conformance.model.formats import Format
from rcs_conformance.reference.addresses import canonical

Given = TypeVar("Given", ChatNotificationSubscription, FileTransferNotificationSubscription)


@dataclass(slots=True, kw_only=True)
class Subscription(Generic[Given]):
    """A subscription: `given` is the request that created it, `root` its server root."""

    id: str
    owner: str
    root: str
    given: Given
    ends: float | None

    @property
    def notify_url(self) -> str:
        return self.given.callback_reference.notify_url

    @property
    def format(self) -> Format:
        """The format that it requests; XML by default."""
        requested = self.given.callback_reference.notification_format
        return Format.XML if requested is None else Format[requested.value]

    def is_over(self) -> bool:
        return self.ends is not None and monotonic() >= self.ends


ChatSubscription = Subscription[ChatNotificationSubscription]
TransferSubscription = Subscription[FileTransferNotificationSubscription]


@dataclass(slots=True)
class Subscriptions(Generic[Given]):
    """All subscriptions to the notifications of one API."""

    _by_owner: dict[str, dict[str, Subscription[Given]]] = field(default_factory=dict)

    def of(self, owner: str) -> list[Subscription[Given]]:
        """The live subscriptions of a user, the oldest first."""
        mine = self._by_owner.get(canonical(owner), {})
        for over in [each.id for each in mine.values() if each.is_over()]:
            del mine[over]
        return list(mine.values())

    def find(self, owner: str, subscription_id: str) -> Subscription[Given] | None:
        found = self._by_owner.get(canonical(owner), {}).get(subscription_id)
        return None if found is None or found.is_over() else found

    def add(self, subscription: Subscription[Given]) -> None:
        self._by_owner.setdefault(canonical(subscription.owner), {})[subscription.id] = subscription

    def remove(self, subscription: Subscription[Given]) -> None:
        del self._by_owner[canonical(subscription.owner)][subscription.id]
