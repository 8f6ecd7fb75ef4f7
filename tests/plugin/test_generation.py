"""Generated examples: shrinking, evidence of the smallest, answers that do not come again."""

import json

import pytest

from tests.plugin.conftest import Run

pytest_plugins = ["pytester"]

GENERATED = """
@declares("UNI-CHT-002b.1")
@given(number=st.integers(0, 1000), word=st.sampled_from(["a", "b"]))
def test_shrinks(bed, verify, number, word):
    bed.alice.send("GET", "subscriptions", fmt=Format.XML)
    for _ in range(number // 100):
        bed.alice.send("GET", "subscriptions", fmt=Format.XML)
    verify(found("UNI-CHT-002b.1", number < 300, rule="small"))

SEEN = []

@declares("UNI-CHT-002b.1")
@given(number=st.integers(0, 1000))
def test_flaky(verify, number):
    SEEN.append(number)
    verify(found("UNI-CHT-002b.1", len(SEEN) != 3, rule="whim"))

@declares("UNI-CHT-002b.1", "UNI-CHT-002b.2")
@given(number=st.integers(0, 1000))
def test_dies_while_shrinking(verify, number):
    SEEN.append(number)
    if any(each > 500 for each in SEEN[:-1]):
        raise TargetError("gone")
    verify(found("UNI-CHT-002b.1", number <= 500))

@declares("UNI-CHT-002b.1")
@given(number=st.integers(0, 1000))
def test_passes(verify, number):
    assume(number != 7)
    verify(found("UNI-CHT-002b.1"))

@declares("UNI-CHT-002b.1")
@given(number=st.integers(0, 1000))
def test_two_rules(verify, number):
    verify(found("UNI-CHT-002b.1", number < 900, rule="first"))
    verify(found("UNI-CHT-002b.1", number < 300, rule="second"))
"""


def test_failing_example_shrinks_and_is_named(run: Run) -> None:
    """The record shows the smallest example, without fixtures, and one failure."""
    test = run(GENERATED, "-k", "shrinks").tests["test_shrinks"]
    assert test["verdict"] == "fail"
    assert "number=300" in test["example"]
    assert "word='a'" in test["example"]
    assert "verify=" not in test["example"]
    assert "bed=" not in test["example"]
    assert [each["rule"] for each in test["failures"]] == ["small"]


def test_evidence_is_that_of_the_smallest_example(run: Run) -> None:
    """Four readings and no more: those of the example that the record shows."""
    done = run(GENERATED, "-k", "shrinks")
    files = [path for path in (done.out / "evidence").rglob("*") if path.is_file()]
    (evidence,) = files
    text = evidence.read_text()
    assert text.count("GET subscriptions") + text.count('"method": "GET"') >= 4
    numbers = {f'"number": {number}' in text for number in (1, 2, 3, 4)}
    assert numbers == {True}
    assert '"number": 5' not in text
    assert str(evidence.relative_to(done.out)) == done.tests["test_shrinks"]["evidence"]


def test_failure_that_does_not_come_again(run: Run) -> None:
    """It gives no verdict, though other examples passed; what was seen is a remark."""
    done = run(GENERATED, "-k", "flaky")
    test = done.tests["test_flaky"]
    assert (test["verdict"], test["cause"]) == ("inconclusive", "nondeterministic")
    assert test["failures"] == []
    assert done.clause("UNI-CHT-002b.1")["verdict"] == "inconclusive"
    assert "whim" in json.dumps(done.result["remarks"])
    assert done.code == 5


def test_target_that_dies_while_an_example_shrinks(run: Run) -> None:
    """The failure that was seen stands."""
    done = run(GENERATED, "-k", "dies", "--profile", "thorough")
    test = done.tests["test_dies_while_shrinking"]
    assert test["verdict"] == "fail"
    assert [each["clause"] for each in test["failures"]] == ["UNI-CHT-002b.1"]


@pytest.mark.parametrize(("profile", "most"), [("quick", 2), ("standard", 5)])
def test_profile_says_how_much_is_generated(run: Run, profile: str, most: int) -> None:
    """Examples that are set aside do not count."""
    done = run(GENERATED, "-k", "test_passes", "--profile", profile)
    assert done.tests["test_passes"]["verdict"] == "pass"
    assert done.clause("UNI-CHT-002b.1")["passed"] == most


def test_shrinking_does_not_slip_to_another_rule(run: Run) -> None:
    """What began as the failure of one rule is not shown as that of another."""
    test = run(GENERATED, "-k", "two_rules", "--profile", "thorough").tests["test_two_rules"]
    (failure,) = test["failures"]
    assert f"number={900 if failure['rule'] == 'first' else 300}" in test["example"]


@pytest.mark.exhaustive
def test_same_seed_same_run(run: Run) -> None:
    """Two runs with a seed generate the same; another seed is told in the result."""
    runs = [run(GENERATED, "-k", "shrinks", "--rcs-seed", "7") for _ in range(2)]
    counters = [each.result["counters"] for each in runs]
    assert counters[0] == counters[1]
    assert runs[0].result["seed"] == 7


CONSTANTS = """
import elsewhere

@declares("UNI-CHT-002b.1")
@given(numbers=st.lists(st.integers(), min_size=300, max_size=300))
def test_numbers(verify, numbers):
    verify(found("UNI-CHT-002b.1", not elsewhere.NUMBERS & set(numbers)))
"""


def test_source_files_change_nothing_that_is_generated(
    run: Run, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No constants are taken from modules, which are others in a clone than in a wheel.

    Hypothesis has no setting for it: `plugin.startup` replaces a function of an internal module.
    This test fails where a version has that function no longer.
    """
    numbers = ", ".join(str(10**30 + 7 * number) for number in range(500))
    pytester.makepyfile(elsewhere=f"NUMBERS = {{{numbers}}}")
    monkeypatch.syspath_prepend(pytester.path)
    assert run(CONSTANTS).tests["test_numbers"]["verdict"] == "pass"
