"""A target from the command line alone."""

from pathlib import Path

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.catalogue.ics import claimed_items
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.target import Ics, Notifications, inline_target

from .conftest import CANARY, ENVIRONMENT

USERS = [f"tel:+1={CANARY}", "sip:b@c=env:TOKEN_0", "tel:+3=a=b=="]


def test_inline_target_has_users_and_defaults() -> None:
    """A token may hold the sign that separates it."""
    target = inline_target("http://h/api", USERS, environment=ENVIRONMENT)
    assert (target.name, target.server_root) == ("http://h/api", "http://h/api")
    assert [user.address for user in target.users] == ["tel:+1", "sip:b@c", "tel:+3"]
    assert [user.token.reveal() for user in target.users] == [CANARY, CANARY, "a=b=="]
    assert target.notifications == Notifications()
    assert (target.binding, target.triggers) == ("oma-v1", {})


def test_inline_target_claims_both_base_chats_unless_told_otherwise() -> None:
    """The claim holds in the catalogue."""
    claimed = inline_target("http://h", USERS, environment=ENVIRONMENT).ics
    items = claimed_items(load_catalogue(), claimed.features, claimed.items)
    assert {"REST-CHAT-GRP-S-002-O", "REST-CHAT-1-1-SESS-S-002-O"} <= items
    ics = Ics(features=frozenset({"adhoc"}))
    assert inline_target("http://h", USERS, ics=ics, environment=ENVIRONMENT).ics == ics


def test_token_file_is_relative_to_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no target file that it could stand beside."""
    (tmp_path / "t").write_text(CANARY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    target = inline_target("http://h", ["tel:+9=file:t", *USERS], environment=ENVIRONMENT)
    assert target.users[0].token.reveal() == CANARY


@pytest.mark.parametrize(
    ("url", "users", "message"),
    [
        ("h/api", USERS, "target URL: must be an http or https URL such as https://host/api"),
        ("http://h", USERS[:2], "--user ADDRESS=TOKEN: must be given 3 times at least, not 2"),
        ("http://h", [*USERS, CANARY], "--user 4: must be ADDRESS=TOKEN such as tel:"),
        ("http://h", [*USERS, f"{CANARY}=tel:+4"], "--user 4: must be ADDRESS=TOKEN such as tel:"),
        ("http://h", [*USERS, "tel:+1=x"], "--user 4: another user has tel:+1"),
        ("http://h", [*USERS, "tel:+4=env:X"], "--user 4: environment variable 'X' is not set"),
        ("http://h", [*USERS, f"tel:+4={CANARY} "], "--user 4: the token must be visible ASCII"),
    ],
)
def test_mistake_is_refused_without_showing_a_token(
    url: str, users: list[str], message: str
) -> None:
    """The place is told by number, for the argument may be a token."""
    with pytest.raises(ConfigurationError) as caught:
        inline_target(url, users, environment=ENVIRONMENT)
    assert str(caught.value).startswith(message)
    assert CANARY not in str(caught.value)
