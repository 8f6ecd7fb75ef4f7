"""Which version of the suite this is."""

import tomllib

from rcs_conformance.kit import ROOT


def suite_version() -> str:
    """The version in `pyproject.toml`, which stands in a clone and in a wheel alike."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])
