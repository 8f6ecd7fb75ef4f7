"""Counts the faults of the reference server that show in traffic which the suites did not make.

As a program: `python -m tests.traffic.judge_strength [FAULT ...]` judges the traffic of the script
of `tests.reference` with each fault, and with each permitted variation, in which nothing may be
found.
"""

import sys
from collections import Counter
from collections.abc import Iterator

from rcs_conformance.reference import FAULTS, VARIATIONS
from tests.traffic.scripted import judgement, scripted


def shown(faults: tuple[str, ...] = (), variations: tuple[str, ...] = ()) -> Counter[str]:
    """The clauses that fail in the traffic of the script, each with the number of findings."""
    found = judgement(scripted(faults, variations))
    return Counter(f"{each.clause} {each.rule}" for each in found.failures)


def main() -> None:
    """Print what each fault and each variation shows, and how many do."""
    named = sys.argv[1:]
    false = dict(_false(named))
    for name, found in false.items():
        print("FALSE", name, dict(found))  # noqa: T201 - a program
    shows = {name: shown((name,)) for name in named or FAULTS}
    for name, found in shows.items():
        print(name, FAULTS[name].clause, dict(found) or "-", flush=True)  # noqa: T201
    own = sum(any(each.startswith(FAULTS[n].clause + " ") for each in f) for n, f in shows.items())
    count = sum(bool(found) for found in shows.values())
    print(  # noqa: T201
        f"{count} of {len(shows)} faults are found, {own} of them by their own clause;"
        f" false findings with {len(false)} of {0 if named else len(VARIATIONS) + 1} servers"
    )


def _false(named: list[str]) -> Iterator[tuple[str, Counter[str]]]:
    for name in () if named else ("", *VARIATIONS):
        found = shown((), (name,) if name else ())
        if found:
            yield name or "conforming", found


if __name__ == "__main__":
    main()
