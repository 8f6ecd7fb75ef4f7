"""What each entry of traffic is about: resource, user, format; and which subscription was notified.

All of it follows from the binding and from the traffic itself: URLs name resource and user, what
the server shows of participants tells the addresses behind ids, subscriptions that are created
within the traffic say what their notifications must be like.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

from rcs_conformance.binding import Binding
from rcs_conformance.checks.response_roots import POLL
from rcs_conformance.errors import WireError
from rcs_conformance.model.addresses import normal_address
from rcs_conformance.model.channel import (
    ConnAck,
    ConnCheck,
    NotificationChannel,
    NotificationChannelList,
)
from rcs_conformance.model.chat import ChatNotificationSubscription, ParticipantInformation
from rcs_conformance.model.exchange import Answer, Exchange, Headers, Notification, Request, header
from rcs_conformance.model.filetransfer import FileTransferNotificationSubscription
from rcs_conformance.model.formats import TEXT_XML, Format, format_of, named_format
from rcs_conformance.traffic.attributed import Attributed, Seen, Subscription, Told
from rcs_conformance.traffic.entries import Entry, Lost
from rcs_conformance.traffic.requests_read import asked_of
from rcs_conformance.wire import Codec
from rcs_conformance.wire.charset import contradiction, in_utf8
from rcs_conformance.wire.notification_list import listed
from rcs_conformance.wire.urls import identifiers, joined

Subscribing = ChatNotificationSubscription | FileTransferNotificationSubscription

_UNJUDGED = frozenset({"HEAD", "OPTIONS", "CONNECT", "TRACE"})
"""Verbs on which there is no verdict (binding, section 3); browsers send OPTIONS by themselves."""

_OF_THE_WAY = frozenset({407, 408, 421, 425, 426, 429, 431, 502, 504})
"""Statuses by which something on the way, or a limit, answers in the place of the API."""

_UNDECIDED = frozenset({408, 500, 502, 503, 504})
"""Those with which the server may have done what was asked for."""

FOREIGN = "host "
"""Before the host in the reason why an entry of another server is left out."""

OTHER = "no resource of the binding"
UNJUDGED = "no verdict"


def attributed(
    entries: Iterable[Entry],
    binding: Binding,
    *,
    server_root: str = "",
    addresses: Mapping[str, str] | None = None,
    aliases: Mapping[str, str] | None = None,
) -> Attributed:
    """Traffic in the terms of the API.

    Args:
        entries: Of it, without secrets.
        binding: By which it is read.
        server_root: Of the target; empty: wherever the paths of the binding are found.
        addresses: Of users, by their ids in URLs.
        aliases: Addresses that stand for another one (`Target.aliases`).
    """
    everything = tuple(entries)
    known = dict(addresses or {})
    first = _Attribution(binding, server_root, known, aliases or {}).of(everything)
    learned = {**_addresses_in(first), **known}
    if learned == known:
        return first
    return _Attribution(binding, server_root, learned, aliases or {}).of(everything)


def _addresses_in(traffic: Attributed) -> Mapping[str, str]:
    """The addresses of users by ids that are none, as lists of participants tell them."""
    found: dict[str, str] = {}
    contents = [each.exchange.answer.content for each in traffic.seen]
    contents += [each.notification.content for each in traffic.told]
    for content in contents:
        for entry in getattr(content, "participant", ()):
            url = entry.resource_url if isinstance(entry, ParticipantInformation) else None
            ids = identifiers(url, "/participants/{participantId}") if url else None
            if ids and normal_address(ids["participantId"]) != normal_address(entry.address):
                found[ids["participantId"]] = entry.address
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Channel:
    """A notification channel that the traffic shows.

    Attributes:
        user: Whose it is.
        url: Where it is polled, or its WebSocket; absolute.
        webhook: Where the server posts what comes through it; empty if nowhere.
        callback: What its subscriptions give as notifyURL.
    """

    user: str
    url: str
    webhook: str
    callback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Route:
    """A resource, and the segments of its path from the prefix on; `None` for the version."""

    key: str
    segments: tuple[str | None, ...]


class _Attribution:
    def __init__(
        self,
        binding: Binding,
        server_root: str,
        addresses: Mapping[str, str],
        aliases: Mapping[str, str],
    ) -> None:
        self._binding = binding
        self._root = server_root
        self._addresses = dict(addresses)
        self._requests = Codec.of(binding.requests, binding.parts, aliases)
        self._responses = Codec.of(binding.responses, binding.parts, aliases)
        self._notified = Codec.of(binding.told, binding.parts, aliases)
        self._routes = tuple(_routes(binding))
        self._left_out: Counter[str] = Counter()
        self._gaps: list[datetime] = []
        self._lost: list[Lost] = []
        self._files: dict[str, Entry] = {}
        self._channels: list[_Channel] = []
        self._subscriptions: list[Subscription] = []
        self._seen: dict[int, Seen] = {}
        self._told: list[Told] = []

    def of(self, entries: Sequence[Entry]) -> Attributed:
        ordered = sorted(entries, key=lambda each: each.started)
        self._root = self._root or _likeliest_root(ordered, self._routes)
        for entry in ordered:
            if not entry.inbound and not entry.frames:
                self._exchange(entry)
        listening = {each.notify_url for each in self._subscriptions}
        listening |= {each.webhook for each in self._channels if each.webhook}
        for entry in sorted(ordered, key=lambda each: each.ended):
            if entry.frames:
                self._socket(entry)
            elif entry.inbound or entry.url in listening:
                self._posted(entry)
            elif entry.number in self._seen:
                self._polled(self._seen[entry.number])
        told = sorted(self._told, key=lambda each: (each.notification.received, each.place))
        return Attributed(
            root=self._root,
            seen=tuple(self._seen.values()),
            told=tuple(replace(each, place=place) for place, each in enumerate(told)),
            subscriptions=tuple(self._subscriptions),
            files=self._files,
            left_out=self._left_out,
            gaps=tuple(self._gaps),
        ).without(self._lost)

    def _exchange(self, entry: Entry) -> None:
        """Note an exchange, if it is one with the API."""
        found = self._resource(entry)
        if found is None:
            if entry.method == "GET":
                self._files.setdefault(entry.url, entry)
            return
        if entry.status in _UNDECIDED:
            self._lost.append(Lost(started=entry.started, method=entry.method, url=entry.url))
        if entry.method in _UNJUDGED or not _is_judged(entry.status):
            self._left_out[f"{UNJUDGED} ({entry.method}, status {entry.status})"] += 1
            if found[0] == POLL:
                self._gaps.append(entry.started)
            return
        resource, ids = found
        variables = {
            name: value if name == "userId" else self._addresses.get(value, value)
            for name, value in ids.items()
        }
        seen = self._read(entry, resource, variables)
        self._seen[entry.number] = seen
        if seen.ok:
            self._learn(seen)

    def _resource(self, entry: Entry) -> tuple[str, Mapping[str, str]] | None:
        """The resource that an entry is about, with the variables of its path."""
        plain = entry.url.partition("?")[0]
        for channel in self._channels:
            if plain == channel.url.partition("?")[0]:
                return POLL, {"userId": channel.user}
        if any(entry.url in (each.webhook, each.callback) for each in self._channels):
            return None
        if any(entry.url == each.notify_url for each in self._subscriptions):
            return None  # a notification, which is read later
        parts, root = urlsplit(entry.url), urlsplit(self._root)
        if parts.netloc != root.netloc:
            self._left_out[f"{FOREIGN}{parts.netloc or f'of a {parts.scheme} URL'}"] += 1
            return None
        base = root.path.rstrip("/")
        segments = parts.path.removeprefix(base).split("/")[1:]
        for route in self._routes if parts.path.startswith(f"{base}/") else ():
            variables = _matched(segments, route)
            if variables is not None:
                return route.key, variables
        self._left_out[OTHER] += 1
        return None

    def _read(self, entry: Entry, resource: str, variables: Mapping[str, str]) -> Seen:
        user_id = variables.get("userId", "")
        user = user_id if resource == POLL else self._addresses.get(user_id, user_id)
        asked = asked_of(entry, resource, self._requests, self._binding, user)
        answered = named_format(header(entry.headers, "content-type"))
        request = Request(
            user=user,
            resource=resource,
            method=entry.method,
            url=entry.url,
            headers=entry.request_headers,
            body=entry.request_body,
            format=_wanted(entry, answered)
            or asked.format
            or answered
            or self._binding.default_format,
            root=asked.root,
        )
        return Seen(
            exchange=Exchange(
                number=entry.number,
                request=request,
                answer=self._answer(entry, request),
                started=entry.started,
                seconds=entry.seconds,
            ),
            variables=variables,
            asked=asked,
            root=self._root,
        )

    def _answer(self, entry: Entry, request: Request) -> Answer:
        told = header(entry.headers, "content-type") or ""
        body = in_utf8(entry.body, told)
        answer = Answer(status=entry.status, headers=entry.headers, body=body)
        if not body:
            return answer
        fmt = format_of(told, body, request.format)
        if fmt is Format.XML:
            answer = replace(answer, charsets=contradiction(entry.body, told))
        try:
            document = self._responses.decode(body, fmt)
        except WireError as error:
            return replace(answer, problem=str(error))
        return replace(answer, root=document.root, content=document.content)

    def _learn(self, seen: Seen) -> None:
        """Note channels and subscriptions that are created or shown."""
        exchange, asked = seen.exchange, seen.asked.content
        for channel in _channels_in(exchange.answer.content):
            data = channel.channel_data
            given = asked.channel_data if isinstance(asked, NotificationChannel) else None
            self._channels.append(
                _Channel(
                    user=exchange.request.user,
                    url=joined(self._root, data.channel_url or "") if data else "",
                    webhook=(given.webhook_url or "") if given else "",
                    callback=channel.callback_url or "",
                )
            )
        if exchange.request.method == "POST" and isinstance(asked, Subscribing):
            made = _subscription(seen, asked, self._binding.default_format)
            if not any(_is_again(made, each) for each in self._subscriptions):
                self._subscriptions.append(made)

    def _posted(self, entry: Entry) -> None:
        """A notification that was posted to a client."""
        if entry.method != "POST" or not entry.request_body:
            return  # a server looks whether somebody is there
        told = header(entry.request_headers, "content-type") or ""
        callbacks = {entry.url}
        callbacks |= {each.callback for each in self._channels if each.webhook == entry.url}
        known = [each for each in self._subscriptions if each.notify_url in callbacks]
        body = in_utf8(entry.request_body, told)
        if len({each.format for each in known}) > 1:
            shown = named_format(told) or _looks(body)
            known = [each for each in known if each.format is shown]
        fmt = known[0].format if known else named_format(told)
        self._add(_Arrival(body, entry.request_headers, entry.started, entry.number, fmt), known)

    def _polled(self, seen: Seen) -> None:
        """The notifications in the response to a poll."""
        exchange = seen.exchange
        if exchange.request.resource != POLL or not seen.ok or not exchange.answer.body.strip():
            return
        headers = exchange.answer.headers
        fmt = exchange.body_format
        known = self._of_channel(exchange.request.url)
        try:
            found = listed(exchange.answer.body, fmt, self._notified.names)
        except WireError:
            return  # a failure of the response
        for each in found:
            arrival = _Arrival(each.body, headers, seen.ended, exchange.number, fmt, exchange)
            self._add(arrival, known)

    def _socket(self, entry: Entry) -> None:
        """The notifications that came through a WebSocket."""
        known = self._of_channel(entry.url)
        for frame in entry.frames:
            body = frame.text.encode()
            fmt = _looks(body)
            try:
                found = [each.body for each in listed(body, fmt, self._notified.names)]
            except WireError:
                found = [body]
            for each in () if frame.sent else found:
                self._add(_Arrival(each, (), frame.time, entry.number, fmt), known)

    def _of_channel(self, url: str) -> list[Subscription]:
        """The subscriptions of a channel, by its URL, whatever its scheme and query are."""
        plain = _plain(url)
        callbacks = {each.callback for each in self._channels if _plain(each.url) == plain}
        return [each for each in self._subscriptions if each.notify_url in callbacks]

    def _add(self, arrival: "_Arrival", known: Sequence[Subscription]) -> None:
        """Read a notification, and find the subscription that it came for."""
        fmt = arrival.format or _looks(arrival.body)
        read, problem = None, ""
        try:
            read = self._notified.decode(arrival.body, fmt)
        except WireError as error:
            problem = str(error)
        content = None if read is None else read.content
        if isinstance(content, ConnCheck | ConnAck):
            return  # the talk of a WebSocket about itself
        data = getattr(content, "callback_data", None)
        subscription = _meant(known, data, arrival.received)
        self._told.append(
            Told(
                notification=Notification(
                    number=arrival.number,
                    user=subscription.user if subscription else "",
                    format=fmt,
                    callback_data=((subscription.callback_data if subscription else data) or ""),
                    received=arrival.received,
                    headers=arrival.headers,
                    body=arrival.body,
                    root=read.root if read else "",
                    content=content,
                    problem=problem,
                    poll=arrival.poll,
                    spelt=read.spelt if read and read.spelt != read.root else "",
                    by_socket=not arrival.headers,
                ),
                subscription=subscription,
                place=len(self._told),
            )
        )


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A notification as it arrived: the format is that of the subscription where it is known."""

    body: bytes
    headers: Headers
    received: datetime
    number: int
    format: Format | None
    poll: Exchange | None = None


def _meant(
    known: Sequence[Subscription], data: str | None, received: datetime
) -> Subscription | None:
    """The subscription that a notification came for, among those with its URL.

    If none of them has its callback data, and there is just one, it is that one. Where several
    users gave the same URL and the same callback data, it is not known.
    """
    begun = [each for each in known if each.created.started <= received]
    fitting = [each for each in begun if each.callback_data == data]
    if fitting:
        users = {normal_address(each.user) for each in fitting}
        return fitting[-1] if len(users) == 1 else None
    return begun[0] if len(begun) == 1 else None


def _subscription(seen: Seen, content: Subscribing, default: Format) -> Subscription:
    reference = content.callback_reference
    named = reference.notification_format
    return Subscription(
        user=seen.exchange.request.user,
        notify_url=reference.notify_url,
        callback_data=reference.callback_data,
        format=Format(named.value.lower()) if named else default,
        created=seen,
        adhoc=getattr(content, "adhoc_chat_supported", None),
        confirmed=getattr(content, "confirmed_chat_supported", None),
    )


def _is_again(one: Subscription, other: Subscription) -> bool:
    """Whether a request was repeated, and brought the subscription that is there already."""
    urls = {header(each.created.exchange.answer.headers, "location") for each in (one, other)}
    return (one.user, one.notify_url, urls) == (other.user, other.notify_url, urls - {None}) and (
        len(urls) == 1
    )


def _channels_in(content: object) -> Iterator[NotificationChannel]:
    if isinstance(content, NotificationChannel):
        yield content
    elif isinstance(content, NotificationChannelList):
        yield from content.notification_channel


def _looks(body: bytes) -> Format:
    return Format.XML if body.lstrip()[:1] == b"<" else Format.JSON


def _plain(url: str) -> str:
    """A URL without scheme and query."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}"


def _is_judged(status: int) -> bool:
    """Whether a status is one of the API, and not of what stands between."""
    return status not in _OF_THE_WAY and (200 <= status < 300 or 400 <= status < 600)


def _wanted(entry: Entry, answered: Format | None) -> Format | None:
    """The format that a request asks for, by `Accept` or in the query; `None`: by neither.

    Where several would do it is the one that the response has.
    """
    accept = header(entry.request_headers, "accept")
    if accept is None:
        asked = parse_qs(urlsplit(entry.url).query).get("resFormat", [""])[0].lower()
        return Format(asked) if asked in set(Format) else None
    weights = dict(_weights(accept))
    named = {fmt: weights[fmt.media_type] for fmt in Format if weights.get(fmt.media_type)}
    if TEXT_XML in weights and not named:
        named = {Format.XML: 1.0}
    if not named:
        return None
    best = max(named.values())
    fitting = [fmt for fmt, weight in named.items() if weight == best]
    is_open = len(fitting) > 1 or any(each.endswith("/*") for each in weights)
    return answered if is_open and answered is not None else fitting[0]


def _weights(accept: str) -> Iterator[tuple[str, float]]:
    for each in accept.split(","):
        media_type, *parameters = (part.strip().lower() for part in each.split(";"))
        quality = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        try:
            yield media_type, float(quality)
        except ValueError:
            yield media_type, 1.0


def _routes(binding: Binding) -> Iterator[_Route]:
    """The paths of all resources; what has more literal segments comes first."""
    routes = []
    for key, resource in binding.resources.items():
        if resource.path is None:
            continue
        before = [each for each in binding.prefix.split("/") if each]
        below = resource.path.strip("/").split("/")
        segments = (*before, str(resource.api), None, "{userId}", *below)
        routes.append(_Route(key=key, segments=segments))
    return iter(sorted(routes, key=lambda each: sum(_is_variable(s) for s in each.segments)))


def _is_variable(segment: str | None) -> bool:
    return segment is None or segment.startswith("{")


def _matched(segments: Sequence[str], route: _Route) -> Mapping[str, str] | None:
    """The variables of a path that is of a route; `None` where it is not."""
    if len(segments) != len(route.segments):
        return None
    variables: dict[str, str] = {}
    for actual, expected in zip(segments, route.segments, strict=True):
        if expected is None or not actual:
            if not actual:
                return None
        elif _is_variable(expected):
            variables[expected[1:-1]] = unquote(actual)
        elif unquote(actual) != expected:
            return None
    return variables


def roots(entries: Iterable[Entry], binding: Binding) -> Sequence[str]:
    """The server roots below which requests are about resources; the one with most comes first.

    Args:
        entries: Of traffic.
        binding: By which it is read.
    """
    return _roots(entries, tuple(_routes(binding)))


def _likeliest_root(entries: Iterable[Entry], routes: Sequence[_Route]) -> str:
    """The server root below which most entries are resources; empty where there is none."""
    return next(iter(_roots(entries, routes)), "")


def _roots(entries: Iterable[Entry], routes: Sequence[_Route]) -> Sequence[str]:
    found: Counter[str] = Counter()
    for entry in entries:
        parts = urlsplit(entry.url)
        segments = parts.path.split("/")[1:]
        for route in routes if not entry.inbound else ():
            before = len(segments) - len(route.segments)
            if before >= 0 and _matched(segments[before:], route) is not None:
                base = "/".join(["", *segments[:before]])
                found[f"{parts.scheme}://{parts.netloc}{base}"] += 1
                break
    return [root for root, _ in found.most_common()]
