"""Authentication: by access token, by HTTP Basic, by a token that expires."""

import base64

import pytest
import requests

from rcs_conformance.reference import Account, ReferenceServer

ALICE = Account(address="tel:+15550100", token="t-0")  # noqa: S106 - of a server of ours
BOB = Account(address="tel:+15550101", token="p@ss:wörd", username="bob")  # noqa: S106


def basic(pair: str) -> str:
    """The field for a user name and a password."""
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def ask(server: ReferenceServer, account: Account, authorization: str) -> requests.Response:
    """Ask for the subscriptions of a user."""
    url = f"{server.root}/chat/v1/{account.address}/subscriptions"
    headers = {"Authorization": authorization, "Accept": "application/json"}
    return requests.get(url, headers=headers, timeout=5)


@pytest.mark.parametrize(
    ("account", "authorization", "status"),
    [
        (ALICE, "Bearer t-0", 200),
        (ALICE, basic("tel:+15550100:t-0"), 200),
        (ALICE, basic("tel:+15550100:t-1"), 401),
        (BOB, basic("bob:p@ss:wörd"), 200),
        (BOB, "Bearer p@ss:w", 401),
        (BOB, basic("bob:wrong"), 401),
        (BOB, "Basic !", 401),
        (BOB, "Basic //8=", 401),
        (ALICE, basic("bob:p@ss:wörd"), 403),
        (ALICE, "Digest x", 401),
    ],
)
def test_user_is_known_by_its_secret(account: Account, authorization: str, status: int) -> None:
    """Each by what it has; a known user is rejected what is another's."""
    with ReferenceServer([ALICE, BOB]) as server:
        assert ask(server, account, authorization).status_code == status


@pytest.mark.parametrize(("account", "scheme"), [(ALICE, "Bearer"), (BOB, "Basic")])
def test_challenge_tells_the_scheme(account: Account, scheme: str) -> None:
    """A client learns how to authenticate."""
    with ReferenceServer([account]) as server:
        rejected = ask(server, account, "")
    assert rejected.status_code == 401
    assert rejected.headers["WWW-Authenticate"].startswith(f'{scheme} realm="chat"')


def test_granted_token_serves_until_it_expires() -> None:
    """Beside the one that the user has for good."""
    with ReferenceServer([ALICE]) as server:
        server.grant("for long", ALICE.address, 60)
        server.grant("over", ALICE.address, 0)
        server.grant("nobody's", "tel:+1", 60)
        found = [
            ask(server, ALICE, f"Bearer {each}").status_code
            for each in ("for long", "over", "nobody's", ALICE.token)
        ]
    assert found == [200, 401, 401, 200]


def test_scheme_of_urls_may_be_that_of_a_front() -> None:
    """What speaks TLS before the server is what clients see."""
    with ReferenceServer([ALICE], scheme="https") as server:
        told = ask(server, ALICE, "Bearer t-0").json()
    assert told["chatSubscriptionList"]["resourceURL"].startswith("https://127.0.0.1:")
