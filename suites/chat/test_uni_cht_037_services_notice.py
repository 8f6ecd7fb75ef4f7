"""UNI-CHT-037: notify changes of a long-lived group's services."""

import pytest

from rcs_conformance.checks import lasting
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, telling


@pytest.mark.requirement("UNI-CHT-037.1")
def test_members_are_told_of_changed_services(stage: Stage, verify: Verify, fmt: Format) -> None:
    """When the services of a group change, its members are told the new list.

    Stimulus: the trigger `services`, by which the group gets other services.
    """
    before, after = stage.changing_services
    group = stage.long_lived.established(GroupOffer(services=before), fmt)

    stage.triggers.fire("services", group, stage.alice, services=after)

    for each in group.everyone:
        told = telling.services(group, each, after)
        verify(lasting.services_changed(told, after, telling.told_services(group, each)))
