"""Where a deviation can be made: the members of a structure, at any depth.

A site is named by the way to it, such as `participant[2]/address`; a number is there only where
several entries could be meant. Of the entries of a repeatable member the first and the last have
sites: they are the two that servers treat apart, and those between are like the last.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from rcs_conformance.wire.structure import Member, structure_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A member on the way to a site.

    Attributes:
        member: The member.
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
class Site:
    """One entry of a member, as it stands in a structure.

    Attributes:
        way: The members from the root to it; the last is the one that it is about.
        value: What stands there.
    """

    way: tuple[Step, ...]
    value: object

    @property
    def member(self) -> Member:
        """The member that it is about."""
        return self.way[-1].member

    @property
    def is_first(self) -> bool:
        """Whether it is the first entry of its member, or the only one."""
        return self.way[-1].index == 0

    @property
    def entry(self) -> str:
        """The way to it: `participant[2]`."""
        return "/".join(map(str, self.way))

    @property
    def name(self) -> str:
        """The way to its member, whichever the entry: `participant`."""
        return "/".join((*map(str, self.way[:-1]), self.member.element))


def sites_of(content: object) -> Iterator[Site]:
    """The sites of a structure: each member that is there, then those within it."""
    return _sites(content, ())


def _sites(content: object, way: tuple[Step, ...]) -> Iterator[Site]:
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
            site = Site(way=(*way, step), value=entries[index])
            yield site
            if dataclasses.is_dataclass(site.value):
                yield from _sites(site.value, site.way)
