"""What Allure shows of a run beside its tests: the environment, and kinds of outcomes."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rcs_conformance.model.results import Verdict
from rcs_conformance.report.allure_files import history_id
from rcs_conformance.report.output import ALLURE
from rcs_conformance.report.text import inert
from rcs_conformance.verdict import Run

ENVIRONMENT = "environment.properties"
CATEGORIES = "categories.json"

_KINDS = (
    ("Clauses not met", "failed", ""),
    ("Errors in the test suite", "broken", ""),
    ("Known failures", "skipped", Verdict.WAIVED),
    ("Inconclusive", "skipped", Verdict.INCONCLUSIVE),
    ("Not tested", "skipped", Verdict.NOT_TESTED),
    ("Not applicable", "skipped", Verdict.NOT_APPLICABLE),
)
"""Name, status and verdict of each kind; the message of a skipped test contains its verdict."""


def write_environment(run: Run, out: Path) -> None:
    """Write both files into the folder of Allure's results, where there is one."""
    folder = out / ALLURE
    if not folder.is_dir():
        return
    lines = [f"{name}={_escaped(value)}\n" for name, value in _environment(run).items() if value]
    (folder / ENVIRONMENT).write_text("".join(lines), "ascii")
    (folder / CATEGORIES).write_text(json.dumps(_categories(), indent=1) + "\n", "ascii")


def drop_unrecorded(run: Run, out: Path) -> None:
    """Remove the results of tests that the run has no record of.

    A process writes them as each test ends; of an interrupted run the last ones arrive no more.
    """
    known = {history_id(record.id) for record in run.records}
    for file in (out / ALLURE).glob("*-result.json"):
        result = json.loads(file.read_text("utf-8"))
        if result.get("historyId") not in known:
            for source in _attached(result):
                (out / ALLURE / source).unlink(missing_ok=True)
            file.unlink()


def _attached(result: Mapping[str, Any]) -> Iterator[str]:
    """The files of a result and its steps."""
    yield from (each["source"] for each in result.get("attachments", ()))
    for step in result.get("steps", ()):
        yield from _attached(step)


def _environment(run: Run) -> Mapping[str, str]:
    """What a run was of, and nothing that differs between two runs of the same."""
    information = run.information
    target = information.target
    return {
        "target": information.target_name,
        "server_root": str(target.get("server_root") or ""),
        "api_version": str(target.get("api_version") or ""),
        "binding": str(target.get("binding") or ""),
        "suite_version": information.suite_version,
        "release": information.release,
        "profile": information.profile,
        "seed": str(information.seed),
        "selection": " ".join(information.selection),
    }


def _escaped(value: str) -> str:
    """A value as files of properties have it: escapes for all but ASCII."""
    text = inert(value).replace("\\", "\\\\")
    units = text.encode("utf-16-be", "surrogatepass")
    pairs = (int.from_bytes(units[at : at + 2]) for at in range(0, len(units), 2))
    return "".join(chr(unit) if 32 <= unit < 127 else f"\\u{unit:04x}" for unit in pairs)


def _categories() -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "matchedStatuses": [status],
            **({"messageRegex": f"(?s).*\\b{verdict}\\b.*"} if verdict else {}),
        }
        for name, status, verdict in _KINDS
    ]
