"""Fixtures of the plugin's tests: small suites, run by pytest within pytest."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hypothesis
import pytest

import rcs_conformance.plugin
from rcs_conformance.kit import ROOT
from tests.plugin.suites import PREAMBLE

OPTIONS = (
    "-p",
    rcs_conformance.plugin.__name__,
    "-p",
    "rcs_conformance.kit.fixtures.bed",
    "-p",
    "no:randomly",
    "-p",
    "no:cacheprovider",
    "-W",
    "error",
    "-W",  # it is imported here already
    "ignore:Module already imported:pytest.PytestAssertRewriteWarning",
    "--strict-markers",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What came of a run.

    Attributes:
        code: Its exit code.
        text: What it printed.
        out: The folder of its results.
        result: Content of `result.json`; empty where none was written.
    """

    code: int
    text: str
    out: Path
    result: dict[str, Any] = field(default_factory=dict)

    @property
    def tests(self) -> dict[str, dict[str, Any]]:
        """The records of tests by their names."""
        return {each["id"].partition("::")[2]: each for each in self.result["tests"]}

    def clause(self, clause: str) -> dict[str, Any]:
        """What became of a clause."""
        found: dict[str, Any] = self.result["requirements"][clause.rpartition(".")[0]]["clauses"]
        return dict(found[clause])


Run = Callable[..., Finished]


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs tests, given as the text of a module, with options for pytest."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # rewriting costs a second each
    profile = hypothesis.settings.get_current_profile_name()

    def run(
        source: str, *options: str, plugins: tuple[object, ...] = (), apart: bool = False
    ) -> Finished:
        pytester.makepyfile(test_suite=PREAMBLE + source)
        out = pytester.path / "out"
        words = (*OPTIONS, f"--out={out}", *options)
        if apart:
            done = pytester.runpytest_subprocess(*words, timeout=240)
        else:
            done = pytester.runpytest_inprocess(*words, plugins=plugins, no_reraise_ctrlc=True)
        file = out / "result.json"
        return Finished(
            code=int(done.ret),
            text=f"{done.stdout}\n{done.stderr}",
            out=out,
            result=json.loads(file.read_text()) if file.exists() else {},
        )

    yield run
    hypothesis.settings.load_profile(profile)


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    """What is open until the end of the test."""
    with ExitStack() as opened:
        yield opened
