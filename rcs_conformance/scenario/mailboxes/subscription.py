"""A subscription of a user: its request and the response (TS-CHAT-4.1.1)."""

from dataclasses import dataclass

from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.inbox import Mailbox
from rcs_conformance.model.chat import ChatNotificationSubscription
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.wire.created import created_id

_END = "chatSubscriptionCancellationNotification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A subscription that was requested.

    Attributes:
        who: Whose it is.
        mailbox: Where its notifications arrive.
        request: The structure of the request that created it.
        creation: The exchange of that request.
        fmt: The format in which it is spoken about.
    """

    who: Actor
    mailbox: Mailbox
    request: ChatNotificationSubscription
    creation: Exchange
    fmt: Format

    @property
    def id(self) -> str:
        """Its id.

        Raises:
            Inconclusive: The response does not tell it; attributed to TS-CHAT-4.1.1.
        """
        if self.id_or_none is None:
            reason = f"{self.creation}: the response does not identify the subscription"
            raise Inconclusive(Cause.PRECONDITION, reason, "TS-CHAT-4.1.1")
        return self.id_or_none

    @property
    def id_or_none(self) -> str | None:
        """Its id; `None` where the response does not tell it."""
        template = self.who.binding.resources["subscription"].path or ""
        return created_id(self.creation, template, "subscriptionId")

    def read(self, fmt: Format | None = None) -> Exchange:
        """Read it, in another format where one is given."""
        return self._send("GET", fmt or self.fmt)

    def delete(self) -> Exchange:
        return self._send("DELETE", self.fmt)

    def note_end(self) -> None:
        """Have what arrived so far of its end, or cannot be read, judged with the evidence."""
        for each in self.mailbox.arrived():
            if each.root in ("", _END):
                self.mailbox.keep(each)

    def _send(self, method: str, fmt: Format) -> Exchange:
        return self.who.send(method, "subscription", fmt=fmt, ids={"subscriptionId": self.id})
