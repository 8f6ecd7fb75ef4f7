"""Runs the suites against the embedded server, as `tox run -e conformance` does.

The exit code is that of `rcs-conformance run`, with one exception: where it is 5 (not fully
verified) only because clauses have no test yet, it is 0. A clause that has a test must pass
against the embedded server: where one is inconclusive or waived, the exit code stays 5.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rcs_conformance.cli import main as rcs_conformance
from rcs_conformance.report.output import RESULT, default_output

NOT_FULLY_VERIFIED = 5
ACCEPTED = frozenset({"pass", "not_tested", "not_applicable"})
"""Verdicts that a clause may have against the embedded server."""


def main(arguments: Sequence[str], out: Path | None = None) -> int:
    """Run, and say what the exit code is made of.

    Args:
        arguments: For `rcs-conformance run`, beside the output directory.
        out: The output directory; the one of the clone without it.
    """
    out = out or default_output()
    code = rcs_conformance(["run", "--out", str(out), *arguments])
    if code != NOT_FULLY_VERIFIED:
        return code
    return accepted(json.loads((out / RESULT).read_text("utf-8")))


def accepted(result: dict[str, dict[str, dict[str, dict[str, dict[str, str]]]]]) -> int:
    """The exit code for a run that ended with 5.

    Args:
        result: As read from `result.json`.
    """
    verdicts = Counter(
        clause["verdict"]
        for requirement in result["requirements"].values()
        for clause in requirement["clauses"].values()
    )
    if not verdicts.keys() <= ACCEPTED:
        return NOT_FULLY_VERIFIED
    print(
        f"accepted here: all {verdicts['pass']} clauses that were tested pass;"
        f" {verdicts['not_tested']} clauses have no test yet"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
