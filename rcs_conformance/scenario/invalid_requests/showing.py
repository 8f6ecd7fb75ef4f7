"""What a target shows of a request: whether it took an invalid one as it is meant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass

from rcs_conformance.checks.judging import member, shown
from rcs_conformance.driver import Actor
from rcs_conformance.driver.ledger import CREATED
from rcs_conformance.inbox import Mailbox
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.invalid_requests.original import OriginalRequest
from rcs_conformance.scenario.setup.markers import markers_in
from rcs_conformance.scenario.situations import barrier
from rcs_conformance.wire.created import created_as
from rcs_conformance.wire.element import LoneElement
from rcs_conformance.wire.structure import camel_case

Values = Mapping[str, frozenset[object]]
"""The values of members, by the name of the member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """A request that was accepted, and what the target shows of it.

    Attributes:
        sent: The values of the valid request.
        shown: Those in responses and notifications afterwards.
        notified: The watchers that a notification with its marker reached.
    """

    sent: Values
    shown: Values
    notified: tuple[Actor, ...] = field(default=())

    def lost_of(self, control: "Showing") -> tuple[str, ...]:
        """What is not shown as it was sent, though it is of the valid request, as phrases."""
        return tuple(
            f"{member(camel_case(name), self.shown.get(name))}, sent as {shown(values)}"
            for name, values in self.sent.items()
            if control.shows(name) and not self.shows(name)
        )

    def shows(self, name: str) -> bool:
        """Whether a value of a member that was sent is shown; others may be beside it."""
        return not self.sent.get(name, frozenset()).isdisjoint(self.shown.get(name, frozenset()))


def box_of(bed: TestBed, original: OriginalRequest, who: Actor) -> Mailbox:
    """The mailbox in which a watcher is notified of effects."""
    mailboxes = bed.transfer_mailboxes if original.about_files else bed.mailboxes
    return mailboxes.of(who, original.fmt)


def showing(
    bed: TestBed,
    original: OriginalRequest,
    exchange: Exchange,
    marker: str,
    control: Showing | None = None,
) -> Showing:
    """What is shown of a request that was accepted.

    Args:
        bed: The test bed.
        original: The valid request, in the situation in which it or a mutation of it was sent.
        exchange: What was sent, and what became of it.
        marker: What its texts begin with.
        control: What was shown of the valid request; `None` where this is it.

    Raises:
        Inconclusive: The barrier after it does not arrive.
    """
    contents: list[object] = [exchange.answer.content]
    if original.state is not None:
        contents.append(original.state().answer.content)
    contents += [each.answer.content for each in _created(bed, original, exchange)]
    if original.watchers:
        barrier.wait_for_all(bed, original.fmt, original.watchers, by_file=original.about_files)
    notified: list[Actor] = []
    for who in original.watchers:
        expected = control is not None and who in control.notified
        seconds = bed.target.notifications.timeout if expected else 0.0
        found = box_of(bed, original, who).wait(
            lambda notice: marker in markers_in(notice.body), seconds
        )
        if found is not None:
            notified.append(who)
            contents.append(found.content)
    return Showing(
        sent=_values([original.content(marker)]),
        shown=_values(contents),
        notified=tuple(notified),
    )


def _created(bed: TestBed, original: OriginalRequest, exchange: Exchange) -> Iterator[Exchange]:
    """A GET of what was created, where the target claims to let it be read."""
    key = CREATED.get(original.resource)
    if original.method != "POST" or key is None or not bed.claims.operation(f"GET {key}"):
        return
    if (ids := created_as(exchange, bed.path(key))) is not None:
        yield original.who.send("GET", key, fmt=original.fmt, ids=ids)


def _values(contents: list[object]) -> Values:
    found: dict[str, set[object]] = {}
    for content in contents:
        for name, value in _leaves(content):
            found.setdefault(name, set()).add(value)
    return {name: frozenset(values) for name, values in found.items()}


def _leaves(content: object) -> Iterator[tuple[str, object]]:
    """The members of a structure with a value, at any depth; numbers may run down meanwhile."""
    if isinstance(content, LoneElement):
        content = (content.name, content.value)
        if isinstance(content[1], str):
            yield content
    elif isinstance(content, tuple):
        for each in content:
            yield from _leaves(each)
    elif is_dataclass(content) and not isinstance(content, type):
        for each in fields(content):
            value = getattr(content, each.name)
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, str | bool):
                    yield each.name, one
                else:
                    yield from _leaves(one)
