"""TS-CHAT-5.8, with 5.6 and 5.7: requests that are wrong in one thing."""

import pytest

from rcs_conformance.checks import rejections, request_errors
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, invalid_requests


@pytest.mark.requirement("TS-CHAT-5.7", "TS-CHAT-5.8")
@pytest.mark.parametrize("body_request", invalid_requests.REQUESTS, ids=lambda each: each.name)
def test_near_misses_are_refused(
    bed: TestBed, verify: Verify, fmt: Format, body_request: invalid_requests.BodyRequest
) -> None:
    """A body that deviates from a valid one in one thing is refused with 400 and changes nothing.

    Stimulus: each single deviation of the body, one after another: a mandatory member missing, a
    single one repeated, a value that is none, another root, malformed bytes. Then the body as it
    should be.
    """
    trial = body_request.send_mutations(bed, fmt)

    errors = bed.binding.errors
    verify(
        *(
            rejections.mutation_rejected(each.exchange, each.statuses, each.readings)
            for each in trial
        ),
        *(request_errors.fits_status(each, errors) for each in trial.malformed),
        rejections.no_effect(trial.effects, body_request.name),
    )
    bed.require_success(trial.valid, trial.clause)


@pytest.mark.requirement("TS-CHAT-5.6", "TS-CHAT-5.8")
@pytest.mark.parametrize("body_request", invalid_requests.LABELLED, ids=lambda each: each.name)
def test_wrong_media_types_are_refused(
    bed: TestBed, verify: Verify, fmt: Format, body_request: invalid_requests.BodyRequest
) -> None:
    """A body in a format that a resource does not take is refused with 415 and changes nothing.

    Stimulus: the body, valid but for its media type, which is one that nobody takes, or that of
    the other format. Then the body as it should be.
    """
    trial = body_request.send_with_wrong_media_types(bed, fmt)

    verify(
        *(
            rejections.mutation_rejected(each.exchange, each.statuses, each.readings)
            for each in trial
        ),
        rejections.no_effect(trial.effects, body_request.name),
    )
    bed.require_success(trial.valid, trial.clause)
