"""A small catalogue, and makers of what its tests record."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rcs_conformance.catalogue import Catalogue, load_catalogue
from rcs_conformance.verdict import RunInformation

REQUIREMENTS = """
source = "a document"
not_in_source = []

[[requirement]]
id = "A-001"
title = "First"
section = "1"
change = "new"
parameters = []
clause = [
  { id = "A-001.1", level = "shall", text = "One." },
  { id = "A-001.2", level = "optional", when = "adhoc", text = "Two." },
]

[[requirement]]
id = "A-002"
title = "Void"
section = "2"
change = "void"

[[requirement]]
id = "A-003"
title = "Third"
section = "3"
change = "minor"
parameters = []
clause = [{ id = "A-003.1", level = "shall", text = "Three." }]
"""

ITEMS = """item,function,reference,requirement,operation,clauses,formerly
,SCR for REST.X Server,,,,,
REST-X-S-001-M,Group,1,,,,
REST-X-S-002-M,Must,2,,GET groups,A-003.1,
,SCR for REST.Y Server,,,,,
REST-Y-S-001-O,May,3,REST-X-S-001-M AND REST-Y-S-002-O,,A-001,
REST-Y-S-002-O,Below,4,,,A-003,
,SCR for REST.Z Server,,,,,
REST-Z-S-001-O,Empty,5,,,,
"""


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Two requirements with clauses, a void one, and five items."""
    folder: Path = tmp_path_factory.mktemp("catalogue")
    (folder / "requirements.toml").write_text(REQUIREMENTS, "utf-8")
    (folder / "scr.csv").write_text(ITEMS, "utf-8")
    return load_catalogue(folder)


@pytest.fixture(scope="session")
def information() -> Callable[..., RunInformation]:
    """Makes the information on a run; members are overridden by name."""

    def make(**members: object) -> RunInformation:
        given: dict[str, object] = {
            "suite_version": "1.0",
            "target_name": "Acme",
            "target": {},
            "seed": 0,
            "started": datetime(2026, 11, 21, tzinfo=UTC),
            "seconds": 1.0,
        }
        return RunInformation(**{**given, **members})  # type: ignore[arg-type]

    return make
