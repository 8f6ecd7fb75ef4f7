"""Runs of the suites against the reference server: measurements of strength, and single runs."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from rcs_conformance import kit
from rcs_conformance.plugin.options import embedded_target
from rcs_conformance.reference import Account, ReferenceServer
from rcs_conformance.reference.rules import Rules
from rcs_conformance.strength.plans import Scope
from tests.suites.measurement import Observations, measured

_DEADLINE = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run came to.

    Attributes:
        exit_code: Of the process.
        result: `result.json`.
        output: What the run wrote to the terminal.
    """

    exit_code: int
    result: Mapping[str, Any]
    output: str

    def clauses(self) -> dict[str, str]:
        """The verdict of each clause."""
        return {
            clause: found["verdict"]
            for requirement in self.result["requirements"].values()
            for clause, found in requirement["clauses"].items()
        }

    def findings(self) -> str:
        """What failed or stayed undecided, for messages."""
        lines = [
            f"{test['id']}: {test['verdict']} {test.get('reason') or ''} {test['failures']}"
            for test in self.result["tests"]
            if test["verdict"] != "pass"
        ]
        return "\n".join(lines) or self.output

    def with_verdict(self, *verdicts: str) -> list[str]:
        """The clauses with one of these verdicts."""
        return [clause for clause, verdict in self.clauses().items() if verdict in verdicts]


RunSuites: TypeAlias = Callable[..., Outcome]
"""Runs the suites: `faults`, `variations`, `timeout` in seconds, `claims` in place of those that
the embedded target makes, what its `policy` is, other `users`, the `binding` that the target file
names, the one that is `spoken` where that is another, further `rules` of the server, and words for
pytest, which may name another profile than standard."""


def _users(accounts: Sequence[Account]) -> str:
    """The tables of users in a target file."""
    return "".join(
        f"[[users]]\naddress = {json.dumps(each.address)}\ntoken = {json.dumps(each.token)}\n"
        f"aliases = {json.dumps(each.aliases)}\n"
        + (f"id = {json.dumps(each.id)}\n\n" if each.id else "\n")
        for each in accounts
    )


def _target_file(
    folder: Path, root: str, timeout: float, claims: str, policy: str, users: str
) -> Path:
    text = (kit.TARGETS / "embedded.toml").read_text("utf-8").replace("http://127.0.0.1:0", root)
    if claims:
        text = re.sub(r"(?ms)^\[ics\]\n.*?(?=^#? ?\[)", f"[ics]\n{claims}\n\n", text)
    if users:
        text = re.sub(r"(?ms)^\[\[users\]\]\n.*?(?=^\[ics\])", users, text)
    file = folder / "target.toml"
    text = f"{text}\n[policy]\n{policy}\n\n[notifications]\ntimeout = {timeout}\n"
    file.write_text(text, "utf-8")
    return file


@pytest.fixture(scope="session")
def own(request: pytest.FixtureRequest) -> Iterator[Observations]:
    """Faults against the tests of their own clause, and variations in groups."""
    with _measured(Scope.OWN, "own", request) as observations:
        yield observations


@pytest.fixture(scope="session")
def sampled(request: pytest.FixtureRequest) -> Iterator[Observations]:
    """Faults against the tests of their own clause and a sample of others; each variation alone."""
    with _measured(Scope.SAMPLE, "sampled", request) as observations:
        yield observations


def _measured(
    scope: Scope, fixture: str, request: pytest.FixtureRequest
) -> AbstractContextManager[Observations]:
    """A measurement for those of the selected tests that use a fixture."""
    items = [each for each in request.session.items if fixture in getattr(each, "fixturenames", ())]
    return measured(scope, items, request.config.cache.mkdir(f"strength-{scope}"))


@pytest.fixture
def run_suites(tmp_path: Path) -> RunSuites:
    """Runs the suites against a reference server that is started for it."""

    def run(
        *words: str,
        faults: tuple[str, ...] = (),
        variations: tuple[str, ...] = (),
        timeout: float = 5.0,
        claims: str = "",
        policy: str = "",
        users: Sequence[Account] = (),
        binding: str = "oma-v1",
        spoken: str = "",
        rules: tuple[type[Rules], ...] = (),
    ) -> Outcome:
        accounts = users or [
            Account(
                address=user.address,
                token=user.token.reveal(),
                sip=user.sip,
                contact=user.contact,
                aliases=user.aliases,
                id=user.id,
                token_without_scope=(
                    user.token_without_scope.reveal() if user.token_without_scope else ""
                ),
            )
            for user in embedded_target().users
        ]
        with ExitStack() as stack:
            server = stack.enter_context(
                ReferenceServer(
                    accounts,
                    faults=faults,
                    variations=variations,
                    rules=rules,
                    binding=spoken or binding,
                )
            )
            target = _target_file(tmp_path, server.root, timeout, claims, policy, _users(users))
            target.write_text(target.read_text("utf-8").replace('"oma-v1"', json.dumps(binding)))
            out = tmp_path / "out"
            command = [sys.executable, "-m", "pytest", "suites", "-q", "-p", "no:cacheprovider"]
            options = ["--profile", "standard", "--target", str(target), "--out", str(out)]
            done = subprocess.run(  # noqa: S603 - our own command
                [*command, *options, *words],
                cwd=kit.ROOT,
                capture_output=True,
                text=True,
                timeout=_DEADLINE,
                check=False,
            )
        result = json.loads((out / "result.json").read_text("utf-8"))
        return Outcome(exit_code=done.returncode, result=result, output=done.stdout + done.stderr)

    return run
