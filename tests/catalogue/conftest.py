"""Small catalogues on disk, and the shipped one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rcs_conformance.catalogue import Catalogue, load_catalogue

TOML = """\
source = "a document"
not_in_source = ["R-9"]

[[requirement]]
id = "R-1"
title = "Start"
section = "1"
change = "minor"
parameters = ["subject?"]
clause = [
  { id = "R-1.1", level = "shall", text = "It starts." },
  { id = "R-1.2", level = "optional", when = "a && b", text = "It starts twice." },
]

[[requirement]]
id = "R-2"
title = "Void"
section = "2"
change = "void"
"""

CSV = """\
item,function,reference,requirement,operation,clauses,formerly
,SCR for REST.A Server,,,,,
REST-A-S-001-M,All,1,,,R-1,
REST-A-S-002-O,"One, or two",2,REST-A-S-003-M,POST groups form,R-1.2,REST-A-S-009-O
REST-A-S-003-M,Told,3,,NOTIFY eventNotification Gone,,
"""

Write = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    """The catalogue that is shipped."""
    return load_catalogue()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a catalogue and gives its folder."""

    def written(toml: str, csv: str) -> Path:
        (tmp_path / "requirements.toml").write_text(toml, encoding="utf-8")
        (tmp_path / "scr.csv").write_text(csv, encoding="utf-8")
        return tmp_path

    return written
