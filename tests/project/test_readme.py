"""The documents hold no command that does not work as written."""

import configparser
import re
import shlex
import sys
from pathlib import Path

import pytest

from rcs_conformance.attestation import keys
from rcs_conformance.cli.arguments import parsed
from rcs_conformance.kit import ROOT
from rcs_conformance.model.results import Verdict
from rcs_conformance.reference import FAULTS, ReferenceServer
from rcs_conformance.target import load_target

from .conftest import COMMAND, run
from .documents import blocks, commands

README = commands("README.md")
OURS = [line for line in README if line.startswith("rcs-conformance ")]
KEYS = [line for line in README if line.startswith("openssl ")]
INSTALLED_ELSEWHERE = ["python3 -m venv .venv && .venv/bin/pip install . && . .venv/bin/activate"]
"""Its steps are those of `test_wheel`."""
TOX = "python3 -m venv .venv && .venv/bin/pip install tox && .venv/bin/tox run -e "
PYTEST = "python -m pytest suites --target target.toml --out reports/out"
ROOT_SHOWN = "http://127.0.0.1:8080"

_LINK = re.compile(r"\]\(([^)]+)\)")


def target_file() -> str:
    """The target file that the README shows."""
    (text,) = (block.text for block in blocks("README.md") if block.language == "toml")
    return text


def test_every_command_is_known() -> None:
    """A command that no test below looks at must not stand in the README."""
    others = [line for line in README if line not in OURS and not line.startswith(TOX)]

    assert sorted(others) == sorted([*INSTALLED_ELSEWHERE, *KEYS, PYTEST])


def test_keys_that_are_made_can_sign(tmp_path: Path) -> None:
    """What OpenSSL writes by the commands that are shown is a key pair for `sign` and `verify`."""
    made = [run(shlex.split(line), cwd=tmp_path) for line in KEYS]
    assert [each.stderr for each in made if each.returncode] == []
    payload = keys.signed(b"{}", keys.private_key(tmp_path / "private.pem", None))
    (tmp_path / "signature").write_text(payload)

    public = keys.public_key(tmp_path / "public.pem")

    assert keys.payload_of(tmp_path / "signature", public) == b"{}"


def test_environments_exist() -> None:
    """What the two commands name is in tox.ini."""
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(ROOT / "tox.ini", encoding="utf-8")
    named = [line.removeprefix(TOX) for line in README if line.startswith(TOX)]

    assert named == ["conformance", "tests"]
    assert all(tox.has_section(f"testenv:{name}") for name in named)


@pytest.mark.parametrize("line", [line for line in OURS if "--help" not in line])
def test_options_are_right(line: str) -> None:
    """Options are spelt as the command takes them, faults exist."""
    arguments, _ = parsed(shlex.split(line)[1:])

    assert set(getattr(arguments, "fault", ())) <= FAULTS.keys()


@pytest.mark.parametrize("line", [line for line in OURS if line.endswith(("trace", "faults"))])
def test_listings(line: str) -> None:
    """What only lists something, as written."""
    done = run([*COMMAND, *shlex.split(line)[1:]], cwd=ROOT)

    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 50


def test_target_in_one_line(tmp_path: Path) -> None:
    """A server is tested by its URL and users alone."""
    (line,) = (line for line in OURS if line.startswith(f"rcs-conformance run {ROOT_SHOWN}"))
    with ReferenceServer() as server:
        words = shlex.split(line.replace(ROOT_SHOWN, server.root))[1:]
        words += ["--out", str(tmp_path / "out"), "--requirement", "UNI-CHT-002b.1"]
        done = run([*COMMAND, *words, "--profile", "quick"], cwd=ROOT)

    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "out" / "report.html").is_file()


def test_target_by_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The target file that is shown works, with `run` and with plain pytest."""
    for number in range(4):
        monkeypatch.setenv(f"ACME_TOKEN_{number}", f"token-{number}")
    narrow = ["--profile", "quick", "--requirement", "UNI-CHT-002b.1"]
    target, out = tmp_path / "target.toml", tmp_path / "out"
    with ReferenceServer() as server:
        target.write_text(target_file().replace(ROOT_SHOWN, server.root), "utf-8")
        words = ["run", str(target), "--out", str(out), *narrow]
        command = run([*COMMAND, *words], cwd=ROOT)
        line = PYTEST.replace("target.toml", str(target)).replace("reports/out", str(out))
        plain = run([sys.executable, *shlex.split(line)[1:], *narrow], cwd=ROOT)

    assert command.returncode == 0, command.stdout + command.stderr
    assert plain.returncode == 0, plain.stdout + plain.stderr


def test_target_file_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example that the README refers to can be loaded."""
    for number in range(4):
        monkeypatch.setenv(f"ACME_TOKEN_{number}", "token")

    assert load_target(ROOT / "fixtures" / "targets" / "example.toml").users


def test_verdicts_are_all_listed() -> None:
    """The tables name each verdict and each exit code once."""
    text = (ROOT / "README.md").read_text("utf-8")
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")]

    assert [row for row in rows if row.isdigit()] == [*"0123456"]
    assert {row.strip("`") for row in rows} >= {verdict.value for verdict in Verdict}


def test_links_lead_somewhere() -> None:
    """Each link within the project names a file or a heading."""
    for document in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / document).read_text("utf-8")
        for place in _LINK.findall(text):
            assert place.startswith("#") or (ROOT / place).exists(), f"{document}: {place}"
