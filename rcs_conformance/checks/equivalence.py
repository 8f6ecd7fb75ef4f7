"""Checks that the XML and the JSON form of one thing say the same (TS-CHAT-5.4)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from urllib.parse import unquote

from rcs_conformance.checks.judging import READING, content_of, judged, place_of
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.created import location, resource_url
from rcs_conformance.wire.urls import same_resource

CLAUSE = "TS-CHAT-5.4"

_RUNNING = ("duration", "channel_lifetime")
"""Members that may run down."""

_MEANWHILE = 60
"""Seconds by which a duration may have run down between two readings."""

_STAND_IN = "*"

_OWN = frozenset({"resource_url", "link", "group_chat_id", "callback_data"})
"""Members that two resources made alike do not share."""


def equivalent(xml: Exchange, json: Exchange) -> CheckResult:
    """The XML and the JSON form of one resource say the same."""
    return _same(content_of(xml, object), content_of(json, object), json)


def equivalent_entry(xml: Exchange, json: Exchange, made: Exchange) -> CheckResult:
    """The XML and the JSON form of a list say the same of one entry; others come and go.

    Args:
        xml: A reading of the list in XML.
        json: One in JSON.
        made: The creation of what the entry is about.

    Raises:
        Inconclusive: Neither of them has the entry.
    """
    url = location(made) or resource_url(made) or ""
    first, second = _entry(content_of(xml, object), url), _entry(content_of(json, object), url)
    if first is None and second is None:
        owner = READING.get(xml.request.resource, "TS-CHAT-4.1.6")
        raise Inconclusive(Cause.PRECONDITION, f"{xml}: no entry with {url}", owner)
    return _same(first, second, json)


def created_alike(first: Exchange, second: Exchange, words: Iterable[str]) -> CheckResult:
    """What was made in XML reads like what was made in JSON by the same request.

    Args:
        first: A reading of what was made in XML.
        second: The same reading of what was made in JSON.
        words: What the texts of the two must differ in: markers, correlators.
    """
    longest_first = sorted(words, key=len, reverse=True)
    contents = at_one_time(content_of(first, object), content_of(second, object))
    one, other = (impersonal(content, longest_first) for content in contents)
    told = "; ".join(_unlike(one, other)) or "the same"
    return judged(
        CLAUSE,
        "formats.made_alike",
        one == other,
        expected="what was made in JSON reads like what was made in XML",
        actual="the same" if one == other else told,
        where=place_of(second),
        event=second.number,
    )


def notified_alike(xml: Awaited[object], json: Awaited[object]) -> CheckResult:
    """A notification says the same in both formats, but for the data of the subscription.

    Args:
        xml: By a subscription in XML.
        json: By another one of the same user in JSON.
    """
    first, second = (
        None if each.content is None else replace(each.content, callback_data=None)  # type: ignore[type-var]
        for each in (xml, json)
    )
    same = comparable(first) == comparable(second)
    return judged(
        CLAUSE,
        "formats.told_alike",
        same,
        expected="the same content in XML and in JSON",
        actual="the same" if same else "; ".join(differences(first, second)),
        where=json.where,
        event=json.event,
    )


def _same(first: object, second: object, json: Exchange) -> CheckResult:
    first, second = at_one_time(first, second)
    same = comparable(first) == comparable(second)
    return judged(
        CLAUSE,
        "formats.equivalent",
        same,
        expected="the same content in XML and in JSON",
        actual="the same" if same else "; ".join(differences(first, second)),
        where=place_of(json),
        event=json.number,
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
    """The entry of a list that is about a URL."""
    members = (getattr(content, each.name) for each in fields(content))  # type: ignore[arg-type]
    entries = (each for member in members if isinstance(member, tuple) for each in member)
    found = (
        each for each in entries if same_resource(url, getattr(each, "resource_url", "") or "")
    )
    return next(found, None)


def _unlike(first: object, second: object) -> Iterator[str]:
    if not isinstance(first, dict) or not isinstance(second, dict):
        yield f"{first!r} against {second!r}"
        return
    for name, value in first.items():
        other = second.get(name)
        if value != other:
            yield f"{name}: {value!r} against {other!r}"


def impersonal(content: object, words: Sequence[str]) -> object:
    """A structure without what is its own, for comparing it with one that was made alike.

    Args:
        content: The structure, or a member of one.
        words: What stands in its texts alone, longer words before those that they begin with.
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
    """What two structures say differently, member by member."""
    if type(first) is not type(second) or not is_dataclass(first) or isinstance(first, type):
        return [f"{first!r} against {second!r}"]
    return [
        f"{each.name}: {one!r} against {other!r}"
        for each in fields(first)
        if comparable(one := getattr(first, each.name))
        != comparable(other := getattr(second, each.name))
    ]
