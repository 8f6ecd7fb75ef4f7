"""How the end of a test becomes its verdict."""

import pytest

from rcs_conformance.plugin.options import Handover
from rcs_conformance.target import Ics
from tests.plugin.conftest import Run
from tests.plugin.servers import reference, target_at

pytest_plugins = ["pytester"]

ENDINGS = '''
@declares("UNI-CHT-002b.1")
def test_pass(verify):
    """All checks of what it declares passed."""
    verify(found("UNI-CHT-002b.1"), [found("UNI-CHT-002b.1"), found("TS-CHAT-5.1")])

@declares("UNI-CHT-002b.1")
def test_fail(verify):
    verify([found("UNI-CHT-002b.1"), found("UNI-CHT-002b.1", False)])

@declares("UNI-CHT-002b.1")
def test_foreign(verify):
    verify(found("UNI-CHT-002b.2", False), found("UNI-CHT-002b.2", False))
    verify(found("UNI-CHT-002b.1"))

@declares("UNI-CHT-002b.1")
def test_remark(verify):
    verify(Place("w").remark("UNI-CHT-002b.1", "r", expected="a", actual="b"))
    verify(found("UNI-CHT-002b.1"))

@declares("UNI-CHT-002b.1")
def test_precondition(verify):
    raise Inconclusive(Cause.PRECONDITION, "no chat", "UNI-CHT-002b.2")

@declares("UNI-CHT-002b.1")
def test_network(verify):
    raise TargetError("connection refused")

@declares("UNI-CHT-002b.1")
def test_timeout(verify):
    raise DeadlineExceeded("too late")

@declares("UNI-CHT-002b.1")
def test_configuration(verify):
    raise ConfigurationError("no fourth user")

@declares("UNI-CHT-002b.1")
def test_no_trigger(verify):
    raise Inconclusive(Cause.NO_TRIGGER, "no [triggers.expire]")

@declares("UNI-CHT-002b.1")
def test_not_applicable(verify):
    raise NotApplicable("it sends none")

@declares("UNI-CHT-002b.1", when="long_lived")
def test_not_claimed(verify):
    raise AssertionError("not run")

@declares("UNI-CHT-030.1")
def test_clause_not_claimed(verify):
    raise AssertionError("not run")

@declares("UNI-CHT-002b.1")
def test_harness(verify):
    {}["missing"]

@declares("UNI-CHT-002b.1", "UNI-CHT-002b.2")
def test_unspoken(verify):
    verify(found("UNI-CHT-002b.1"))

@declares("UNI-CHT-002b.1", "UNI-CHT-002b.2")
def test_nothing_left_to_check(verify):
    verify(found("UNI-CHT-002b.1"), found("UNI-CHT-002b.3", False))

@declares("UNI-CHT-002b.1")
def test_skipped(verify):
    pytest.skip("not today")

@declares("UNI-CHT-002b.1")
def test_group(verify):
    raise ExceptionGroup("both", [TargetError("gone"), ConformanceFailure([])])

@declares("UNI-CHT-002b.1")
def test_group_without_failure(verify):
    raise ExceptionGroup("both", [NotApplicable("none"), TargetError("gone")])

@declares("UNI-CHT-002b.1")
def test_failure_after_failure(verify):
    try:
        verify(found("UNI-CHT-002b.1", False))
    except ConformanceFailure:
        raise KeyError("later") from None

@pytest.fixture
def unable():
    raise Inconclusive(Cause.CONFIGURATION, "no test bed")

@declares("UNI-CHT-002b.1")
def test_setup(unable):
    raise AssertionError("not run")
'''
VERDICTS = {
    "test_pass": ("pass", None, ""),
    "test_fail": ("fail", None, ""),
    "test_foreign": ("fail", None, ""),
    "test_remark": ("pass", None, ""),
    "test_precondition": ("inconclusive", "precondition", "no chat"),
    "test_network": ("inconclusive", "network", "connection refused"),
    "test_timeout": ("inconclusive", "timeout", "too late"),
    "test_configuration": ("inconclusive", "configuration", "no fourth user"),
    "test_no_trigger": ("not_tested", "no_trigger", "no [triggers.expire]"),
    "test_not_applicable": ("not_applicable", None, "it sends none"),
    "test_not_claimed": ("not_applicable", None, "the target does not claim long_lived"),
    "test_clause_not_claimed": (
        "not_applicable",
        None,
        "the target does not claim a feature of its clauses",
    ),
    "test_harness": ("error", None, "KeyError: 'missing'"),
    "test_unspoken": (
        "error",
        None,
        "the test declares UNI-CHT-002b.2, but made no check of it",
    ),
    "test_nothing_left_to_check": (
        "fail",
        "precondition",
        "UNI-CHT-002b.3 failed, and left nothing to check of UNI-CHT-002b.2",
    ),
    "test_skipped": ("error", None, "Skipped: not today"),
    "test_group": ("fail", None, ""),
    "test_group_without_failure": ("inconclusive", "network", "gone"),
    "test_failure_after_failure": ("fail", None, ""),
    "test_setup": ("inconclusive", "configuration", "no test bed"),
}


def test_every_ending_has_its_verdict(run: Run) -> None:
    """Verdict, cause and reason of each way to end; the outcome of pytest goes with them."""
    with reference() as server:
        target = target_at(server.root, ics=Ics())
        done = run(ENDINGS, plugins=(Handover(target=target),))
    shown = {
        name: (each["verdict"], each["cause"], each["reason"]) for name, each in done.tests.items()
    }
    assert shown == VERDICTS
    verdicts = [verdict for verdict, _, _ in VERDICTS.values()]
    failed = verdicts.count("fail") + verdicts.count("error")
    assert f"{failed} failed, {verdicts.count('pass')} passed" in done.text
    assert done.code == 1


def test_failure_tells_what_was_found(run: Run) -> None:
    """Clause, rule, expected, actual and where, in the record and in pytest's own report."""
    done = run(ENDINGS, "-k", "test_fail", "--deselect=test_suite.py::test_failure_after_failure")
    (failure,) = done.tests["test_fail"]["failures"]
    assert failure["clause"] == "UNI-CHT-002b.1"
    assert (failure["rule"], failure["expected"]) == ("rule", "so")
    assert (failure["actual"], failure["where"]) == ("otherwise", "GET group")
    assert "UNI-CHT-002b.1 rule\n  expected  so\n  actual    otherwise" in done.text
    assert "Traceback" not in done.text
    assert done.clause("UNI-CHT-002b.1")["passed"] == 1
    assert done.clause("UNI-CHT-002b.1")["failed"] == 1


def test_foreign_failure_counts_for_its_own_clause(run: Run) -> None:
    """It fails the test that met it and its own clause, not those that the test declares."""
    done = run(ENDINGS, "-k", "test_foreign")
    assert done.tests["test_foreign"]["verdict"] == "fail"
    assert [each["clause"] for each in done.tests["test_foreign"]["failures"]] == ["UNI-CHT-002b.2"]
    assert done.clause("UNI-CHT-002b.1")["verdict"] == "pass"
    assert done.clause("UNI-CHT-002b.2")["verdict"] == "fail"
    assert done.code == 1


def test_not_applicable_excuses_the_clause(run: Run) -> None:
    """What a test finds not to apply is not applicable, with the reason, and not untested."""
    done = run(ENDINGS, "-k", "test_not_applicable")
    assert done.clause("UNI-CHT-002b.1")["verdict"] == "not_applicable"
    assert done.clause("UNI-CHT-002b.1")["reason"] == "it sends none"


@pytest.mark.parametrize(
    ("name", "code"),
    [("test_pass", 0), ("test_network", 5), ("test_harness", 3), ("test_unspoken", 3)],
)
def test_exit_code_is_that_of_the_verdict(run: Run, name: str, code: int) -> None:
    """Whatever pytest itself would end with."""
    done = run(ENDINGS, "-k", f"{name} or {name}")
    assert done.code == code


FAULTS = {
    "no mark": ("def test_a(): pass", "test_suite.py::test_a: declares no clause"),
    "unknown clause": (
        '@declares("UNI-CHT-002b.99")\ndef test_a(verify): verify(found("UNI-CHT-002b.99"))',
        "UNI-CHT-002b.99 is not a clause of the catalogue",
    ),
    "requirement for clause": (
        '@declares("UNI-CHT-002b")\ndef test_a(): pass',
        "UNI-CHT-002b is not a clause of the catalogue",
    ),
    "check of an unknown clause": (
        '@declares("UNI-CHT-002b.1")\n'
        'def test_a(verify): verify(found("UNI-CHT-002b.1"), found("X.1"))',
        "X.1: tests speak of a clause that is not in the catalogue",
    ),
    "collection": ("import no_such_module", "test_suite.py: cannot be collected"),
    "syntax": ("def", "test_suite.py: cannot be collected"),
    "unknown fixture": (
        '@declares("UNI-CHT-002b.1")\ndef test_a(nothing): pass',
        "FixtureLookupError: ('nothing'",
    ),
    "teardown": (
        "@pytest.fixture\ndef late():\n    yield\n    raise KeyError('late')\n"
        '@declares("UNI-CHT-002b.1")\ndef test_a(late, verify): verify(found("UNI-CHT-002b.1"))',
        "test_a: teardown: ",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_of_the_suite_are_told(run: Run, fault: str) -> None:
    """Exit code 3, with a line that says what is wrong; the reports are written all the same."""
    source, problem = FAULTS[fault]
    done = run(source)
    assert done.code == 3
    assert "error: test_suite.py" in done.text or "error: X.1" in done.text
    assert problem in str(done.result)
    assert done.result["verdict"] == "error"
    assert (done.out / "report.html").exists()


@pytest.mark.exhaustive
@pytest.mark.parametrize("fault", ["no mark", "collection"])
def test_faults_that_workers_find_are_told(run: Run, fault: str) -> None:
    """The same where the tests run in workers."""
    source, problem = FAULTS[fault]
    done = run(source, "-n1", apart=True)
    assert done.code == 3
    assert problem in str(done.result)


@pytest.mark.exhaustive
def test_worker_that_dies_is_a_fault(run: Run) -> None:
    """A worker that crashes is told; its test is not lost silently."""
    source = '@declares("UNI-CHT-002b.1")\ndef test_a(): import os; os._exit(7)'
    done = run(source, "-n1", "--max-worker-restart=0", apart=True)
    assert done.code == 3
    assert "worker gw0 crashed" in str(done.result)


def test_clause_by_format(run: Run) -> None:
    """A mark may give a clause for each format, beside those that hold in both."""
    done = run(
        """
@declares("TS-CHAT-5.6", xml="TS-CHAT-5.1", json="TS-CHAT-5.2")
def test_answers(fmt, verify):
    clause = "TS-CHAT-5.1" if fmt is Format.XML else "TS-CHAT-5.2"
    verify([[found("TS-CHAT-5.6")], [found(clause, fmt is Format.XML)]])
"""
    )
    assert done.tests["test_answers[xml]"]["clauses"] == ["TS-CHAT-5.6", "TS-CHAT-5.1"]
    assert done.clause("TS-CHAT-5.1")["verdict"] == "pass"
    assert done.clause("TS-CHAT-5.2")["verdict"] == "fail"
