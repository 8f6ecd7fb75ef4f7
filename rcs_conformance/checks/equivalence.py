"""Checks that XML and JSON have the same content."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from urllib.parse import unquote

from rcs_conformance.checks.judging import (
    READING,
    at,
    content_of,
    member,
    shown,
    status_of,
    succeeded,
)
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.created import location, resource_url
from rcs_conformance.wire.structure import camel_case
from rcs_conformance.wire.urls import same_resource

CLAUSE = "TS-CHAT-5.4"

_EXPECTED = "same content in XML and in JSON"

_RUNNING = ("duration", "channel_lifetime")
"""Members that may run down."""

_MEANWHILE = 60
"""Seconds by which a duration may have run down between two readings."""

_STAND_IN = "*"

_OWN = frozenset({"resource_url", "link", "group_chat_id", "callback_data"})
"""Members in which two resources created by the same request differ."""


def equivalent(xml: Exchange, json: Exchange) -> CheckResult:
    """The XML and the JSON form of one resource have the same content."""
    return _same(content_of(xml, object), content_of(json, object), json)


def equivalent_entry(xml: Exchange, json: Exchange, created: Exchange) -> CheckResult:
    """The XML and the JSON form of a list have the same content for one entry; others may change.

    Args:
        xml: A GET of the list in XML.
        json: One in JSON.
        created: The creation of the resource of the entry.

    Raises:
        Inconclusive: Neither of them has the entry.
    """
    url = location(created) or resource_url(created) or ""
    first, second = _entry(content_of(xml, object), url), _entry(content_of(json, object), url)
    if first is None and second is None:
        clause = READING.get(xml.request.resource, "TS-CHAT-4.1.6")
        raise Inconclusive(Cause.PRECONDITION, f"{xml}: no entry with {url}", clause)
    return _same(first, second, json)


def created_alike(first: Exchange, second: Exchange, markers: Iterable[str]) -> CheckResult:
    """The JSON-created resource equals the one that the same request created in XML.

    Args:
        first: A GET of the resource created in XML.
        second: The same GET of the one created in JSON.
        markers: What the texts of the two must differ in: markers, correlators.
    """
    longest_first = sorted(markers, key=len, reverse=True)
    contents = at_one_time(content_of(first, object), content_of(second, object))
    one, other = (impersonal(content, longest_first) for content in contents)
    return at(second).require(
        CLAUSE,
        "formats.made_alike",
        holds=one == other,
        expected="the JSON-created resource equals the XML-created one",
        actual=_compared(one == other, _unlike(one, other)),
    )


def notified_alike(xml: Awaited[object], json: Awaited[object]) -> CheckResult:
    """A notification has the same content in both formats, apart from callbackData.

    Args:
        xml: For a subscription in XML.
        json: For another one of the same user in JSON.
    """
    first, second = (
        None if each.content is None else replace(each.content, callback_data=None)  # type: ignore[type-var]
        for each in (xml, json)
    )
    same = comparable(first) == comparable(second)
    return at(json).require(
        CLAUSE,
        "formats.told_alike",
        holds=same,
        expected=_EXPECTED,
        actual=_compared(same, differences(first, second)),
    )


def _same(first: object, second: object, json: Exchange) -> CheckResult:
    first, second = at_one_time(first, second)
    same = comparable(first) == comparable(second)
    return at(json).require(
        CLAUSE,
        "formats.equivalent",
        holds=same,
        expected=_EXPECTED,
        actual=_compared(same, differences(first, second)),
    )


def _compared(same: bool, found: Iterable[str]) -> str:
    return "same content" if same else f"different content (XML / JSON): {'; '.join(found)}"


def unchanged(
    before: Sequence[Exchange], after: Sequence[Exchange], *, clause: str, rule: str, by: str
) -> Iterator[CheckResult]:
    """Requests that are rejected change nothing that can be read.

    Args:
        before: GETs before the requests.
        after: The same GETs after them.
        clause: About such requests.
        rule: The name of the check.
        by: The requests, as a phrase: `requests with no token`.
    """
    for one, other in zip(before, after, strict=True):
        first, second = at_one_time(
            content_of(one, object), content_of(other, object) if succeeded(other) else None
        )
        same = comparable(first) == comparable(second)
        changes = status_of(other) if second is None else "; ".join(differences(first, second))
        yield at(other).require(
            clause,
            rule,
            holds=same,
            expected=f"resource unchanged by {by}",
            actual="resource unchanged" if same else f"resource changed: {changes}",
        )


def at_one_time(first: object, second: object) -> tuple[object, object]:
    """Two readings of one resource, as if its duration had not run down between them."""
    if type(first) is type(second) and is_dataclass(second) and not isinstance(second, type):
        for name in _RUNNING:
            given, left = getattr(first, name, None), getattr(second, name, None)
            if given and left and abs(given - left) <= _MEANWHILE:
                return first, replace(second, **{name: given})
    return first, second


def _entry(content: object, url: str) -> object | None:
    """The entry of a list with this resource URL."""
    members = (getattr(content, each.name) for each in fields(content))  # type: ignore[arg-type]
    entries = (each for member in members if isinstance(member, tuple) for each in member)
    found = (
        each for each in entries if same_resource(url, getattr(each, "resource_url", "") or "")
    )
    return next(found, None)


def _unlike(first: object, second: object) -> Iterator[str]:
    if not isinstance(first, dict) or not isinstance(second, dict):
        yield f"{shown(first)} / {shown(second)}"
        return
    for name, value in first.items():
        other = second.get(name)
        if value != other:
            yield _both(name, value, other)


def impersonal(content: object, words: Sequence[str]) -> object:
    """A structure without its own ids and markers, for comparing it with another.

    Args:
        content: The structure, or a member of one.
        words: Markers in its texts alone, longer ones before those that they begin with.
    """
    if is_dataclass(content) and not isinstance(content, type):
        return {
            each.name: impersonal(getattr(content, each.name), words)
            for each in fields(content)
            if each.name not in _OWN
        }
    if isinstance(content, tuple):
        return sorted((impersonal(each, words) for each in content), key=repr)
    if isinstance(content, str):
        for word in words:
            content = content.replace(word, _STAND_IN)
        return str(content)
    return content


def comparable(content: object) -> object:
    """A structure in a form in which order does not count and URLs are percent-decoded."""
    if is_dataclass(content) and not isinstance(content, type):
        members = ((each.name, getattr(content, each.name)) for each in fields(content))
        return tuple((name, comparable(value)) for name, value in members)
    if isinstance(content, tuple):
        return tuple(sorted((comparable(each) for each in content), key=repr))
    return unquote(content) if isinstance(content, str) and "://" in content else content


def differences(first: object, second: object) -> list[str]:
    """The members in which two structures differ, each with both values."""
    if type(first) is not type(second) or not is_dataclass(first) or isinstance(first, type):
        return [f"{shown(first)} / {shown(second)}"]
    return [
        _both(each.name, one, other)
        for each in fields(first)
        if comparable(one := getattr(first, each.name))
        != comparable(other := getattr(second, each.name))
    ]


def _both(name: str, one: object, other: object) -> str:
    element = camel_case(name)
    return f"{member(element, one)} / {member(element, other)}"
