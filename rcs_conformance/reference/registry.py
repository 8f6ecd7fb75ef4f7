"""Deviations from the rules, by name: faults break a clause, variations break none."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A deviation that breaks a clause.

    Attributes:
        name: Given to `--fault`.
        clause: The clause that it breaks, as in the catalogue.
        sentence: What the server does, in one sentence.
        rules: The rules that do it.
    """

    name: str
    clause: str
    sentence: str
    rules: type[Rules]


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
        raise ConfigurationError(f"two deviations are named {deviation.name!r}")
    if isinstance(deviation, Fault):
        FAULTS[deviation.name] = deviation
    else:
        VARIATIONS[deviation.name] = deviation


class Faults(dict[str, Fault]):
    """The faults of one area by name; a name is given once."""

    def add(self, name: str, clause: str, sentence: str) -> Callable[[type[Rules]], type[Rules]]:
        """Register the rules below as a fault."""

        def register(rules: type[Rules]) -> type[Rules]:
            self[name] = Fault(name=name, clause=clause, sentence=sentence, rules=rules)
            add_deviation(self[name])
            return rules

        return register

    def also(
        self, kind: ChatKind, name: str, clause: str, sentence: str
    ) -> Callable[[type[Rules]], type[Rules]]:
        """Register the rules below, which deviate in one kind of chat, for another kind, too."""

        def register(rules: type[Rules]) -> type[Rules]:
            members = {"kind": kind, "__module__": rules.__module__}
            self.add(name, clause, sentence)(
                type(f"{rules.__name__}In{kind.name}", (rules,), members)
            )
            return rules

        return register


class Variations(dict[str, Variation]):
    """The variations of one area by name; a name is given once."""

    def add(self, name: str, sentence: str) -> Callable[[type[Rules]], type[Rules]]:
        """Register the rules below as a variation."""

        def register(rules: type[Rules]) -> type[Rules]:
            self[name] = Variation(name=name, sentence=sentence, rules=rules)
            add_deviation(self[name])
            return rules

        return register


class _Named(Protocol):
    @property
    def rules(self) -> type[Rules]: ...


D = TypeVar("D", bound=_Named)


def merged(*areas: Mapping[str, D]) -> Mapping[str, D]:
    """The deviations of all areas; a name that two of them use is an error of ours."""
    everything: dict[str, D] = {}
    for area in areas:
        if doubled := everything.keys() & area.keys():
            raise ConfigurationError(f"deviations named twice: {', '.join(sorted(doubled))}")
        everything.update(area)
    return everything


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
