"""UNI-CHT-037: notify of changes of a long-lived group's services."""

from functools import partial

import pytest

from rcs_conformance.checks import long_lived_groups, transfer_services
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits


@pytest.mark.requirement("UNI-CHT-037.1")
def test_members_are_told_of_changed_services(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """When the services of a group change, its members are notified of the new list.

    Stimulus: the trigger `services`, which gives the group other services.
    """
    before, after = bed.changing_services
    group = bed.long_lived.established(GroupOffer(services=before), fmt)

    bed.triggers.fire("services", group, bed.alice, services=after)

    for each in group.everyone:
        notified = chat_waits.services(group, each, after)
        verify(
            long_lived_groups.services_changed(
                notified, after, chat_waits.notified_services(group, each)
            ),
            long_lived_groups.services_of_group(notified, group.identity(each).id),
        )


@pytest.mark.requirement(long_lived="UNI-CHT-037.2")
def test_lost_service_is_gone(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """When a group loses file transfer, files are rejected.

    Stimulus: a file that is accepted; the trigger `services`, which removes file transfer; a file
    again, after the new list was notified.
    """
    group = bed.transfers.chat(kind, fmt)
    ask = partial(bed.transfers.offer, bed.alice, (bed.bob,), fmt)
    bed.require_success(ask(chat=group).creation, "UNI-FLT-001.4")

    bed.transfers.change(group, without=True)

    rejected = transfer_services.unavailable(
        ask(chat=group).creation, "UNI-CHT-037.2", "it lost the service"
    )
    verify(
        bed.owned(
            [rejected], lambda: bed.transfers.rejected_without_service(kind, fmt, GroupOffer())
        )
    )


@pytest.mark.requirement(long_lived="UNI-CHT-037.2")
def test_gained_service_is_there(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """When a group gains file transfer, files are accepted.

    Stimulus: the trigger `services`, which adds file transfer to a group without it, then a file.
    """
    group = bed.transfers.chat(kind, fmt, GroupOffer())

    bed.transfers.change(group, without=False)

    offered = bed.transfers.offer(bed.alice, (bed.bob,), fmt, chat=group)
    verify(transfer_services.available(offered.creation, "UNI-CHT-037.2", "it gained the service"))
