"""All names that a body can hold, as the model has them; and bindings that are checked by them."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

from rcs_conformance.binding import Binding, CanonicalNames, load_binding
from rcs_conformance.wire.structure import LIST_ROOT, ROOTS, TIMES, structure_of


@cache
def canonical_names() -> CanonicalNames:
    """All names and values of the model."""
    classes = dict.fromkeys(each for root in ROOTS.values() for each in _within(root.cls))
    members = [one for cls in classes for one in structure_of(cls).members]
    roots = {name: _elements(root.cls) for name, root in ROOTS.items()}
    nested = {one.element: _elements(one.type) for one in members if one.is_structure}
    kinds = dict.fromkeys(one.type for one in members if issubclass(one.type, StrEnum))
    return CanonicalNames(
        side_by_side=(
            frozenset({*ROOTS, LIST_ROOT.name}),
            *(_elements(cls) for cls in classes),
        ),
        within={**nested, **roots},
        values=tuple(frozenset(map(str, kind)) for kind in kinds),
        booleans=frozenset(one.element for one in members if one.type is bool),
        times=frozenset(TIMES),
    )


def _elements(cls: type) -> frozenset[str]:
    """The members of a structure."""
    return frozenset(one.element for one in structure_of(cls).members)


@cache
def dialect(name: str | Path) -> Binding:
    """A binding whose renamings are checked by the names that there are.

    Args:
        name: Of a shipped binding, or the path of a file, as of `load_binding`.

    Raises:
        ConfigurationError: There is no such file or it is wrong; one line with file, line and key.
    """
    return load_binding(name, canonical=canonical_names())


def _within(cls: type) -> Iterator[type]:
    """A structure and all in it."""
    yield cls
    for member in structure_of(cls).members:
        if member.is_structure:
            yield from _within(member.type)
