"""Faults in telling of participants (UNI-CHT-004b, UNI-CHT-017, TS-CHAT-4.1.11)."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ParticipantInformation, ParticipantStatus
from rcs_conformance.model.notifications import ChatParticipantStatusNotification
from rcs_conformance.reference.edits import Told, each, retold
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import SERVICES
from rcs_conformance.reference.state import Conversation

PARTICIPANTS = Faults()

_Told = ChatParticipantStatusNotification
_Entry = ParticipantInformation


def _about_actor(notice: Notice, told: _Told, change: Callable[[_Entry], _Entry]) -> _Told:
    """The notification with the entry changed of the user whom it is about."""

    def entry(shown: _Entry) -> _Entry:
        return change(shown) if shown.address == notice.actor else shown

    return replace(told, participant=each(told.participant, entry))


def _is_change(notice: Notice, *causes: Cause) -> bool:
    return isinstance(notice.content, _Told) and (not causes or notice.cause in causes)


def _to_originator(notice: Notice) -> bool:
    return notice.member.address == notice.conversation.originator


@PARTICIPANTS.add(
    "acceptance-kept-from-originator", "UNI-CHT-004b.1", "The originator is told of no acceptance."
)
class _AcceptanceKept(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        kept = _is_change(notice, Cause.ACCEPTED) and _to_originator(notice)
        return () if kept else (notice,)


@PARTICIPANTS.add(
    "acceptance-told-as-invited",
    "UNI-CHT-004b.1",
    "The originator is told of who accepted as still invited.",
)
class _AcceptanceToldAsInvited(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        if notice.cause is not Cause.ACCEPTED or not _to_originator(notice):
            return (notice,)

        def stale(entry: _Entry) -> _Entry:
            return replace(entry, status=ParticipantStatus.INVITED)

        return retold(notice, _Told, lambda told: _about_actor(notice, told, stale))


@PARTICIPANTS.add(
    "decline-kept-from-originator", "UNI-CHT-004b.3", "The originator is told of no rejection."
)
class _DeclineKept(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        kept = _is_change(notice, Cause.DECLINED) and _to_originator(notice)
        return () if kept else (notice,)


@PARTICIPANTS.add(
    "decline-told-as-accepted",
    "UNI-CHT-004b.3",
    "The originator is told of who declined as connected.",
)
class _DeclineToldAsAccepted(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        if notice.cause is not Cause.DECLINED or not _to_originator(notice):
            return (notice,)

        def wrong(entry: _Entry) -> _Entry:
            return replace(entry, status=ParticipantStatus.CONNECTED)

        return retold(notice, _Told, lambda told: _about_actor(notice, told, wrong))


class _AcceptanceServices(Told):
    """Changes the services that the notification of an acceptance carries."""

    def _carry(self, conversation: Conversation) -> tuple[str, ...]:
        return ()

    def tell(self, notice: Notice) -> Iterable[Notice]:
        if notice.cause is not Cause.ACCEPTED:
            return (notice,)
        services = self._carry(notice.conversation)
        return retold(notice, _Told, lambda told: replace(told, supported_service=services))


@PARTICIPANTS.add(
    "acceptance-without-services", "UNI-CHT-004b.5", "Acceptances are told without services."
)
class _AcceptanceWithoutServices(_AcceptanceServices):
    pass


@PARTICIPANTS.add(
    "acceptance-with-all-services", "UNI-CHT-004b.5", "Acceptances are told with all services."
)
class _AcceptanceWithAllServices(_AcceptanceServices):
    def _carry(self, conversation: Conversation) -> tuple[str, ...]:
        return SERVICES


@PARTICIPANTS.add("accepter-not-told", "UNI-CHT-017.1", "Who accepts is not told the participants.")
class _AccepterNotTold(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        own = _is_change(notice, Cause.ACCEPTED) and notice.member.address == notice.actor
        return () if own else (notice,)


@PARTICIPANTS.add(
    "accepter-told-of-itself", "UNI-CHT-017.1", "Who accepts is told of itself as only participant."
)
class _AccepterToldOfItself(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        if notice.cause is not Cause.ACCEPTED or notice.member.address != notice.actor:
            return (notice,)

        def alone(told: _Told) -> _Told:
            own = tuple(one for one in told.participant if one.address == notice.actor)
            return replace(told, participant=own)

        return retold(notice, _Told, alone)


@PARTICIPANTS.add(
    "leaving-kept-from-originator", "UNI-CHT-017.2", "The originator is not told of who leaves."
)
class _LeavingKept(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        kept = _is_change(notice, Cause.LEFT) and _to_originator(notice)
        return () if kept else (notice,)


@PARTICIPANTS.add(
    "changes-told-to-originator-only",
    "UNI-CHT-017.2",
    "Of who accepts, leaves or comes back, only that user and the originator are told.",
)
class _ToldToOriginatorOnly(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        concerned = _to_originator(notice) or notice.member.address == notice.actor
        return (notice,) if concerned or not _is_change(notice) else ()


@PARTICIPANTS.add(
    "told-set-omits-invited", "UNI-CHT-017.3", "Those invited are shown, but never notified."
)
class _OmitsInvited(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        def omit(told: _Told) -> _Told:
            invited = ParticipantStatus.INVITED
            return replace(
                told, participant=tuple(one for one in told.participant if one.status != invited)
            )

        return retold(notice, _Told, omit)


@PARTICIPANTS.add(
    "told-set-omits-originator", "UNI-CHT-017.3", "The originator is shown, but never notified of."
)
class _OmitsOriginator(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        def omit(told: _Told) -> _Told:
            named = tuple(one for one in told.participant if not one.is_originator)
            return replace(told, participant=named)

        return retold(notice, _Told, omit)


@PARTICIPANTS.add(
    "participants-told-without-status", "TS-CHAT-4.1.11", "Participants are told without status."
)
class _ToldWithoutStatus(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        def bare(told: _Told) -> _Told:
            entries = each(told.participant, lambda entry: replace(entry, status=None))
            return replace(told, participant=entries)

        return retold(notice, _Told, bare)


@PARTICIPANTS.add(
    "participants-told-of-unknown-chat",
    "TS-CHAT-4.1.11",
    "Participants are told under a session id of no chat.",
)
class _ToldOfUnknownChat(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        return retold(notice, _Told, lambda told: replace(told, session_id=f"{told.session_id}0"))


@PARTICIPANTS.add(
    "participants-told-without-id",
    "TS-CHAT-4.1.11",
    "Participants are told without saying of which chat.",
)
class _ToldWithoutId(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        return retold(notice, _Told, lambda told: replace(told, session_id=None))
