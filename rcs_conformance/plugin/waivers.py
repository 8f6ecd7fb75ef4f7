"""Reads the waivers that an option names."""

import ast
from datetime import datetime
from pathlib import Path

from rcs_conformance.catalogue import Catalogue
from rcs_conformance.plugin.invocation import SUITES
from rcs_conformance.verdict.waivers import Waiver, load_waivers


def read_waivers(path: Path | None, catalogue: Catalogue) -> tuple[Waiver, ...]:
    """The waivers of a file, as of today; none without a file.

    Raises:
        ConfigurationError: The file or one of its waivers cannot be used.
    """
    if path is None:
        return ()
    return load_waivers(
        path,
        clauses=catalogue.clauses.keys(),
        knows_test=knows_test,
        today=datetime.now().astimezone().date(),
    )


def knows_test(test: str) -> bool:
    """Whether the suites have a test of an id; its parameters are for its failures to tell."""
    file, _, form = test.partition("::")
    path = (SUITES / file).resolve()
    if not path.is_relative_to(SUITES) or path.suffix != ".py" or not path.is_file():
        return False
    functions = {
        each.name
        for each in ast.parse(path.read_text("utf-8")).body
        if isinstance(each, ast.FunctionDef)
    }
    return form.partition("[")[0] in functions
