"""Every module of the engine can be imported, and warns of nothing."""

import importlib
import pkgutil

import pytest

import rcs_conformance

MODULES = sorted(
    each.name
    for each in pkgutil.walk_packages(rcs_conformance.__path__, "rcs_conformance.")
    if not each.name.startswith("rcs_conformance.kit.")
)


@pytest.mark.parametrize("name", MODULES)
def test_module_can_be_imported(name: str) -> None:
    """By itself; a warning is an error here."""
    assert importlib.import_module(name).__name__ == name
