"""`rcs-conformance doctor`: whether a target file is ready for a run, in seconds.

No trigger is used and nothing stays on the server; each part has its own deadline.
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.cli.doctor.checks import examine
from rcs_conformance.cli.doctor.finding import Finding, Level
from rcs_conformance.report.text import inert

FORMAT = "rcs-conformance-doctor/1"
"""Name and version of the JSON form."""

UNUSABLE = 4


def doctor(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Check a target file and what it refers to; print a line for each finding at once.

    Returns:
        0 if a run can use it, 4 if not.
    """
    started = time.monotonic()
    found: list[Finding] = []
    for each in _examined(arguments.file):
        found.append(each)
        if arguments.form == "text":
            _say(_line(each))
    usable = all(each.level is not Level.WRONG for each in found)
    seconds = round(time.monotonic() - started, 1)
    if arguments.form == "json":
        _say(as_json(arguments.file, found, usable=usable, seconds=seconds))
    else:
        said = "is ready for a run" if usable else "is not ready for a run"
        _say(inert(f"{arguments.file} {said} ({seconds} s)"))
    return 0 if usable else UNUSABLE


def as_json(file: Path, found: Sequence[Finding], *, usable: bool, seconds: float) -> str:
    """The findings for machines."""
    document = {
        "format": FORMAT,
        "file": str(file),
        "usable": usable,
        "seconds": seconds,
        "findings": [asdict(each) for each in found],
    }
    return json.dumps(document, indent=1)


def _examined(file: Path) -> Iterator[Finding]:
    return examine(file, load_catalogue())


def _line(found: Finding) -> str:
    """One line: level, part, observation, and what would be right."""
    hint = f"; {found.right}" if found.right else ""
    return inert(f"{found.level:<8}{found.about}: {found.text}{hint}")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the command's answer
