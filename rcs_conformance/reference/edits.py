"""How deviations change what is answered and notified: one structure at a time."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from rcs_conformance.model.chat import ParticipantInformation
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    ChatMessageStatusNotification,
    ChatParticipantStatusNotification,
    GroupChatSessionInvitationNotification,
)
from rcs_conformance.reference.calls import Answer, Call
from rcs_conformance.reference.notices import Notice
from rcs_conformance.reference.refusals import Refusal
from rcs_conformance.reference.rules import Operate, Rules

T = TypeVar("T")
N = TypeVar(
    "N",
    GroupChatSessionInvitationNotification,
    ChatEventNotification,
    ChatParticipantStatusNotification,
    ChatMessageNotification,
    ChatMessageStatusNotification,
)

Participants = tuple[ParticipantInformation, ...]


def edited(answer: Answer, kind: type[T], change: Callable[[T], T]) -> Answer:
    """The answer with its body changed, where it is such a structure."""
    if isinstance(answer.content, kind):
        return replace(answer, content=change(answer.content))
    return answer


def retold(notice: Notice, kind: type[N], change: Callable[[N], N]) -> Iterable[Notice]:
    """The notice with its content changed, where it is such a notification."""
    if isinstance(notice.content, kind):
        return (replace(notice, content=change(notice.content)),)
    return (notice,)


def each(
    participants: Participants, change: Callable[[ParticipantInformation], ParticipantInformation]
) -> Participants:
    """The participants, each changed."""
    return tuple(change(entry) for entry in participants)


class Converted(Rules):
    """Answers otherwise where an operation refuses."""

    def convert(self, call: Call, content: object, refusal: Refusal) -> Answer:
        """The answer in place of a refusal; by itself, the refusal."""
        raise refusal

    def perform(self, call: Call, content: object, operate: Operate) -> Answer:
        """Carry a request out, a refusal as converted."""
        try:
            return super().perform(call, content, operate)
        except Refusal as refusal:
            return self.convert(call, content, refusal)


class Told(Rules):
    """Changes notices on their way."""

    def tell(self, notice: Notice) -> Iterable[Notice]:
        """What goes out in place of a notice; by itself, the notice."""
        return (notice,)

    def notices(self, notice: Notice) -> Iterable[Notice]:
        """What goes out in place of a notice, as changed."""
        for outgoing in super().notices(notice):
            yield from self.tell(outgoing)
