"""What the hosts of pipelines are given runs as it stands, with the command of this clone.

The hosts' own runners and an image build are not within reach here: a stand-in for `python3` makes
the environment that a step asks for, with a `pip` that notes its words and the command itself.
"""

import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from rcs_conformance.cli.arguments import parsed
from rcs_conformance.kit import ROOT

PYTHON = """\
#!/bin/sh
[ "$1 $2" = "-m venv" ] || exit 9
mkdir -p "$3/bin"
printf '#!/bin/sh\\necho "$@" >> "%s"\\n' "$PIP_LOG" > "$3/bin/pip"
printf '#!/bin/sh\\nexec "%s" "%s" "$@"\\n' "$REAL_PYTHON" "$COMMAND_FILE" \\
  > "$3/bin/rcs-conformance"
chmod +x "$3/bin/pip" "$3/bin/rcs-conformance"
"""
COMMAND = """\
import sys
from rcs_conformance.cli import main
sys.exit(main())
"""
NARROW = "--requirement UNI-CHT-002b.3 --profile quick --format json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A folder that stands for a checkout on a host, and what its steps get.

    Attributes:
        folder: The working directory.
        environment: What every step has.
    """

    folder: Path
    environment: Mapping[str, str]

    def step(self, script: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run the shell commands of a step."""
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],  # noqa: S607
            cwd=self.folder,
            env={**self.environment, **more},
            check=False,
            capture_output=True,
            text=True,
            timeout=240,
        )

    def read(self, name: str) -> str:
        """A file of the checkout."""
        return (self.folder / name).read_text("utf-8")


@pytest.fixture
def host(tmp_path: Path) -> Host:
    """A host with the stand-in for `python3`."""
    stand_in = tmp_path / "stand-in"
    stand_in.mkdir()
    (stand_in / "python3").write_text(PYTHON)
    (stand_in / "python3").chmod(0o755)
    (stand_in / "command.py").write_text(COMMAND)
    inherited = {name: value for name, value in os.environ.items() if "GITHUB" not in name}
    environment = {
        **inherited,
        "PATH": f"{stand_in}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PIP_LOG": str(tmp_path / "pip.log"),
        "REAL_PYTHON": sys.executable,
        "COMMAND_FILE": str(stand_in / "command.py"),
    }
    return Host(folder=tmp_path, environment=environment)


def scripts(text: str, key: str) -> list[str]:
    """The shell commands of a file's steps, which stand in blocks below a key."""
    found = re.findall(rf"^( *){key} \|\n((?:\1 +.*\n|\n)+)", text, re.MULTILINE)
    return [textwrap.dedent(block) for _, block in found]


def action_steps() -> list[str]:
    """Install, run, report."""
    steps = scripts((ROOT / "action.yml").read_text("utf-8"), "run:")
    assert len(steps) == 3
    return steps


@pytest.mark.exhaustive
def test_steps_of_the_action(host: Host) -> None:
    """A run and its reports; with a summary, and the exit code as an output."""
    install, run, report = action_steps()
    github = {
        "RUNNER_TEMP": str(host.folder / "temp"),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_OUTPUT": str(host.folder / "outputs"),
        "GITHUB_STEP_SUMMARY": str(host.folder / "summary.md"),
        "GITHUB_ACTIONS": "true",
        "OUT": "out",
    }
    given = {"TARGET": "", "WAIT": "60", "ARGUMENTS": NARROW}
    done = [
        host.step(install, **github),
        host.step(run, **github, **given),
        host.step(report, **github),
    ]
    assert [one.returncode for one in done] == [0, 0, 0], [one.stderr for one in done]
    assert host.read("pip.log") == f"install --quiet {ROOT}\n"
    assert host.read("outputs") == "exit-code=0\nsarif=out/results.sarif\n"
    assert host.read("summary.md").startswith("## ✅ RCS conformance: pass\n")
    assert json.loads(host.read("out/results.sarif"))["runs"][0]["results"] == []
    assert json.loads(host.read("out/badge.json"))["message"] == "passing (part)"


@pytest.mark.exhaustive
def test_action_fails_as_the_run_does(host: Host) -> None:
    """The exit code is kept; without a result there is nothing to report."""
    install, run, report = action_steps()
    github = {
        "RUNNER_TEMP": str(host.folder / "temp"),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_OUTPUT": str(host.folder / "outputs"),
        "OUT": "out",
    }
    host.step(install, **github)
    done = host.step(run, **github, TARGET="a b.toml; *", WAIT="1", ARGUMENTS="")
    assert done.returncode == 4
    assert "a b.toml; *" in done.stderr
    assert host.step(report, **github).returncode == 0
    assert host.read("outputs") == "exit-code=4\n"


def test_inputs_reach_the_shell_as_variables_only() -> None:
    """No expression of the host stands within shell commands: an input is never code."""
    assert [step for step in action_steps() if "${{" in step] == []
    text = (ROOT / "ci" / "gitlab.yml").read_text("utf-8")
    assert [step for step in scripts(text, "-") if "$[[" in step] == []


@pytest.mark.exhaustive
def test_script_of_the_template(host: Host) -> None:
    """The job runs the command with its variables."""
    (script,) = scripts((ROOT / "ci" / "gitlab.yml").read_text("utf-8"), "-")
    done = host.step(script, TARGET="http://127.0.0.1:1", SOURCE=str(ROOT), ARGUMENTS="--seed 1")
    assert done.returncode == 4
    assert "a server needs users" in done.stderr or "--user" in done.stderr
    assert host.read("pip.log") == f"install --quiet {ROOT}\n"


def test_image_copies_what_is_installed() -> None:
    """Each source of the image exists, and its command is one."""
    text = (ROOT / "ci" / "Containerfile").read_text("utf-8")
    copied = [
        word for line in re.findall(r"^COPY (.*) /source", text, re.M) for word in line.split()
    ]
    (words,) = re.findall(r"^CMD (.*)$", text, re.MULTILINE)
    assert [word for word in copied if not list(ROOT.glob(word))] == []
    assert {"pyproject.toml", "rcs_conformance", "suites", "conftest.py"} <= set(copied)
    assert parsed(json.loads(words))[0].command.function == "run"
