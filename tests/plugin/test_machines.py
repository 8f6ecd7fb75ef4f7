"""Machines: tests of random steps, and clauses that a test may break beside its own."""

import json

from tests.plugin.conftest import Run

pytest_plugins = ["pytester"]

MACHINE = """
from hypothesis.stateful import initialize, rule
from rcs_conformance.scenario.model_based.machine import ChatMachine

class Counting(ChatMachine):
    count = 0

    @initialize()
    def start(self):
        self.step("it starts")

    @rule()
    def up(self):
        self.step("it counts up")
        self.bed.alice.send("GET", "subscriptions", fmt=self.fmt)
        self.count += 1
        self.verify(found("UNI-CHT-002b.1"), found("UNI-CHT-011.1", self.count < 3, rule="few"))

@declares("UNI-CHT-002b.1", also=("UNI-CHT-011.1", "UNI-CHT-012b.1"))
def test_machine(play, fmt):
    play(Counting, fmt)

@declares("UNI-CHT-002b.1", also=("UNI-CHT-000.9",))
def test_unknown(verify):
    verify(found("UNI-CHT-002b.1"))
"""

ONE = ("-k", "machine", "--formats", "json")


def test_failure_is_the_shortest_sequence_of_steps(run: Run) -> None:
    """It fails for the clause that broke, and is told as steps that a person can follow."""
    done = run(MACHINE, *ONE)

    test = done.tests["test_machine[json]"]
    steps = ["step 1: it starts", *(f"step {number}: it counts up" for number in (2, 3, 4))]
    assert test["verdict"] == "fail"
    assert [each["clause"] for each in test["failures"]] == ["UNI-CHT-011.1"]
    assert test["example"].splitlines() == steps
    assert done.clause("UNI-CHT-011.1")["verdict"] == "fail"
    assert steps[-1] in done.text


def test_evidence_is_that_of_the_shortest_sequence(run: Run) -> None:
    """The exchanges of all other runs are left out."""
    done = run(MACHINE, *ONE)

    file = done.out / done.tests["test_machine[json]"]["evidence"]
    assert len(json.loads(file.read_text("utf-8"))["events"]) == 3


def test_each_run_is_as_the_seed_says(run: Run) -> None:
    """Two runs of the suites take the same steps."""
    first, second = (run(MACHINE, *ONE, "--rcs-seed", "7") for _ in range(2))

    assert first.result["counters"] == second.result["counters"]


def test_clauses_that_may_break_need_not_be_spoken_of(run: Run) -> None:
    """Of one that is never checked nothing is said."""
    done = run(MACHINE.replace("< 3", "< 300"), *ONE)

    assert done.tests["test_machine[json]"]["verdict"] == "pass"
    assert done.clause("UNI-CHT-012b.1")["verdict"] == "not_tested"


def test_unknown_clause_that_may_break_is_a_fault(run: Run) -> None:
    """As one that is declared is."""
    assert "UNI-CHT-000.9 is not a clause of the catalogue" in run(MACHINE, "-k", "unknown").text
