"""The members of a structure, at any depth: where a mutation can be made.

A position is written as a path, such as `participant[2]/address`; a number stands only where there
are several entries. Of a repeatable member the first and the last entry have positions: servers
treat these two differently, and the entries between them like the last.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from rcs_conformance.wire.structure import Member, structure_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A member on the path.

    Attributes:
        index: Which of its entries, counted from 0.
        among: How many entries it has.
        is_attribute: Whether it is an attribute in XML.
    """

    member: Member
    index: int = 0
    among: int = 1
    is_attribute: bool = False

    def __str__(self) -> str:
        """Its element, with the number of the entry where there are several."""
        number = f"[{self.index + 1}]" if self.among > 1 else ""
        return f"{self.member.element}{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One entry of a member, as it stands in a structure.

    Attributes:
        path: The members from the root; the last is the member itself.
        value: The value of the entry.
    """

    path: tuple[Step, ...]
    value: object

    @property
    def member(self) -> Member:
        return self.path[-1].member

    @property
    def is_first(self) -> bool:
        return self.path[-1].index == 0

    @property
    def entry(self) -> str:
        """The path of the entry: `participant[2]`."""
        return "/".join(map(str, self.path))

    @property
    def name(self) -> str:
        """The path of the member, without the entry's number: `participant`."""
        return "/".join((*map(str, self.path[:-1]), self.member.element))


def positions_of(content: object) -> Iterator[Position]:
    """The positions of a structure: each member with a value, then the members within it."""
    return _positions(content, ())


def _positions(content: object, path: tuple[Step, ...]) -> Iterator[Position]:
    layout = structure_of(type(content))
    for member in layout.members:
        value = getattr(content, member.attribute)
        entries = value if isinstance(value, tuple) else () if value is None else (value,)
        for index in sorted({0, len(entries) - 1}) if entries else ():
            step = Step(
                member=member,
                index=index,
                among=len(entries),
                is_attribute=layout.as_attributes,
            )
            position = Position(path=(*path, step), value=entries[index])
            yield position
            if dataclasses.is_dataclass(position.value):
                yield from _positions(position.value, position.path)
