"""Operations on subscriptions."""

from rcs_conformance.model.formats import Format
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.operations.results import (
    OperationResults,
    Steps,
    result_of,
    results_of,
)


def of_subscriptions(bed: TestBed, fmt: Format) -> OperationResults:
    """Each operation on subscriptions, once."""
    return results_of(_subscribing(bed, fmt))


def _subscribing(bed: TestBed, fmt: Format) -> Steps:
    subscription = bed.mailboxes.subscribe(bed.alice, fmt)
    yield result_of(bed, subscription.creation)
    if bed.claims.operation("GET subscriptions"):
        yield result_of(bed, bed.alice.send("GET", "subscriptions", fmt=fmt))
    bed.require_success(subscription.creation, "TS-CHAT-4.1.1")
    if bed.claims.operation("GET subscription"):
        yield result_of(bed, subscription.read())
    yield result_of(bed, subscription.delete())
