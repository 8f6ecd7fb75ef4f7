"""Faults in notifying 1-to-1 sessions (UNI-CHT-001a, 004a, 007a, 012a, TS-CHAT-4.1.8, 4.1.10)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.common import Link
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatSessionInvitationNotification,
    EventType,
    MultimediaChatMessageNotification,
)
from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.seams import SESSION, Deviation
from rcs_conformance.reference.state import Account, Accounts

_Event = ChatEventNotification
_Invitation = ChatSessionInvitationNotification
_Multimedia = MultimediaChatMessageNotification

# Whether an invitation is sent (UNI-CHT-007a.1, 007a.5) -------------------------------------------


@SESSION.notified("UNI-CHT-007a.1")
def session_invitation_lost(invitation: _Invitation) -> None:
    """The invited user is not notified of a 1-to-1 session."""


@SESSION.notified("UNI-CHT-007a.1")
def session_invitation_needs_subject(invitation: _Invitation) -> _Invitation | None:
    """The invited user is not notified of a session without a subject."""
    return invitation if invitation.subject else None


@SESSION.deviation("UNI-CHT-007a.1")
class SessionInvitationToOneSubscription(Deviation):
    """Only the first subscription of a user is notified of a session."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._served: dict[int, str] = {}

    def notices(self, notice: Notice) -> Iterable[Notice]:
        for outgoing in super().notices(notice):
            if not isinstance(outgoing.content, _Invitation) or self._is_first(outgoing):
                yield outgoing

    def _is_first(self, notice: Notice) -> bool:
        subscription = notice.subscription.id
        served = self._served.setdefault(notice.conversation.number, subscription)
        return served == subscription


@SESSION.deviation("UNI-CHT-007a.5")
class SessionInvitationFromContactsOnly(Deviation):
    """The last of the users is in no contact list, and its invitations are not sent."""

    stranger = ""

    def identify(self, call: Call, accounts: Accounts) -> Account:
        self.stranger = accounts.all[-1].address
        return super().identify(call, accounts)

    def notices(self, notice: Notice) -> Iterable[Notice]:
        for outgoing in super().notices(notice):
            if not isinstance(outgoing.content, _Invitation) or outgoing.actor != self.stranger:
                yield outgoing


# Originator and subject (UNI-CHT-007a.2, 007a.3) --------------------------------------------------


@SESSION.notified("UNI-CHT-007a.2")
def session_invitation_anonymous(invitation: _Invitation) -> _Invitation:
    """An invitation does not have originatorAddress."""
    return replace(invitation, originator_address=None)


@SESSION.notified_to("UNI-CHT-007a.2")
def session_invitation_names_invited(notice: Notice, invitation: _Invitation) -> _Invitation:
    """An invitation names the invited user as originatorAddress."""
    return replace(invitation, originator_address=notice.member.address)


@SESSION.notified("UNI-CHT-007a.3")
def session_invitation_subject_ascii(invitation: _Invitation) -> _Invitation:
    """Characters of the subject that are not ASCII are replaced with "?" in an invitation."""
    subject = invitation.subject
    return replace(invitation, subject=subject and subject.encode("ascii", "replace").decode())


@SESSION.notified("UNI-CHT-007a.3")
def session_invitation_without_subject(invitation: _Invitation) -> _Invitation:
    """An invitation does not have the subject."""
    return replace(invitation, subject=None)


@SESSION.notified("UNI-CHT-007a.3")
def session_invitation_subject_invented(invitation: _Invitation) -> _Invitation:
    """An invitation to a session without a subject has one."""
    subject = invitation.subject
    return replace(invitation, subject="Invitation" if subject is None else subject)


# The first message (UNI-CHT-001a.3, 001a.4, 007a.4) -----------------------------------------------


@SESSION.notified("UNI-CHT-001a.3")
def invitation_puts_first_message_for_subject(invitation: _Invitation) -> _Invitation:
    """An invitation with a first message has it as the subject, too."""
    first = invitation.chat_message
    return replace(invitation, subject=first.text) if first else invitation


@SESSION.notified("UNI-CHT-001a.3")
def invitation_drops_subject_for_first_message(invitation: _Invitation) -> _Invitation:
    """An invitation with a first message does not have the subject."""
    return replace(invitation, subject=None) if invitation.chat_message else invitation


@SESSION.notified("UNI-CHT-001a.3")
def invitation_puts_subject_for_first_message(invitation: _Invitation) -> _Invitation:
    """An invitation has the subject as the first message."""
    subject = invitation.subject
    return replace(invitation, chat_message=ChatMessage(text=subject) if subject else None)


@SESSION.notified("UNI-CHT-007a.4")
def invitation_cuts_first_message(invitation: _Invitation) -> _Invitation:
    """An invitation has the first message cut to 20 characters."""
    first = invitation.chat_message
    return replace(invitation, chat_message=first and replace(first, text=first.text[:20]))


@SESSION.notified("UNI-CHT-007a.4")
def invitation_invents_first_message(invitation: _Invitation) -> _Invitation:
    """An invitation to a session without a first message has one."""
    first = invitation.chat_message
    return replace(invitation, chat_message=first or ChatMessage(text="Hello"))


@SESSION.notified_to("UNI-CHT-001a.4")
def first_content_told_as_text(notice: Notice, message: _Multimedia) -> _Multimedia:
    """The multimedia content of a start is notified with contentType text/plain."""
    first = notice.message is notice.conversation.first
    return replace(message, content_type="text/plain") if first else message


@SESSION.notified_to("UNI-CHT-001a.4")
def first_content_of_another(notice: Notice, message: _Multimedia) -> _Multimedia:
    """The multimedia content of a start is notified with another user as senderAddress."""
    first = notice.message is notice.conversation.first
    return replace(message, sender_address="tel:+15550199") if first else message


# Id and link (UNI-CHT-007a.6, TS-CHAT-4.1.8) ------------------------------------------------------


def _dead(links: tuple[Link, ...]) -> tuple[Link, ...]:
    return tuple(Link(rel=link.rel, href=f"{link.href}0") for link in links)


@SESSION.notified("UNI-CHT-007a.6")
def session_invitation_leads_nowhere(invitation: _Invitation) -> _Invitation:
    """The session id and the link of an invitation are those of a session that does not exist."""
    unknown = f"{invitation.session_id}0"
    return replace(invitation, session_id=unknown, link=_dead(invitation.link))


@SESSION.notified("UNI-CHT-007a.6")
def session_invitation_without_id_and_link(invitation: _Invitation) -> _Invitation:
    """An invitation has neither a session id nor a link."""
    return replace(invitation, session_id=None, link=())


@SESSION.notified("TS-CHAT-4.1.8")
def session_invitation_link_dead(invitation: _Invitation) -> _Invitation:
    """The link of an invitation is that of a session that does not exist."""
    return replace(invitation, link=_dead(invitation.link))


@SESSION.notified_to("TS-CHAT-4.1.8")
def session_invitation_id_of_inviter(notice: Notice, invitation: _Invitation) -> _Invitation:
    """An invitation has the originator's session id."""
    originator = notice.conversation.part_of(notice.actor)
    return replace(invitation, session_id=originator.session_id)


@SESSION.notified("TS-CHAT-4.1.8")
def session_invitation_without_link(invitation: _Invitation) -> _Invitation:
    """An invitation has no link."""
    return replace(invitation, link=())


@SESSION.notified("TS-CHAT-4.1.8")
def session_invitation_without_id(invitation: _Invitation) -> _Invitation:
    """An invitation has no session id."""
    return replace(invitation, session_id=None)


# Events (UNI-CHT-004a, 012a) ----------------------------------------------------------------------


def _is_by_originator(notice: Notice) -> bool:
    return notice.actor == notice.conversation.originator


@SESSION.notified("UNI-CHT-004a.1", Cause.ACCEPTED)
def session_acceptance_silent(event: _Event) -> None:
    """The originator is not notified that the session was accepted."""


@SESSION.notified("UNI-CHT-004a.1", Cause.ACCEPTED)
def session_acceptance_told_as_successful(event: _Event) -> _Event:
    """The acceptance of a session is notified as Successful."""
    return replace(event, event_type=EventType.SUCCESSFUL)


@SESSION.notified("UNI-CHT-004a.2", Cause.CANCELLED)
def session_cancellation_silent(event: _Event) -> None:
    """The invited user is not notified that the session was cancelled."""


@SESSION.notified("UNI-CHT-004a.3", Cause.DECLINED)
def session_decline_silent(event: _Event) -> None:
    """The originator is not notified that the session was declined."""


@SESSION.notified("UNI-CHT-004a.3", Cause.DECLINED)
def session_decline_told_as_end(event: _Event) -> _Event:
    """The decline of a session is notified as SessionEnded."""
    return replace(event, event_type=EventType.SESSION_ENDED)


@SESSION.notified_to("UNI-CHT-004a.4", Cause.ENDED)
def session_end_kept_from_originator(notice: Notice, event: _Event) -> _Event | None:
    """The originator is not notified that the invited user ended the session."""
    return event if _is_by_originator(notice) else None


@SESSION.notified_to("UNI-CHT-012a.1", Cause.ENDED)
def session_end_kept_from_invited(notice: Notice, event: _Event) -> _Event | None:
    """The invited user is not notified that the originator ended the session."""
    return None if _is_by_originator(notice) else event


# What an event says (TS-CHAT-4.1.10) --------------------------------------------------------------


@SESSION.notified("TS-CHAT-4.1.10")
def session_end_told_as_decline(event: _Event) -> _Event:
    """The end of a session is notified as Declined."""
    ended = event.event_type is EventType.SESSION_ENDED
    return replace(event, event_type=EventType.DECLINED) if ended else event


@SESSION.notified("TS-CHAT-4.1.10")
def session_event_of_unknown_session(event: _Event) -> _Event:
    """The session id of an event is that of a session that does not exist."""
    return replace(event, session_id=f"{event.session_id}0")


@SESSION.notified_to("TS-CHAT-4.1.10")
def session_event_of_the_other(notice: Notice, event: _Event) -> _Event:
    """The session id of an event is that of the other user."""
    other = notice.conversation.other(notice.member)
    return replace(event, session_id=other.session_id)


@SESSION.notified("TS-CHAT-4.1.10")
def session_event_without_id(event: _Event) -> _Event:
    """An event has neither a session id nor a link."""
    return replace(event, session_id=None, link=())
