"""Of other libraries only the public parts are used."""

import ast
from collections.abc import Iterator

import pytest

from rcs_conformance.kit import ROOT

FOLDERS = ("rcs_conformance", "suites", "fixtures", "tests", "benchmarks")
OWN = {*FOLDERS, "conftest"}
FOR_TYPE_CHECKERS = "_typeshed"
"""Public to annotations, in spite of its name; it does not exist at run time."""

EXCEPTIONS = {
    # No setting keeps hypothesis from drawing constants of source files; the test of
    # tests/plugin/test_generation.py about source files notices when this has no effect any more.
    "rcs_conformance/plugin/startup.py": {"hypothesis.internal.conjecture"},
}
"""Modules of ours, with the private modules that they import for want of another way."""


def _imported(tree: ast.AST) -> Iterator[str]:
    """The full names of what a module imports, of other libraries."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
        else:
            continue
        known = {*OWN, FOR_TYPE_CHECKERS}
        yield from (name for name in names if name.partition(".")[0] not in known)


def _is_private(name: str) -> bool:
    parts = name.split(".")
    hidden = any(part.startswith("_") and not part.startswith("__") for part in parts)
    return hidden or "internal" in parts


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_private_module_of_a_library_is_imported(folder: str) -> None:
    """But for those that have a reason."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / folder).rglob("*.py"):
        private = {name for name in _imported(ast.parse(path.read_bytes())) if _is_private(name)}
        if private:
            found[path.relative_to(ROOT).as_posix()] = private
    allowed = {
        file: private for file, private in EXCEPTIONS.items() if file.startswith(f"{folder}/")
    }
    assert {
        file: {_prefix(each, allowed.get(file, set())) for each in private}
        for file, private in found.items()
    } == allowed


def _prefix(name: str, allowed: set[str]) -> str:
    """The exception that covers a name, or the name itself."""
    return next((each for each in allowed if f"{name}.".startswith(f"{each}.")), name)
