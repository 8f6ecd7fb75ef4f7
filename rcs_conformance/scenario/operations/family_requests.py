"""What holds for every resource (TS-CHAT-5), tried on those that a user has beside chats."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rcs_conformance.checks import participation
from rcs_conformance.driver import Actor, unavailable
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import CheckResult
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.operations.families import ResourceFamily
from rcs_conformance.scenario.operations.results import any_of
from rcs_conformance.scenario.operations.verbs import VERBS, Unsupported

TOKENS = {"no token": "", "an unknown token": "no-token-of-anybody"}
"""What nobody is let in with, by what it is called."""

_UNSUPPORTED = (405, 501)


def unsupported(bed: TestBed, fmt: Format, family: ResourceFamily) -> Iterator[Unsupported]:
    """Each verb that the resources of a family do not have.

    Raises:
        NotApplicable: The target does not claim the family.
        Inconclusive: There could be nothing to try the verbs on.
    """
    with family.made(bed, fmt) as have:
        for resource in have.resources:
            for verb in VERBS:
                if verb not in resource.possible:
                    exchange = resource.send(verb, fmt)
                    yield Unsupported(
                        exchange=exchange, required=resource.required, row=resource.possible
                    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnauthorizedOnFamily:
    """What came of requests without the right token about what a user has beside chats.

    Attributes:
        rejected: The requests, each with what its token was.
        before: Readings of single things before them.
        after: The same readings after them.
        listed: Readings of lists after them.
        marker: The correlator in their structures.
        used: A request with the right token after them.
        notified: The number of notifications of them to another user.
    """

    rejected: tuple[tuple[Exchange, str], ...]
    before: tuple[Exchange, ...]
    after: tuple[Exchange, ...]
    listed: tuple[Exchange, ...]
    marker: str
    used: Exchange
    notified: int


def unauthorized(
    bed: TestBed,
    fmt: Format,
    family: ResourceFamily,
    *,
    foreign: bool = False,
    unscoped: str = "",
) -> UnauthorizedOnFamily:
    """Make each request of a family without the right token.

    Args:
        bed: The test bed.
        fmt: Of the requests.
        family: Of resources.
        foreign: Whether with another user's token; else with none, and with an unknown one.
        unscoped: The user's own token that lacks the scope, where that is what is tried.

    Raises:
        NotApplicable: The target does not claim the family.
        Inconclusive: There could be nothing to make requests about.
    """
    with family.made(bed, fmt) as have:
        readings = tuple(have.readings(fmt))
        readable = [resource for resource, _ in readings]
        tokens: Mapping[str, Actor | str] = TOKENS
        if unscoped:
            tokens = {"a token without the scope": unscoped}
        elif foreign:
            tokens = {"another user's token": have.other}
        rejected: list[tuple[Exchange, str]] = []
        for verb, resource in have.requests(readable):
            for how, token in tokens.items():
                rejected.append((resource.send(verb, fmt, credentials=token), how))
        again = [(resource, resource.send("GET", fmt)) for resource in readable]
        used = have.used.send(have.verb, fmt)
        return UnauthorizedOnFamily(
            rejected=tuple(rejected),
            before=tuple(read for resource, read in readings if resource.is_alone),
            after=tuple(read for resource, read in again if resource.is_alone),
            listed=tuple(read for resource, read in again if not resource.is_alone),
            marker=have.marker,
            used=used,
            notified=have.notified() if 200 <= used.answer.status < 300 else 0,
        )


def usable(bed: TestBed, fmt: Format, family: ResourceFamily) -> list[CheckResult]:
    """Whether the use that shows that nobody has meddled works where nobody has.

    Raises:
        NotApplicable: The target does not claim the family.
        Inconclusive: There could be nothing to use.
    """
    with family.made(bed, fmt) as have:
        used = have.used.send(have.verb, fmt)
        return [participation.accepted(used, have.clause, f"ask for {used.request.operation}")]


def absent(bed: TestBed, fmt: Format, family: ResourceFamily) -> Iterator[Exchange]:
    """Each request of a family about single things that do not exist.

    Raises:
        NotApplicable: The target does not claim the family.
    """
    for resource in family.absent(bed):
        for verb in sorted(resource.row):
            if verb in resource.required:
                yield resource.send(verb, fmt)
            elif verb == "GET" and resource.may_be_read:
                read = resource.send(verb, fmt)
                if read.answer.status not in _UNSUPPORTED:
                    yield read


def in_no_format(bed: TestBed, fmt: Format, family: ResourceFamily) -> Iterator[Exchange]:
    """Each reading of a family that the target serves, accepting nothing known.

    Raises:
        NotApplicable: The target does not claim the family, or to read anything of it.
        Inconclusive: There could be nothing to read.
    """
    with family.made(bed, fmt) as have:
        yield from any_of(
            (
                resource.send("GET", fmt, negotiation=unavailable(fmt))
                for resource, _ in have.readings(fmt)
            ),
            "any GET of these resources",
        )
