"""UNI-CHT-008b: accept a group chat invitation, with the services that the application supports."""

import pytest
from hypothesis import given

from rcs_conformance.checks import participation
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.situations import acceptances
from rcs_conformance.strategies import (
    Declared,
    declarations,
    group_offers,
    with_declared_corners,
)


@pytest.mark.requirement("UNI-CHT-008b.1")
def test_accepting_connects(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user that accepts is shown as connected to itself and to the originator.

    Stimulus: acceptance by one of two invited users.
    """
    group = bed.groups.invited(GroupOffer(), fmt)

    accepted = group.accept(bed.bob)

    connected = [ParticipantStatus.CONNECTED]
    verify(
        participation.accepted(accepted, "UNI-CHT-008b.1", "accept the invitation"),
        *(
            participation.status(
                group.read_participants(each), bed.bob.address, "UNI-CHT-008b.1", connected
            )
            for each in (bed.alice, bed.bob)
        ),
    )


@pytest.mark.requirement("UNI-CHT-008b.2")
@with_declared_corners
@given(offer=group_offers(), declared=declarations())
def test_any_services_can_be_declared(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer, declared: Declared
) -> None:
    """An acceptance with any services, or none, is accepted.

    Stimulus: chats with every combination of isClosed and supportedService, which two applications
    accept, each with any services or none.
    """
    group = bed.groups.invited(offer, fmt)

    accepted = [group.accept(each, own) for each, own in zip(group.invited, declared, strict=True)]

    verify(
        participation.accepted(each, "UNI-CHT-008b.2", "accept with these services")
        for each in accepted
    )


@pytest.mark.requirement("UNI-CHT-008b.3", "UNI-CHT-008b.4")
@with_declared_corners
@given(offer=group_offers(), declared=declarations())
def test_declared_services_are_those_of_the_application(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer, declared: Declared
) -> None:
    """A participant is shown with the services that it declared on acceptance, or with none.

    Stimulus: chats with every combination of isClosed and supportedService, which two applications
    accept, each with any services or none.
    """
    bed.groups.require_declarations_shown(fmt, lambda: acceptances.shows_declarations(bed, fmt))
    group = bed.groups.invited(offer, fmt)

    for each, own in zip(group.invited, declared, strict=True):
        group.join(each, own)

    read, policy = group.read_participants(bed.alice), bed.target.policy.declared_services
    verify(
        participation.declared_services(read, each.address, bed.service_tokens(own), policy)
        for each, own in zip(group.invited, declared, strict=True)
    )
