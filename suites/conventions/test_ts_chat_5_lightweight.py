"""TS-CHAT-5.11: lightweight resources: single elements, read and changed under their own URL."""

import pytest

from rcs_conformance.checks import conventions, lightweight_resources
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.situations.lightweight import duration, subject


@pytest.mark.requirement("TS-CHAT-5.11")
def test_duration_alone(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The duration of a subscription is read and changed on its own.

    Stimulus: GET of the element and of the subscription, PUT of a shorter duration, GET again.
    """
    part = duration(bed, fmt)
    verify(lightweight_resources.alone(part.read(), part.read_whole(), part.element, int))

    verify(lightweight_resources.changed(part.change(3600), part.element))

    whole = part.read_whole()
    verify(
        lightweight_resources.shows(whole, part.element, 3600),
        lightweight_resources.alone(part.read(), whole, part.element, int),
    )


@pytest.mark.requirement("TS-CHAT-5.11")
def test_subject_alone(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The subject of a group chat is read and changed on its own.

    Stimulus: GET of the element and of the chat, PUT of another subject, GET again.
    """
    part = subject(bed, fmt)
    verify(lightweight_resources.alone(part.read(), part.read_whole(), part.element, str))
    other = f"{bed.markers.next()} something < else"

    verify(lightweight_resources.changed(part.change(other), part.element))

    whole = part.read_whole()
    verify(
        lightweight_resources.shows(whole, part.element, other),
        lightweight_resources.alone(part.read(), whole, part.element, str),
    )


@pytest.mark.requirement("TS-CHAT-5.5", when="lightweight")
@pytest.mark.parametrize("arranged", [duration, subject], ids=["duration", "subject"])
def test_unsupported_verbs_on_elements(
    bed: TestBed, verify: Verify, fmt: Format, arranged: type
) -> None:
    """A method that a lightweight resource does not have returns 405 with Allow.

    Stimulus: POST and DELETE.
    """
    part = arranged(bed, fmt)
    row = bed.binding.resources[part.key].verbs

    verify(conventions.not_allowed(each, row, row) for each in part.unsupported())
