"""Mutations of members: missing, repeated, or with a value of another type.

Left out, since a conforming server may accept it (binding, sections 2 and 5; RFC 8259): a number
for a text, quoted numbers and booleans, a boolean as 1 or 0, `null` for an optional member, an
array of one for a single value, a single value for an array, elements within a text, an empty
service token, a time without a zone. A mutation that turns out to be valid, such as `refresh 0` for
a duration, is dropped when the schema is consulted.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum

from rcs_conformance.errors import HarnessError
from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.invalid_requests.mutation import Draft, Mutation
from rcs_conformance.strategies.invalid_requests.positions import Position, positions_of

URIS = frozenset(
    {
        "address",
        "callbackURL",
        "channelURL",
        "fileURL",
        "groupChatURL",
        "href",
        "notifyURL",
        "originatorAddress",
        "receiverAddress",
        "resourceURL",
        "tParticipantAddress",
        "webhookURL",
    }
)
"""Members of requests whose schema type is a URI; the model has them as `str`."""

TIMES = frozenset({"lastactive"})
"""Members of requests whose schema type is a date and time; the model has them as `str`."""

_ADDRESSES = frozenset({"address", "originatorAddress", "receiverAddress", "tParticipantAddress"})
"""Those of `URIS` that name a user."""

_CONDITIONAL = frozenset({"receiverAddress"})
"""Members that are optional only where another one replaces them; the schema knows where."""

_UNKNOWN_USER = (400, 403, 404)
"""The status codes that reject an unknown user: malformed, forbidden, or not found."""

_NO_URI = "%zz"
"""Neither a URI reference by RFC 3986 nor an `anyURI`: a percent sign without an escape."""

_JSON = (Format.JSON,)


def member_mutations(content: object) -> Iterator[Mutation]:
    """All mutations of the members of a structure, at any depth."""
    for position in positions_of(content):
        if position.is_first:
            yield from _of_presence(position)
        yield from _of_structure(position) if position.member.is_structure else _of_leaf(position)


def _of_presence(position: Position) -> Iterator[Mutation]:
    if position.member.mandatory or position.member.element in _CONDITIONAL:
        yield removed(position)
        if position.member.repeatable:
            yield emptied(position)
    if not position.member.repeatable:
        yield repeated(position)


def _of_structure(position: Position) -> Iterator[Mutation]:
    yield replaced(position, "words", f"words for {position.entry}")
    if position.member.mandatory:
        yield replaced(position, None, f"null for {position.entry}", _JSON)


def _of_leaf(position: Position) -> Iterator[Mutation]:
    element = position.member.element
    for value in _wrong_values(position):
        wrong = replaced(position, value, f"{position.entry} {value!r}")
        yield replace(
            wrong,
            statuses=statuses_of(element),
            lenient=names_uri(element),
            alters_value=names_uri(element),
        )
    for value in _other_cases(position):
        other = replaced(position, value, f"{position.entry} {value!r}")
        yield replace(other, lenient=True)
    yield replaced(position, {}, f"an object for {position.entry}", _JSON)
    if position.member.mandatory:
        yield replaced(position, None, f"null for {position.entry}", _JSON)


def _wrong_values(position: Position) -> tuple[object, ...]:
    """Values of another type than the member's, or outside its enumeration."""
    kind, element = position.member.type, position.member.element
    if issubclass(kind, StrEnum):
        return ("", "Other")
    if kind is bool:
        return ("", "maybe")
    if kind is int:
        return ("", "soon", -1, 0)
    if element in URIS:
        return ("", _NO_URI)
    return ("", "yesterday") if element in TIMES else ()


def _other_cases(position: Position) -> tuple[str, ...]:
    """The value of an enumeration or a boolean in another letter case."""
    kind = position.member.type
    if kind is bool:
        return (str(position.value).upper(),)
    if issubclass(kind, StrEnum):
        text = str(position.value)
        return (text.upper() if text.islower() else text.lower(),)
    return ()


def names_uri(element: str) -> bool:
    """Whether a member holds a URI that is no user's address."""
    return element in URIS and element not in _ADDRESSES


def statuses_of(element: str) -> tuple[int, ...]:
    """The status codes that reject a member for its value."""
    return _UNKNOWN_USER if element in _ADDRESSES else (400,)


def removed(position: Position) -> Mutation:
    """The member is missing, with all its entries."""

    def change(draft: Draft) -> bytes:
        document = draft.document()
        document.remove(position)
        return document.written()

    return Mutation(name=f"no {position.name}", change=change, place=position.name)


def emptied(position: Position) -> Mutation:
    """The repeatable member is an empty array."""

    def change(draft: Draft) -> bytes:
        document = draft.json()
        document.empty(position)
        return document.written()

    return Mutation(
        name=f"no entry in {position.name}", change=change, formats=_JSON, place=position.name
    )


def repeated(position: Position) -> Mutation:
    """A member that may occur once is repeated: in JSON an array of two."""

    def change(draft: Draft) -> bytes:
        document = draft.document()
        document.repeat(position)
        return document.written()

    formats = _JSON if position.path[-1].is_attribute else tuple(Format)
    return Mutation(
        name=f"{position.name} twice", change=change, formats=formats, place=position.name
    )


def replaced(
    position: Position, value: object, name: str, formats: tuple[Format, ...] = tuple(Format)
) -> Mutation:
    """The entry has another value."""

    def change(draft: Draft) -> bytes:
        document = draft.document()
        document.put(position, value)
        return document.written()

    return Mutation(name=name, change=change, formats=formats, place=position.entry)


def with_value(element: str, value: object) -> Mutation:
    """Another value for the first member with a name."""
    name = f"{element} {value!r}"
    return _at_first(element, name, lambda position: replaced(position, value, name))


def without(element: str) -> Mutation:
    """The first member with a name is missing."""
    return _at_first(element, f"no {element}", removed)


def twice(element: str) -> Mutation:
    """The first member with a name is repeated."""
    return _at_first(element, f"{element} twice", repeated)


def _at_first(element: str, name: str, mutation: Callable[[Position], Mutation]) -> Mutation:
    def change(draft: Draft) -> bytes:
        for position in positions_of(draft.content):
            if position.member.element == element:
                return mutation(position).change(draft)
        raise HarnessError(f"a {type(draft.content).__name__} without {element}")

    return Mutation(name=name, change=change)
