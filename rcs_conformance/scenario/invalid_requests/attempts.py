"""All mutations of a request, sent one after another in one situation."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rcs_conformance.checks.equivalence import at_one_time, comparable
from rcs_conformance.driver import Actor, Body
from rcs_conformance.errors import NotApplicable
from rcs_conformance.inbox import Mailbox
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.invalid_requests.original import OriginalRequest
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
        attempts: In the order in which they were sent.
        effects: What was seen afterwards of those that were rejected, as phrases.
        valid: The request in its valid form, sent after them.
        clause: Whose business it is that this succeeds.
    """

    attempts: tuple[Attempt, ...]
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


def tried(
    bed: TestBed,
    arrange: Callable[[], OriginalRequest],
    ways: Callable[[object], Iterable[BodyMutation]],
) -> Trial:
    """Send a request with each mutation, and then in its valid form.

    What they could have changed is read before the first and after the last one. Only if it did
    change are they sent again, in another such situation, with a reading after each, to find out
    which of them does it.

    Args:
        bed: The test bed.
        arrange: Makes the situation.
        ways: The ways to be wrong of a body.

    Raises:
        NotApplicable: The operator's policy forbids the request anyway.
        Inconclusive: The valid request is rejected alike, or the barrier after them does not
            arrive.
    """
    original, attempts = _sent(bed, arrange, ways, closely=False)
    if not _unchanged(attempts[-1]):
        again, each_read = _sent(bed, arrange, ways, closely=True)
        if not all(map(_unchanged, each_read)):
            original, attempts = again, each_read
    if original.watchers:
        barrier.wait_for_all(bed, original.fmt, original.watchers, by_file=original.about_files)
    effects = tuple(dict.fromkeys(_effects(bed, original, attempts)))
    valid = original.send(original.written(original.content(bed.markers.next())))
    for each in (*(attempt.exchange for attempt in attempts), valid):
        if not rejected(each):
            original.undo(each)
    if rejected(valid) and all(rejected(each.exchange) for each in attempts):
        _require_allowed(original, valid, attempts)
    return Trial(attempts=attempts, effects=effects, valid=valid, clause=original.clause)


def _require_allowed(
    original: OriginalRequest, valid: Exchange, attempts: tuple[Attempt, ...]
) -> None:
    """Go on only if the valid request is not rejected like the invalid ones."""
    if original.by_policy and valid.answer.status == _FORBIDDEN:
        raise NotApplicable(f"the operator's policy forbids {valid.request.operation}")
    if valid.answer.status in {each.exchange.answer.status for each in attempts}:
        require_success(valid, original.clause)


def _sent(
    bed: TestBed,
    arrange: Callable[[], OriginalRequest],
    ways: Callable[[object], Iterable[BodyMutation]],
    *,
    closely: bool,
) -> tuple[OriginalRequest, tuple[Attempt, ...]]:
    """Send a request with each mutation; read after the last one, or `closely` after each."""
    original = arrange()
    for each in original.watchers:
        _box(bed, original, each)
    misses = [
        (marker, miss)
        for way in ways(original.content(bed.markers.next()))
        for marker in (bed.markers.next(),)
        if (miss := way.apply(original.content(marker), original.fmt, original.who.codec))
        is not None
    ]
    return original, tuple(_attempts(original, misses, closely=closely))


def _attempts(
    original: OriginalRequest, misses: Sequence[tuple[str, InvalidRequest]], *, closely: bool
) -> Iterator[Attempt]:
    before = original.state() if original.state else None
    for number, (marker, miss) in enumerate(misses, 1):
        exchange = original.send(
            Body(data=miss.data, media_type=miss.media_type, mutation=miss.mutation)
        )
        after = original.state() if original.state and (closely or number == len(misses)) else None
        readings = () if before is None or after is None else (before, after)
        yield Attempt(miss=miss, exchange=exchange, marker=marker, readings=readings)
        before = after or before


def _unchanged(attempt: Attempt) -> bool:
    """Whether the readings of an attempt are alike."""
    if not attempt.readings:
        return True
    before, after = attempt.readings
    first, second = at_one_time(before.answer.content, after.answer.content)
    same = comparable(first) == comparable(second)
    return same and before.answer.status == after.answer.status


def _effects(
    bed: TestBed, original: OriginalRequest, attempts: tuple[Attempt, ...]
) -> Iterator[str]:
    """What shows that a request had an effect though it was rejected.

    Effects of an accepted one are left out: that it was accepted says enough. As long as
    one was not, neither does what carries no marker say anything.
    """
    kept = {each.marker: each.miss.mutation for each in attempts if rejected(each.exchange)}
    others = {each.marker for each in attempts} - kept.keys()
    first = attempts[0].exchange.number
    for who in original.watchers:
        for notice in _box(bed, original, who).arrived():
            found = markers_in(notice.body) & kept.keys()
            yield from (f"{_told(notice)} caused by the body with {kept[each]}" for each in found)
            silent = not found and not others and notice.number > first
            if silent and original.betrays(who, notice.content):
                yield f"{_told(notice)} caused by one of the rejected bodies"
    for text in original.elsewhere():
        for marker in markers_in(text) & kept.keys():
            yield f"a resource that shows the body with {kept[marker]}"


def _box(bed: TestBed, original: OriginalRequest, who: Actor) -> Mailbox:
    """The mailbox in which a watcher is notified of effects."""
    mailboxes = bed.transfer_mailboxes if original.about_files else bed.mailboxes
    return mailboxes.of(who, original.fmt)


def _told(notice: Notification) -> str:
    return f"{notice.root} to {notice.user}"
