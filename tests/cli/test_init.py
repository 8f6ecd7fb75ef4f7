"""`init` asks a server what it serves, and writes a target file that can be used."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.catalogue.ics import claimed_items
from rcs_conformance.cli import main
from rcs_conformance.kit import BINDINGS
from rcs_conformance.plugin.options import embedded_target
from rcs_conformance.reference import DEFAULT_ACCOUNTS, ReferenceServer, rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.target import load_target

Serving = Callable[..., str]
USERS = [word for each in DEFAULT_ACCOUNTS for word in ("--user", f"{each.address}={each.token}")]
TOKENS = {f"RCS_TOKEN_{number}": each.token for number, each in enumerate(DEFAULT_ACCOUNTS)}
CATALOGUE = load_catalogue()
UNSEEN = {
    "REST-CHAT-LL-MSG-S-003-O",
    "REST-CHAT-LL-MSG-S-004-O",
    "REST-CHAT-NOTIF-SUBSCR-CANCEL-S-001-O",
}
"""What only a message in a long-lived group, or waiting, would show."""


class _ChatBeforeVerb(Rules):
    """No chat has an id like those that `init` makes up: it says 404 before 405."""

    def reject(self, call: Call, rejection: Rejection) -> Response:
        if "nobody" in call.variables.get("sessionId", ""):
            rejection = rejections.not_found(call.variables["sessionId"])
        return super().reject(call, rejection)


def claimed(file: Path) -> frozenset[str]:
    """The items that a written file claims."""
    ics = load_target(file, environment=TOKENS).ics
    return claimed_items(CATALOGUE, ics.features, ics.items, not_supported=ics.not_supported)


def test_what_is_written_can_be_used(
    serving: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It claims what the reference server does, but for what could not be seen."""
    file = tmp_path / "acme.toml"
    assert main(["init", serving(), *USERS, "-o", str(file)]) == 0
    ics = embedded_target().ics
    known = claimed_items(CATALOGUE, ics.features, ics.items, not_supported=ics.not_supported)
    chat = {item for item in known if "-FT-" not in item and "-NC-" not in item}
    assert chat - claimed(file) <= UNSEEN
    for name, token in TOKENS.items():
        monkeypatch.setenv(name, token)
    assert main(["doctor", str(file)]) == 0


def test_each_line_says_why(serving: Serving, tmp_path: Path) -> None:
    """By the request and its answer; tokens stand in the environment, not in the file."""
    file = tmp_path / "acme.toml"
    main(["init", serving(), *USERS, "-o", str(file)])
    lines = file.read_text("utf-8").splitlines()
    entries = [line for line in lines if line.startswith("    ")]
    assert entries
    assert [line for line in entries if " returned " not in line or "   # " not in line] == []
    (listed,) = [line for line in entries if '"REST-CHAT-SUBSCR-S-002-O",' in line]
    assert "GET returned 200" in listed
    assert not any(token in line for token in TOKENS.values() for line in lines)
    assert 'token = "env:RCS_TOKEN_0"' in lines
    assert file.stat().st_mode & 0o077 == 0


def test_what_is_lacking_is_not_claimed(serving: Serving, tmp_path: Path) -> None:
    """Neither by a feature nor by an item."""
    file = tmp_path / "acme.toml"
    root = serving("lacks-group-chats", "lacks-long-lived-groups", "form-refused")
    main(["init", root, *USERS, "-o", str(file)])
    items = claimed(file)
    assert not any(item.startswith(("REST-CHAT-GRP", "REST-CHAT-LL")) for item in items)
    assert "REST-CHAT-SUBSCR-S-004-O" not in items
    assert "REST-CHAT-1-1-SESS-S-001-O" in items


@pytest.mark.parametrize("variation", ["participants-have-ids", "last-but-one-ends-chat"])
def test_what_a_server_may_do_hides_nothing(tmp_path: Path, variation: str) -> None:
    """Ids of participants of its own; and an end of a group chat by leaving, before DELETE."""
    file = tmp_path / "acme.toml"
    with ReferenceServer(DEFAULT_ACCOUNTS, variations=(variation,)) as server:
        assert main(["init", server.root, *USERS, "-o", str(file)]) == 0
    assert "REST-CHAT-INDGRP-S-003-O" in claimed(file)
    text = file.read_text("utf-8")
    assert "Mandatory, but not supported" not in text
    if variation == "last-but-one-ends-chat":  # nobody can come back, whatever is served
        assert "#   REST-CHAT-GRP-PART-STATUS-S-003-O" in text


def test_extension_is_seen_in_a_chat_alone(tmp_path: Path) -> None:
    """A server that looks for the chat first says 404 where there is none."""
    file = tmp_path / "acme.toml"
    with ReferenceServer(DEFAULT_ACCOUNTS, rules=(_ChatBeforeVerb,)) as server:
        assert main(["init", server.root, *USERS, "-o", str(file)]) == 0
    assert "REST-CHAT-1-1-EXTEND-S-001-O" in claimed(file)


def test_file_is_not_overwritten(
    serving: Serving, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Unless that is asked for; nothing is asked of the server before."""
    file = tmp_path / "acme.toml"
    file.write_text("mine", "utf-8")
    assert main(["init", "http://127.0.0.1:1", *USERS, "-o", str(file)]) == 4
    assert file.read_text("utf-8") == "mine"
    assert "--force" in capsys.readouterr().err
    assert main(["init", serving(), *USERS, "-o", str(file), "--force"]) == 0
    assert file.read_text("utf-8") != "mine"


def test_tokens_are_given_apart_or_written_plainly(
    serving: Serving, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the tester asks; without -o the file is shown."""
    words = ["init", serving(), "--plain-tokens"]
    for each in DEFAULT_ACCOUNTS[:3]:
        words += ["--user", each.address, "--token", each.token]
    assert main(words) == 0
    shown = capsys.readouterr().out
    assert f'token = "{DEFAULT_ACCOUNTS[2].token}"' in shown
    assert main([*words, "--token", "more"]) == 4
    assert "--token: given" in capsys.readouterr().err


@pytest.mark.parametrize("server", ["nobody", "page", "tls"])
def test_server_that_is_none_is_refused(
    server: str,
    request: pytest.FixtureRequest,
    serving: Serving,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In one line, and nothing is written."""
    roots: dict[str, Callable[[], str]] = {
        "nobody": lambda: "http://127.0.0.1:1",
        "tls": lambda: serving().replace("http:", "https:"),
    }
    root = roots[server]() if server in roots else request.getfixturevalue(server)
    file = tmp_path / "acme.toml"
    assert main(["init", root, *USERS, "-o", str(file)]) == 4
    (line,) = capsys.readouterr().err.splitlines()
    assert "server_root" in line
    assert not file.exists()


def test_binding_is_named_in_the_file(serving: Serving, tmp_path: Path) -> None:
    """A file of one by its path, wherever the target file stands."""
    file, binding = tmp_path / "acme.toml", tmp_path / "own.toml"
    binding.write_bytes((BINDINGS / "oma-v1.toml").read_bytes())
    words = ["init", serving(), *USERS, "-o", str(file), "--binding", str(binding)]
    assert main(words) == 0
    assert load_target(file, environment=TOKENS).binding == str(binding)


def test_policies_are_read_from_the_responses(tmp_path: Path) -> None:
    """That groups cannot be ended, and that no session starts with a message."""
    file = tmp_path / "acme.toml"
    variations = ("first-message-forbidden", "groups-not-ended")

    with ReferenceServer(DEFAULT_ACCOUNTS, variations=variations) as server:
        assert main(["init", server.root, *USERS, "-o", str(file)]) == 0

    assert "REST-CHAT-INDGRP-S-003-O" not in claimed(file)
    lines = file.read_text("utf-8").splitlines()
    (line,) = [each for each in lines if each.startswith("# first_message_at_start")]
    assert "403 with messageId = 'POL1012'" in line
