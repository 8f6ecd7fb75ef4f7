"""What of a JSON document decides whether its schema accepts it: all but its valid values.

Most bodies of a run differ from an earlier one in ids, addresses and texts alone. No rule of the
schemas compares two values, or looks at a value from outside: a structure's own rules ask which
members it has, an array's how many items. So where each value by itself is one of its type, the
rest decides, and documents with equal rests, their *likeness*, are accepted or refused together.
That the schema files hold to it is a test's business.
"""

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from rcs_conformance.wire.schema_json import validator
from rcs_conformance.wire.spelling import PLAIN, Spelling

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

_LONG = 256
"""Values of more characters are judged each time, for what is kept must not grow large."""


class _Layout:
    """What a schema says of a value: a structure, a repeatable member, or a simple type.

    Args:
        judge: The validator of the schema.
    """

    def __init__(self, judge: "Validator") -> None:
        schema: Any = judge.schema
        repeatable = "items" in schema.get("then", {})
        self._judge = judge
        self._again = lru_cache(maxsize=256, typed=True)(judge.is_valid)
        self.members = {
            name: _Layout(judge.evolve(schema=member))
            for name, member in schema.get("properties", {}).items()
        }
        self.item = _Layout(judge.evolve(schema=schema["then"]["items"])) if repeatable else None
        self.single = _Layout(judge.evolve(schema=schema["else"])) if repeatable else None

    def accepts(self, value: Any) -> bool:  # noqa: ANN401 - JSON
        """Whether the schema accepts a value."""
        if isinstance(value, str):
            short = len(value) <= _LONG
        else:
            short = isinstance(value, int) and len(str(value)) <= _LONG
        return bool(self._again(value) if short else self._judge.is_valid(value))


def likeness_of(document: object, root: str, spelling: Spelling = PLAIN) -> object | None:
    """A document without its values; `None` where one of these is wrong by itself.

    What is not declared stays in it as it is.

    Args:
        document: What `guard.parse_json` read.
        root: Name of a root that `schema_json.apis_of_roots` knows.
        spelling: Of the dialect.
    """
    return _likeness(document, _layout(root, spelling))


@cache
def _layout(root: str, spelling: Spelling) -> _Layout:
    return _Layout(validator(root, spelling))


def _likeness(value: object, layout: _Layout) -> object | None:
    if isinstance(value, dict) and layout.members:
        return _of_members(value, layout)
    if layout.item is not None and layout.single is not None:
        if not isinstance(value, list):
            return _likeness(value, layout.single)
        items = [_likeness(each, layout.item) for each in value]
        return None if None in items else ("array", *items)
    return "value" if layout.accepts(value) else None


def _of_members(value: dict[str, object], layout: _Layout) -> object | None:
    parts: list[object] = ["object"]
    for name, item in value.items():
        declared = layout.members.get(name)
        part = repr(item) if declared is None else _likeness(item, declared)
        if part is None:
            return None
        parts.append((name, part))
    return tuple(parts)
