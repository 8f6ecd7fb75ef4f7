"""What holds for every resource (TS-CHAT-5), tried on those that a user has beside chats."""

from collections.abc import Iterator
from dataclasses import dataclass

from rcs_conformance.checks import participation
from rcs_conformance.driver import unavailable
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import CheckResult
from rcs_conformance.scenario.rounds.belongings import Family
from rcs_conformance.scenario.rounds.done import any_of
from rcs_conformance.scenario.rounds.verbs import VERBS, Unsupported
from rcs_conformance.scenario.stage import Stage

TOKENS = {"no token": "", "an unknown token": "no-token-of-anybody"}
"""What nobody is let in with, by what it is called."""

_UNSUPPORTED = (405, 501)


def unsupported(stage: Stage, fmt: Format, family: Family) -> Iterator[Unsupported]:
    """Each verb that the resources of a family do not have.

    Raises:
        NotApplicable: The target does not claim the family.
        Inconclusive: There could be nothing to try the verbs on.
    """
    with family.made(stage, fmt) as have:
        for aim in have.aims:
            for verb in VERBS:
                if verb not in aim.row:
                    exchange = aim.send(verb, fmt)
                    yield Unsupported(exchange=exchange, required=aim.required, row=aim.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrespassBeside:
    """What came of requests without the right token about what a user has beside chats.

    Attributes:
        unknown: Those with no token or with one that nobody has, each with what it had.
        foreign: Those with the token of another user.
        before: Readings of single things before them.
        after: The same readings after them.
        listed: Readings of lists after them.
        marker: The correlator of what they asked for.
        used: A request with the right token after them.
        told: How often another user was told of what they asked for.
    """

    unknown: tuple[tuple[Exchange, str], ...]
    foreign: tuple[Exchange, ...]
    before: tuple[Exchange, ...]
    after: tuple[Exchange, ...]
    listed: tuple[Exchange, ...]
    marker: str
    used: Exchange
    told: int


def trespass(stage: Stage, fmt: Format, family: Family) -> TrespassBeside:
    """Make each request of a family without the right token: with none, an unknown, another's.

    Raises:
        NotApplicable: The target does not claim the family.
        Inconclusive: There could be nothing to make requests about.
    """
    with family.made(stage, fmt) as have:
        readings = tuple(have.readings(fmt))
        readable = [aim for aim, _ in readings]
        unknown: list[tuple[Exchange, str]] = []
        foreign: list[Exchange] = []
        for verb, aim in have.requests(readable):
            for how, token in TOKENS.items():
                unknown.append((aim.send(verb, fmt, credentials=token), how))
            foreign.append(aim.send(verb, fmt, credentials=have.other))
        again = [(aim, aim.send("GET", fmt)) for aim in readable]
        used = have.used.send(have.verb, fmt)
        return TrespassBeside(
            unknown=tuple(unknown),
            foreign=tuple(foreign),
            before=tuple(read for aim, read in readings if aim.is_alone),
            after=tuple(read for aim, read in again if aim.is_alone),
            listed=tuple(read for aim, read in again if not aim.is_alone),
            marker=have.marker,
            used=used,
            told=have.told() if 200 <= used.answer.status < 300 else 0,
        )


def usable(stage: Stage, fmt: Format, family: Family) -> list[CheckResult]:
    """Whether the use that shows that nobody has meddled works where nobody has.

    Raises:
        NotApplicable: The target does not claim the family.
        Inconclusive: There could be nothing to use.
    """
    with family.made(stage, fmt) as have:
        used = have.used.send(have.verb, fmt)
        return [participation.accepted(used, have.clause, f"ask for {used.request.operation}")]


def absent(stage: Stage, fmt: Format, family: Family) -> Iterator[Exchange]:
    """Each request of a family about single things that do not exist.

    Raises:
        NotApplicable: The target does not claim the family.
    """
    for aim in family.absent(stage):
        for verb in sorted(aim.row):
            if verb in aim.required:
                yield aim.send(verb, fmt)
            elif verb == "GET" and aim.may_be_read:
                read = aim.send(verb, fmt)
                if read.answer.status not in _UNSUPPORTED:
                    yield read


def in_no_format(stage: Stage, fmt: Format, family: Family) -> Iterator[Exchange]:
    """Each reading of a family that the target serves, accepting nothing known.

    Raises:
        NotApplicable: The target does not claim the family, or to read anything of it.
        Inconclusive: There could be nothing to read.
    """
    with family.made(stage, fmt) as have:
        yield from any_of(
            (aim.send("GET", fmt, negotiation=unavailable(fmt)) for aim, _ in have.readings(fmt)),
            "to read anything of that",
        )
