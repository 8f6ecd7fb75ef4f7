"""Deviations from the rules, by name: faults break a clause, variations break none."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.reference.rules import Rules
from rcs_conformance.target import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A deviation that breaks a clause.

    Attributes:
        name: Given to `--fault`.
        clause: The clause that it breaks, as in the catalogue.
        sentence: What the server does, in one sentence.
        rules: The rules that do it.
        policy: The policy of a target file under which it breaks the clause; by default any.
    """

    name: str
    clause: str
    sentence: str
    rules: type[Rules]
    policy: Policy = Policy()  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """A deviation that the binding allows; attributes as of `Fault`."""

    name: str
    sentence: str
    rules: type[Rules]


FAULTS: dict[str, Fault] = {}
"""Every fault by its name."""

VARIATIONS: dict[str, Variation] = {}
"""Every permitted variation by its name."""


def add_deviation(deviation: Fault | Variation) -> None:
    """Add a deviation.

    Raises:
        ConfigurationError: Another one has its name.
    """
    if deviation.name in (FAULTS if isinstance(deviation, Fault) else VARIATIONS):
        raise ConfigurationError(f"two faults or variations have the name {deviation.name!r}")
    if isinstance(deviation, Fault):
        FAULTS[deviation.name] = deviation
    else:
        VARIATIONS[deviation.name] = deviation


class _Named(Protocol):
    @property
    def rules(self) -> type[Rules]: ...


D = TypeVar("D", bound=_Named)


def combined(rules: Iterable[type[Rules]], seed: int) -> Rules:
    """The rules of a server with all the given deviations."""
    deviations = tuple(dict.fromkeys(rules))
    bases = [
        each
        for each in deviations
        if not any(other is not each and issubclass(other, each) for other in deviations)
    ]
    chosen: type[Rules] = type("Chosen", (*bases, Rules), {"deviations": deviations})
    return chosen(seed)


def chosen(kind: str, names: Iterable[str], known: Mapping[str, D]) -> list[type[Rules]]:
    """The rules of the deviations named.

    Raises:
        ConfigurationError: One is unknown; the message names those that are spelled like it.
    """
    rules = []
    for name in names:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
            hint = f"; did you mean {', '.join(close)}?" if close else ""
            raise ConfigurationError(f"the reference server has no {kind} {name!r}{hint}")
        rules.append(known[name].rules)
    return rules
