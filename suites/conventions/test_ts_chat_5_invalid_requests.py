"""TS-CHAT-5.8, with 5.6 and 5.7: invalid requests."""

import pytest

from rcs_conformance.checks import participation, rejections, request_errors
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import FileOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, invalid_requests


@pytest.mark.requirement("TS-CHAT-5.7", "TS-CHAT-5.8")
@pytest.mark.parametrize("body_request", invalid_requests.REQUESTS, ids=lambda each: each.name)
def test_mutated_bodies_are_rejected(
    bed: TestBed, verify: Verify, fmt: Format, body_request: invalid_requests.BodyRequest
) -> None:
    """A body with one mutation is rejected with 400 and has no effect.

    Where no doubt is possible what is meant, it may be accepted, and then shows as it is meant.

    Stimulus: the body with each mutation, one after another: a mandatory member missing, a single
    one repeated, an invalid value, another root, malformed bytes. Then the valid body.
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
        rejections.read_leniently(trial.taken),
    )
    bed.require_success(trial.valid, trial.clause)


@pytest.mark.requirement("TS-CHAT-5.6", "TS-CHAT-5.8")
@pytest.mark.parametrize("body_request", invalid_requests.LABELLED, ids=lambda each: each.name)
def test_wrong_media_types_are_rejected(
    bed: TestBed, verify: Verify, fmt: Format, body_request: invalid_requests.BodyRequest
) -> None:
    """A body of an unsupported media type is rejected with 415 and has no effect.

    Where its media type does not say the format, it may be accepted by its bytes.

    Stimulus: the valid body with another media type, with that of the other format, with one that
    says nothing, and with none. Then with its own.
    """
    trial = body_request.send_with_wrong_media_types(bed, fmt)

    verify(
        *(
            rejections.mutation_rejected(each.exchange, each.statuses, each.readings)
            for each in trial
        ),
        rejections.no_effect(trial.effects, body_request.name),
        rejections.read_leniently(trial.taken),
    )
    bed.require_success(trial.valid, trial.clause)


@pytest.mark.requirement("TS-CHAT-5.8", when="file_transfer")
@pytest.mark.parametrize("address", ["tel:", "sip:@"])
def test_file_to_invalid_address_is_rejected(
    bed: TestBed, verify: Verify, fmt: Format, address: str
) -> None:
    """A file transfer whose only receiver is not a valid address is rejected.

    Stimulus: POST with such a receiver. Then a transfer to a user.
    """
    way = FileOffer(spelled=address)

    offered = bed.transfers.offer(bed.alice, (bed.bob,), fmt, file=way)

    verify(participation.rejected(offered.creation, "TS-CHAT-5.8", f"offer a file to {address!r}"))
    bed.transfers.offered(bed.alice, (bed.bob,), fmt)
