"""A server that has nothing of what RCS 5.1 adds, and claims all of it, conforms to RCS 5.0."""

import pytest

from tests.suites.conftest import RunSuites

pytestmark = pytest.mark.exhaustive

OLD = (
    "lacks-long-lived-groups",
    "lacks-long-lived-extension",
    "closed-shown-as-nothing",
    "extension-never-closed",
    "invitation-without-services",
    "acceptance-without-services",
)
"""What such a server does."""


def test_old_server_conforms_to_the_old_release(run_suites: RunSuites) -> None:
    """Every clause and item is decided; what 5.1 adds does not apply, and names the release."""
    words = ("--release", "5.0", "--formats", "json", "--profile", "quick")
    outcome = run_suites("-p", "no:randomly", *words, faults=OLD)

    items = outcome.result["scr"]
    decided = {*outcome.clauses().values(), *(item["verdict"] for item in items.values())}
    assert decided == {"pass", "not_applicable"}, outcome.with_verdict("fail", "inconclusive")
    assert outcome.clauses()["UNI-CHT-030.1"] == "not_applicable"
    assert items["REST-CHAT-LL-GRP-S-001-O"]["reason"].startswith("RCS 5.1 adds it")
    assert outcome.exit_code == 0


def test_old_server_does_not_conform_to_the_new_release(run_suites: RunSuites) -> None:
    """The same server fails at what it claims of 5.1."""
    ids = ("UNI-CHT-030.1", "UNI-CHT-002b.4", "UNI-CHT-007b.5")
    words = [word for one in ids for word in ("--requirement", one)]
    outcome = run_suites(
        *("-p", "no:randomly", "--formats", "json", *words), faults=OLD, timeout=1.0
    )

    assert outcome.exit_code == 1
    assert set(ids[1:]) <= set(outcome.with_verdict("fail")), outcome.findings()
