"""The checks of `doctor`, in order: file, claims, users, server, listener, triggers."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Thread

from rcs_conformance.binding import Binding
from rcs_conformance.catalogue import Catalogue
from rcs_conformance.cli.doctor import answers, notifications, triggers
from rcs_conformance.cli.doctor.finding import Finding, Level, ok, warning, wrong
from rcs_conformance.errors import ConfigurationError, lines_of
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.exchange import Event
from rcs_conformance.plugin.claims import check_claims
from rcs_conformance.plugin.preflight import check_listener, check_target
from rcs_conformance.scenario.setup.claims import Claims
from rcs_conformance.target import GROUP, Target, User, load_target
from rcs_conformance.wire.vocabulary import dialect

DEADLINE = 2.5
"""Seconds that the first exchange of a user may take."""

TOGETHER = 4.0
"""Seconds for the first exchanges of all users, name lookup and tokens included."""

PROMPT = 0.8
"""A slower server is not asked for a notification, which takes several exchanges; seconds."""

_MODEL = "REST-CHAT-1-1-MODEL-S-001-O"


def examine(file: Path, catalogue: Catalogue) -> Iterator[Finding]:
    """Check a target file and what it refers to.

    Args:
        file: The target file.
        catalogue: Requirements and SCR items.
    """
    try:
        target = load_target(file)
        binding = dialect(target.binding)
    except ConfigurationError as error:
        yield from (wrong("file", line) for line in lines_of(error))
        return
    yield ok("file", f"{file} is valid, binding {binding.name}")
    limits = replace(target.limits, deadline=min(target.limits.deadline, DEADLINE))
    target = replace(target, limits=limits)
    claim = tuple(_claim(file, target, catalogue))
    yield from claim
    if any(each.level is Level.WRONG for each in claim):
        return
    yield from _distinct(target)
    started = time.monotonic()
    events: list[Event] = []
    reached = tuple(_reached(target, binding, catalogue, events))
    seconds = time.monotonic() - started
    yield from reached
    yield from answers.clock(events)
    if any(each.level is not Level.OK for each in reached):
        pass
    elif seconds > PROMPT:
        text = f"not tried: the server took {seconds:.1f} s to respond"
        yield warning("listener", text, f"try again when it responds within {PROMPT} s")
    else:
        yield from notifications.reached(target, binding, catalogue)
    yield from triggers.examined(target)


def _claim(file: Path, target: Target, catalogue: Catalogue) -> Iterator[Finding]:
    """Whether the claim contradicts itself."""
    try:
        check_claims(catalogue, target.ics, file)
    except ConfigurationError as error:
        yield from (wrong("claim", line) for line in lines_of(error))
        return
    for item in (*target.ics.items, *target.ics.not_supported):
        if name := catalogue.renamed.get(item):
            yield warning("claim", f"{item} is now {name}", "use the id of today")
    claims = Claims(catalogue, target.ics)
    yield ok("claim", f"{len(target.ics.features)} features, {len(target.ics.items)} items named")
    if not claims.item(_MODEL):
        yield warning(
            "claim",
            "no model of 1-to-1 chat is claimed",
            f"{_MODEL} requires one: claim REST-CHAT-1-1-SESS-S-001-O or the feature adhoc",
        )


def _distinct(target: Target) -> Iterator[Finding]:
    """Whether users are enough, and each has a token and names of its own."""
    if len(target.users) < GROUP:
        yield warning(
            "users",
            f"{len(target.users)} users: adding a participant later is not tested",
            f"list {GROUP} users",
        )
    tokens: defaultdict[str, list[str]] = defaultdict(list)
    names: defaultdict[str, set[str]] = defaultdict(set)
    for user in target.users:
        if user.username is None and user.client is None:
            tokens[user.token.reveal()].append(user.address)
        for name in filter(None, (user.address, user.sip, user.contact)):
            names[name].add(user.address)
    for sharing in (each for each in tokens.values() if len(each) > 1):
        yield wrong(
            "users", f"{' and '.join(sharing)} have the same token", "give each user its own token"
        )
    for name, who in sorted(names.items()):
        if len(who) > 1:
            yield wrong(
                "users", f"{name} belongs to {' and '.join(sorted(who))}", "give it to one user"
            )


def _reached(
    target: Target, binding: Binding, catalogue: Catalogue, events: list[Event]
) -> Iterator[Finding]:
    """Whether the server responds and accepts each user's token; all users at once.

    What was exchanged is added to `events`.
    """
    fmt = min(target.ics.formats)
    lists = Claims(catalogue, target.ics).operation("GET subscriptions")

    def ask(user: User) -> str:
        alone, log = replace(target, users=(user,)), EvidenceLog([user.token.reveal()])
        try:
            check_target(alone, binding, log, fmt, lists=lists)
        except ConfigurationError as error:
            return str(error)
        finally:
            events.extend(log.events())
        return ""

    late = f"server_root {target.server_root}: no response within {TOGETHER} s; check that its"
    answers = _in_time(ask, target.users, f"{late} name resolves and that tokens can be obtained")
    if all(each.startswith("server_root ") for each in answers):  # of all users alike
        yield wrong("server", answers[0])
        return
    for user, problem in zip(target.users, answers, strict=True):
        yield wrong("users", problem) if problem else ok("users", f"{user.address} is accepted")
    try:
        check_listener(target.notifications, alone=True)
    except ConfigurationError as error:
        yield wrong("listener", str(error))


def _in_time(ask: Callable[[User], str], users: Sequence[User], late: str) -> tuple[str, ...]:
    """The problem of each user, looked up all at once; `late` where it takes too long."""
    answers = dict.fromkeys((user.address for user in users), late)

    def note(user: User) -> None:
        answers[user.address] = ask(user)

    # Daemon threads: a name lookup cannot be stopped.
    threads = [Thread(target=note, args=(user,), daemon=True) for user in users]
    for thread in threads:
        thread.start()
    end = time.monotonic() + TOGETHER
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    return tuple(answers[user.address] for user in users)
