"""Removal: what a run made on the target is ended or left, as far as the API can.

Whatever the target responds, it says nothing about conformance: these requests are recorded in no
evidence, and no check sees them.
"""

import math
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from http import HTTPStatus

from rcs_conformance.binding import Binding
from rcs_conformance.driver.actor import Actor
from rcs_conformance.driver.credentials import CredentialStore
from rcs_conformance.driver.ledger import MEMBERSHIP, PARTICIPATION, Made, Open
from rcs_conformance.driver.rate_limit import RateLimit
from rcs_conformance.errors import ConfigurationError, HarnessError, Inconclusive, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.chat import LongLivedGroupChatList
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import CleanUp
from rcs_conformance.target import Target, User

LONGEST_RESPONSE = 5.0
"""Seconds that a request may take; the target may take longer in tests."""

_UNANSWERED = 2
"""Requests of a user without a response, after which no more are sent for it."""

_FIRST = frozenset({"subscription", "ftSubscription", "channel"})
"""What goes first: afterwards nobody is notified of the rest."""

_LANES = 60
"""Requests of all users at once, at most, where there is much to remove."""

_WORTH_A_LANE = 10
"""So much of a user is removed one after the other before there are two at once."""

_OF_USER = frozenset({MEMBERSHIP, PARTICIPATION})
_NOT_THERE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})

_NO_RESPONSE = "no response"
_NO_TIME = "no time left"


@dataclass(slots=True)
class _User:
    """A user on whose behalf something is removed.

    Attributes:
        actor: Sends its requests.
        fmt: A format that the target claims.
        log: What they are recorded in, and forgotten.
        deadline: On the monotonic clock.
        unanswered: How many of its requests in a row got no response.
        trouble: Why no more are sent; empty if they are.
        cannot_end: Whether a group chat of its could only be left.
    """

    actor: Actor
    fmt: Format
    log: EvidenceLog
    deadline: float
    unanswered: int = 0
    trouble: str = ""
    cannot_end: bool = False

    def remove(self, made: Made) -> str:
        """Remove something; why it is left, or an empty text."""
        if not made.ids:
            return "the response to its creation does not identify it"
        ids = dict(made.ids)
        if made.resource in _OF_USER:
            ids["participantId"] = self.actor.address
        reason = self._end(made.resource, ids)
        if reason and made.resource == "group" and not self.trouble:
            self.cannot_end = True
            leaving = {**ids, "participantId": self.actor.address}
            return reason if self._end(PARTICIPATION, leaving) else ""
        return reason

    def groups(self, markers: Iterable[str]) -> Iterator[Made]:
        """The long-lived groups that the user is still shown and whose subject has a marker."""
        read = self._sent("GET", "longLivedGroups", {})
        content = read.answer.content if isinstance(read, Exchange) else None
        known = tuple(markers)
        listed = content if isinstance(content, LongLivedGroupChatList) else None
        for each in listed.long_lived_group_chat if listed else ():
            if each.subject and any(marker in each.subject.lower() for marker in known):
                ids = (("groupChatId", each.group_chat_id),)
                yield Made(user=self.actor.address, resource=MEMBERSHIP, ids=ids)

    def _end(self, resource: str, ids: Mapping[str, str]) -> str:
        sent = self._sent("DELETE", resource, ids)
        if isinstance(sent, str):
            return sent
        status = sent.answer.status
        if 200 <= status < 300 or status in _NOT_THERE:
            return ""
        return f"DELETE {resource} returned {status}"

    def _sent(self, method: str, resource: str, ids: Mapping[str, str]) -> Exchange | str:
        """The exchange; or why there is none."""
        if self.trouble:
            return self.trouble
        if time.monotonic() >= self.deadline:
            self.trouble = _NO_TIME
            return _NO_TIME
        try:
            exchange = self.actor.send(method, resource, fmt=self.fmt, ids=ids)
        except TargetError:
            self.unanswered += 1
            self.trouble = _NO_RESPONSE if self.unanswered >= _UNANSWERED else ""
            return _NO_RESPONSE
        except (Inconclusive, ConfigurationError) as error:  # a limit, or no access token
            self.trouble = str(error)
            return self.trouble
        except HarnessError as error:  # the binding has no such resource
            return str(error)
        finally:
            self.log.clear()
        self.unanswered = 0
        return exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """What came of it.

    Attributes:
        ended: What is no longer there.
        left: What is still there, with the reason.
    """

    ended: tuple[Made, ...]
    left: Mapping[Made, str]

    @property
    def is_unanswered(self) -> bool:
        """Whether the target gave no response."""
        return _NO_RESPONSE in self.left.values()

    @property
    def summary(self) -> CleanUp:
        """The same in numbers, with the reasons of what is left."""
        reasons = Counter(self.left.values())
        return CleanUp(
            removed=sum(each.resource != PARTICIPATION for each in self.ended),
            left=len(self.left),
            reasons=tuple(f"{reason} ({count}x)" for reason, count in sorted(reasons.items())),
        )


def removed(target: Target, binding: Binding, known: Open, seconds: float) -> Removal:
    """Remove what a ledger says is there, each user's things beside those of the others.

    Args:
        target: The implementation under test; only its own users are acted for.
        binding: How it spells things.
        known: Content of the ledger.
        seconds: How long it may take, but for the request that goes on then.
    """
    deadline = time.monotonic() + seconds
    limits = replace(target.limits, deadline=min(target.limits.deadline, LONGEST_RESPONSE))
    target = replace(target, limits=limits)
    log = EvidenceLog(user.token.reveal() for user in target.users)
    rate = RateLimit(limits.requests_per_second, seconds, includes_busy=True)
    store = CredentialStore(target, binding, log)
    fmt = min(target.ics.formats)
    with ExitStack() as opened:

        def lane(user: User) -> _User:
            own = EvidenceLog([user.token.reveal()])
            actor = Actor(target, user, binding, own, rate, store)
            opened.callback(actor.close)
            return _User(actor=actor, fmt=fmt, log=own, deadline=deadline)

        numbers = requests_at_once(target, known)
        lanes = {
            user.address: tuple(lane(user) for _ in range(numbers[user.address]))
            for user in target.users
        }
        return _in_stages(lanes, known)


def requests_at_once(target: Target, known: Open) -> Mapping[str, int]:
    """How many requests of each user are under way at once: the more, the more it has."""
    much = Counter(each.user for each in known.made)
    most = min(_LANES, target.limits.workers or _LANES)
    share = max(_WORTH_A_LANE, math.ceil(len(known.made) / most))
    return {user.address: max(1, much[user.address] // share) for user in target.users}


def _in_stages(lanes: Mapping[str, tuple[_User, ...]], known: Open) -> Removal:
    """Subscriptions; chats; participation in chats that cannot be ended; what was overlooked."""
    reasons = {each: f"{each.user} is no user of the target" for each in known.made}
    own = [each for each in known.made if each.user in lanes]
    users = [user for each in lanes.values() for user in each]
    stages = (
        [each for each in own if each.resource in _FIRST],
        [each for each in own if each.resource not in {*_FIRST, PARTICIPATION}],
        [each for each in own if each.resource == PARTICIPATION],
    )
    with ThreadPoolExecutor(max(1, len(users))) as pool:
        for number, stage in enumerate(stages):
            if number == len(stages) - 1 and not any(each.cannot_end for each in users):
                reasons.update(dict.fromkeys(stage, ""))
                continue
            shares = [
                (user, [each for each in stage if each.user == address][position :: len(of_user)])
                for address, of_user in lanes.items()
                for position, user in enumerate(of_user)
            ]
            for found in pool.map(lambda share: _of_user(*share), shares):
                reasons.update(found)
        if known.markers:
            first = [of_user[0] for of_user in lanes.values()]
            for found in pool.map(lambda user: _overlooked(user, known), first):
                reasons.update(found)
    return Removal(
        ended=tuple(made for made, reason in reasons.items() if not reason),
        left={made: reason for made, reason in reasons.items() if reason},
    )


def _of_user(user: _User, things: Iterable[Made]) -> Mapping[Made, str]:
    """Why each thing of a user is left; empty texts for what is not."""
    return {each: user.remove(each) for each in things}


def _overlooked(user: _User, known: Open) -> Mapping[Made, str]:
    """The same of the groups that the target still shows, however they came about."""
    shown = tuple(user.groups(known.markers))
    found = {each: user.remove(each) for each in shown}
    if found:
        still = "DELETE longLivedParticipant has no effect"
        found.update({each: found.get(each) or still for each in user.groups(known.markers)})
    return found
