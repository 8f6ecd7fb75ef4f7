"""How users authenticate, as a target file says it; each mistake is refused with its line."""

from pathlib import Path

import pytest

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.target import (
    Client,
    ClientAuthentication,
    Secret,
    Target,
    User,
    load_target,
)

from .conftest import CANARY

HEAD = '[target]\nname = "Acme"\nserver_root = "https://rcs.acme.example"\n'
USERS = tuple(f"tel:+1555010{number}" for number in range(3))
TOKEN_URL = "https://id.acme.example/token"  # noqa: S105 - no secret
OAUTH = f'token_url = "{TOKEN_URL}"\n'
CLIENT = f'client_id = "c"\nclient_secret = "{CANARY}"\n'


def load(folder: Path, user: str, rest: str = "") -> Target:
    """The target of a file in which each user has the same lines."""
    users = "".join(f'[[users]]\naddress = "{address}"\n{user}\n' for address in USERS)
    file = folder / "acme.toml"
    file.write_text(f"{HEAD}{users}{rest}", "utf-8")
    return load_target(file, environment={"SECRET": CANARY})


@pytest.mark.parametrize(
    "source",
    [
        f'"{CANARY}"',
        '"env:SECRET"',
        '{ env = "SECRET" }',
        '"file:secret"',
        '{ file = "secret" }',
        '"command:cat secret"',
        '{ command = "cat secret; echo" }',
        "{ command = 'echo \"$SECRET\"' }",
    ],
)
@pytest.mark.parametrize("key", ["token", "password"])
def test_secret_comes_from_where_it_is_said(tmp_path: Path, key: str, source: str) -> None:
    """As itself, from the environment, a file or a command, in both spellings."""
    (tmp_path / "secret").write_text(f"{CANARY}\n")
    target = load(tmp_path, f"{key} = {source}")
    assert {user.token.reveal() for user in target.users} == {CANARY}
    assert CANARY not in repr(target)


def test_password_goes_with_a_user_name(tmp_path: Path) -> None:
    """The address, unless the file says otherwise; a password may hold spaces and any letters."""
    own = load(tmp_path, 'password = "pass wörd:1"').users[0]
    assert (own.username, own.token.reveal()) == (USERS[0].partition(":")[2], "pass wörd:1")
    named = load(tmp_path, 'username = "alice"', '[auth]\npassword = "env:SECRET"').users[0]
    assert (named.username, named.token.reveal()) == ("alice", CANARY)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("tel:+1", "+1"),
        ("SIP:bob@x", "bob@x"),
        ("bob@x", "bob@x"),
        ("acr:7", "7"),
        ("5f-0", "5f-0"),
    ],
)
def test_user_name_is_the_address_without_scheme(address: str, name: str) -> None:
    """RFC 7617 allows no colon in it."""
    assert User(address=address, token=Secret(CANARY)).login == name


def test_address_with_a_colon_needs_a_user_name(tmp_path: Path) -> None:
    """One line with the place, before any request."""
    file = tmp_path / "acme.toml"
    users = "".join(
        f'[[users]]\naddress = "sip:{number}@[::1]"\npassword = "{CANARY}"\n' for number in range(3)
    )
    file.write_text(f"{HEAD}{users}", "utf-8")

    with pytest.raises(ConfigurationError) as caught:
        load_target(file)

    first = str(caught.value).splitlines()[0]
    assert "users[0].username: missing: 0@[::1] has a colon" in first
    assert CANARY not in str(caught.value)


def test_client_may_be_partly_shared(tmp_path: Path) -> None:
    """What a user does not say of its client, `[auth]` says."""
    auth = f'[auth]\n{OAUTH}client_secret = "env:SECRET"\nscope = "a b"\n'
    user = load(tmp_path, 'client_id = "own"', auth).users[0]
    assert user.client == Client(id="own", token_url=TOKEN_URL, scope="a b")
    assert user.token.reveal() == CANARY
    body = 'client_authentication = "body"\n'
    user = load(tmp_path, f'{CLIENT}scope = "c"', f"[auth]\n{OAUTH}{body}").users[0]
    way = ClientAuthentication.BODY
    assert user.client == Client(id="c", token_url=TOKEN_URL, scope="c", authentication=way)


def test_own_credentials_go_before_shared_ones(tmp_path: Path) -> None:
    """Whatever kind they are of."""
    user = load(tmp_path, 'token = "mine"', f"[auth]\n{OAUTH}{CLIENT}").users[0]
    assert (user.token.reveal(), user.client, user.username) == ("mine", None, None)
    assert load(tmp_path, "", '[auth]\ntoken = "all"').users[2].token.reveal() == "all"


MISTAKES: dict[str, tuple[str, str, str]] = {
    "none": ("", "", "users[0].token: missing: give it here, or in [auth]"),
    "unknown": ('token = "t"', '[auth]\ntoken_uri = "x"', "auth.token_uri: unknown key; did you"),
    "no table": ('token = "t"', "[[auth]]\n", "auth: must be a table in [ ], not a list"),
    "two kinds": (
        f'token = "{CANARY}"\npassword = "{CANARY}"',
        "",
        "users[0].password: only one of token and password may be given",
    ),
    "two kinds for all": (
        "",
        f'[auth]\ntoken = "{CANARY}"\nclient_secret = "{CANARY}"',
        "auth.client_secret: only one of token and client_secret may be given",
    ),
    "two sources": (
        'token = { env = "SECRET", file = "x" }',
        "",
        "users[0].token: must give exactly one of env, file and command, not env, file",
    ),
    "no source": ("token = {}", "", "users[0].token: must give exactly one of env, file and"),
    "other source": ('token = { vault = "x" }', "", "users[0].token: must give exactly one of"),
    "number": ("token = 5", "", "users[0].token: must be a string in quotes, or a table with env"),
    "empty": ('token = { env = "" }', "", "users[0].token: env must be a string in quotes, not"),
    "no name": ('token = "env:"', "", "users[0].token: env must be a string in quotes, not empty"),
    "no file name": (
        'token = "file:a\\u0000"',
        "",
        "users[0].token: file must be a string in quotes",
    ),
    "variable": ('password = "env:NONE"', "", "'NONE' is not set: export it first"),
    "missing": ('password = "file:none"', "", "password file "),
    "empty file": ('token = "file:empty"', "", "is empty: it must contain the token"),
    "fails": (
        f'token = "command:echo {CANARY}; echo {CANARY} >&2; exit 7"',
        "",
        "users[0].token: the command for the token fails with exit code 7",
    ),
    "silent": ('token = "command:true"', "", "the command for the token prints nothing"),
    "late": (
        'token = "command:tail -f /dev/null | cat"',
        "[limits]\ndeadline = 0.2",
        "the command for the token takes longer than 0.2 s ([limits] deadline)",
    ),
    "bytes": ("token = \"command:printf '\\\\351'\"", "", "must print UTF-8"),
    "two lines": ('token = "command:echo a; echo b"', "", "what its command prints must be vis"),
    "control": ('password = "a\\u0007"', "", "the password must be at least one"),
    "user name": (
        'password = "p"\nusername = "a:b"',
        "",
        "username: must contain no colon",
    ),
    "name of token": ('token = "t"\nusername = "a"', "", "users[0].username: does not go with"),
    "name alone": ('username = "a"', "", "users[0].password: missing: give it here, or in [auth]"),
    "scope": ('token = "t"', f'[auth]\npassword = "{CANARY}"\nscope = "x"', "auth.scope: does not"),
    "no endpoint": (CLIENT, "", "auth.token_url: missing: clients get their tokens there"),
    "no id": ('client_secret = "s"', f"[auth]\n{OAUTH}", "users[0].client_id: missing: give it"),
    "endpoint": (CLIENT, '[auth]\ntoken_url = "id"', "auth.token_url: must be an http or https"),
    "way": (CLIENT, f'[auth]\n{OAUTH}client_authentication = "jwt"', "must be one of basic, body"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_mistake_is_one_line(tmp_path: Path, case: str) -> None:
    """With the file and the key, and never with a secret."""
    user, rest, expected = MISTAKES[case]
    (tmp_path / "empty").write_text(" \n")
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, user, rest)
    message = str(caught.value)
    assert message.startswith(str(tmp_path / "acme.toml"))
    assert expected in message
    assert "\n" not in message
    assert CANARY not in message.replace(f"echo {CANARY}", "")
