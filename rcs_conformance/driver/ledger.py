"""The ledger: what a run makes on the target and has not ended yet.

It is on disk from the moment in which the target says that it made something, so that it can be
removed even after the run was killed. A run has a folder, each of its processes a file in it. A
file holds a JSON object a line, of one member: `made` or `gone` with a resource, or `marker` with
what the texts of the process carry. It names users, resources and their ids, and no secret.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from filelock import FileLock

from rcs_conformance.binding import Binding
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.chat import LongLivedGroupChatInformation
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.target import User
from rcs_conformance.wire.created import created_as
from rcs_conformance.wire.urls import identifiers

MEMBERSHIP = "longLivedParticipant"
"""A member of a long-lived group; it is known by user and group alone."""

PARTICIPATION = "participant"
"""A user who joined a group chat, which may go on after its originator left; known likewise."""

CREATED: Mapping[str, str] = {
    "subscriptions": "subscription",
    "ftSubscriptions": "ftSubscription",
    "channels": "channel",
    "oneToOneSessions": "oneToOneSession",
    "groups": "group",
    "oneToOneExtend": "group",
    "ftSessions": "ftSession",
    "longLivedGroups": "longLivedGroup",
    "oneToOneExtendLongLived": "longLivedGroup",
}
"""What a POST to a resource makes."""

_JOINED: Mapping[str, str] = {
    "participantStatus": PARTICIPATION,
    "longLivedParticipantStatus": MEMBERSHIP,
}
"""What a PUT of a resource makes its user."""

_ENDED = frozenset(
    {
        *(each for each in CREATED.values() if each != "longLivedGroup"),
        PARTICIPATION,
        MEMBERSHIP,
    }
)
"""What a DELETE ends."""

REMOVED = "removed"
"""Name of the file that tells what was removed at the end of a run, or after it."""

_OF_USER = frozenset({PARTICIPATION, MEMBERSHIP})
_PARTICIPANT = "participantId"
LOCK = ".lock"
"""Suffix of the files that say which processes use a ledger."""

_SUFFIX = ".jsonl"
_FOLDER = "rcs-conformance"


def _nothing() -> None:
    """What is done after each request unless somebody waits for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Something that a run made on the target.

    Attributes:
        user: Address of the user who can end it.
        resource: Key of the resource.
        ids: The variables of its path; none where the target did not tell them.
    """

    user: str
    resource: str
    ids: tuple[tuple[str, str], ...] = ()


class Ledger:
    """The ledger of one process, in use until `close`; safe from several threads.

    Args:
        file: Made if missing, for its owner alone.
        users: Of the target.

    Raises:
        OSError: The file cannot be written, or is in use.

    Attributes:
        is_expecting: Whether an interruption would lose the response to a request.
        afterwards: Called once it would not.
    """

    def __init__(self, file: Path, users: Iterable[User]) -> None:
        self._users = tuple(users)
        self._lock = Lock()
        self._in_use = FileLock(file.with_suffix(LOCK))
        self._in_use.acquire(timeout=0)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        self._file: int | None = os.open(file, flags, 0o600)
        self._expected = 0
        self.is_expecting = False
        self.afterwards: Callable[[], None] = _nothing

    @contextmanager
    def expecting(self) -> Iterator[None]:
        """Wait for the response to a request, which may tell of something that was made."""
        self._expect(1)
        try:
            yield
        finally:
            self._expect(-1)
        self.afterwards()

    def _expect(self, more: int) -> None:
        with self._lock:
            self._expected += more
            self.is_expecting = self._expected > 0

    def mark(self, marker: str) -> None:
        """Note what the texts of this process carry: its groups are known by it."""
        self._write({"marker": marker})

    def note(self, exchange: Exchange, content: object | None, binding: Binding) -> None:
        """Note what a request made or ended; nothing if it did neither.

        Args:
            exchange: The request and the response.
            content: The structure that was sent.
            binding: How resources are spelt.
        """
        if not 200 <= exchange.answer.status < 300:
            return
        request = exchange.request
        if request.method == "DELETE" and request.resource in _ENDED:
            self.gone(*self._ended(exchange, binding))
        elif made := [*self._made(exchange, content, binding)]:
            self._write(*({"made": _plain(each)} for each in made))

    def gone(self, *made: Made) -> None:
        """Note that something is no longer there."""
        self._write(*({"gone": _plain(each)} for each in made))

    def close(self) -> None:
        with self._lock:
            if self._file is not None:
                os.close(self._file)
                self._file = None
        self._in_use.release()

    def _made(self, exchange: Exchange, content: object | None, binding: Binding) -> Iterator[Made]:
        request = exchange.request
        if request.method == "PUT" and request.resource in _JOINED:
            yield from self._own(exchange, _JOINED[request.resource], binding)
        elif request.method == "POST" and request.resource == "longLivedParticipants":
            group = _found(request.url, "longLivedParticipants", binding)
            yield from self._members(self._named(content), group)
        elif request.method == "POST" and request.resource in CREATED:
            yield from self._created(exchange, content, binding)

    def _created(
        self, exchange: Exchange, content: object | None, binding: Binding
    ) -> Iterator[Made]:
        request = exchange.request
        resource = CREATED[request.resource]
        ids = created_as(exchange, _path(binding, resource))
        if resource != "longLivedGroup":
            yield Made(user=request.user, resource=resource, ids=_pairs(ids))
            return
        told = exchange.answer.content
        if not ids and isinstance(told, LongLivedGroupChatInformation) and told.group_chat_id:
            ids = {"groupChatId": told.group_chat_id}
        other = (_found(request.url, request.resource, binding) or {}).get("otherUserId", "")
        members = {request.user, *self._named(content), *self._known(other)}
        yield from self._members(sorted(members), ids)

    def _ended(self, exchange: Exchange, binding: Binding) -> Iterator[Made]:
        request = exchange.request
        if request.resource in _OF_USER:
            yield from self._own(exchange, request.resource, binding)
            return
        ids = _found(request.url, request.resource, binding)
        yield Made(user=request.user, resource=request.resource, ids=_pairs(ids))

    def _own(self, exchange: Exchange, resource: str, binding: Binding) -> Iterator[Made]:
        """What a user is in a chat, by a request about itself."""
        request = exchange.request
        ids = dict(_found(request.url, request.resource, binding) or {})
        named = self._known(ids.pop(_PARTICIPANT, ""))
        if ids and (not named or request.user in named):
            yield Made(user=request.user, resource=resource, ids=_pairs(ids))

    @staticmethod
    def _members(users: Iterable[str], group: Mapping[str, str] | None) -> Iterator[Made]:
        for user in users:
            yield Made(user=user, resource=MEMBERSHIP, ids=_pairs(group))

    def _named(self, content: object | None) -> list[str]:
        """The users of the target that a structure names as participants."""
        named = getattr(content, "participant", ())
        return [user for each in named for user in self._known(each.address)]

    def _known(self, address: str) -> list[str]:
        """The main address of the user of an address; none if it is no user's."""
        return [
            each.address
            for each in self._users
            if any(same_address(address, own) for own in _names(each))
        ]

    def _write(self, *lines: Mapping[str, object]) -> None:
        """Append lines in one write; a disk that is full keeps no test from going on."""
        data = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
        with self._lock, suppress(OSError):
            if self._file is not None and data:
                os.write(self._file, data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """What a ledger says is still there.

    Attributes:
        made: In the order in which it was made.
        markers: What the texts of its processes carry.
    """

    made: tuple[Made, ...] = ()
    markers: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.made)


def read_ledger(folder: Path) -> Open:
    """What the ledger of a run says is still there; a line that was cut off says nothing.

    Raises:
        OSError: A file of it cannot be read.
    """
    made: dict[Made, None] = {}
    markers: set[str] = set()
    texts = (file.read_text("utf-8", "replace") for file in ledger_files(folder))
    for line in (line for text in texts for line in text.splitlines()):
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            ((word, value),) = json.loads(line).items()
            if word == "made":
                made[_read(value)] = None
            elif word == "gone":
                made.pop(_read(value), None)
            elif word == "marker":
                markers.add(str(value))
    return Open(made=tuple(made), markers=frozenset(markers))


def ledger_files(folder: Path) -> tuple[Path, ...]:
    """The files of a run: those of its processes, and last what was removed at its end."""
    return tuple(sorted(folder.glob(f"*{_SUFFIX}"), key=lambda file: (file.stem == REMOVED, file)))


def ledger_file(folder: Path, process: str) -> Path:
    """The file of a process of a run."""
    return folder / f"{process or 'main'}{_SUFFIX}"


def ledgers_of(server_root: str, environ: Mapping[str, str]) -> Path:
    """The folder with the ledgers of all runs of this user against a server.

    Args:
        server_root: Of the target.
        environ: Variables of the environment; `XDG_STATE_HOME` is followed.

    Raises:
        OSError: The user has no home.
    """
    given = environ.get("XDG_STATE_HOME", "")
    try:
        state = Path(given) if Path(given).is_absolute() else Path.home() / ".local" / "state"
    except RuntimeError as error:
        raise OSError(str(error)) from None
    key = sha256(server_root.rstrip("/").encode()).hexdigest()[:16]
    return state / _FOLDER / "ledgers" / key


def _names(user: User) -> tuple[str | None, ...]:
    """All that may stand for a user in URLs and bodies."""
    return (user.address, user.id, user.sip, user.contact, *user.aliases)


def _path(binding: Binding, resource: str) -> str:
    known = binding.resources.get(resource)
    return (known.path if known else None) or ""


def _found(url: str, resource: str, binding: Binding) -> Mapping[str, str] | None:
    path = _path(binding, resource)
    return identifiers(url, path) if path else None


def _pairs(ids: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((ids or {}).items()))


def _plain(made: Made) -> Mapping[str, object]:
    return {"user": made.user, "resource": made.resource, "ids": dict(made.ids)}


def _read(plain: Mapping[str, Any]) -> Made:
    ids = {str(name): str(value) for name, value in plain["ids"].items()}
    return Made(user=str(plain["user"]), resource=str(plain["resource"]), ids=_pairs(ids))
