"""Rules of state: what participants may do in a chat, and what effect it has."""

from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.rules.protocol import ProtocolRules
from rcs_conformance.reference.state import Conversation, Member

SERVICES = ("ft", "geopushft")
"""The services within a chat that the server supports, by the tokens of the default binding."""


class StateRules(ProtocolRules):
    """What the server does with chats and their participants.

    Attributes:
        services: The services within a chat that the server supports, file transfer first; the
            server takes their tokens from its binding.
        keeps_one_subscription: Whether a subscription replaces the earlier one of its user, as the
            binding says.
    """

    services: tuple[str, ...] = SERVICES
    keeps_one_subscription: bool = False

    def session_id(self, number: int, conversation: Conversation, address: str) -> str:
        """The session id of a user, from a unique number; valid, though unusual."""
        return f"-{number:x}~s={self.random.getrandbits(32):x}+."

    def group_chat_id(self, number: int, conversation: Conversation) -> str:
        """The id of a long-lived group chat, the same for all its members."""
        return self.session_id(number, conversation, conversation.originator)

    def message_id(self, number: int) -> str:
        """A message id, from a unique number."""
        return f"m.{number}-{self.random.getrandbits(32):x}=="

    def repeats(self, call: Call, correlator: str | None) -> bool:
        """Whether a request with a known correlator returns what the first one created."""
        return correlator is not None

    def chat_services(self, kind: ChatKind, requested: tuple[str, ...]) -> tuple[str, ...]:
        """The services of a chat, from those requested at its start."""
        return tuple(service for service in self.services if service in requested)

    def change_services(self, conversation: Conversation, services: tuple[str, ...]) -> None:
        """Change the services of a chat."""
        conversation.services = self.chat_services(conversation.kind, services)

    def declared_services(
        self, requested: tuple[str, ...], conversation: Conversation
    ) -> tuple[str, ...]:
        """The services of a participant, from those that it declares."""
        return tuple(service for service in self.services if service in requested)

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        """Whether the chat still exists for a user."""
        return conversation.over is None and not member.cancelled

    def join(self, conversation: Conversation, member: Member, services: tuple[str, ...]) -> None:
        """Connect a user that accepts or re-joins."""
        member.status = ParticipantStatus.CONNECTED
        member.services = self.declared_services(services, conversation)
        member.took_part = True
        conversation.accepted = conversation.accepted or member.address != conversation.originator

    def decline(self, conversation: Conversation, member: Member) -> None:
        member.status = ParticipantStatus.DISCONNECTED

    def leave(self, conversation: Conversation, member: Member) -> None:
        member.status = ParticipantStatus.DISCONNECTED

    def ends_after(self, conversation: Conversation, leaver: Member) -> bool:
        """Whether the chat ends because a participant left."""
        return False

    def is_cancelled(self, conversation: Conversation) -> bool:
        """Whether DELETE by the originator cancels the chat; otherwise it ends the chat."""
        return not conversation.accepted

    def may_start_with_message(self) -> None:
        """Reject a first message while a session is set up; none is rejected."""

    def may_end_group(self, conversation: Conversation) -> None:
        """Reject the end of a group chat by its originator; none is rejected."""

    def may_read(self, conversation: Conversation, member: Member) -> None:
        """Reject reading by a user that left or declined."""
        if member.status is ParticipantStatus.DISCONNECTED:
            raise rejections.forbidden("you are not a participant of this chat")

    def may_add(self, conversation: Conversation, member: Member) -> None:
        """Reject additions by users that are not connected, and to a closed chat."""
        if not member.is_connected:
            raise rejections.forbidden("only connected participants can add users")
        if conversation.closed:
            raise rejections.closed_group()

    def may_send(self, conversation: Conversation, member: Member, content: object) -> None:
        """Reject messages and isComposing from users that are not connected."""
        if not member.is_connected:
            raise rejections.forbidden("only connected participants can send")
        if conversation.kind is ChatKind.ONE_TO_ONE and not conversation.is_established:
            raise rejections.forbidden("the session is not accepted yet")

    def accepts_unknown_contacts(self) -> bool:
        """Whether an ad-hoc message to an unknown contact fails only after its response."""
        return False

    def may_join(self, conversation: Conversation, member: Member) -> None:
        """Reject the acceptance of a declined invitation; others can join, or join again."""
        outside = member.status is ParticipantStatus.DISCONNECTED
        if outside and not member.took_part and not member.expired:
            raise rejections.forbidden("the invitation was declined")

    def may_cancel_invitation(
        self, conversation: Conversation, actor: Member, invited: Member
    ) -> None:
        """Reject the removal of another user, except of an open invitation by the originator."""
        if (
            actor.address != conversation.originator
            or invited.status is not ParticipantStatus.INVITED
        ):
            raise rejections.forbidden("only the originator can cancel an open invitation")

    def may_extend(self, conversation: Conversation, member: Member) -> None:
        """Reject the extension of a session that is not established."""
        if not conversation.is_established:
            raise rejections.forbidden("the session is not accepted yet")

    def may_extend_long_lived(self, conversation: Conversation, member: Member) -> None:
        """Reject the extension of a session to a long-lived group chat; none is rejected."""

    def ends_on_extension(self, conversation: Conversation) -> bool:
        """Whether a session ends when it is extended to a group chat."""
        return False
