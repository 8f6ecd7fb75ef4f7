"""Users of a target in any form: ids in URLs, addresses in bodies, aliases of the same user."""

import pytest

from rcs_conformance.reference import Account
from tests.suites.conftest import RunSuites

pytestmark = pytest.mark.exhaustive

CLAIMS = """features = ["adhoc", "file_transfer", "gc_services", "long_lived"]
items = [
    "REST-CHAT-1-1-SESS-S-001-O",
    "REST-CHAT-1-1-MSG-S-004-O",
    "REST-CHAT-GRP-S-001-O",
    "REST-CHAT-GRP-MSG-S-004-O",
    "REST-FT-SESS-S-003-O",
]"""
SHOWN_AS_SIP = tuple(
    Account(
        address=f"tel:+1555010{number}",
        token=f"token-{number}",
        id=f"+1555010{number}",
        aliases=(f"sip:+1555010{number}@rcs.example.com;user=phone",),
    )
    for number in range(4)
)
LOGINS = tuple(
    Account(
        address=f"user{number}@domain.example",
        token=f"token-{number}",
        id=f"5f0c0a6e-4f7e-4d0b-8a0a-00000000000{number}",
        aliases=(f"acr:pseudonym-{number}", f"+1555010{number}"),
    )
    for number in range(4)
)
QUICK = ("--profile", "quick")
SHOWN = ("users-shown-by-alias",)


@pytest.mark.parametrize("users", [SHOWN_AS_SIP, LOGINS], ids=["numbers", "logins"])
def test_users_of_any_form_fail_nothing(run_suites: RunSuites, users: tuple[Account, ...]) -> None:
    """URLs name users by their ids, requests by their addresses, responses by their aliases."""
    outcome = run_suites(*QUICK, users=users, variations=SHOWN, claims=CLAIMS)

    assert outcome.with_verdict("fail", "error") == [], outcome.findings()
    undecided = [] if users is SHOWN_AS_SIP else ["UNI-CHT-001.2"]  # no user has a tel: URI
    assert outcome.with_verdict("inconclusive") == undecided


def test_users_that_are_confused_are_noticed(run_suites: RunSuites) -> None:
    """The alias of another user is another user."""
    words = ("--requirement", "UNI-CHT-020.7")

    outcome = run_suites(
        *words, users=LOGINS, variations=SHOWN, faults=("message-names-receiver",), claims=CLAIMS
    )

    assert outcome.with_verdict("fail") == ["UNI-CHT-020.7"], outcome.findings()
