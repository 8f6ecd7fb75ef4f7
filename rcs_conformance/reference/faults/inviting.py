"""Faults in notifying invitations (UNI-CHT-007b, TS-CHAT-4.1.9)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.common import Link
from rcs_conformance.model.notifications import GroupChatSessionInvitationNotification
from rcs_conformance.reference.edits import OneKind
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import SERVICES

INVITING = Faults()

_Invitation = GroupChatSessionInvitationNotification


class _Invited(OneKind):
    """Changes invitations on their way, but for those to an extension; `None` drops them."""

    causes = (Cause.STARTED, Cause.ADDED)

    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return told

    def notices(self, notice: Notice) -> Iterable[Notice]:
        for outgoing in super().notices(notice):
            content = outgoing.content
            if not isinstance(content, _Invitation) or outgoing.cause not in self.causes:
                yield outgoing
            elif (told := self._invite(outgoing, content)) is not None:
                yield replace(outgoing, content=told)


@INVITING.add(
    "invitation-kept-from-last", "UNI-CHT-007b.1", "Of several invited the last one is not told."
)
class _KeptFromLast(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        members = [*notice.conversation.members.values()]
        return None if len(members) > 2 and notice.member is members[-1] else told


@INVITING.add(
    "invitation-needs-subject", "UNI-CHT-007b.1", "Nobody is told of a chat without a subject."
)
class _NeedsSubject(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return told if told.subject else None


@INVITING.add("invitation-anonymous", "UNI-CHT-007b.2", "Invitations do not name who invites.")
class _Anonymous(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, originator_address=None)


@INVITING.add(
    "invitation-names-invited", "UNI-CHT-007b.2", "Invitations name the invited as inviter."
)
class _NamesInvited(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, originator_address=notice.member.address)


@INVITING.add("invitation-without-subject", "UNI-CHT-007b.3", "Invitations leave the subject out.")
class _WithoutSubject(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, subject=None)


@INVITING.add("invitation-subject-invented", "UNI-CHT-007b.3", "Invitations make up a subject.")
class _SubjectInvented(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, subject="Invitation" if told.subject is None else told.subject)


@INVITING.add(
    "invitation-subject-ascii", "UNI-CHT-007b.3", "Invitations put ? for what is not ASCII."
)
class _SubjectAscii(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        plain = told.subject.encode("ascii", "replace").decode() if told.subject else told.subject
        return replace(told, subject=plain)


@INVITING.add("invitation-closed-as-regular", "UNI-CHT-007b.4", "Closed chats are told as regular.")
class _ClosedAsRegular(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, is_closed=False)


@INVITING.add("invitation-regular-as-closed", "UNI-CHT-007b.4", "Regular chats are told as closed.")
class _RegularAsClosed(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, is_closed=True)


@INVITING.add("invitation-without-services", "UNI-CHT-007b.5", "Invitations name no services.")
class _WithoutServices(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, supported_service=())


@INVITING.add("invitation-all-services", "UNI-CHT-007b.5", "Invitations always name all services.")
class _AllServices(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, supported_service=SERVICES)


@INVITING.add("invitation-names-nobody", "UNI-CHT-007b.6", "Invitations name no participants.")
class _NamesNobody(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, participant=())


@INVITING.add(
    "invitation-names-not-all", "UNI-CHT-007b.6", "Invitations leave the others invited out."
)
class _NamesNotAll(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        known = (notice.actor, notice.member.address)
        named = tuple(entry for entry in told.participant if entry.address in known)
        return replace(told, participant=named)


@INVITING.add(
    "strangers-not-told",
    "UNI-CHT-007b.7",
    "An invitation is told only to who has invited the originator before.",
)
class _StrangersNotTold(_Invited):
    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._met: set[tuple[str, str]] = set()

    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        self._met.add((notice.actor, notice.member.address))
        return told if (notice.member.address, notice.actor) in self._met else None


@INVITING.add(
    "invitation-link-dead", "TS-CHAT-4.1.9", "The link of an invitation leads to no chat."
)
class _LinkDead(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        dead = tuple(Link(rel=link.rel, href=f"{link.href}0") for link in told.link)
        return replace(told, link=dead)


@INVITING.add(
    "invitation-id-of-inviter", "TS-CHAT-4.1.9", "An invitation has the inviter's session id."
)
class _IdOfInviter(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        inviter = notice.conversation.member(notice.actor)
        return replace(told, session_id=inviter.session_id if inviter else None)


@INVITING.add("invitation-without-link", "TS-CHAT-4.1.9", "An invitation has no link.")
class _WithoutLink(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, link=())
