"""What single exchanges show, and exchanges about one resource compared with each other.

Nothing here rests on what happened before the traffic began: an id that was never seen may exist.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from xml.etree import ElementTree

from rcs_conformance.binding import Binding
from rcs_conformance.checks import access, conventions, correlators, creations, generic
from rcs_conformance.checks.group_clauses import (
    CREATION,
    EXTENSION,
    LONG_LIVED_EXTENSION,
    START,
    Occasion,
)
from rcs_conformance.checks.judging import READING, at, member, subject_unchanged, succeeded
from rcs_conformance.checks.response_roots import CREATIONS, POLL
from rcs_conformance.model.addresses import normal_address
from rcs_conformance.model.chat import (
    ChatSessionInformation,
    ExtensionParameters,
    GroupChatSessionInformation,
    LongLivedGroupChatInformation,
)
from rcs_conformance.model.exchange import header
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import CheckResult
from rcs_conformance.traffic.attributed import Attributed, Seen
from rcs_conformance.traffic.changes import Changes
from rcs_conformance.wire.created import created_as, location, resource_url
from rcs_conformance.wire.urls import identifiers, same_resource

CREATED: dict[str, str] = {
    "subscriptions": "subscription",
    "ftSubscriptions": "ftSubscription",
    "channels": "channel",
    "oneToOneSessions": "oneToOneSession",
    "groups": "group",
    "oneToOneExtend": "group",
    "oneToOneExtendLongLived": "longLivedGroup",
    "longLivedGroups": "longLivedGroup",
    "ftSessions": "ftSession",
}
"""The resource that a POST to a collection makes."""

IDENTIFIED: dict[str, str] = {
    "subscriptions": "TS-CHAT-4.1.1",
    "ftSubscriptions": "UNI-FLT-005.1",
    "channels": "TS-NC-1.2",
    "oneToOneSessions": "UNI-CHT-001.1",
    "groups": "UNI-CHT-002b.2",
    "oneToOneExtend": "UNI-CHT-013.1",
    "oneToOneExtendLongLived": "UNI-CHT-039.1",
    "longLivedGroups": "UNI-CHT-030.2",
    "ftSessions": "UNI-FLT-001.2",
}
"""The clause that requires the response to a creation to name what was created."""

OCCASIONS: dict[str, Occasion] = {
    "groups": START,
    "oneToOneExtend": EXTENSION,
    "longLivedGroups": CREATION,
    "oneToOneExtendLongLived": LONG_LIVED_EXTENSION,
}
SUBJECTS: dict[str, tuple[str, str]] = {
    "oneToOneSessions": ("UNI-CHT-001.6", "UNI-CHT-001.5"),
    "groups": ("UNI-CHT-002b.3", "UNI-CHT-002b.3"),
    "oneToOneExtend": ("UNI-CHT-013.1", "UNI-CHT-013.1"),
    "longLivedGroups": ("UNI-CHT-030.1", "UNI-CHT-030.1"),
    "oneToOneExtendLongLived": ("UNI-CHT-039.1", "UNI-CHT-039.1"),
}
"""The clauses about a subject that was given, and about none."""

Described = ChatSessionInformation | GroupChatSessionInformation | LongLivedGroupChatInformation

_SOON = timedelta(seconds=2)
"""Within which nobody outside the traffic is likely to have ended what was just created."""

_LASTING = frozenset({"subscriptions", "ftSubscriptions", "channels", "groups", "oneToOneSessions"})
"""What only its users end, and no policy of the operator."""

_SUBJECT = "groupSubject"
_USERS = frozenset({"userId", "otherUserId", "participantId"})

_MOST_NESTED = 60


def judged_exchanges(traffic: Attributed, binding: Binding) -> Iterator[CheckResult]:
    """The results about exchanges."""
    events = [each.exchange for each in traffic.seen]
    yield from generic.every_event(events, binding)
    is_authorised = any(header(each.request.headers, "authorization") for each in events)
    served = {(each.request.resource, each.request.method) for each in events if succeeded(each)}
    for seen in traffic.seen:
        yield from _verb(seen, binding, served)
        yield from _access(seen, is_authorised=is_authorised)
        yield from _server_error(seen)
        yield from _invalid(seen)
        yield from _reading(seen, binding)
    yield from _creations(traffic, binding)
    yield from _repetitions(traffic.seen)


def _verb(seen: Seen, binding: Binding, served: set[tuple[str, str]]) -> Iterator[CheckResult]:
    """A verb that is not in the resource's row is answered 405, and Allow lists the row's."""
    exchange = seen.exchange
    resource = binding.resources[exchange.request.resource]
    if exchange.request.method in resource.possible or exchange.answer.status not in range(
        200, 300
    ):
        if exchange.answer.status == 405:
            required = {verb for key, verb in served if key == resource.key}
            yield from conventions.not_allowed(exchange, required, resource.possible)
        return
    yield from conventions.not_allowed(exchange, (), resource.possible)


def _access(seen: Seen, *, is_authorised: bool) -> Iterator[CheckResult]:
    """A request without a token is rejected, where other requests of the traffic have one."""
    exchange = seen.exchange
    has_token = header(exchange.request.headers, "authorization") or "token" in exchange.request.url
    if exchange.answer.status == 401:
        yield from access.unauthorised(exchange, "no valid token")
    elif is_authorised and not has_token and succeeded(exchange):
        yield from access.unauthorised(exchange, "no token")


def _server_error(seen: Seen) -> Iterator[CheckResult]:
    """No request is answered with a server error."""
    if seen.exchange.answer.status in (500, 501):
        yield at(seen.exchange).responds("TS-CHAT-5.6", "status.refusal", "2xx or 4xx")


def _invalid(seen: Seen) -> Iterator[CheckResult]:
    """A body that is no XML and no JSON, or lacks what it must have, is not accepted."""
    asked = seen.asked
    if not asked.problem or not seen.ok or seen.exchange.request.resource == POLL:
        return
    if mistake := _mistake(seen):
        yield at(seen.exchange).require(
            "TS-CHAT-5.8",
            "body.refused",
            holds=False,
            expected=f"status 400 for a body that cannot be read: {mistake}",
        )


def _mistake(seen: Seen) -> str:
    """What in a body leaves a doubt for every reader; empty where some may know what is meant."""
    asked = seen.asked
    try:
        text = asked.structure.decode("utf-8")
        is_plain = _is_plain_xml(text) if asked.format is Format.XML else _is_plain_json(text)
    except UnicodeDecodeError:
        return ""
    except ElementTree.ParseError as error:
        return f"not well-formed XML: {error}"
    except ValueError as error:
        return f"not JSON: {error}"
    return asked.problem if is_plain and asked.problem.endswith(" is missing") else ""


def _is_plain_xml(text: str) -> bool:
    """Whether a document is written as the binding has it, so that what is missing is missing.

    Raises:
        ParseError: It is not well-formed.
    """
    if "<!DOCTYPE" in text or "encoding=" in text[:100]:
        return False
    root = ElementTree.fromstring(text)  # noqa: S314 - without a document type
    return "}" in root.tag and not any("}" in child.tag for child in root)


def _is_plain_json(text: str) -> bool:
    """The same of JSON.

    Raises:
        ValueError: It is no JSON.
    """
    if text.startswith("\ufeff") or text.count("{") + text.count("[") > _MOST_NESTED:
        return False
    document = json.loads(text)
    return isinstance(document, dict) and len(document) == 1


def _reading(seen: Seen, binding: Binding) -> Iterator[CheckResult]:
    """What a GET shows is the resource that was asked for; a 201 has a Location."""
    exchange = seen.exchange
    if not seen.ok:
        return
    yield conventions.location_of_creation(exchange)
    url = resource_url(exchange)
    template = binding.resources[exchange.request.resource].path
    if exchange.request.method != "GET" or not url or template is None:
        return
    ids = identifiers(url, template)
    shown = {name: value for name, value in (ids or {}).items() if name not in _USERS}
    wanted = {name: value for name, value in seen.variables.items() if name not in _USERS}
    yield at(exchange, "resourceURL").require(
        READING.get(exchange.request.resource, "TS-CHAT-4.1.6"),
        "resource.url",
        holds=ids is not None and shown == wanted,
        expected=f"resourceURL with the path of {exchange.request.url.partition('?')[0]!r}",
        actual=member("resourceURL", url),
    )


def _creations(traffic: Attributed, binding: Binding) -> Iterator[CheckResult]:
    """What was created is named, found, and shown as it was requested."""
    seen = traffic.seen
    by_id: defaultdict[tuple[str, str, str], list[Seen]] = defaultdict(list)
    for each in seen:
        if each.variables:
            by_id[_key(each.variables, each.exchange.request.resource)].append(each)
    users = {normal_address(each.exchange.request.user) for each in seen}
    renamed = [e.started for e in seen if e.exchange.request.resource == _SUBJECT and _is_put(e)]
    changes = Changes(seen)
    for creation in seen:
        exchange = creation.exchange
        resource = exchange.request.resource
        if exchange.request.method != "POST" or not creation.ok or resource not in CREATED:
            continue
        template = binding.resources[CREATED[resource]].path or ""
        yield from creations.identified(exchange, template, IDENTIFIED[resource])
        if exchange.answer.root == CREATIONS[resource]:
            yield from shown_as_requested(creation, creation)
        ids = created_as(exchange, template)
        if not ids:
            continue
        key = _key({**creation.variables, **ids}, CREATED[resource], creation)
        later = [
            each
            for each in by_id[key]
            if each.started >= creation.ended and traffic.is_sure(each.ended)
        ]
        if users >= {*map(normal_address, _named(creation.asked.content))}:
            yield from _found(creation, later, changes)
        for reading in later:
            is_renamed = any(creation.ended <= time <= reading.ended for time in renamed)
            if reading.ok and reading.exchange.request.method == "GET" and not is_renamed:
                yield from shown_as_requested(creation, reading)


def _key(
    variables: Mapping[str, str], resource: str, creation: Seen | None = None
) -> tuple[str, str, str]:
    """User, resource, and the id at the end of its URL."""
    user = (creation.variables if creation else variables).get("userId", "")
    ids = [value for name, value in variables.items() if name not in _USERS]
    return user, resource, ids[-1] if ids else ""


def _is_put(seen: Seen) -> bool:
    return seen.exchange.request.method == "PUT" and seen.ok


def _named(asked: object) -> Iterator[str]:
    """The addresses of the users who are to be in a chat, and may end it."""
    yield from (each.address for each in getattr(asked, "participant", ()))
    if other := getattr(asked, "t_participant_address", None):
        yield other


def _found(creation: Seen, later: Sequence[Seen], changes: Changes) -> Iterator[CheckResult]:
    """What was created is there a moment later, where nobody has changed anything meanwhile."""
    resource = creation.exchange.request.resource
    first = next((each for each in later if each.exchange.request.method == "GET"), None)
    if first is None or resource not in _LASTING or first.started - creation.ended > _SOON:
        return
    is_changed = changes.end(until=first.ended) > creation.ended
    if first.ok or (first.exchange.answer.status == 404 and not is_changed):
        yield creations.found(first.exchange, IDENTIFIED[resource])


def shown_as_requested(creation: Seen, reading: Seen) -> Iterator[CheckResult]:
    """A chat, subscription or channel is shown as its creation asked for it.

    Args:
        creation: The request for it.
        reading: The response to it, or to a later GET of the same user.
    """
    asked, shown = creation.asked.content, reading.exchange.answer.content
    if asked is None or shown is None:
        return
    given = getattr(asked, "client_correlator", None)
    if hasattr(shown, "client_correlator") and not isinstance(asked, ExtensionParameters):
        yield correlators.correlator_shown(reading.exchange, given)
    resource = creation.exchange.request.resource
    if resource not in SUBJECTS or not isinstance(shown, Described):
        return
    yield from _subject(creation, reading, shown)
    if not isinstance(shown, ChatSessionInformation):
        yield from _options(creation, reading, shown)
    elif isinstance(asked, ChatSessionInformation) and shown.originator_name is not None:
        yield at(reading.exchange, "originatorName").equals(
            "TS-CHAT-4.1.4",
            "session.originator_name",
            shown.originator_name,
            asked.originator_name,
            holds=asked.originator_name in (None, shown.originator_name),
        )


def _subject(creation: Seen, reading: Seen, shown: Described) -> Iterator[CheckResult]:
    given = getattr(creation.asked.content, "subject", None)
    clauses = SUBJECTS[creation.exchange.request.resource]
    place = at(reading.exchange, "subject")
    clause = clauses[given is None]
    yield subject_unchanged(place, clause, "chat.subject", shown.subject, given)


def _options(
    creation: Seen,
    reading: Seen,
    shown: GroupChatSessionInformation | LongLivedGroupChatInformation,
) -> Iterator[CheckResult]:
    """Closed or regular, and no services but those asked for."""
    occasion = OCCASIONS[creation.exchange.request.resource]
    asked = creation.asked.content
    requested = getattr(asked, "is_closed", None)
    yield at(reading.exchange, "isClosed").require(
        occasion.about_closed(requested),
        "group.closed",
        holds=bool(shown.is_closed) == bool(requested),
        expected="isClosed = true" if requested else "isClosed = false or absent",
        actual=member("isClosed", shown.is_closed),
    )
    services = getattr(asked, "supported_service", ())
    if reading is creation:  # they may change later
        yield at(reading.exchange, "supportedService").require(
            occasion.about_services(services),
            "group.services",
            holds=set(shown.supported_service) <= set(services),
            expected=f"no service but {member('supportedService', services)}, as requested",
            actual=member("supportedService", shown.supported_service),
        )


def _repetitions(seen: Sequence[Seen]) -> Iterator[CheckResult]:
    """A request repeated with the same correlator creates nothing twice."""
    first: dict[tuple[str, str, bytes], Seen] = {}
    deleted: dict[str, list[str]] = defaultdict(list)
    for each in seen:
        request = each.exchange.request
        if request.method == "DELETE":
            deleted[each.variables.get("userId", "")].append(request.url)
        given = getattr(each.asked.content, "client_correlator", None)
        if request.method != "POST" or not given or not each.ok:
            continue
        key = (request.url.partition("?")[0], given, request.body)
        before = first.setdefault(key, each)
        urls = location(before.exchange), location(each.exchange)
        if before is each or None in urls or each.started < before.ended:
            continue
        if not any(same_resource(url, urls[0] or "") for url in deleted[key[0]]):
            yield at(each.exchange, "clientCorrelator").require(
                correlators.CLAUSE,
                "correlator.repeated",
                holds=same_resource(urls[0] or "", urls[1] or ""),
                expected=f"Location = {urls[0]!r} again for the repeated request, or status 409",
                actual=member("Location", urls[1]),
            )
