"""What an exchange costs with all checks on, against the same exchange sent by bare clients.

The suites' way is the real one: actor, codec, evidence, checks of the test and of every event,
judgement. What it sent is sent again, byte for byte, by a bare session and by `http.client`.
"""

import http.client
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests

from benchmarks.server import USERS, reference_server
from rcs_conformance.binding import load_binding
from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.checks import group_creation
from rcs_conformance.driver import Actor
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.chat import GroupChatSessionInformation, ParticipantInformation
from rcs_conformance.model.exchange import Exchange, Request
from rcs_conformance.model.formats import Format
from rcs_conformance.plugin.judgement import Judgement
from rcs_conformance.plugin.options import Settings
from rcs_conformance.plugin.session import Session
from rcs_conformance.target import inline_target
from rcs_conformance.wire.created import created_id

CHATS = 200
"""Creates and as many readings in a round, half of them in each format."""

CLAUSES = tuple(f"UNI-CHT-002b.{number}" for number in (1, 2, 3, 6, 8))


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Medians over all rounds.

    Attributes:
        checked: Microseconds for an exchange, the suites' way.
        session: By a bare `requests.Session`.
        client: By `http.client`.
        to_session: How many times a bare session's cost the suites' way costs.
        to_client: The same against `http.client`.
    """

    checked: float
    session: float
    client: float
    to_session: float
    to_client: float


class Suites:
    """Creates chats and reads them as the suites do.

    Args:
        root: The server root.
    """

    def __init__(self, root: str) -> None:
        target = inline_target(root, USERS)
        binding = load_binding(target.binding)
        settings = Settings(
            out=None,
            formats=tuple(Format),
            selection=(),
            profile="quick",
            seed=0,
            lock_file=Path(),
        )
        self.log = EvidenceLog(user.token.reveal() for user in target.users)
        self._session = Session(
            settings=settings,
            target=target,
            binding=binding,
            catalogue=load_catalogue(),
            log=self.log,
        )
        self._actor = Actor(target, target.users[0], binding, self.log)
        self._invited = [user.address for user in target.users[1:3]]
        self._path = binding.resources["group"].path or ""

    def round(self, chats: int) -> list[Request]:
        """Create and read so many chats; gives what was sent."""
        sent = []
        for number in range(chats):
            self._session.judgement = Judgement(CLAUSES)
            with self._session.example():
                self._chat(f"talk {number}", tuple(Format)[number % 2])
                events = self.log.events()
            sent += [event.request for event in events if isinstance(event, Exchange)]
        return sent

    def _chat(self, subject: str, fmt: Format) -> None:
        content = GroupChatSessionInformation(
            subject=subject,
            participant=(
                ParticipantInformation(address=self._actor.address, is_originator=True),
                *(ParticipantInformation(address=address) for address in self._invited),
            ),
        )
        created = self._actor.send("POST", "groups", content, fmt=fmt)
        ids = {"sessionId": created_id(created, self._path, "sessionId") or ""}
        read = self._actor.send("GET", "group", fmt=fmt, ids=ids)
        self._session.verify(
            group_creation.started(created),
            group_creation.identified(created, self._path),
            group_creation.all_invited(read, self._invited),
            group_creation.readable(read),
            group_creation.subject(read, subject),
            group_creation.closed(read, None),
            group_creation.services(read, (), ()),
        )


class BareSession:
    """A keep-alive `requests.Session` that looks at nothing."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.trust_env = False

    def round(self, sent: Sequence[Request]) -> None:
        """Send it all again."""
        for each in sent:
            answer = self._session.request(
                each.method, each.url, headers=headers(each), data=each.body or None
            )
            assert answer.status_code < 300, answer.text


class BareClient:
    """A keep-alive connection of `http.client` that looks at nothing.

    Args:
        root: The server root.
    """

    def __init__(self, root: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(root).netloc)

    def round(self, sent: Sequence[Request]) -> None:
        """Send it all again."""
        for each in sent:
            parts = urlsplit(each.url)
            self._connection.request(each.method, parts.path, each.body or None, headers(each))
            answer = self._connection.getresponse()
            text = answer.read()
            assert answer.status < 300, text


def headers(request: Request) -> dict[str, str]:
    """The header fields of a request, its credentials put back."""
    token = USERS[0].partition("=")[2]
    return {**dict(request.headers), "authorization": f"Bearer {token}"}


def measure(rounds: int) -> Costs:
    """Measure in interleaved rounds, after one that does not count."""
    with reference_server() as root:
        suites, session, client = Suites(root), BareSession(), BareClient(root)
        sent = suites.round(CHATS)
        session.round(sent[:20])
        client.round(sent[:20])
        ways: tuple[Callable[[], object], ...] = (
            lambda: suites.round(CHATS),
            lambda: session.round(sent),
            lambda: client.round(sent),
        )
        times: list[list[float]] = [[], [], []]
        for number in range(rounds):
            for way in (number % 3, (number + 1) % 3, (number + 2) % 3):
                times[way].append(_microseconds(ways[way]) / len(sent))
    checked, bare, plain = times
    return Costs(
        checked=statistics.median(checked),
        session=statistics.median(bare),
        client=statistics.median(plain),
        to_session=_ratio(checked, bare),
        to_client=_ratio(checked, plain),
    )


def _microseconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1e6


def _ratio(dividends: Sequence[float], divisors: Sequence[float]) -> float:
    """The median of the ratios of each round, which a busy machine moves least."""
    return statistics.median(a / b for a, b in zip(dividends, divisors, strict=True))
