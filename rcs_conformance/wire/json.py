"""JSON: between bytes and structures (binding, section 5).

A repeatable member is an array even for one entry; a bare single value is read as such an array.
Numbers and booleans are written native and read native or quoted. Null stands for a member that is
absent.
"""

from collections.abc import Mapping

from rcs_conformance.errors import WireError
from rcs_conformance.wire.scalars import read_scalar, without_fraction, write_scalar
from rcs_conformance.wire.structure import Member, structure_of


class JsonWriter:
    """Turns structures into JSON values under the names of a binding."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def value(self, content: object, path: str) -> dict[str, object]:
        """The JSON object of a structure."""
        members: dict[str, object] = {}
        for member in structure_of(type(content)).members:
            value = getattr(content, member.attribute)
            if value is None or value == ():
                continue
            name = self._names.get(member.element, member.element)
            here = f"{path}/{name}"
            members[name] = (
                [self._item(item, member, here) for item in value]
                if member.repeatable
                else self._item(value, member, here)
            )
        return members

    def _item(self, value: object, member: Member, path: str) -> object:
        if member.is_structure and not isinstance(value, str):
            return self.value(value, path)
        if isinstance(value, (bool, int)):
            return value
        return write_scalar(value, path)


class JsonReader:
    """Reads structures from JSON values under the names of a binding."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def structure(self, value: object, cls: type, path: str) -> object:
        """The structure that a JSON object holds.

        Raises:
            WireError: It is no object, a mandatory member is missing, or a value is mistyped.
        """
        if not isinstance(value, dict):
            raise WireError(f"is {_kind(value)} where an object is expected", path)
        return cls(
            **{
                member.attribute: read
                for member in structure_of(cls).members
                if (read := self._member(value, member, path)) is not None
            }
        )

    def _member(self, members: dict[str, object], member: Member, path: str) -> object | None:
        name = self._names.get(member.element, member.element)
        here = f"{path}/{name}"
        value = members.get(name)
        if value is None or (member.repeatable and value == []):
            if member.mandatory:
                raise WireError(f"member {name} is missing", path)
            return None
        if not member.repeatable:
            return self._item(value, member, here)
        items = value if isinstance(value, list) else [value]
        return tuple(
            self._item(item, member, f"{here}[{number}]") for number, item in enumerate(items, 1)
        )

    def _item(self, value: object, member: Member, path: str) -> object:
        if member.or_text and isinstance(value, str):
            return value
        if member.is_structure:
            return self.structure(value, member.type, path)
        value = without_fraction(value)
        if isinstance(value, bool):
            if member.type is not bool:
                raise WireError("is a boolean where another value is expected", path)
            return value
        if isinstance(value, str) or (isinstance(value, int) and member.type in (int, bool)):
            return read_scalar(str(value), member.type, path)
        raise WireError(f"is {_kind(value)} where a value is expected", path)


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "an array", str: "a string", bool: "a boolean"}
    return "null" if value is None else kinds.get(type(value), "a number")
