"""What became of the mutations, as text for people and as JSON for programs."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from rcs_conformance.report.text import inert, shortened
from rcs_conformance.strength.mutation.measuring import Fate, Tried

FORMAT = "rcs-conformance-mutations/1"
"""Name and version of the JSON form."""

FILE = "mutations.json"
"""Name of the file in the output directory."""

GOAL = 0.97
"""How many of the live mutations are to be killed."""

_LIVE = (Fate.KILLED, Fate.SURVIVED, Fate.UNREACHED)
_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutated:
    """A measurement.

    Attributes:
        tried: All mutations, each with what became of it.
        seed: Of the sample and of generated data.
        seconds: How long it took.
    """

    tried: tuple[Tried, ...]
    seed: int
    seconds: float

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many there are of each fate."""
        return Counter(each.fate for each in self.tried)

    @property
    def killed(self) -> float:
        """The share of the live ones that is killed; 1 where there is none."""
        live = sum(self.counts.get(fate, 0) for fate in _LIVE)
        return self.counts.get(Fate.KILLED, 0) / live if live else 1.0

    @property
    def exit_code(self) -> int:
        """0: the goal is met; 1: it is not."""
        return 0 if self.killed >= GOAL else 1


def as_text(measured: Mutated) -> str:
    """Those that were not killed, file by file, and the counts."""
    return "\n".join((*_alive(measured.tried), *_summary(measured)))


def _alive(tried: Sequence[Tried]) -> Iterator[str]:
    shown = [each for each in tried if each.fate not in (Fate.KILLED, Fate.EQUIVALENT)]
    shown.sort(key=lambda each: (each.mutation.file, each.mutation.line, each.mutation.name))
    for file, group in groupby(shown, key=lambda each: each.mutation.file):
        yield file
        for each in group:
            one = each.mutation
            yield (
                f"  line {one.line:<4} {each.fate.value:<10} {one.operator:<10}"
                f" {one.before}  ->  {one.after}"
            )
            yield f"      {one.name}"
            if each.reason:
                yield f"      {shortened(inert(each.reason), _LENGTH)}"
    if shown:
        yield ""


def _summary(measured: Mutated) -> Iterator[str]:
    counts = ", ".join(f"{measured.counts.get(fate, 0)} {fate.value}" for fate in Fate)
    yield f"{len(measured.tried)} mutations in {measured.seconds:.0f} s: {counts}"
    met = "met" if measured.exit_code == 0 else "NOT MET"
    yield (
        f"{met:<8} {GOAL:.0%} of the live mutations (killed, survived, unreached) are killed:"
        f" {measured.killed:.1%}"
    )


def as_json(measured: Mutated) -> str:
    """The document as text, ASCII only."""
    found = {
        "format": FORMAT,
        "exitCode": measured.exit_code,
        "goal": GOAL,
        "killed": measured.killed,
        "seed": measured.seed,
        "seconds": measured.seconds,
        "counts": {fate.value: measured.counts.get(fate, 0) for fate in Fate},
        "mutations": {each.mutation.name: _shown(each) for each in measured.tried},
    }
    return json.dumps(found, indent=1)


def _shown(tried: Tried) -> Mapping[str, object]:
    one = asdict(tried)
    place = one.pop("mutation")
    keys = ("file", "function", "line", "operator", "before", "after")
    return {**{key: place[key] for key in keys}, **one, "fate": tried.fate.value}
