"""Measures what the suites cost and compares it with a budget.

Ratios are measured in interleaved rounds of one run, since a busy machine moves both sides alike.
Seconds are of this machine at this time: measure before and after a change, not against a table.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import dialects, exchanges, processes, validation
from rcs_conformance.model.formats import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure and its budget; `None` where it is told for comparison only."""

    name: str
    measured: float
    unit: str
    budget: float | None = None

    @property
    def verdict(self) -> str:
        """Whether it is within its budget."""
        if self.budget is None:
            return ""
        return "ok" if self.measured <= self.budget else "over"


def figures(rounds: int) -> Iterator[Figure]:
    """Measure everything, one figure after the other."""
    costs = exchanges.measure(rounds)
    yield Figure(name="exchange, all checks on", measured=costs.checked, unit="us")
    yield Figure(name="exchange, bare requests session", measured=costs.session, unit="us")
    yield Figure(name="exchange, http.client", measured=costs.client, unit="us")
    yield Figure(
        name="all checks on / bare session", measured=costs.to_session, unit="x", budget=2.5
    )
    yield Figure(name="all checks on / http.client", measured=costs.to_client, unit="x")
    for fmt in Format:
        ratio = validation.alike_to_anew(fmt, rounds)
        yield Figure(
            name=f"{fmt.name} body alike / judged anew", measured=ratio, unit="x", budget=0.4
        )
    for fmt in Format:
        yield Figure(
            name=f"{fmt.name} body, oma-v1 / no dialect",
            measured=dialects.cost("oma-v1", fmt, rounds),
            unit="x",
            budget=1.1,
        )
        for words, taken in (("taken", True), ("not taken", False)):
            yield Figure(
                name=f"{fmt.name} body, forms of kandy {words}",
                measured=dialects.cost("kandy", fmt, rounds, taken=taken),
                unit="x",
            )
    creates = processes.creates(rounds)
    yield Figure(name="200 creates, suites", measured=creates.suites, unit="s")
    yield Figure(name="200 creates, by hand", measured=creates.by_hand, unit="s")
    yield Figure(name="suites / by hand", measured=creates.ratio, unit="x", budget=1.0)
    yield Figure(
        name="collecting the suites", measured=processes.collection(rounds), unit="s", budget=1.5
    )
    yield Figure(
        name="first verdict", measured=processes.first_verdict(rounds), unit="s", budget=2.0
    )
    seconds, mebibytes = processes.whole_run(rounds)
    yield Figure(name="whole run, profile quick", measured=seconds, unit="s", budget=10.0)
    yield Figure(name="most memory of that run", measured=mebibytes, unit="MiB", budget=150.0)


def row(figure: Figure) -> str:
    """A line of the table."""
    budget = "" if figure.budget is None else f"{figure.budget:g} {figure.unit}"
    measured = f"{figure.measured:.2f} {figure.unit}"
    return f"{figure.name:<34} {measured:>14} {budget:>10}  {figure.verdict}".rstrip()


def main() -> int:
    """Print the table; write it as JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds (default: %(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    arguments = parser.parse_args()
    print(f"{'figure':<34} {'measured':>14} {'budget':>10}  verdict")
    measured = []
    for figure in figures(arguments.rounds):
        measured.append({**asdict(figure), "verdict": figure.verdict})
        print(row(figure), flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps({"figures": measured}, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
