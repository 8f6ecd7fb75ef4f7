"""Generated examples that are under way together have the verdicts of those one by one."""

import json

import pytest

from rcs_conformance.plugin.session import SESSION
from tests.plugin.conftest import Finished, Run

pytest_plugins = ["pytester"]

SUITE = """
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer

CALLS = []

@declares("UNI-CHT-002b.1")
@given(subject=st.sampled_from(["a", "b", None]))
def test_invitations_arrive(bed, verify, subject):
    CALLS.append(subject)
    group = bed.groups.invited(GroupOffer(subject=subject), Format.JSON)
    verify(found("UNI-CHT-002b.1", holds=bool(group.ids)))

@declares("UNI-CHT-002b.1")
def test_examples_were_made_once(verify):
    verify(found("UNI-CHT-002b.1", holds=len(CALLS) == MADE, rule=str(CALLS)))

@declares("UNI-CHT-002b.1")
@given(number=st.integers(0, 1000))
def test_shrinks(bed, verify, number):
    verify(found("UNI-CHT-002b.1", number < 300, rule="small"))

SEEN = []

@declares("UNI-CHT-002b.1")
@given(number=st.integers(0, 1000))
def test_flaky(verify, bed, number):
    SEEN.append(number)
    verify(found("UNI-CHT-002b.1", len(SEEN) != 3, rule="whim"))

@declares("UNI-CHT-002b.1")
@given(number=st.integers(0, 1000))
def test_undecided(verify, bed, number):
    raise Inconclusive(Cause.PRECONDITION, "no chat", "UNI-CHT-002b.2")

@declares("UNI-CHT-002b.1")
@given(data=st.data())
def test_draws_while_it_runs(verify, bed, data):
    verify(found("UNI-CHT-002b.1", data.draw(st.integers(0, 9)) < 10))
"""


class Joining:
    """Has examples be under way together, as on a target that notifies slowly."""

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Before there is a test bed."""
        session.config.stash[SESSION].joins = True


@pytest.fixture
def done(run: Run) -> Finished:
    """A run of the small suite."""
    return run(SUITE.replace("MADE", "3"), "--profile", "standard", plugins=(Joining(),))


def test_verdicts_are_those_of_examples_one_by_one(done: Finished) -> None:
    """A failure shrinks; one that does not come again is no verdict; what passes runs once."""
    verdicts = {name: (each["verdict"], each["cause"]) for name, each in done.tests.items()}
    assert verdicts == {
        "test_invitations_arrive": ("pass", None),
        "test_examples_were_made_once": ("pass", None),
        "test_shrinks": ("fail", None),
        "test_flaky": ("inconclusive", "nondeterministic"),
        "test_undecided": ("inconclusive", "precondition"),
        "test_draws_while_it_runs": ("pass", None),
    }
    assert "number=300" in done.tests["test_shrinks"]["example"]
    assert "whim" in json.dumps(done.result["remarks"])
