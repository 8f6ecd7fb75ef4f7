"""Requests that were refused in a way that nothing explains.

A 403 is no such: whether somebody else's token was sent, or what a policy forbids, does not show.
"""

from collections.abc import Iterator
from datetime import datetime

from rcs_conformance.binding import Binding
from rcs_conformance.checks import conventions, correlators
from rcs_conformance.checks.judging import at
from rcs_conformance.model.addresses import normal_address
from rcs_conformance.model.chat import ParticipantList
from rcs_conformance.model.results import CheckResult
from rcs_conformance.traffic.attributed import Attributed, Seen

_INVALID = 400
_UNKNOWN = 404


def judged_refusals(traffic: Attributed, binding: Binding) -> Iterator[CheckResult]:
    """The results about refused requests.

    Args:
        traffic: Of it.
        binding: Of the target.
    """
    yield from _Refusals(traffic, binding).all()


class _Refusals:
    def __init__(self, traffic: Attributed, binding: Binding) -> None:
        self._traffic = traffic
        self._binding = binding
        self._users = {
            normal_address(each.exchange.request.user) for each in traffic.seen if each.ok
        }
        self._found: dict[tuple[str, str], datetime] = {}
        for each in traffic.seen:
            if each.ok and each.exchange.request.method == "GET":
                self._found[_path(each)] = each.started
        self._first: dict[tuple[str, bytes], Seen] = {}

    def all(self) -> Iterator[CheckResult]:
        for seen in self._traffic.seen:
            status, method = seen.exchange.answer.status, seen.exchange.request.method
            if seen.ok:
                if method == "POST" and _correlators(seen.asked.content):
                    self._first.setdefault(_repetition(seen), seen)
                continue
            yield from self._verb(seen)
            if status == _INVALID and method in ("GET", "DELETE"):
                yield from self._unknown(seen)
            elif method == "POST" and status == _INVALID:
                yield from self._repeated(seen)

    def _verb(self, seen: Seen) -> Iterator[CheckResult]:
        """A verb that is not in the row of a resource that is there is answered 405."""
        request, status = seen.exchange.request, seen.exchange.answer.status
        resource = self._binding.resources[request.resource]
        if status not in (_UNKNOWN, _INVALID) or request.method in resource.possible:
            return
        found = self._found.get(_path(seen))
        if found is not None and found >= seen.ended:
            yield from conventions.not_allowed(seen.exchange, (), resource.possible)

    def _unknown(self, seen: Seen) -> Iterator[CheckResult]:
        """Nothing in a request without a body can be invalid: what is unknown is not found."""
        request = seen.exchange.request
        resource = self._binding.resources[request.resource]
        known = all(
            normal_address(value) in self._users
            for name, value in seen.variables.items()
            if name in ("userId", "otherUserId", "participantId")
        )
        if request.body or "?" in request.url or request.method not in resource.possible:
            return
        if known and _path(seen) not in self._found:
            yield at(seen.exchange).responds(
                "TS-CHAT-5.9", "resource.unknown", "2xx, 403 or 404", "for a request without a body"
            )

    def _repeated(self, seen: Seen) -> Iterator[CheckResult]:
        """A request that is repeated with its correlators is answered as before, or 409."""
        first = self._first.get(_repetition(seen))
        if first is None or seen.started < first.ended:
            return
        if any(
            each.exchange.request.method == "DELETE" and first.ended <= each.ended
            for each in self._traffic.seen
            if each.started <= seen.ended
        ):
            return
        yield at(seen.exchange, "clientCorrelator").responds(
            correlators.CLAUSE,
            "correlator.repeated",
            "2xx or 409",
            "for the same request as before",
        )


def _path(seen: Seen) -> tuple[str, str]:
    return seen.exchange.request.user, seen.exchange.request.url.partition("?")[0]


def _repetition(seen: Seen) -> tuple[str, bytes]:
    return seen.exchange.request.url.partition("?")[0], seen.exchange.request.body


def _correlators(asked: object) -> bool:
    """Whether a request has a correlator, or each of its participants has."""
    if isinstance(asked, ParticipantList):
        return all(each.client_correlator for each in asked.participant)
    return bool(getattr(asked, "client_correlator", None))
