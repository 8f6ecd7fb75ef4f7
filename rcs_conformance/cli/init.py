"""`rcs-conformance init`: probe a target, and write a target file for it."""

import argparse
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rcs_conformance.catalogue import Catalogue, load_catalogue
from rcs_conformance.catalogue.ics import FEATURES
from rcs_conformance.driver import Actor
from rcs_conformance.errors import ConfigurationError, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.formats import Format
from rcs_conformance.plugin.claims import check_claims
from rcs_conformance.plugin.preflight import check_target
from rcs_conformance.probes import Findings, probe_chats, probe_verbs
from rcs_conformance.probes.proposal import Proposal, propose
from rcs_conformance.probes.target_file import FileHeader, target_file_text
from rcs_conformance.probes.trials import FIRST_MESSAGE
from rcs_conformance.scenario import TestBed, TestBedSettings
from rcs_conformance.target import Ics, Notifications, Target, inline_target, load_target
from rcs_conformance.wire.vocabulary import dialect

_VARIABLE = "RCS_TOKEN_{number}"
_PATIENCE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A user of the command line.

    Attributes:
        address: Its address.
        given: Its token as it was given.
        written: How the target file refers to its token.
        variable: The environment variable that must hold it; empty where none must.
    """

    address: str
    given: str
    written: str
    variable: str = ""


def init(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Probe the target, and write or print the file.

    Raises:
        ConfigurationError: An argument is wrong, the target is no Chat API, or the file exists.
    """
    file: Path | None = arguments.output
    if file is not None and file.exists() and not arguments.force:
        raise ConfigurationError(f"{file} exists; --force overwrites it")
    catalogue = load_catalogue()
    users = named(arguments.user, arguments.token, plain=arguments.plain_tokens)
    target = _everything(arguments, users, catalogue)
    formats, found = probed(target, catalogue)
    proposal = propose(catalogue, found)
    head = FileHeader(
        url=target.server_root,
        binding=target.binding,
        users=[(user.address, user.written) for user in users],
        formats=[str(fmt) for fmt in formats],
        when=datetime.now(UTC).date().isoformat(),
        first_message=found.get(FIRST_MESSAGE),
    )
    text = target_file_text(head, proposal, catalogue)
    _check(text, users, catalogue)
    if file is None:
        _say(text)
        return 0
    _write(file, text, force=arguments.force)
    _say(_summary(file, proposal, users))
    return 0


def named(given: Sequence[str], tokens: Sequence[str], *, plain: bool) -> list[Named]:
    """The users, with ADDRESS=TOKEN, or ADDRESS and the tokens in the same order.

    Raises:
        ConfigurationError: There are more or fewer tokens than users without one.
    """
    left = list(tokens)
    bare = [word for word in given if "=" not in word]
    if len(bare) != len(left):
        raise ConfigurationError(
            f"--token: given {len(left)} times for {len(bare)} users without =TOKEN; give one each"
        )
    users = []
    for number, word in enumerate(given):
        address, separator, token = word.partition("=")
        token = token if separator else left.pop(0)
        if plain or token.startswith(("env:", "file:")):
            users.append(Named(address=address, given=token, written=_absolute(token)))
        else:
            variable = _VARIABLE.format(number=number)
            written_as = f"env:{variable}"
            users.append(Named(address=address, given=token, written=written_as, variable=variable))
    return users


def binding_of(word: str) -> str:
    """A binding as the file names it: paths are relative to the file there, not to where we are."""
    is_path = "/" in word or word.endswith(".toml")
    return str(Path(word).absolute()) if is_path else word


def _absolute(token: str) -> str:
    """A token as the file names it: paths are relative to the file there, not to where we are."""
    return f"file:{Path(token[5:]).absolute()}" if token.startswith("file:") else token


def _everything(
    arguments: argparse.Namespace, users: Sequence[Named], catalogue: Catalogue
) -> Target:
    """The target with every claim, so that every operation can be probed."""
    optional = frozenset(item.item for item in catalogue.items.values() if not item.mandatory)
    target = inline_target(
        arguments.url,
        [f"{user.address}={user.given}" for user in users],
        binding=binding_of(arguments.binding),
        ics=Ics(features=frozenset(FEATURES), items=optional),
    )
    return replace(target, notifications=Notifications(timeout=_PATIENCE))


def probed(target: Target, catalogue: Catalogue) -> tuple[tuple[Format, ...], Findings]:
    """The formats that the target answers in, and what it was found to serve.

    Raises:
        ConfigurationError: It cannot be reached, is not the Chat API, or rejects a user.
    """
    binding = dialect(target.binding)
    log = EvidenceLog(user.token.reveal() for user in target.users)
    check_target(target, binding, log, Format.XML, lists=False)
    with tempfile.TemporaryDirectory(prefix="rcs-conformance-") as folder:
        settings = TestBedSettings(lock_file=Path(folder) / "lock", catalogue=catalogue)
        with closing(TestBed(target, binding, log, settings)) as bed:
            formats = tuple(fmt for fmt in Format if _answers(bed.alice, fmt)) or tuple(Format)
            operations = [item.operation for item in catalogue.items.values() if item.operation]
            found = dict(probe_verbs(operations, bed.alice, bed.bob, formats[0]))
            tries = probe_chats(bed, formats[0], _served(found))
    return formats, {**found, **{name: one for name, one in tries.items() if _tells(one.served)}}


def _tells(served: bool | None) -> bool:
    return served is not None


def _served(found: Findings) -> Callable[[str], bool]:
    """Whether an operation was not found to be unsupported."""
    return lambda operation: operation in found and found[operation].served is not False


def _answers(actor: Actor, fmt: Format) -> bool:
    """Whether the target responds in a format; an error response counts."""
    try:
        exchange = actor.send("GET", "subscriptions", fmt=fmt)
    except TargetError:
        return False
    return exchange.answer.status not in {406, 415} and exchange.answer.content is not None


def _check(text: str, users: Sequence[Named], catalogue: Catalogue) -> None:
    """Load the text as a run would.

    Raises:
        ConfigurationError: It cannot be used: an error in the suite.
    """
    known: Mapping[str, str] = {user.variable: user.given for user in users if user.variable}
    with tempfile.TemporaryDirectory(prefix="rcs-conformance-") as folder:
        file = Path(folder) / "target.toml"
        file.write_text(text, encoding="utf-8")
        target = load_target(file, environment={**os.environ, **known})
        check_claims(catalogue, target.ics, file)


def _write(file: Path, text: str, *, force: bool) -> None:
    """Write the file for its owner alone; overwrite one only by `force`."""
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if force else os.O_EXCL)
    try:
        with os.fdopen(os.open(file, flags, 0o600), "w", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise ConfigurationError(f"{file}: {error.strerror}") from error


def _summary(file: Path, proposal: Proposal, users: Sequence[Named]) -> str:
    """The summary, and the next steps."""
    lines = [
        f"{file}: {len(proposal.features)} features and {len(proposal.items)} items proposed."
        f" Review them, then run: rcs-conformance doctor {file}"
    ]
    lines += [
        f"export {user.variable}=...   # token of {user.address}" for user in users if user.variable
    ]
    lines += [
        f"mandatory but not supported: {name} ({why})" for name, why in proposal.lacking.items()
    ]
    return "\n".join(lines)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the command's answer
