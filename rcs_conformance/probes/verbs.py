"""Which verbs a resource supports, by requests that change nothing.

A collection is read. Any resource gets a request with a verb that it does not have; the 405 lists
those it has (TS-CHAT-5.5). Without that, a collection gets a POST with an empty body, which no
server can accept: an error about the body shows that POST is supported. DELETE is never tried.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rcs_conformance.binding import ErrorCase
from rcs_conformance.catalogue import Operation
from rcs_conformance.checks.request_errors import described, message_id
from rcs_conformance.driver import Actor
from rcs_conformance.errors import TargetError
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.probes.records import Finding, Findings, allowed, by_operation, finding

_HARMLESS = ("PUT", "GET", "POST")
"""Verbs of requests without a body, which change nothing."""
_NOBODY = "rcs-conformance-nobody"
_ABSENT = frozenset({404, 405, 410, 501})
_REFUSED_BODY = frozenset({400, 411, 415, 422})
_UNSUPPORTED_MODEL = {"oneToOneSessions": ErrorCase.CONFIRMED_CHAT_UNSUPPORTED}
_FIXED = frozenset({"otherUserId"})
_SUCCESS = range(200, 300)
_FORBIDDEN = 403


def probe_verbs(operations: Iterable[Operation], alice: Actor, bob: Actor, fmt: Format) -> Findings:
    """The findings about operations that need no chat and no body.

    Args:
        operations: Of the SCR table.
        alice: The user who sends the requests.
        bob: The other user of resources about two users.
        fmt: The requested format.
    """
    verbs: defaultdict[str, set[str]] = defaultdict(set)
    found: list[Finding] = []
    for each in operations:
        resource = alice.binding.resources.get(each.subject)
        if not each.is_request or resource is None or resource.path is None:
            continue
        if str(each) == "POST oneToOneMessages adhoc":
            found += _adhoc(alice, bob, fmt)
        elif not each.qualifier:
            verbs[each.subject].add(each.verb)
    prober = _Prober(alice, bob, fmt)
    for key, wanted in verbs.items():
        found += prober.about(key, wanted)
    return by_operation(found)


class _Prober:
    """Probes the verbs of resources."""

    def __init__(self, alice: Actor, bob: Actor, fmt: Format) -> None:
        self._alice, self._bob, self._fmt = alice, bob, fmt

    def about(self, key: str, wanted: set[str]) -> Iterator[Finding]:
        """The findings about the wanted verbs of a resource."""
        resource = self._alice.binding.resources[key]
        is_collection = resource.variables <= _FIXED
        try:
            if "GET" in wanted and is_collection:
                yield self._read(key)
            rest = wanted - {"GET"} if is_collection else wanted
            if rest:
                yield from self._listed(key, rest, is_collection=is_collection)
        except TargetError as error:
            for verb in sorted(wanted):
                yield Finding(operation=f"{verb} {key}", served=None, why=str(error))

    def _read(self, key: str) -> Finding:
        """A GET of the resource."""
        exchange = self._send("GET", key)
        status = exchange.answer.status
        served = True if status in _SUCCESS else False if status in _ABSENT else None
        return finding(f"GET {key}", exchange, served=served)

    def _listed(self, key: str, wanted: set[str], *, is_collection: bool) -> Iterator[Finding]:
        """A request with a verb that the resource does not have, and its Allow header."""
        possible = self._alice.binding.resources[key].possible
        unknown = next((verb for verb in _HARMLESS if verb not in possible), "PATCH")
        exchange = self._send(unknown, key)
        listed = allowed(exchange)
        for verb in sorted(wanted):
            if listed:
                yield finding(f"{verb} {key}", exchange, served=verb in listed)
            elif verb == "POST" and is_collection:
                case = _UNSUPPORTED_MODEL.get(key)
                refusals = self._alice.binding.errors[case] if case else ()
                yield _emptily(f"POST {key}", self._send("POST", key), refusals)
            else:
                yield finding(f"{verb} {key}", exchange, served=None)

    def _send(self, method: str, key: str) -> Exchange:
        names = self._alice.binding.resources[key].variables
        ids = {name: self._bob.address if name in _FIXED else _NOBODY for name in names}
        return self._alice.send(method, key, fmt=self._fmt, ids=ids)


def _adhoc(alice: Actor, bob: Actor, fmt: Format) -> Iterator[Finding]:
    """A message without a body to the session that ad-hoc chat has."""
    operation = "POST oneToOneMessages adhoc"
    ids = {"otherUserId": bob.address, "sessionId": "adhoc"}
    try:
        refusals = alice.binding.errors[ErrorCase.ADHOC_CHAT_UNSUPPORTED]
        sent = alice.send("POST", "oneToOneMessages", fmt=fmt, ids=ids)
        yield _emptily(operation, sent, refusals)
    except TargetError as error:
        yield Finding(operation=operation, served=None, why=str(error))


def _emptily(operation: str, exchange: Exchange, refusals: Sequence[str] = ()) -> Finding:
    """The finding from a request without a body.

    Args:
        operation: What it was to find out.
        exchange: The request.
        refusals: Message ids that say that the operation is not supported.
    """
    status = exchange.answer.status
    if status == _FORBIDDEN and (shown := message_id(exchange)) in refusals:
        what = f"without a body ({described(shown)})"
        return finding(operation, exchange, served=False, what=what)
    served = True if status in _REFUSED_BODY else False if status in _ABSENT else None
    return finding(operation, exchange, served=served, what="without a body")
