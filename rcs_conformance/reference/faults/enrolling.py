"""Faults in what members of a long-lived group are told of each other (UNI-CHT-031, 032, 036)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ParticipantInformation, ParticipantStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatParticipantStatusNotification,
    LongLivedGroupChatAddedNotification,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.edits import OneKind, Told, each
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import SERVICES
from rcs_conformance.reference.state import Conversation, Member

ENROLLING = Faults()

_Added = LongLivedGroupChatAddedNotification
_Changed = ChatParticipantStatusNotification


@ENROLLING.add(
    "long-lived-added-cannot-post",
    "UNI-CHT-031.1",
    "Who was added to a long-lived group by another than its creator cannot post.",
)
class _AddedCannotPost(OneKind):
    kind = ChatKind.LONG_LIVED

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._complete: dict[str, set[str]] = {}

    def may_send(self, conversation: Conversation, member: Member, content: object) -> None:
        super().may_send(conversation, member, content)
        if member.address not in self._complete.get(conversation.group_chat_id, set()):
            raise rejections.forbidden("no posting yet")

    def notified_of_change(
        self, conversation: Conversation, cause: Cause, changed: tuple[Member, ...]
    ) -> tuple[Member, ...]:
        if cause is Cause.STARTED:
            first = {member.address for member in conversation.members.values()}
            self._complete[conversation.group_chat_id] = first
        return super().notified_of_change(conversation, cause, changed)


class _AddedTold(Told):
    """Changes how users are told that they were added; `None` does not tell them."""

    kind = ChatKind.LONG_LIVED

    def _add(self, notice: Notice, told: _Added) -> _Added | None:
        return told

    def tell(self, notice: Notice) -> Iterable[Notice]:
        if not isinstance(notice.content, _Added):
            return (notice,)
        told = self._add(notice, notice.content)
        return () if told is None else (replace(notice, content=told),)


@ENROLLING.add(
    "long-lived-creation-not-told",
    "UNI-CHT-032.1",
    "The last of those who become members by a creation is not told.",
)
class _CreationNotTold(_AddedTold):
    def _add(self, notice: Notice, told: _Added) -> _Added | None:
        members = [*notice.conversation.members.values()]
        last = len(members) > 2 and notice.member is members[-1]
        return None if notice.cause is Cause.STARTED and last else told


@ENROLLING.add(
    "long-lived-addition-not-told", "UNI-CHT-032.1", "Who is added to a group later is not told."
)
class _AdditionNotTold(_AddedTold):
    def _add(self, notice: Notice, told: _Added) -> _Added | None:
        return None if notice.cause is Cause.ADDED else told


@ENROLLING.add(
    "long-lived-addition-of-members-not-told",
    "UNI-CHT-032.1",
    "Who is added to a group by another than its creator is not told.",
)
class _AdditionOfMembersNotTold(_AddedTold):
    def _add(self, notice: Notice, told: _Added) -> _Added | None:
        return told if notice.actor == notice.conversation.originator else None


@ENROLLING.add(
    "added-without-id", "UNI-CHT-032.2", "Who was added is not told the group chat id, but a link."
)
class _AddedWithoutId(_AddedTold):
    def _add(self, notice: Notice, told: _Added) -> _Added | None:
        return replace(told, group_chat_id=None)


@ENROLLING.add(
    "added-later-without-id", "UNI-CHT-032.2", "Who was added later is told no group chat id."
)
class _AddedLaterWithoutId(_AddedTold):
    def _add(self, notice: Notice, told: _Added) -> _Added | None:
        return replace(told, group_chat_id=None) if notice.cause is Cause.ADDED else told


@ENROLLING.add(
    "added-subject-ascii", "UNI-CHT-032.2", "Who was added is told ? for what is not ASCII."
)
class _AddedSubjectAscii(_AddedTold):
    def _add(self, notice: Notice, told: _Added) -> _Added | None:
        return replace(told, subject=(told.subject or "").encode("ascii", "replace").decode())


@ENROLLING.add(
    "added-later-without-subject", "UNI-CHT-032.2", "Who was added later is told no subject."
)
class _AddedLaterWithoutSubject(_AddedTold):
    def _add(self, notice: Notice, told: _Added) -> _Added | None:
        return replace(told, subject=None) if notice.cause is Cause.ADDED else told


@ENROLLING.add(
    "added-closed-as-regular",
    "UNI-CHT-032.2",
    "Who was added to a closed group is told a regular one.",
)
class _AddedClosedAsRegular(_AddedTold):
    def _add(self, notice: Notice, told: _Added) -> _Added | None:
        return replace(told, is_closed=False)


@ENROLLING.add("added-without-services", "UNI-CHT-032.3", "Who was added is told no services.")
class _AddedWithoutServices(_AddedTold):
    def _add(self, notice: Notice, told: _Added) -> _Added | None:
        return replace(told, supported_service=())


@ENROLLING.add("added-with-all-services", "UNI-CHT-032.3", "Who was added is told all services.")
class _AddedWithAllServices(_AddedTold):
    def _add(self, notice: Notice, told: _Added) -> _Added | None:
        return replace(told, supported_service=SERVICES)


class _ChangeTold(Told):
    """Changes how members are told who comes or leaves; `None` does not tell them."""

    kind = ChatKind.LONG_LIVED
    _cause = Cause.ADDED

    def _change(self, notice: Notice, told: _Changed) -> _Changed | None:
        return None

    def tell(self, notice: Notice) -> Iterable[Notice]:
        if notice.cause is not self._cause or not isinstance(notice.content, _Changed):
            return (notice,)
        told = self._change(notice, notice.content)
        return () if told is None else (replace(notice, content=told),)


@ENROLLING.add(
    "additions-told-to-the-one-who-added",
    "UNI-CHT-036.1",
    "Of those who were added only the member is told who added them.",
)
class _AdditionsToldToOne(_ChangeTold):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        inviters = {member.inviter for member in notice.conversation.members.values()}
        return (notice,) if notice.member.address in inviters else super().tell(notice)


@ENROLLING.add(
    "additions-told-without-the-new",
    "UNI-CHT-036.1",
    "When participants are added, the others are told the set without the new ones.",
)
class _AdditionsToldWithoutTheNew(_ChangeTold):
    def _change(self, notice: Notice, told: _Changed) -> _Changed | None:
        members = [*notice.conversation.members.values()]
        return replace(told, participant=told.participant[: len(members) - 1])


@ENROLLING.add("leaving-not-told", "UNI-CHT-036.2", "Nobody is told who leaves a long-lived group.")
class _LeavingNotTold(_ChangeTold):
    _cause = Cause.LEFT


@ENROLLING.add(
    "leaving-told-as-connected",
    "UNI-CHT-036.2",
    "Who leaves a long-lived group is told as connected still.",
)
class _LeavingToldAsConnected(_ChangeTold):
    _cause = Cause.LEFT

    def _change(self, notice: Notice, told: _Changed) -> _Changed | None:
        def entry(shown: ParticipantInformation) -> ParticipantInformation:
            return replace(shown, status=ParticipantStatus.CONNECTED)

        return replace(told, participant=each(told.participant, entry))
