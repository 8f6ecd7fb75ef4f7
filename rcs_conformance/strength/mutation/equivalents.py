"""Mutations that may survive, each with the freedom of a server that it makes use of."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from importlib.resources import files

from rcs_conformance.errors import HarnessError
from rcs_conformance.strength.mutation.sites import Mutation


def load(mutations: Iterable[Mutation]) -> Mapping[str, str]:
    """Reasons by the name of the mutation, for those that have one in `equivalents.toml`.

    Raises:
        HarnessError: An entry has no words, or a mutation has two reasons.
    """
    known = list(entries())
    reasons: dict[str, str] = {}
    for mutation in mutations:
        found = [reason for pattern, reason in known if fnmatchcase(mutation.name, pattern)]
        if len(found) > 1:
            raise HarnessError(f"equivalents.toml: {mutation.name}: there are two reasons")
        if found:
            reasons[mutation.name] = found[0]
    return reasons


def entries() -> Iterator[tuple[str, str]]:
    """Patterns of names, `*` for any characters, each with its reason.

    Raises:
        HarnessError: An entry has no words.
    """
    text = files(__package__).joinpath("equivalents.toml").read_text("utf-8")
    for entry in tomllib.loads(text).get("equivalent", []):
        if not entry["reason"]:
            raise HarnessError(f"equivalents.toml: {entry['mutations']}: a reason is wanted")
        for pattern in entry["mutations"]:
            yield pattern, entry["reason"]
