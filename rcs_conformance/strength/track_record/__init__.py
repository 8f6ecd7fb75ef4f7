"""Deviations that were seen in real material, each with one command and the verdict expected of it.

`record.toml` holds them; its table for readers is in README.md beside it.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from rcs_conformance.errors import HarnessError
from rcs_conformance.reference import FAULTS, VARIATIONS

_SOURCES = frozenset({"gsma-pilot", "kandy", "channel", "published", "requirements"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A deviation that a real server, client or document has.

    Attributes:
        what: What it does.
        source: Where it was seen, by the key of a source in the data file.
        fault: The fault of the reference server that does the same; empty for none.
        variation: The permitted variation that does the same; empty for none.
        binding: The shipped binding that says so; empty for none.
        fails: The clause that must fail; empty where everything must pass.
    """

    what: str
    source: str
    fault: str = ""
    variation: str = ""
    binding: str = ""
    fails: str = ""

    @property
    def command(self) -> str:
        """The command that shows the verdict."""
        if self.binding:
            return f"rcs-conformance run --binding {self.binding}"
        if self.fault:
            return f"rcs-conformance strength --own --fault {self.fault}"
        return f"rcs-conformance strength --own --variation {self.variation}"

    @property
    def expected(self) -> str:
        """The verdict, in words."""
        return f"{self.fails} fails" if self.fails else "pass"


def load() -> tuple[Seen, ...]:
    """All of them.

    Raises:
        HarnessError: An entry names nothing that exists, or more than one thing.
    """
    text = files(__package__).joinpath("record.toml").read_text("utf-8")
    entries = tuple(Seen(**entry) for entry in tomllib.loads(text)["seen"])
    for each in entries:
        for reason in wrong(each):
            raise HarnessError(f"record.toml: {each.what!r}: {reason}")
    return entries


def wrong(seen: Seen) -> Iterator[str]:
    """What is wrong with an entry, in words."""
    if sum(map(bool, (seen.fault, seen.variation, seen.binding))) != 1:
        yield "give one of fault, variation and binding"
    if seen.source not in _SOURCES:
        yield f"source is one of {', '.join(sorted(_SOURCES))}"
    if seen.fault and (seen.fault not in FAULTS or FAULTS[seen.fault].clause != seen.fails):
        yield "there is no such fault of this clause"
    if seen.variation and (seen.variation not in VARIATIONS or seen.fails):
        yield "there is no such variation, or it is said to fail"


def as_table() -> str:
    """The table for readers, in Markdown."""
    lines = ["| seen | where | command | verdict |", "|---|---|---|---|"]
    lines += [
        f"| {each.what} | {each.source} | `{each.command}` | {each.expected} |" for each in load()
    ]
    return "\n".join(lines)
