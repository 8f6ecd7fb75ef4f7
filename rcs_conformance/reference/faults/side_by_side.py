"""Faults in several 1-to-1 sessions between the same two users (UNI-CHT-001.7)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.edits import OneKind, retold
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.state import Conversation, Member

SIDE_BY_SIDE = Faults()


class _BetweenTwo(OneKind):
    """Knows all sessions between the same two users."""

    kind = ChatKind.ONE_TO_ONE

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._told: dict[int, Conversation] = {}

    def _newest(self, conversation: Conversation) -> Conversation:
        users = conversation.members.keys()
        between = [each for each in self._told.values() if each.members.keys() == users]
        return max([conversation, *between], key=lambda each: each.number)

    def notices(self, notice: Notice) -> Iterable[Notice]:
        self._told[notice.conversation.number] = notice.conversation
        return super().notices(notice)


@SIDE_BY_SIDE.add(
    "messages-go-to-newest-session",
    "UNI-CHT-001.7",
    "Of several sessions between the same two, messages are told under the id of the newest.",
)
class _MessagesGoToNewest(_BetweenTwo):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        newest = self._newest(notice.conversation).part_of(notice.member.address)

        def moved(told: ChatMessageNotification) -> ChatMessageNotification:
            return replace(told, session_id=newest.session_id)

        for each in super().notices(notice):
            yield from retold(each, ChatMessageNotification, moved)


@SIDE_BY_SIDE.add(
    "end-ends-all-sessions",
    "UNI-CHT-001.7",
    "The end of a session ends all older and newer ones between the same two.",
)
class _EndEndsAll(_BetweenTwo):
    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._ended: dict[frozenset[str], int] = {}

    def notices(self, notice: Notice) -> Iterable[Notice]:
        if notice.cause is Cause.ENDED:
            newest = self._newest(notice.conversation).number
            self._ended[frozenset(notice.conversation.members)] = newest
        return super().notices(notice)

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        ended = self._ended.get(frozenset(conversation.members), 0)
        return conversation.number > ended and super().available(call, conversation, member)
