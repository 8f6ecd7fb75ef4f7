"""How pytest is called: with the configuration of the suites, whatever surrounds the user."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from rcs_conformance.kit import ROOT

SUITES = ROOT / "suites"
"""Where the tests are."""

_PLUGINS = (
    "xdist.plugin",
    "allure_pytest.plugin",
    "_hypothesis_pytestplugin",
    "rcs_conformance.plugin",
    "rcs_conformance.kit.fixtures.bed",
)
"""The plugins of a run; others of the same environment know nothing of its tests."""

CONFIGURATION = (
    "-c",
    str(ROOT / "pyproject.toml"),
    "--rootdir",
    str(ROOT),
    "--noconftest",
    "--disable-plugin-autoload",
    *(word for name in _PLUGINS for word in ("-p", name)),
    "-p",
    "no:cacheprovider",  # its folder would stand beside installed suites
    "-W",  # the plugin was imported for its `Handover`; it has no assertions to rewrite
    "ignore:Module already imported:pytest.PytestAssertRewriteWarning",
)
"""The same root, plugins and options in a clone and in an installed wheel.

No conftest.py is read, neither in the working directory nor above it.
"""

QUIET = ("-p", "no:terminalreporter")
"""Leaves the terminal to us; JUnit, Allure and xdist work without pytest's own reporter."""

_VARIABLES = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")
"""Variables by which the user configures pytest for tests of their own."""


def run_pytest(words: Sequence[str], plugins: Sequence[object]) -> int:
    """Run pytest in this process; returns its exit code."""
    with _without(_VARIABLES):
        return int(pytest.main(list(words), plugins=list(plugins)))


@contextmanager
def _without(variables: Sequence[str]) -> Iterator[None]:
    """Take variables out of the environment, which workers inherit."""
    taken = {name: os.environ.pop(name) for name in variables if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(taken)
