"""The model of group chats finds deviations, and shows how to reproduce them."""

import re

import pytest

from tests.suites.conftest import RunSuites

pytestmark = pytest.mark.exhaustive

_STEP = re.compile(r"^step \d+: ", re.MULTILINE)


def test_leaver_who_stays_is_found_in_few_steps(run_suites: RunSuites) -> None:
    """The failure is the shortest sequence that shows it, under the clause about leaving."""
    words = ("-k", "group_chat_lives", "--formats", "json", "--profile", "standard")
    outcome = run_suites(*words, "-p", "no:randomly", faults=("leave-without-effect",), timeout=2.0)

    (test,) = (each for each in outcome.result["tests"] if each["verdict"] == "fail")
    assert outcome.with_verdict("fail") == ["UNI-CHT-011.1"], outcome.findings()
    assert _STEP.sub("", test["example"]).splitlines() == [
        "alice starts a group chat with bob and carol",
        "bob accepts",
        "carol accepts",
        "bob leaves",
    ]
