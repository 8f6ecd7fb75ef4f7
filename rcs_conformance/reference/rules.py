"""The rules of the server: every decision that a fault or a variation may take otherwise.

`Rules` conforms. A deviation is a subclass that overrides the one method it is about; several are
combined by inheriting from all of them, so each calls `super()` for what it leaves as it is. The
methods stand in the order in which a request meets them: protocol, state, what is shown, what is
notified.
"""

import random
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import ClassVar

from rcs_conformance.model.chat import MessageStatus, ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import EventType
from rcs_conformance.reference import refusals
from rcs_conformance.reference.calls import Answer, Call, RawAnswer
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.refusals import Refusal
from rcs_conformance.reference.state import Account, Accounts, Conversation, Member, Message

SERVICES = ("ft", "geopushft")
"""The services within a chat that the server supports."""

Operate = Callable[[object], Answer]
"""Carries a request out, given the structure of its body."""


class Rules:
    """What the server does, as the binding has it.

    Attributes:
        deviations: Those that were asked for; none where the server conforms.
        random: The source of whatever is left to chance, from the server's seed.
    """

    deviations: ClassVar[tuple[type["Rules"], ...]] = ()

    def __init__(self, seed: int = 0) -> None:
        self.random = random.Random(seed)  # noqa: S311 - repeatable runs, no secrets

    # protocol

    def identify(self, call: Call, accounts: Accounts) -> Account:
        """The user who asks, by its access token; refuses 401."""
        scheme, _, token = call.headers.get("authorization", "").partition(" ")
        account = accounts.by_token(token.strip()) if scheme.lower() == "bearer" else None
        if account is None:
            raise refusals.unauthorised()
        return account

    def authorise(self, call: Call, account: Account, owner: Account | None) -> None:
        """Refuse 403 where the token is not that of the user whom the URL names."""
        if account is not owner:
            raise refusals.foreign_user(call.variables["userId"])

    def read(self, call: Call, decode: Callable[[Call], object]) -> object:
        """The structure of a request's body; refuses 415 or 400."""
        return decode(call)

    def perform(self, call: Call, content: object, operate: Operate) -> Answer:
        """Carry a request out; refuses whatever the operation refuses."""
        return operate(content)

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        """The answer to a request that is refused."""
        return Answer(
            status=refusal.status, content=refusal.request_error(), headers=refusal.headers
        )

    def answered(self, call: Call, answer: Answer) -> Answer:
        """Any answer before it is encoded."""
        return answer

    def written(self, body: bytes, fmt: Format) -> bytes:
        """The body of any answer or notification once it is encoded."""
        return body

    def finished(self, call: Call, raw: RawAnswer) -> RawAnswer:
        """Any answer as it goes out."""
        return raw

    # state

    def session_id(self, number: int, conversation: Conversation) -> str:
        """A session id, from a number that no other has; legal, but not what a pattern expects."""
        return f"-{number:x}~s={self.random.getrandbits(32):x}+."

    def message_id(self, number: int) -> str:
        """A message id, likewise."""
        return f"m.{number}-{self.random.getrandbits(32):x}=="

    def repeats(self, correlator: str | None, collection: str) -> bool:
        """Whether a correlator that was used before stands for what it made then."""
        return correlator is not None

    def chat_services(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        """The services of a chat, from those asked for at its start."""
        return tuple(service for service in SERVICES if service in asked)

    def declared_services(
        self, asked: tuple[str, ...], conversation: Conversation
    ) -> tuple[str, ...]:
        """The services of a participant, from those that its application declares."""
        return tuple(service for service in SERVICES if service in asked)

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        """Whether a user still finds the chat under its session id."""
        return conversation.over is None and not member.cancelled

    def join(self, conversation: Conversation, member: Member, services: tuple[str, ...]) -> None:
        """Connect a user who accepts or comes back."""
        member.status = ParticipantStatus.CONNECTED
        member.services = self.declared_services(services, conversation)
        member.took_part = True
        conversation.accepted = conversation.accepted or member.address != conversation.originator

    def decline(self, conversation: Conversation, member: Member) -> None:
        """Note that an invited user does not want to take part."""
        member.status = ParticipantStatus.DISCONNECTED

    def leave(self, conversation: Conversation, member: Member) -> None:
        """Note that a user takes part no longer."""
        member.status = ParticipantStatus.DISCONNECTED

    def ends_after(self, conversation: Conversation, leaver: Member) -> bool:
        """Whether the chat ends because this user left."""
        return False

    def is_cancelled(self, conversation: Conversation) -> bool:
        """Whether the originator's DELETE of a chat is a cancellation; an end otherwise."""
        return not conversation.accepted

    def may_look(self, conversation: Conversation, member: Member) -> None:
        """Refuse to show the chat to a user who left or declined."""
        if member.status is ParticipantStatus.DISCONNECTED:
            raise refusals.forbidden("you take no part in this chat")

    def may_add(self, conversation: Conversation, member: Member) -> None:
        """Refuse additions by who is not connected, and to a closed chat."""
        if not member.is_connected:
            raise refusals.forbidden("only connected participants add others")
        if conversation.closed:
            raise refusals.forbidden("the group chat is closed")

    def may_send(self, conversation: Conversation, member: Member, content: object) -> None:
        """Refuse messages and composing indications from who is not connected."""
        if not member.is_connected:
            raise refusals.forbidden("only connected participants send")

    def may_join(self, conversation: Conversation, member: Member) -> None:
        """Refuse the acceptance of what was declined; who left may come back."""
        if member.status is ParticipantStatus.DISCONNECTED and not member.took_part:
            raise refusals.forbidden("the invitation was declined")

    def may_take_back(self, conversation: Conversation, actor: Member, invited: Member) -> None:
        """Refuse to remove another user, but for the originator an open invitation."""
        if (
            actor.address != conversation.originator
            or invited.status is not ParticipantStatus.INVITED
        ):
            raise refusals.forbidden("only the originator takes back an open invitation")

    # what is shown

    def resource_url(self, root: str, url: str) -> str:
        """A `resourceURL`, from the absolute URL."""
        return url

    def bare_characters(self) -> str:
        """The characters that are not percent-encoded in the segments of a URL."""
        return ""

    def message_url(self, url: str) -> str:
        """The URL by which a message is known."""
        return url

    def shown(self, conversation: Conversation) -> tuple[Member, ...]:
        """Those whom the chat and its participants resource name."""
        return tuple(conversation.members.values())

    # what is notified

    def told(self, conversation: Conversation, changed: tuple[Member, ...]) -> tuple[Member, ...]:
        """Those whom a participant notification names."""
        return self.shown(conversation)

    def receivers(self, conversation: Conversation, sender: Member) -> tuple[Member, ...]:
        """Those who get a message."""
        return tuple(each for each in conversation.connected if each is not sender)

    def tells_actor(self) -> bool:
        """Whether an end or a cancellation is told to the one who caused it, too."""
        return False

    def event_beside(self, cause: Cause) -> EventType | None:
        """The event told to the originator beside a participant notification, if any."""
        return None

    def reports(self, conversation: Conversation, message: Message, status: MessageStatus) -> bool:
        """Whether the sender is told that a receiver reported a status."""
        return status in message.report_request

    def time_stamp(self, conversation: Conversation) -> str | None:
        """The time stamp of a message that is sent now."""
        return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def notices(self, notice: Notice) -> Iterable[Notice]:
        """What goes out in place of a notice, in order."""
        return (notice,)
