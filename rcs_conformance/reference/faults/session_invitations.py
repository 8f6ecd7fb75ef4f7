"""Faults in notifying invitations to a 1-to-1 session (UNI-CHT-007a, TS-CHAT-4.1.8)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.common import Link
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import ChatSessionInvitationNotification
from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.edits import Told
from rcs_conformance.reference.notices import Notice
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.state import Account, Accounts

SESSION_INVITATIONS = Faults()

_Invitation = ChatSessionInvitationNotification


class _Invited(Told):
    """Changes invitations on their way; `None` drops them."""

    kind = ChatKind.ONE_TO_ONE

    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return told

    def tell(self, notice: Notice) -> Iterable[Notice]:
        if not isinstance(notice.content, _Invitation):
            return (notice,)
        told = self._invite(notice, notice.content)
        return () if told is None else (replace(notice, content=told),)


@SESSION_INVITATIONS.add(
    "session-invitation-lost", "UNI-CHT-007a.1", "Nobody is told of a 1-to-1 session."
)
class _Lost(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return None


@SESSION_INVITATIONS.add(
    "session-invitation-needs-subject",
    "UNI-CHT-007a.1",
    "Nobody is told of a session without a subject.",
)
class _NeedsSubject(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return told if told.subject else None


@SESSION_INVITATIONS.add(
    "session-invitation-to-one-subscription",
    "UNI-CHT-007a.1",
    "Only the first subscription of a user that is served is told of sessions.",
)
class _ToOneSubscription(_Invited):
    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._served: dict[str, str] = {}

    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        number = str(notice.conversation.number)
        served = self._served.setdefault(number, notice.subscription.id)
        return told if served == notice.subscription.id else None


@SESSION_INVITATIONS.add(
    "session-invitation-anonymous", "UNI-CHT-007a.2", "Invitations do not name who invites."
)
class _Anonymous(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, originator_address=None)


@SESSION_INVITATIONS.add(
    "session-invitation-names-invited",
    "UNI-CHT-007a.2",
    "Invitations name the invited as inviter.",
)
class _NamesInvited(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, originator_address=notice.member.address)


@SESSION_INVITATIONS.add(
    "session-invitation-subject-ascii",
    "UNI-CHT-007a.3",
    "Invitations put ? for what is not ASCII.",
)
class _SubjectAscii(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        plain = told.subject.encode("ascii", "replace").decode() if told.subject else told.subject
        return replace(told, subject=plain)


@SESSION_INVITATIONS.add(
    "session-invitation-without-subject",
    "UNI-CHT-007a.3",
    "Invitations leave the subject out.",
)
class _WithoutSubject(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, subject=None)


@SESSION_INVITATIONS.add(
    "session-invitation-subject-invented", "UNI-CHT-007a.3", "Invitations make up a subject."
)
class _SubjectInvented(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, subject="Invitation" if told.subject is None else told.subject)


@SESSION_INVITATIONS.add(
    "session-invitation-from-contacts-only",
    "UNI-CHT-007a.5",
    "The last of the users is in nobody's contact list, and its invitations are dropped.",
)
class _FromContactsOnly(_Invited):
    stranger = ""

    def identify(self, call: Call, accounts: Accounts) -> Account:
        self.stranger = accounts.all[-1].address
        return super().identify(call, accounts)

    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return None if notice.actor == self.stranger else told


@SESSION_INVITATIONS.add(
    "session-invitation-leads-nowhere",
    "UNI-CHT-007a.6",
    "Session id and link of an invitation are of no session.",
)
class _LeadsNowhere(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, session_id=f"{told.session_id}0", link=_dead(told.link))


@SESSION_INVITATIONS.add(
    "session-invitation-without-id-and-link",
    "UNI-CHT-007a.6",
    "An invitation has neither a session id nor a link.",
)
class _WithoutIdAndLink(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, session_id=None, link=())


@SESSION_INVITATIONS.add(
    "session-invitation-link-dead", "TS-CHAT-4.1.8", "The link of an invitation is of no session."
)
class _LinkDead(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, link=_dead(told.link))


@SESSION_INVITATIONS.add(
    "session-invitation-id-of-inviter",
    "TS-CHAT-4.1.8",
    "An invitation has the inviter's session id.",
)
class _IdOfInviter(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        inviter = notice.conversation.part_of(notice.actor)
        return replace(told, session_id=inviter.session_id)


@SESSION_INVITATIONS.add(
    "session-invitation-without-link", "TS-CHAT-4.1.8", "An invitation has no link."
)
class _WithoutLink(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, link=())


@SESSION_INVITATIONS.add(
    "session-invitation-without-id", "TS-CHAT-4.1.8", "An invitation has no session id."
)
class _WithoutId(_Invited):
    def _invite(self, notice: Notice, told: _Invitation) -> _Invitation | None:
        return replace(told, session_id=None)


def _dead(links: tuple[Link, ...]) -> tuple[Link, ...]:
    return tuple(Link(rel=link.rel, href=f"{link.href}0") for link in links)
