"""Counts the faults of the reference server that show in traffic which the suites did not make.

As a program: `python -m tests.traffic.judge_strength [FAULT ...]` judges the traffic of the script
of `tests.reference` with each fault, and with each permitted variation, in which nothing may be
found. `python -m tests.traffic.judge_strength 1/20` takes every twentieth fault and variation.
With `--suites` it judges the traffic of some tests of the suites for the clause of each fault.
"""

import sys
from collections import Counter
from collections.abc import Sequence

from rcs_conformance.reference import FAULTS, VARIATIONS
from rcs_conformance.strength.processes import Done
from rcs_conformance.traffic.entries import Entry
from tests.traffic import suite_traffic
from tests.traffic.scripted import scripted, understood


def shown(faults: tuple[str, ...] = (), variations: tuple[str, ...] = ()) -> Counter[str]:
    """The clauses that fail in the traffic of the script, each with the number of findings."""
    found = understood(scripted(faults, variations))
    return Counter(f"{each.clause} {each.rule}" for each in found.failures)


def main() -> None:
    """Print what each fault and each variation shows, and how many do."""
    named = sys.argv[1:]
    with_suites = "--suites" in named
    if with_suites:
        named.remove("--suites")
    step = 1
    if named and named[0].startswith("1/"):
        step, named = int(named.pop(0)[2:]), []
    faults = named or [*FAULTS][::step]
    if with_suites:
        of_suites(faults)
        return
    variations = [] if named else ["", *VARIATIONS][::step]
    false, found, own = 0, 0, 0
    for name in variations:
        shows = shown((), (name,) if name else ())
        false += bool(shows)
        _say(f"{name or 'no deviation'}: {dict(shows) or 'nothing found'}")
    for name in faults:
        clause, shows = FAULTS[name].clause, shown((name,))
        found += bool(shows)
        own += any(each.startswith(f"{clause} ") for each in shows)
        _say(f"{name} {clause}: {dict(shows) or 'nothing found'}")
    _say(
        f"{found} of {len(faults)} faults are found, {own} of them by their own clause; false"
        f" findings with {false} of {len(variations)} servers that conform"
    )


def of_suites(faults: Sequence[str]) -> int:
    """Print what some tests of the clause of each fault show, taken as somebody else's traffic.

    Returns:
        How many faults show.
    """
    found: Counter[str] = Counter()

    def done(each: Done[suite_traffic.Seen]) -> None:
        clause, shows = FAULTS[each.name].clause, each.result or ()
        found["some"] += bool(shows)
        found["own"] += any(line.startswith(f"{clause} ") for line in shows)
        _say(f"{each.name} {clause}: {', '.join(shows) or each.explanation or 'nothing found'}")

    suite_traffic.of_servers(faults, _judged, done)
    _say(f"{found['some']} of {len(faults)} faults are found, {found['own']} by their own clause")
    return found["some"]


def _judged(_name: str, entries: tuple[Entry, ...]) -> suite_traffic.Seen:
    failures = understood(entries).failures
    return tuple(sorted({f"{each.clause} {each.rule}" for each in failures}))


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - a program


if __name__ == "__main__":
    main()
