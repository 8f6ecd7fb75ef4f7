"""The embedded server conforms to all that applies to it, as the README's first command shows."""

from pathlib import Path

from rcs_conformance.kit import ROOT

from .conftest import COMMAND, run


def test_embedded_server_conforms(tmp_path: Path) -> None:
    """Every clause that applies is tested and passes: exit code 0, with two workers."""
    out = str(tmp_path / "out")

    done = run([*COMMAND, "run", "--profile", "quick", "-n", "2", "--out", out], cwd=ROOT)

    assert done.returncode == 0, done.stdout + done.stderr
