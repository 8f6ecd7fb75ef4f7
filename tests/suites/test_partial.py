"""Targets that lack whole features: not applicable where they claim none, a failure where they do.

Whatever is lacking, the test suite itself has no error.
"""

import json
from dataclasses import dataclass

import pytest

from tests.suites.conftest import Outcome, RunSuites

pytestmark = pytest.mark.exhaustive

_WORDS = ("-p", "no:randomly", "--profile", "quick")


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """A partial implementation.

    Attributes:
        lacks: The faults that make up what is lacking.
        features: What it claims all the same.
        items: Single items that it claims beside them.
        formats: The representations that it claims.
        working: Clauses that it must pass.
        excused: Clauses and items that do not apply to it.
    """

    lacks: tuple[str, ...]
    features: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("xml", "json")
    working: tuple[str, ...]
    excused: tuple[str, ...]

    @property
    def claims(self) -> str:
        """The claim, as it stands in a target file."""
        said = {"features": self.features, "items": self.items, "formats": self.formats}
        return "\n".join(f"{key} = {json.dumps(values)}" for key, values in said.items())


PARTIAL = {
    "ad-hoc chat alone, in JSON": Partial(
        lacks=(
            "lacks-sessions",
            "lacks-group-chats",
            "lacks-long-lived-groups",
            "lacks-subscription-list",
            "lacks-subscription-reading",
            "lacks-status-of-messages",
            "lacks-composing",
            "lacks-multimedia",
            "lacks-xml",
            "lacks-file-transfer",
            "form-refused",
        ),
        features=("adhoc",),
        formats=("json",),
        working=("UNI-CHT-018.1", "TS-CHAT-4.1.2", "TS-CHAT-5.2", "TS-CHAT-5.13"),
        excused=(
            "UNI-CHT-001.1",
            "UNI-CHT-002b.1",
            "UNI-CHT-018.2",
            "UNI-CHT-018.3",
            "UNI-CHT-018.4",
            "UNI-CHT-019.1",
            "UNI-CHT-030.1",
            "UNI-FLT-001.1",
            "UNI-FLT-005.1",
            "REST-FT-SUPPORT-S-001-O",
            "TS-CHAT-4.1.4",
            "TS-CHAT-4.1.5",
            "TS-CHAT-4.1.6",
            "TS-CHAT-4.1.7",
            "TS-CHAT-4.1.8",
            "TS-CHAT-4.1.9",
            "TS-CHAT-4.1.11",
            "TS-CHAT-5.1",
            "TS-CHAT-5.3",
            "TS-CHAT-5.4",
            "REST-CHAT-SUPPORT-S-002-M",
            "REST-CHAT-SUBSCR-S-004-O",
            "REST-CHAT-GRP-S-002-O",
        ),
    ),
    "group chat alone, in XML": Partial(
        lacks=(
            "lacks-sessions",
            "lacks-adhoc-chat",
            "lacks-long-lived-groups",
            "lacks-status-of-group-messages",
            "lacks-ending",
            "lacks-rejoining",
            "lacks-multimedia",
            "lacks-json",
            "lacks-file-transfer",
            "form-refused",
        ),
        features=("closed_group_chat", "gc_services"),
        items=("REST-CHAT-GRP-MSG-S-004-O", "REST-CHAT-SUBSCR-S-002-O"),
        formats=("xml",),
        working=("UNI-CHT-002b.1", "UNI-CHT-018.3", "TS-CHAT-4.1.6", "TS-CHAT-5.1"),
        excused=(
            "UNI-CHT-001.1",
            "UNI-CHT-018.1",
            "UNI-CHT-018.2",
            "UNI-CHT-018.4",
            "TS-CHAT-4.1.2",
            "UNI-FLT-001.1",
            "UNI-FLT-005.1",
            "REST-FT-SUPPORT-S-001-O",
            "TS-CHAT-4.1.4",
            "TS-CHAT-4.1.8",
            "TS-CHAT-5.2",
            "TS-CHAT-5.4",
            "REST-CHAT-SUPPORT-S-003-M",
            "REST-CHAT-LL-GRP-S-002-O",
        ),
    ),
    "1-to-1 sessions alone": Partial(
        lacks=(
            "lacks-adhoc-chat",
            "lacks-group-chats",
            "lacks-long-lived-groups",
            "lacks-subscription-list",
            "lacks-composing",
            "lacks-multimedia",
            "lacks-file-transfer",
            "form-refused",
        ),
        items=("REST-CHAT-1-1-SESS-S-001-O",),
        working=("UNI-CHT-001.1", "UNI-CHT-018.2", "TS-CHAT-4.1.4", "TS-CHAT-5.1", "TS-CHAT-5.2"),
        excused=(
            "UNI-CHT-002b.1",
            "UNI-CHT-018.1",
            "UNI-CHT-018.3",
            "UNI-CHT-019.2",
            "TS-CHAT-4.1.5",
            "UNI-FLT-001.1",
            "UNI-FLT-005.1",
            "REST-FT-SUPPORT-S-001-O",
            "TS-CHAT-4.1.6",
            "TS-CHAT-4.1.7",
            "TS-CHAT-4.1.9",
            "TS-CHAT-4.1.11",
            "TS-CHAT-5.3",
            "REST-CHAT-1-1-EXTEND-S-002-O",
        ),
    ),
}
"""Implementations of a part of the API."""


def _verdicts(outcome: Outcome) -> dict[str, str]:
    """The verdicts of clauses and items alike."""
    items = {name: item["verdict"] for name, item in outcome.result["scr"].items()}
    return {**outcome.clauses(), **items}


@pytest.mark.parametrize("name", PARTIAL)
def test_what_is_not_claimed_does_not_apply(run_suites: RunSuites, name: str) -> None:
    """No failure, nothing undecided and no error: the rest of the API is tested as usual."""
    partial = PARTIAL[name]

    outcome = run_suites(*_WORDS, faults=partial.lacks, claims=partial.claims)

    verdicts = _verdicts(outcome)
    undecided = {"fail", "inconclusive", "error", "not_tested"}
    assert {each: one for each, one in verdicts.items() if one in undecided} == {}, (
        outcome.findings()
    )
    assert {verdicts[each] for each in partial.working} == {"pass"}
    assert {each: verdicts[each] for each in partial.excused} == dict.fromkeys(
        partial.excused, "not_applicable"
    )
    assert outcome.exit_code == 0


@pytest.mark.parametrize("name", PARTIAL)
def test_what_is_claimed_fails(run_suites: RunSuites, name: str) -> None:
    """The same servers, claiming everything: it fails that the items do not work, and no error."""
    lacks = PARTIAL[name].lacks
    outcome = run_suites(*_WORDS, "--requirement", "TS-CHAT-5", faults=lacks, timeout=1.0)
    claims = run_suites(_WORDS[0], _WORDS[1], "--requirement", "TS-CHAT-5.13", faults=lacks)

    assert outcome.with_verdict("error") == [], outcome.findings()
    assert outcome.exit_code == 1
    assert claims.clauses()["TS-CHAT-5.13"] == "fail", claims.findings()
