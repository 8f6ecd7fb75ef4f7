"""The examples of divided runs work as they stand, each as processes, with a part of the suites."""

import json
import re
import shutil
from pathlib import Path

import pytest

from rcs_conformance.kit import ROOT
from tests.project.test_pipelines import Host, host, scripts

__all__ = ["host"]

COUNT = 2
NARROW = "--requirement UNI-CHT-002b.3 --requirement UNI-CHT-002b.10 --profile quick --format json"
GIVEN = {"TARGET": "", "SOURCE": str(ROOT), "ARGUMENTS": NARROW, "COUNT": str(COUNT)}
MERGE = "rcs-conformance merge /results/parts/* --out /results/whole"


def result(folder: Path) -> tuple[object, ...]:
    """What a run came to: verdict, exit code, and the number of its tests."""
    document = json.loads((folder / "result.json").read_text("ascii"))
    return document["verdict"], document["exitCode"], len(document["tests"])


def parted(host: Host, script: str, index: str, first: int = 1) -> None:
    """Run the script of a part once for each part, with its index in a variable."""
    for number in range(COUNT):
        words = {**GIVEN, index: str(first + number)}
        done = host.step(script, CI_NODE_TOTAL=str(COUNT), RESULTS=str(host.folder), **words)
        assert done.returncode == 0, done.stderr


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("file", "key", "index"),
    [("github-shards.yml", "run:", "NUMBER"), ("gitlab-shards.yml", "-", "CI_NODE_INDEX")],
)
def test_jobs_of_a_pipeline(host: Host, file: str, key: str, index: str) -> None:
    """The jobs of the parts and the one that merges them."""
    part, whole = scripts((ROOT / "ci" / file).read_text("utf-8"), key)
    parted(host, part, index)
    done = host.step(whole, **GIVEN)
    assert done.returncode == 0, done.stderr
    assert result(host.folder / "rcs-conformance") == ("pass", 0, COUNT)


def with_command(host: Host) -> Host:
    """The host with the command in its path, as in the image."""
    host.step("python3 -m venv image && cp image/bin/rcs-conformance stand-in")
    return host


@pytest.mark.exhaustive
def test_indexed_job(host: Host) -> None:
    """The pods of a job, whose indices begin with 0, and the command that its head names."""
    text = (ROOT / "ci" / "kubernetes-job.yaml").read_text("utf-8")
    (script,) = scripts(text, "-")
    parted(with_command(host), script, "JOB_COMPLETION_INDEX", first=0)
    assert MERGE in re.sub(r"\n# ?", " ", text)
    done = host.step(MERGE.replace("/results", "."))
    assert done.returncode == 0, done.stderr
    assert result(host.folder / "whole") == ("pass", 0, COUNT)


@pytest.mark.exhaustive
@pytest.mark.skipif(shutil.which("parallel") is None, reason="no GNU parallel on this machine")
def test_gnu_parallel(host: Host) -> None:
    """The processes of one machine."""
    words = f"{ROOT / 'ci' / 'parallel.sh'} {COUNT} whole {NARROW}"
    done = with_command(host).step(words)
    assert done.returncode == 0, done.stderr
    assert result(host.folder / "whole") == ("pass", 0, COUNT)


def test_inputs_reach_the_shell_as_variables_only() -> None:
    """No expression of the host stands within shell commands: an input is never code."""
    text = (ROOT / "ci" / "github-shards.yml").read_text("utf-8")
    assert [step for step in scripts(text, "run:") if "${{" in step] == []
