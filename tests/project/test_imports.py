"""Every module of the engine can be imported, and warns of nothing."""

import importlib
from pathlib import Path

import pytest

import rcs_conformance

_ENGINE = Path(rcs_conformance.__file__).parent
MODULES = sorted(
    ".".join(file.relative_to(_ENGINE.parent).with_suffix("").parts).removesuffix(".__init__")
    for file in _ENGINE.rglob("*.py")
)


@pytest.mark.parametrize("name", MODULES)
def test_module_can_be_imported(name: str) -> None:
    """By its name; a warning is an error here."""
    assert importlib.import_module(name).__name__ == name
