"""Mutations that may survive, each with the freedom of a server that it makes use of."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from rcs_conformance.errors import HarnessError


def load() -> Mapping[str, str]:
    """Reasons by the name of the mutation, from `equivalents.toml` beside this module.

    Raises:
        HarnessError: A mutation has two reasons, or one without words.
    """
    text = files(__package__).joinpath("equivalents.toml").read_text("utf-8")
    reasons: dict[str, str] = {}
    for entry in tomllib.loads(text).get("equivalent", []):
        for name in entry["mutations"]:
            if name in reasons or not entry["reason"]:
                raise HarnessError(f"equivalents.toml: {name}: one reason is wanted")
            reasons[name] = entry["reason"]
    return reasons
