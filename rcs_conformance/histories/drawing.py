"""Draws a history as text: users as lanes, time downwards."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite

from rcs_conformance.histories.records import Facet, Operation, Outcome

_WIDEST = 72
"""Characters of a lane at most."""


def drawn(operations: Sequence[Operation]) -> str:
    """A history as lines of text.

    Each user is a lane. A line is a moment, in milliseconds since the first request: a request is
    sent at the upper end of a bar (`>`), and its effect has happened by the lower end (`<`), with
    what was observed. Of two bars beside each other, either operation may have come first.
    """
    if not operations:
        return ""
    operations = _with_whole_readings(operations)
    lanes = {user: number for number, user in enumerate(dict.fromkeys(_lanes(operations)))}
    start = min(each.called for each in operations)
    moments = sorted(_moments(operations), key=lambda each: each[:2])
    rows = [[*lanes]]
    times = ["ms"]
    running: dict[int, int] = {}
    for time, is_end, lane_user, text in moments:
        lane = lanes[lane_user]
        row = ["|" if running.get(other) else "" for other in lanes.values()]
        running[lane] = running.get(lane, 0) + (-1 if is_end else 1)
        row[lane] = f"{'<' if is_end else '>'} {text}"[:_WIDEST]
        rows.append(row)
        times.append(f"{(time - start) * 1000:.1f}")
    return "\n".join(_aligned(times, rows))


def _with_whole_readings(operations: Sequence[Operation]) -> list[Operation]:
    """The operations; a reading that is judged user by user is one again."""
    whole: dict[object, Operation] = {}
    for number, each in enumerate(operations):
        key = number if each.event is None else (each.event,)
        before = whole.get(key)
        if before is None:
            whole[key] = each
        else:
            whole[key] = replace(before, shown=(*(before.shown or ()), *(each.shown or ())))
    return [*whole.values()]


def _lanes(operations: Sequence[Operation]) -> list[str]:
    return [each.user for each in sorted(operations, key=lambda each: each.called)]


def _moments(operations: Sequence[Operation]) -> list[tuple[float, bool, str, str]]:
    """Each beginning and end, with whose lane it is in and what stands there."""
    found: list[tuple[float, bool, str, str]] = []
    for each in operations:
        what = f"{each.action.value} {each.subject}".strip()
        number = f"#{each.event} " if each.event is not None else ""
        found.append((each.called, False, each.user, f"{number}{what}"))
        if isfinite(each.returned):
            found.append((each.returned, True, each.user, observed(each)))
    return found


def observed(operation: Operation) -> str:
    """What was observed of an operation, in a phrase."""
    outcome = operation.outcome or Outcome.OPEN
    return ", ".join([outcome.value, *_beside_outcome(operation).values()])


def shown_facet(operation: Operation, facet: Facet) -> str:
    """One observation as a phrase: `received by tel:+15550101`."""
    if facet is Facet.OUTCOME:
        return (operation.outcome or Outcome.OPEN).value
    return _beside_outcome(operation).get(facet, facet.value)


def _beside_outcome(operation: Operation) -> Mapping[Facet, str]:
    found: dict[Facet, str] = {}
    if operation.signalled is not None:
        found[Facet.SIGNALLED] = f"notified as {operation.signalled}"
    if operation.received is not None:
        found[Facet.RECEIVED] = f"received by {_users(operation.received)}"
    if operation.missed:
        found[Facet.MISSED] = f"not received by {_users(operation.missed)}"
    if operation.made is not None:
        found[Facet.MADE] = f"id {operation.made}"
    if operation.shown is not None:
        entries = (f"{user} {status or 'not listed'}" for user, status in operation.shown)
        found[Facet.SHOWN] = f"shows {', '.join(entries)}"
    return found


def _users(users: frozenset[str]) -> str:
    return ", ".join(sorted(users)) or "no user"


def _aligned(times: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    stamp = max(map(len, times))
    return [
        "  ".join(
            [
                time.rjust(stamp),
                *(cell.ljust(width) for cell, width in zip(row, widths, strict=True)),
            ]
        ).rstrip()
        for time, row in zip(times, rows, strict=True)
    ]
