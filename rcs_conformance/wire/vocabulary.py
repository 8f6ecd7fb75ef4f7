"""All names that a body can hold, as the model has them; and bindings that are checked by them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rcs_conformance.binding import Binding, load_binding
from rcs_conformance.wire.structure import LIST_ROOT, ROOTS, structure_of


@cache
def names_side_by_side() -> tuple[frozenset[str], ...]:
    """The roots, and the members of each structure: names of one set must differ on the wire."""
    classes = dict.fromkeys(each for root in ROOTS.values() for each in _within(root.cls))
    members = (frozenset(one.element for one in structure_of(cls).members) for cls in classes)
    return (frozenset({*ROOTS, LIST_ROOT.name}), *members)


@cache
def dialect(name: str | Path) -> Binding:
    """A binding whose renamings are checked by the names that there are.

    Args:
        name: Of a shipped binding, or the path of a file, as of `load_binding`.

    Raises:
        ConfigurationError: There is no such file or it is wrong; one line with file, line and key.
    """
    return load_binding(name, side_by_side=names_side_by_side())


def _within(cls: type) -> Iterator[type]:
    """A structure and all in it."""
    yield cls
    for member in structure_of(cls).members:
        if member.is_structure:
            yield from _within(member.type)
