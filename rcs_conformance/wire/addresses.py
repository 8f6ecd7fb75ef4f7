"""Users that a target shows under several addresses: each is read as the one user that it is."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TypeVar, get_args

from rcs_conformance.model.addresses import normal_address

T = TypeVar("T")

_ADDRESS = "address"


def recognised(content: T, aliases: Mapping[str, str]) -> T:
    """A structure in which every alias of a user is replaced by the address of that user.

    Args:
        content: A structure, or a tuple of structures.
        aliases: Addresses in the form of `normal_address`, each with the one that it stands for.
    """
    if isinstance(content, tuple):
        return type(content)(recognised(each, aliases) for each in content)
    changes: dict[str, object] = {}
    structure: type = type(content)
    for name, is_address in _members(structure):
        value = getattr(content, name)
        if value is None or value == ():
            continue
        read = _known(value, aliases) if is_address else recognised(value, aliases)
        if read is not value:
            changes[name] = read
    return replace(content, **changes) if changes else content  # type: ignore[type-var]


def _known(value: object, aliases: Mapping[str, str]) -> object:
    if isinstance(value, tuple):
        return tuple(_known(each, aliases) for each in value)
    return aliases.get(normal_address(value), value) if isinstance(value, str) else value


@cache
def _members(structure: type) -> tuple[tuple[str, bool], ...]:
    """The members of a structure that may name users, and whether each is an address itself.

    A value that is no structure has none.
    """
    if not is_dataclass(structure):
        return ()
    return tuple(
        (field.name, field.name.endswith(_ADDRESS))
        for field in fields(structure)
        if field.name.endswith(_ADDRESS) or _holds_structure(field.type)
    )


def _holds_structure(kind: object) -> bool:
    """Whether a member's type is a structure, an optional one or several."""
    if isinstance(kind, type) and is_dataclass(kind):
        return True
    return any(_holds_structure(each) for each in get_args(kind))
