"""Which test killed each fault another time. It runs first, so that most faults take one test.

`python -m tests.suites.killers` writes the file anew from the last run of `test_strength.py`. An
entry that is wrong, or missing, costs time and changes no result.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from rcs_conformance.reference import FAULTS
from rcs_conformance.strength import checkpoint
from rcs_conformance.strength.plans import Scope

FILE = Path(__file__).with_suffix(".json")
FOLDER = f"strength-{Scope.OWN}"
"""Where the cache of pytest keeps what the first tier observed."""

_OBSERVED = Path(__file__).parents[1] / ".pytest_cache" / "d" / FOLDER / checkpoint.FILE


def load() -> Mapping[str, str]:
    """Id of the test, by name of the fault."""
    found: Mapping[str, str] = json.loads(FILE.read_text("ascii"))
    return found


def of(lines: Iterable[str]) -> dict[str, str]:
    """The tests in which the faults' own clauses failed, of a file of observations.

    Args:
        lines: One observation each (`strength.checkpoint`).
    """
    killers = dict[str, str]()
    for line in lines:
        name, seen = json.loads(line)
        clause = FAULTS[name].clause if name in FAULTS else ""
        for each in seen["broken"]:
            if each["clause"] == clause:
                killers[name] = each["tests"][0]
    return killers


def write() -> None:
    """Write the file anew; a fault that the last run left out keeps its test."""
    known = {name: test for name, test in load().items() if name in FAULTS}
    observed = _OBSERVED.read_text("ascii").splitlines()[1:]
    FILE.write_text(json.dumps(known | of(observed), indent=0, sort_keys=True) + "\n", "ascii")


if __name__ == "__main__":
    write()
