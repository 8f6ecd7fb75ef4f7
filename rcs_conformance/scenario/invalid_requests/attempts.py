"""All mutations of a request, sent one after another in one situation."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from rcs_conformance.checks.equivalence import at_one_time, comparable
from rcs_conformance.checks.rejections import Taken
from rcs_conformance.driver import Body
from rcs_conformance.errors import NotApplicable
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.invalid_requests.original import OriginalRequest
from rcs_conformance.scenario.invalid_requests.showing import Showing, box_of, showing
from rcs_conformance.scenario.setup.markers import markers_in
from rcs_conformance.scenario.setup.preconditions import rejected, require_success
from rcs_conformance.scenario.situations import barrier
from rcs_conformance.strategies.invalid_requests import BodyMutation, InvalidRequest

_FORBIDDEN = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A body with one mutation, as it was sent.

    Attributes:
        miss: What was sent.
        exchange: What became of it.
        marker: What its texts begin with.
        readings: What it could have changed, before and after; empty where that was not read.
    """

    miss: InvalidRequest
    exchange: Exchange
    marker: str
    readings: tuple[Exchange, ...]

    @property
    def statuses(self) -> tuple[int, ...]:
        """The status codes that reject it."""
        return self.miss.statuses


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """All mutations of a request.

    Attributes:
        attempts: Those that must be rejected, and those that were, in the order sent.
        taken: Those that were accepted by a lenient reading that the policy permits.
        effects: What was seen afterwards of those that were rejected, as phrases.
        valid: The request in its valid form, sent after them.
        clause: Whose business it is that this succeeds.
    """

    attempts: tuple[Attempt, ...]
    taken: tuple[Taken, ...]
    effects: tuple[str, ...]
    valid: Exchange
    clause: str

    @property
    def malformed(self) -> tuple[Exchange, ...]:
        """What became of those that were rejected as malformed."""
        exchanges = (each.exchange for each in self.attempts)
        return tuple(each for each in exchanges if each.answer.status == 400)

    def __iter__(self) -> Iterator[Attempt]:
        return iter(self.attempts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """The mutations that were sent in one situation.

    Attributes:
        original: The situation.
        attempts: Those that must be rejected, and those that were.
        rest: The first that a lenient reading accepted, which changes the situation, and those
            that were to be sent after it.
    """

    original: OriginalRequest
    attempts: tuple[Attempt, ...]
    rest: tuple[BodyMutation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A mutation that is to be sent: the way, what comes of it, and its marker."""

    way: BodyMutation
    miss: InvalidRequest
    marker: str


_STATUSES = ("oneToOneStatus", "participantStatus", "longLivedParticipantStatus", "ftStatus")
"""The resources that accept an invitation; in some dialects without a body."""

Arrange = Callable[[], OriginalRequest]
Ways = Callable[[object], Iterable[BodyMutation]]


def tried(bed: TestBed, arrange: Arrange, ways: Ways) -> Trial:
    """Send a request with each mutation, and then in its valid form.

    What they could have changed is read before the first and after the last one. Only if it did
    change are they sent again, in another such situation, with a reading after each, to find out
    which of them does it. What the policy permits to be accepted comes last; once it is, each of
    the others is sent in a situation of its own.

    Args:
        bed: The test bed.
        arrange: Makes the situation.
        ways: The ways to be wrong of a body.

    Raises:
        NotApplicable: The operator's policy forbids the request anyway.
        Inconclusive: The valid request is rejected alike, or the barrier after them does not
            arrive.
    """
    sent = _sent(bed, arrange, ways, closely=False)
    if not all(map(_unchanged, sent.attempts)):
        again = _sent(bed, arrange, ways, closely=True)
        if not all(map(_unchanged, again.attempts)):
            sent = again
    original, attempts = sent.original, sent.attempts
    if original.watchers:
        barrier.wait_for_all(bed, original.fmt, original.watchers, by_file=original.about_files)
    effects = tuple(dict.fromkeys(_effects(bed, sent)))
    if sent.rest:
        return _with_taken(bed, arrange, sent, effects)
    valid = original.send(original.written(original.content(bed.markers.next())))
    for each in (*(attempt.exchange for attempt in attempts), valid):
        if not rejected(each):
            original.undo(each)
    if rejected(valid) and all(rejected(each.exchange) for each in attempts):
        _require_allowed(original, valid, attempts)
    return Trial(attempts=attempts, taken=(), effects=effects, valid=valid, clause=original.clause)


def _with_taken(bed: TestBed, arrange: Arrange, sent: _Sent, effects: tuple[str, ...]) -> Trial:
    """Compare what is shown of each mutation that is accepted with what is of the valid request."""
    original, marker = _arranged(bed, arrange), bed.markers.next()
    valid = original.send(original.written(original.content(marker)))
    control = None if rejected(valid) else showing(bed, original, valid, marker)
    original.undo(valid)
    attempts, taken = [*sent.attempts], list[Taken]()
    for attempt in attempts:
        if not rejected(attempt.exchange):
            sent.original.undo(attempt.exchange)
    for way in sent.rest:
        original = _arranged(bed, arrange)
        for draft in _drafts(bed, original, [way]):
            attempt = _attempt(original, draft)
            if rejected(attempt.exchange):
                attempts.append(attempt)
                continue
            lost = () if control is None else _lost(bed, original, attempt, control)
            by_label = 415 in attempt.statuses
            taken.append(Taken(exchange=attempt.exchange, by_label=by_label, lost=lost))
            original.undo(attempt.exchange)
    return Trial(
        attempts=tuple(attempts),
        taken=tuple(taken),
        effects=effects,
        valid=valid,
        clause=original.clause,
    )


def _lost(
    bed: TestBed, original: OriginalRequest, attempt: Attempt, control: Showing
) -> tuple[str, ...]:
    if attempt.miss.alters_value:
        return ()
    return showing(bed, original, attempt.exchange, attempt.marker, control).lost_of(control)


def _require_allowed(
    original: OriginalRequest, valid: Exchange, attempts: tuple[Attempt, ...]
) -> None:
    """Go on only if the valid request is not rejected like the invalid ones."""
    if original.by_policy and valid.answer.status == _FORBIDDEN:
        raise NotApplicable(f"the operator's policy forbids {valid.request.operation}")
    if valid.answer.status in {each.exchange.answer.status for each in attempts}:
        require_success(valid, original.clause)


def _arranged(bed: TestBed, arrange: Arrange) -> OriginalRequest:
    """A new situation, with a mailbox for each watcher."""
    original = arrange()
    for each in original.watchers:
        box_of(bed, original, each)
    return original


def _sent(bed: TestBed, arrange: Arrange, ways: Ways, *, closely: bool) -> _Sent:
    """Send a request with each mutation; read after the last one, or `closely` after each.

    A value that other tests would be shown in a list is left out, unless it must be rejected.
    """
    original = _arranged(bed, arrange)
    drafts = _drafts(bed, original, ways(original.content(bed.markers.next())))
    strictly = bed.target.policy.reads_strictly
    strict = [each for each in drafts if strictly or not each.miss.lenient]
    lenient = [
        each
        for each in drafts
        if each not in strict and not (original.is_listed and each.miss.alters_value)
    ]
    drafts = [*strict, *lenient]
    attempts: list[Attempt] = []
    before = original.state() if original.state else None
    for number, draft in enumerate(drafts, 1):
        attempt = _attempt(original, draft)
        if number > len(strict) and not rejected(attempt.exchange):
            original.undo(attempt.exchange)
            rest = tuple(each.way for each in drafts[number - 1 :])
            return _Sent(original=original, attempts=tuple(attempts), rest=rest)
        if original.state and before and (closely or number in (len(strict), len(drafts))):
            after = original.state()
            attempt, before = replace(attempt, readings=(before, after)), after
        attempts.append(attempt)
    return _Sent(original=original, attempts=tuple(attempts), rest=())


def _drafts(bed: TestBed, original: OriginalRequest, ways: Iterable[BodyMutation]) -> list[_Draft]:
    """What is sent of a request in some ways; a way that leaves it valid is left out."""
    is_acceptance = bed.binding.acceptance_without_body and original.resource in _STATUSES
    return [
        _Draft(way=way, miss=miss, marker=marker)
        for way in ways
        for marker in (bed.markers.next(),)
        if (miss := way.apply(original.content(marker), original.fmt, original.who.codec))
        is not None
        and not (is_acceptance and not miss.data)
    ]


def _attempt(original: OriginalRequest, draft: _Draft) -> Attempt:
    """Send a mutation."""
    miss = draft.miss
    exchange = original.send(
        Body(data=miss.data, media_type=miss.media_type, mutation=miss.mutation)
    )
    return Attempt(miss=miss, exchange=exchange, marker=draft.marker, readings=())


def _unchanged(attempt: Attempt) -> bool:
    """Whether the readings of an attempt are alike."""
    if not attempt.readings:
        return True
    before, after = attempt.readings
    first, second = at_one_time(before.answer.content, after.answer.content)
    same = comparable(first) == comparable(second)
    return same and before.answer.status == after.answer.status


def _effects(bed: TestBed, sent: _Sent) -> Iterator[str]:
    """What shows that a request had an effect though it was rejected.

    Effects of an accepted one are left out: that it was accepted says enough. As long as
    one was not, neither does what carries no marker say anything.
    """
    original, attempts = sent.original, sent.attempts
    kept = {each.marker: each.miss.mutation for each in attempts if rejected(each.exchange)}
    all_rejected = not sent.rest and len(kept) == len(attempts)
    first = attempts[0].exchange.number if attempts else 0
    for who in original.watchers:
        for notice in box_of(bed, original, who).arrived():
            found = markers_in(notice.body) & kept.keys()
            yield from (f"{_told(notice)} caused by the body with {kept[each]}" for each in found)
            silent = not found and all_rejected and notice.number > first
            if silent and original.betrays(who, notice.content):
                yield f"{_told(notice)} caused by one of the rejected bodies"
    for text in original.elsewhere():
        for marker in markers_in(text) & kept.keys():
            yield f"a resource that shows the body with {kept[marker]}"


def _told(notice: Notification) -> str:
    return f"{notice.root} to {notice.user}"
