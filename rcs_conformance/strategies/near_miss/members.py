"""Deviations of members: left out, repeated, or with a value that is none of theirs.

What is not derived, since a conforming server may take it (binding, sections 2 and 5; RFC 8259):
a number in the place of a text, quoted numbers and booleans, a boolean as 1 or 0, `null` for an
optional member, an array of one for a single value, a single value for an array, elements within
a text, an empty service token. What is derived all the same and turns out to be valid, such as
`refresh 0` where it is a duration, is left out by whoever asks the schema.
"""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.near_miss.deviations import Deviation, Draft
from rcs_conformance.strategies.near_miss.sites import Site, sites_of

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
    }
)
"""Members of requests that hold a URI; the model has them as texts."""

TIMES = frozenset({"lastactive"})
"""Members of requests that hold a date and time, likewise."""

_ADDRESSES = frozenset({"address", "originatorAddress", "receiverAddress", "tParticipantAddress"})
"""Those of them that name a user."""

_NEEDED = frozenset({"receiverAddress"})
"""Members that are optional only where another stands in for them; the schema knows where."""

_NOBODY = (400, 403, 404)
"""What refuses the address of nobody: it fits no schema, does not ask, or does not exist."""

_NO_URI = "%zz"
"""No URI reference by RFC 3986 nor an `anyURI`: a percent sign that escapes nothing."""

_JSON = (Format.JSON,)


def member_deviations(content: object) -> Iterator[Deviation]:
    """Everything that can be wrong with one member of a structure, at any depth."""
    for site in sites_of(content):
        if site.is_first:
            yield from _of_presence(site)
        yield from _of_structure(site) if site.member.is_structure else _of_leaf(site)


def _of_presence(site: Site) -> Iterator[Deviation]:
    if site.member.mandatory or site.member.element in _NEEDED:
        yield removed(site)
        if site.member.repeatable:
            yield emptied(site)
    if not site.member.repeatable:
        yield repeated(site)


def _of_structure(site: Site) -> Iterator[Deviation]:
    yield replaced(site, "words", f"words for {site.entry}")
    if site.member.mandatory:
        yield replaced(site, None, f"null for {site.entry}", _JSON)


def _of_leaf(site: Site) -> Iterator[Deviation]:
    for value in _wrong_values(site):
        wrong = replaced(site, value, f"{site.entry} {value!r}")
        yield replace(wrong, statuses=statuses_of(site.member.element))
    yield replaced(site, {}, f"an object for {site.entry}", _JSON)
    if site.member.mandatory:
        yield replaced(site, None, f"null for {site.entry}", _JSON)


def _wrong_values(site: Site) -> tuple[object, ...]:
    """Values that are of another type than the member's, or not among those that it has."""
    kind, element = site.member.type, site.member.element
    if issubclass(kind, StrEnum):
        return ("", "Other", _other_case(str(site.value)))
    if kind is bool:
        return ("", "maybe")
    if kind is int:
        return ("", "soon", -1, 0)
    if element in URIS:
        return ("", _NO_URI)
    return ("", "yesterday") if element in TIMES else ()


def _other_case(text: str) -> str:
    return text.upper() if text.islower() else text.lower()


def statuses_of(element: str) -> tuple[int, ...]:
    """The status codes that refuse a member for its value."""
    return _NOBODY if element in _ADDRESSES else (400,)


def removed(site: Site) -> Deviation:
    """A member left out."""

    def change(draft: Draft) -> bytes:
        document = draft.document()
        document.remove(site)
        return document.written()

    return Deviation(name=f"no {site.name}", change=change, place=site.name)


def emptied(site: Site) -> Deviation:
    """A repeatable member as an array without entries."""

    def change(draft: Draft) -> bytes:
        document = draft.json()
        document.empty(site)
        return document.written()

    return Deviation(name=f"no entry in {site.name}", change=change, formats=_JSON, place=site.name)


def repeated(site: Site) -> Deviation:
    """A member that may occur once, repeated: in JSON an array of two."""

    def change(draft: Draft) -> bytes:
        document = draft.document()
        document.repeat(site)
        return document.written()

    formats = _JSON if site.way[-1].is_attribute else tuple(Format)
    return Deviation(name=f"{site.name} twice", change=change, formats=formats, place=site.name)


def replaced(
    site: Site, value: object, name: str, formats: tuple[Format, ...] = tuple(Format)
) -> Deviation:
    """Something else in the place of a member."""

    def change(draft: Draft) -> bytes:
        document = draft.document()
        document.put(site, value)
        return document.written()

    return Deviation(name=name, change=change, formats=formats, place=site.entry)
