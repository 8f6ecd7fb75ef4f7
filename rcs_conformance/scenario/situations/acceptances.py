"""Acceptances with services, and what is told of them."""

from rcs_conformance.checks.chat_notifications import AcceptedChat
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatParticipantStatusNotification
from rcs_conformance.model.offers import GroupOffer, Service
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits, message_waits

Services = tuple[Service, ...]

_BOTH = (Service.FILE_TRANSFER, Service.GEOLOCATION_PUSH)

TELLING: tuple[tuple[Services, Services], ...] = (
    ((Service.FILE_TRANSFER,), (Service.GEOLOCATION_PUSH,)),
    (_BOTH, (Service.FILE_TRANSFER,)),
    ((), _BOTH),
)
"""Services at the start and on acceptance by which the three readings can be told apart."""


def accepted(bed: TestBed, offer: GroupOffer, fmt: Format, declared: Services) -> AcceptedChat:
    """A chat that bob accepted with services, and what alice was notified of that.

    Notifications are in order: with a later message of bob, all of them have arrived.

    Raises:
        Inconclusive: It could not be started or accepted.
    """
    group = bed.groups.invited(offer, fmt)
    group.join(bed.bob, declared)
    notified = chat_waits.accepted(group, bed.alice, bed.bob)
    if notified.content is not None:
        message_waits.message(group, bed.alice, group.say(bed.bob))
    supported = bed.supported_services
    return AcceptedChat(
        notified=notified,
        start=group.services,
        declared=[each for each in bed.service_tokens(declared) if each in supported],
        shown=chat_waits.accepted_services(group, bed.alice, bed.bob),
    )


def shows_declarations(bed: TestBed, fmt: Format) -> bool:
    """Whether services that users declared on acceptance are shown anywhere.

    One declares all and one declares one, so that what is shown otherwise than declared is not
    taken for hidden.

    Raises:
        Inconclusive: No chat could be started or accepted.
    """
    group = bed.groups.invited(GroupOffer(services=_BOTH), fmt)
    for each, own in zip(group.invited, (_BOTH, _BOTH[:1]), strict=True):
        group.join(each, own)
        chat_waits.accepted(group, bed.alice, each)
    entries = list(getattr(group.read_participants(bed.alice).answer.content, "participant", ()))
    if bed.claims.operation("GET participant"):
        entries.append(group.read_participant(bed.alice, bed.bob).answer.content)
    for content in group.received(bed.alice, ChatParticipantStatusNotification):
        entries += content.participant
    return any(
        getattr(each, "supported_service", ())
        for each in entries
        if getattr(each, "status", None) is ParticipantStatus.CONNECTED
        and not getattr(each, "is_originator", False)
    )
