"""`serve` runs the reference server and says how to test it."""

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from rcs_conformance import reference
from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.catalogue.contradictions import Claim, contradictions
from rcs_conformance.cli import main
from rcs_conformance.cli.serve import announcement, deviations
from rcs_conformance.reference import DEFAULT_ACCOUNTS, FAULTS, Account, Fault, accounts_of
from rcs_conformance.reference.rules import Rules
from rcs_conformance.target import load_target

ROOT = "http://127.0.0.1:4711"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Takes the server's place and notes how it was started."""
    noted: dict[str, Any] = {}

    def stand_in(
        announce: Callable[[str], None], accounts: Sequence[Account], **options: object
    ) -> None:
        noted.update(options, accounts=list(accounts))
        announce(ROOT)

    monkeypatch.setattr(reference, "serve", stand_in)
    return noted


def test_options_reach_the_server(served: dict[str, Any]) -> None:
    """Each option has its place."""
    words = "--host 127.0.0.1 --port 0 --latency 20 --seed 3 --fault a --fault b --variation c"
    assert main(["serve", *words.split()]) == 0
    assert served == {
        "accounts": list(DEFAULT_ACCOUNTS),
        "host": "127.0.0.1",
        "port": 0,
        "faults": ["a", "b"],
        "variations": ["c"],
        "latency_ms": 20.0,
        "notification_delay_ms": 0.0,
        "seed": 3,
        "binding": "oma-v1",
    }


def test_announcement_is_a_target_file(
    served: dict[str, Any], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What is printed can be saved and used."""
    main(["serve"])
    (tmp_path / "t.toml").write_text(capsys.readouterr().out)
    target = load_target(tmp_path / "t.toml")
    assert target.server_root == ROOT
    assert [user.token.reveal() for user in target.users] == [a.token for a in DEFAULT_ACCOUNTS]
    assert served["faults"] == []


def test_given_tokens_are_not_printed(
    served: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A token is named as it was given where that does not show it, and left out elsewhere."""
    monkeypatch.setenv("ACME", "canary-1")
    main(["serve", "--user", "tel:+15550100=env:ACME", "--user", "tel:+15550101=canary-2"])
    text = capsys.readouterr().out
    assert "canary" not in text
    assert text.count("env:ACME") == 1
    assert [account.token for account in served["accounts"]] == ["canary-1", "canary-2"]


def test_real_server_listens_and_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C is how it is meant to end."""

    def interrupted(_server: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reference.ReferenceServer, "wait", interrupted)
    assert main(["serve", "--port", "0"]) == 0
    assert "http://127.0.0.1:" in capsys.readouterr().out


def test_faults_are_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Name, clause and sentence of each."""
    fault = Fault(name="no-location", clause="TS-CHAT-5.6", sentence="Is silent.", rules=Rules)
    monkeypatch.setattr("rcs_conformance.cli.serve.FAULTS", {**FAULTS, fault.name: fault})
    assert main(["serve", "--list-faults"]) == 0
    assert "no-location  TS-CHAT-5.6  Is silent." in capsys.readouterr().out
    assert "no-location" in deviations()


def test_address_is_quoted() -> None:
    """An odd address does not break the target file."""
    account = Account(address='tel:"\\', token="t")  # noqa: S106 - of nothing
    text = announcement(ROOT, [(account, "t")])
    assert tomllib.loads(text)["users"][0]["address"] == account.address


@pytest.mark.parametrize("binding", ["oma-v1", "gsma-pilot", "kandy"])
def test_announcement_fits_the_dialect(
    served: dict[str, Any], capsys: pytest.CaptureFixture[str], tmp_path: Path, binding: str
) -> None:
    """Users have the ids and addresses that its clients know, and nothing is claimed in vain."""
    main(["serve", "--binding", binding])
    file = tmp_path / "t.toml"
    file.write_text(capsys.readouterr().out)
    target = load_target(file)
    claim = Claim(features=frozenset(target.ics.features), items=frozenset(target.ics.items))
    assert served["accounts"] == list(accounts_of(binding))
    assert [(each.address, each.id) for each in target.users] == [
        (each.address, each.id) for each in served["accounts"]
    ]
    assert contradictions(load_catalogue(), claim) == ()


@pytest.mark.parametrize(
    "words", [[], [f"--user=tel:+1555010{number}=t{number}" for number in range(3)]]
)
def test_scopes_are_claimed_where_a_token_lacks_one(
    served: dict[str, Any], capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str]
) -> None:
    """Otherwise a run of the printed file could not decide the clause about them."""
    main(["serve", *words])
    (tmp_path / "t.toml").write_text(capsys.readouterr().out.replace("env:PUT", "PUT"))
    target = load_target(tmp_path / "t.toml")
    given = [each.token_without_scope for each in target.users]
    assert ("scopes" in target.ics.features) == all(given) == (not words)
    assert served["port"] is not None
