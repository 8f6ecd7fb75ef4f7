"""Faults in notifications of group chats: invitations and participants.

UNI-CHT-004b, 007b, 017, TS-CHAT-4.1.9, 4.1.11.
"""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ParticipantInformation, ParticipantStatus
from rcs_conformance.model.common import Link
from rcs_conformance.model.notifications import (
    ChatParticipantStatusNotification,
    GroupChatSessionInvitationNotification,
)
from rcs_conformance.reference.edits import each
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.rules import SERVICES
from rcs_conformance.reference.seams import GROUP, Deviation

_Invitation = GroupChatSessionInvitationNotification
_Participants = ChatParticipantStatusNotification

_INVITED = (Cause.STARTED, Cause.ADDED)
"""What invitations come of, but for the extension of a session, which has faults of its own."""

# Invitations (UNI-CHT-007b, TS-CHAT-4.1.9) -------------------------------------------------------


@GROUP.notified_to("UNI-CHT-007b.1", *_INVITED)
def invitation_kept_from_last(notice: Notice, told: _Invitation) -> _Invitation | None:
    """The last of several invited users is not notified."""
    members = [*notice.conversation.members.values()]
    return None if len(members) > 2 and notice.member is members[-1] else told


@GROUP.notified("UNI-CHT-007b.1", *_INVITED)
def invitation_needs_subject(told: _Invitation) -> _Invitation | None:
    """No invitation is notified for a chat without a subject."""
    return told if told.subject else None


@GROUP.notified("UNI-CHT-007b.2", *_INVITED)
def invitation_anonymous(told: _Invitation) -> _Invitation:
    """Invitations do not name the inviting user."""
    participants = tuple(replace(each, is_originator=None) for each in told.participant)
    return replace(told, originator_address=None, participant=participants)


@GROUP.notified("UNI-CHT-007b.8", *_INVITED)
def invitation_originator_nameless(told: _Invitation) -> _Invitation:
    """The originator among the participants of an invitation has no name."""
    return replace(told, participant=each(told.participant, lambda one: replace(one, name=None)))


@GROUP.notified_to("UNI-CHT-007b.2", *_INVITED)
def invitation_names_invited(notice: Notice, told: _Invitation) -> _Invitation:
    """The originatorAddress of an invitation is the invited user's."""
    return replace(told, originator_address=notice.member.address)


@GROUP.notified("UNI-CHT-007b.3", *_INVITED)
def invitation_without_subject(told: _Invitation) -> _Invitation:
    """Invitations contain no subject."""
    return replace(told, subject=None)


@GROUP.notified("UNI-CHT-007b.3", *_INVITED)
def invitation_subject_invented(told: _Invitation) -> _Invitation:
    """Invitations to a chat without a subject contain one."""
    return replace(told, subject="Invitation" if told.subject is None else told.subject)


@GROUP.notified("UNI-CHT-007b.3", *_INVITED)
def invitation_subject_ascii(told: _Invitation) -> _Invitation:
    """Invitations contain the subject with ? for characters outside ASCII."""
    plain = told.subject and told.subject.encode("ascii", "replace").decode()
    return replace(told, subject=plain)


@GROUP.notified("UNI-CHT-007b.4", *_INVITED)
def invitation_closed_as_regular(told: _Invitation) -> _Invitation:
    """Invitations to a closed chat say isClosed = false."""
    return replace(told, is_closed=False)


@GROUP.notified("UNI-CHT-007b.4", *_INVITED)
def invitation_regular_as_closed(told: _Invitation) -> _Invitation:
    """Invitations to a chat that is not closed say isClosed = true."""
    return replace(told, is_closed=True)


@GROUP.notified("UNI-CHT-007b.5", *_INVITED)
def invitation_without_services(told: _Invitation) -> _Invitation:
    """Invitations contain no services."""
    return replace(told, supported_service=())


@GROUP.notified("UNI-CHT-007b.5", *_INVITED)
def invitation_all_services(told: _Invitation) -> _Invitation:
    """Invitations always contain all services."""
    return replace(told, supported_service=SERVICES)


@GROUP.notified("UNI-CHT-007b.6", *_INVITED)
def invitation_names_nobody(told: _Invitation) -> _Invitation:
    """Invitations contain no participants."""
    return replace(told, participant=())


@GROUP.notified_to("UNI-CHT-007b.6", *_INVITED)
def invitation_names_not_all(notice: Notice, told: _Invitation) -> _Invitation:
    """Invitations do not contain the other invited users."""
    known = (notice.actor, notice.member.address)
    named = tuple(entry for entry in told.participant if entry.address in known)
    return replace(told, participant=named)


@GROUP.deviation("UNI-CHT-007b.7")
class StrangersNotTold(Deviation):
    """Only users that have invited the originator before are notified of an invitation."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._met: set[tuple[str, str]] = set()

    def notices(self, notice: Notice) -> Iterable[Notice]:
        if not isinstance(notice.content, _Invitation) or notice.cause not in _INVITED:
            return super().notices(notice)
        self._met.add((notice.actor, notice.member.address))
        known = (notice.member.address, notice.actor) in self._met
        return super().notices(notice) if known else ()


@GROUP.notified("TS-CHAT-4.1.9", *_INVITED)
def invitation_link_dead(told: _Invitation) -> _Invitation:
    """The link of an invitation refers to a chat that does not exist."""
    dead = tuple(Link(rel=link.rel, href=f"{link.href}0") for link in told.link)
    return replace(told, link=dead)


@GROUP.notified_to("TS-CHAT-4.1.9", *_INVITED)
def invitation_id_of_inviter(notice: Notice, told: _Invitation) -> _Invitation:
    """The sessionId of an invitation is the inviting user's."""
    inviter = notice.conversation.member(notice.actor)
    return replace(told, session_id=inviter.session_id if inviter else None)


@GROUP.notified("TS-CHAT-4.1.9", *_INVITED)
def invitation_without_link(told: _Invitation) -> _Invitation:
    """An invitation contains no link."""
    return replace(told, link=())


# Acceptance and decline, as the originator is notified of them (UNI-CHT-004b) -------------------


def _to_originator(notice: Notice) -> bool:
    return notice.member.address == notice.conversation.originator


def _actor_shown_as(
    notice: Notice, told: _Participants, status: ParticipantStatus
) -> _Participants:
    def entry(shown: ParticipantInformation) -> ParticipantInformation:
        return replace(shown, status=status) if shown.address == notice.actor else shown

    return replace(told, participant=each(told.participant, entry))


@GROUP.notified_to("UNI-CHT-004b.1", Cause.ACCEPTED)
def acceptance_kept_from_originator(notice: Notice, told: _Participants) -> _Participants | None:
    """The originator is not notified of an acceptance."""
    return None if _to_originator(notice) else told


@GROUP.notified_to("UNI-CHT-004b.1", Cause.ACCEPTED)
def acceptance_told_as_invited(notice: Notice, told: _Participants) -> _Participants:
    """The originator is notified that a user that accepted is Invited."""
    if not _to_originator(notice):
        return told
    return _actor_shown_as(notice, told, ParticipantStatus.INVITED)


@GROUP.notified_to("UNI-CHT-004b.3", Cause.DECLINED)
def decline_kept_from_originator(notice: Notice, told: _Participants) -> _Participants | None:
    """The originator is not notified of a decline."""
    return None if _to_originator(notice) else told


@GROUP.notified_to("UNI-CHT-004b.3", Cause.DECLINED)
def decline_told_as_accepted(notice: Notice, told: _Participants) -> _Participants:
    """The originator is notified that a user that declined is Connected."""
    if not _to_originator(notice):
        return told
    return _actor_shown_as(notice, told, ParticipantStatus.CONNECTED)


@GROUP.notified("UNI-CHT-004b.5", Cause.ACCEPTED)
def acceptance_without_services(told: _Participants) -> _Participants:
    """The notification of an acceptance contains no services."""
    return replace(told, supported_service=())


@GROUP.notified("UNI-CHT-004b.5", Cause.ACCEPTED)
def acceptance_with_all_services(told: _Participants) -> _Participants:
    """The notification of an acceptance contains all services."""
    return replace(told, supported_service=SERVICES)


# Participants (UNI-CHT-017, TS-CHAT-4.1.11) ------------------------------------------------------


@GROUP.notified_to("UNI-CHT-017.1", Cause.ACCEPTED)
def accepter_not_told(notice: Notice, told: _Participants) -> _Participants | None:
    """A user that accepts is not notified of the participants."""
    return None if notice.member.address == notice.actor else told


@GROUP.notified_to("UNI-CHT-017.1", Cause.ACCEPTED)
def accepter_told_of_itself(notice: Notice, told: _Participants) -> _Participants:
    """A user that accepts is notified of itself as the only participant."""
    if notice.member.address != notice.actor:
        return told
    own = tuple(entry for entry in told.participant if entry.address == notice.actor)
    return replace(told, participant=own)


@GROUP.notified_to("UNI-CHT-017.2", Cause.LEFT)
def leaving_kept_from_originator(notice: Notice, told: _Participants) -> _Participants | None:
    """The originator is not notified that a participant left."""
    return None if _to_originator(notice) else told


@GROUP.notified("UNI-CHT-017.2", Cause.CANCELLED)
def cancellation_kept_from_others(told: _Participants) -> _Participants | None:
    """The other participants are not notified that an invitation was cancelled."""
    return None


@GROUP.notified_to("UNI-CHT-017.2")
def changes_told_to_originator_only(notice: Notice, told: _Participants) -> _Participants | None:
    """Only the user concerned and the originator are notified of changes of participants."""
    concerned = _to_originator(notice) or notice.member.address == notice.actor
    return told if concerned else None


@GROUP.notified("UNI-CHT-017.3")
def told_set_omits_invited(told: _Participants) -> _Participants:
    """Participant notifications do not contain the invited users."""
    invited = ParticipantStatus.INVITED
    named = tuple(entry for entry in told.participant if entry.status != invited)
    return replace(told, participant=named)


@GROUP.notified("UNI-CHT-017.3")
def told_set_omits_originator(told: _Participants) -> _Participants:
    """Participant notifications do not contain the originator."""
    named = tuple(entry for entry in told.participant if not entry.is_originator)
    return replace(told, participant=named)


@GROUP.notified("TS-CHAT-4.1.11")
def participants_told_without_status(told: _Participants) -> _Participants:
    """Participant notifications contain no status."""
    entries = each(told.participant, lambda entry: replace(entry, status=None))
    return replace(told, participant=entries)


@GROUP.notified("TS-CHAT-4.1.11")
def participants_told_of_unknown_chat(told: _Participants) -> _Participants:
    """Participant notifications contain the sessionId of a chat that does not exist."""
    return replace(told, session_id=f"{told.session_id}0")


@GROUP.notified("TS-CHAT-4.1.11")
def participants_told_without_id(told: _Participants) -> _Participants:
    """Participant notifications contain no sessionId."""
    return replace(told, session_id=None)
