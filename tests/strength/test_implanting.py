"""A function of the server takes the code of a mutation, whatever was computed before."""

import pytest

from rcs_conformance.model.formats import Format
from rcs_conformance.reference.negotiation import response_format
from rcs_conformance.strength.mutation.implanting import implant
from rcs_conformance.strength.mutation.sites import mutations
from rcs_conformance.strength.processes import Task, perform

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
"""pytest's workers have threads, which a fork warns of from Python 3.12 on."""


def negotiated() -> Format | None:
    """The format of a response to a client that takes JSON rather than anything else."""
    return response_format("application/json, */*;q=0.1", "", Format.XML)


def negotiated_anew() -> Format | None:
    """The same, first without a mutation, then where the most general range counts."""
    negotiated()
    implant(
        next(one for one in mutations() if one.function == "_weight" and one.operator == "order")
    )
    return negotiated()


def test_nothing_computed_before_is_kept() -> None:
    """What the server remembers of earlier calls would hide the mutation."""
    (done,) = perform([Task(name="one", work=negotiated_anew, deadline=60.0)], parallel=1)

    assert negotiated() is Format.JSON
    assert done.result is Format.XML
