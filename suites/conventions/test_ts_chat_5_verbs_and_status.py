"""TS-CHAT-5.5, 5.6 and 5.13: verbs, status codes, and the operations behind the SCR items."""

import pytest

from rcs_conformance.checks import conventions
from rcs_conformance.driver import Body, unavailable
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, rounds


@pytest.mark.requirement("TS-CHAT-5.5")
def test_unsupported_verbs_are_not_allowed(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A verb that a resource does not have is answered 405 with those that it has.

    Stimulus: each verb that is not in the row of a resource.
    """
    group = stage.groups.invited(GroupOffer(), fmt)

    for exchange, key in rounds.unsupported(stage, stage.alice, group):
        row = stage.binding.resources[key].verbs
        verify(conventions.not_allowed(exchange, stage.claims.verbs(key), row))


@pytest.mark.requirement("TS-CHAT-5.6")
def test_operations_answer_with_their_codes(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Each operation answers with the success code of its row, a creation with a Location.

    Stimulus: each operation once.
    """
    for done in rounds.every_operation(stage, fmt):
        verify(conventions.location_of_creation(done.exchange))


@pytest.mark.requirement("TS-CHAT-5.6")
def test_formats_that_nobody_offers_are_told(stage: Stage, verify: Verify, fmt: Format) -> None:
    """An answer in a format that the server lacks is refused with 406, a body in one with 415.

    Stimulus: a reading that accepts nothing known, and a message in plain text.
    """
    group = stage.groups.established(GroupOffer(), fmt)

    unknown = group.read_as(stage.alice, unavailable(fmt))
    plain = group.send(stage.alice, Body(data=b"hello", media_type="text/plain"))

    verify(
        conventions.status_is(unknown, 406, "an Accept that names no known format"),
        conventions.status_is(plain, 415, "a body in a format that is not known"),
    )


@pytest.mark.requirement("TS-CHAT-5.13")
def test_claimed_operations_are_supported(stage: Stage, verify: Verify, fmt: Format) -> None:
    """The operation behind each mandatory or claimed item works.

    Stimulus: each operation once; those as form fields where the target claims them.
    """
    done = {each.operation: each.exchange for each in rounds.every_operation(stage, fmt)}
    if stage.claims.feature("form"):
        done |= {each.operation: each.exchange for each in rounds.every_form(stage, fmt)}

    items = stage.claims.operations()

    verify(
        conventions.supported(done[operation], item)
        for item, operation in items
        if operation in done
    )
