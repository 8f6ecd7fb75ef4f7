"""How pytest is called, from wherever the command is: with the configuration of the suites."""

from rcs_conformance.kit import ROOT

SUITES = ROOT / "suites"
"""Where the tests are."""

CONFIGURATION = (
    "-c",
    str(ROOT / "pyproject.toml"),
    "--rootdir",
    str(ROOT),
    "-p",
    "no:cacheprovider",  # its folder would stand beside installed suites
    "-p",
    "no:randomly",  # another order and another seed than the run's are of no use
    "-W",  # the plugin was imported for its `Handover`; it has no assertions to rewrite
    "ignore:Module already imported:pytest.PytestAssertRewriteWarning",
)
"""The same root, conftest and options in a clone and in an installed wheel."""

QUIET = ("-p", "no:terminalreporter")
"""Leaves the terminal to us; JUnit, Allure and xdist work without pytest's own reporter."""
