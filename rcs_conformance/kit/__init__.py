"""Where the content folders are: `suites`, `schemas`, `fixtures` and `reports`.

In a clone and in an editable install they stand at the top of the repository; in a wheel they
stand beside this file. `ROOT` is right in both, and `rcs_conformance.kit.fixtures...` imports
in both, because the package path is the content root. This is the only place that knows it.
"""

import tomllib
from pathlib import Path

_HERE = Path(__file__).resolve().parent

ROOT = _HERE if (_HERE / "suites").is_dir() else _HERE.parents[1]
"""The folder that holds the content folders."""

__path__ = [str(ROOT)]

CATALOGUE = ROOT / "suites" / "catalogue"
"""Requirements and static conformance requirements, as data."""

SCHEMAS = ROOT / "schemas"
"""XML Schemas (`xsd/`) and JSON Schemas (`json/`) of the default binding."""

BINDINGS = ROOT / "fixtures" / "bindings"
"""Binding files that are shipped."""

PAYLOADS = ROOT / "fixtures" / "payloads"
"""Bodies written by hand from the binding."""

TARGETS = ROOT / "fixtures" / "targets"
"""Target files that are shipped."""

TEMPLATES = ROOT / "reports"
"""Templates of the reports."""


def suite_version() -> str:
    """The version in `pyproject.toml`, which stands in a clone and in a wheel alike."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])
