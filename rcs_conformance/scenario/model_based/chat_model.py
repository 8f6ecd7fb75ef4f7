"""A model of who stands how to a group chat, and which messages each user must have got.

It knows what the requirements say and nothing of the target: every step of a test is carried out on
both, and the two are compared.
"""

from dataclasses import dataclass, field
from enum import Enum, auto

from rcs_conformance.model.chat import ParticipantStatus


class Standing(Enum):
    ABSENT = auto()
    """It was never part of it."""
    INVITED = auto()
    CONNECTED = auto()
    DECLINED = auto()
    LEFT = auto()


_SHOWN: dict[Standing, tuple[ParticipantStatus | None, ...]] = {
    Standing.ABSENT: (None,),
    Standing.INVITED: (ParticipantStatus.INVITED,),
    Standing.CONNECTED: (ParticipantStatus.CONNECTED,),
    Standing.DECLINED: (ParticipantStatus.DISCONNECTED, None),
    Standing.LEFT: (ParticipantStatus.DISCONNECTED, None),
}
"""What the participants resource may show of a user; `None` stands for not shown."""


@dataclass(slots=True)
class ChatModel:
    """What must be so in a chat after the steps that were taken.

    Attributes:
        standings: Of every user, by name.
        texts: The messages that each user must have got, in order.
        over: Whether the chat has ended.
    """

    standings: dict[str, Standing]
    texts: dict[str, list[str]] = field(default_factory=dict)
    over: bool = False

    def who(self, *standings: Standing) -> tuple[str, ...]:
        """The users who stand so, in a fixed order."""
        return tuple(name for name, one in self.standings.items() if one in standings)

    @property
    def connected(self) -> tuple[str, ...]:
        """The users who take part now."""
        return self.who(Standing.CONNECTED)

    def expected(self, name: str) -> tuple[ParticipantStatus | None, ...]:
        """What the participants resource may show of a user; `None` stands for not shown."""
        return _SHOWN[self.standings[name]]

    def sent(self, sender: str, text: str) -> tuple[str, ...]:
        """A connected user sends a message; those who must get it."""
        receivers = tuple(name for name in self.connected if name != sender)
        for name in receivers:
            self.texts.setdefault(name, []).append(text)
        return receivers
