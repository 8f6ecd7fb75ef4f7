"""The start of a process of a run: its settings, from options or from its controller."""

import atexit
import gc
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from cattrs.errors import BaseValidationError
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.internal.conjecture import providers

from rcs_conformance.catalogue import Catalogue, load_catalogue
from rcs_conformance.driver.ledger import Ledger, ledger_file
from rcs_conformance.errors import (
    ConfigurationError,
    Inconclusive,
    RcsConformanceError,
    TargetError,
)
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.kit import suite_version
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import CleanUp
from rcs_conformance.plugin.availability import Availability
from rcs_conformance.plugin.forked_workers import in_fork
from rcs_conformance.plugin.ledgers import RunLedger
from rcs_conformance.plugin.options import (
    AT_ONCE,
    AUTO,
    PROFILES,
    Handover,
    Settings,
    embedded_target,
    notified,
    read_settings,
    read_target,
)
from rcs_conformance.plugin.pace import Choice, Pace, chosen, measured
from rcs_conformance.plugin.preflight import check_listener, check_target
from rcs_conformance.plugin.processor import keep_to_one_processor
from rcs_conformance.plugin.session import Session
from rcs_conformance.plugin.traffic import TrafficCount
from rcs_conformance.record.archive import MAIN, chain_file
from rcs_conformance.record.chain import Entry
from rcs_conformance.record.recorder import Recorder
from rcs_conformance.scenario import TestBed, TestBedSettings
from rcs_conformance.scenario.environment import Environment
from rcs_conformance.scenario.mailboxes.deadlines import Experience
from rcs_conformance.scenario.setup.claims import Claims
from rcs_conformance.scenario.setup.dialect_claims import check_fit, without_other_channels
from rcs_conformance.scenario.subscription_host import SubscriptionHost
from rcs_conformance.target import PromptTrigger, Target
from rcs_conformance.wire.vocabulary import dialect

if TYPE_CHECKING:
    from rcs_conformance.plugin.embedded import Embedded

WORKER_INPUT = "rcs_conformance"
"""Key under which a worker finds what its controller hands over."""

_PROFILE = "rcs-conformance"


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """Registered as a plugin by a caller of pytest that has tests played from a record.

    Attributes:
        session: Whose journal plays.
    """

    session: Session


@dataclass(slots=True, kw_only=True)
class Start:
    """What a process starts from.

    Attributes:
        session: Shared by its tests.
        handover: What the caller of pytest gave.
        controls: Whether it is the controlling process, and not one of its workers.
        is_embedded: Whether the reference server is to be started for the run.
        scratch: Folder for what the processes of the run share; removed at its end.
        server: The reference server, where this process runs it.
        opened: Whether the target is known to respond.
        ledger: Of what the run makes on its target; `None` where that ends with the run.
        pace: Of the target; `None`: not measured.
        choice: How many tests run at once in forked processes; `None`: this is not asked for.
    """

    session: Session
    handover: Handover
    controls: bool
    is_embedded: bool
    scratch: "tempfile.TemporaryDirectory[str] | None"
    server: "Embedded | None" = None
    opened: bool = False
    ledger: RunLedger | None = None
    choice: Choice | None = None
    pace: Pace | None = None
    _is_lost: bool = False

    def open(self, config: pytest.Config, server: "Embedded | None" = None) -> None:
        """Start the embedded server if the run needs it, and check that the target responds.

        Args:
            config: Of pytest.
            server: The embedded server, if it runs already.

        Raises:
            ConfigurationError: Target, users or listener cannot be used.
        """
        at_once = None if _workers(config) else config.getoption(AT_ONCE)
        notifications = self.session.target.notifications
        several = _workers(config) or at_once not in (None, AUTO, "1")
        check_listener(notifications, alone=not several)
        if (
            _workers(config) > 1
            and self.session.binding.subscriptions_per_user
            and not self.is_embedded
        ):
            raise ConfigurationError(
                "-n: each worker would subscribe the users, and subscriptions_per_user = 1 in the"
                " binding: leave out -n"
            )
        if at_once is not None:
            self._open_forking(config, at_once)
        elif not (self.is_embedded and _workers(config)):  # else each of them has its own server
            self._open(config, server)
        self.opened = True

    def _open(self, config: pytest.Config, server: "Embedded | None") -> None:
        if self.is_embedded:
            self.server = server or _embedded(self.session.settings.binding)
            self.session.target = _with_settings(self.server.target, self.session.settings)
        session = self.session
        check_target(
            session.target,
            session.binding,
            session.log,
            session.settings.formats[0],
            lists=_lists(session),
        )
        if not self.is_embedded:
            self._open_ledger()
        if self.handover.collect is None and not _workers(config):
            watch_target(session)
            begin_record(session, "")

    @property
    def at_once(self) -> int:
        """How many tests run at once in forked processes; 1 where they run in this one."""
        return 1 if self.choice is None else self.choice.number

    @property
    def forks(self) -> bool:
        """Whether tests run in forked processes."""
        return self.at_once > 1

    def _open_forking(self, config: pytest.Config, at_once: str) -> None:
        """Likewise, where tests run in forked processes: this one starts no thread before.

        What is asked of the target is asked in a process of its own.
        """
        session = self.session
        if not self.is_embedded:
            self._open_ledger()
            self.pace = in_fork(self._measured)
        if at_once == AUTO:
            self.choice = chosen(self.pace, session.target.limits, alone=_alone(session))
        else:
            self.choice = Choice(number=int(at_once), reason="-n")
        if self.choice.number == 1:
            self.open_here(config)

    def open_here(self, config: pytest.Config) -> None:
        """Make ready for tests in this process, where no other runs any."""
        if self.is_embedded:
            self._open(config, None)
        else:
            watch_target(self.session)
            begin_record(self.session, "")

    def _measured(self) -> Pace | None:
        """The pace of the target, which is checked before; `None` where it could not be measured.

        Raises:
            ConfigurationError: As of `check_target`.
        """
        session = self.session
        fmt = session.settings.formats[0]
        lists = _lists(session)
        check_target(session.target, session.binding, session.log, fmt, lists=lists)
        settings = TestBedSettings(
            lock_file=session.lock_file,
            catalogue=session.catalogue,
            ledger=_ledger(session, "pace"),
        )
        bed = TestBed(session.target, session.binding, session.log, settings)
        with closing(bed), suppress(TargetError, Inconclusive):
            return measured(bed, fmt, session.target.notifications.timeout)
        return None

    @property
    def pairs(self) -> int:
        """How many pairs of users the processes act as in turn; 0: each has users of its own."""
        return 0 if self.is_embedded else self.session.target.pairs

    @property
    def is_notified(self) -> bool:
        """Whether a notification came as the target was measured, or that was not tried."""
        return self.pace is None or self.pace.notification is not None

    @property
    def has_host(self) -> bool:
        """Whether one process holds the subscriptions of all."""
        return not self.is_embedded and len(self.session.target.notifications.modes) == 1

    def host_subscriptions(self, pipes: Sequence[Connection]) -> None:
        """Hold the subscriptions of all in this forked process, until the others have ended.

        Args:
            pipes: To them.
        """
        session = self.session
        session.log = EvidenceLog(user.token.reveal() for user in session.target.users)
        environment = Environment(
            session.target,
            session.binding,
            session.log,
            TestBedSettings(
                lock_file=session.lock_file,
                catalogue=session.catalogue,
                ledger=_ledger(session, "subscriptions"),
                hosts=True,
            ),
        )
        with closing(environment):
            SubscriptionHost(environment, pipes).run()

    def become_worker(self, number: int, host: Connection | None) -> None:
        """Make this forked process one that runs tests for the one that controls the run.

        Args:
            number: Of this process, from 0.
            host: To the process that holds the subscriptions, if one does.
        """
        self.session.host = host
        keep_to_one_processor(number)
        name = f"fork{number}"
        session, settings = self.session, self.session.settings
        target = session.target
        if self.is_embedded:
            server = _embedded(settings.binding)
            target = _with_settings(server.target, settings)
            self.server = server
            session.settings = replace(
                settings, lock_file=settings.lock_file.with_suffix(f".{name}.lock")
            )
        session.target = target.of_worker(number).turned(number)
        session.workers = self.at_once
        session.joins = self.pace is not None and self.pace.is_notified_slowly
        session.ledger = None
        with suppress(OSError):
            session.ledger = _ledger(session, name)
        watch_target(session, name)

    def _open_ledger(self) -> None:
        """Note what is made on a target that outlives the run; the disk may be full."""
        handover = self.handover
        if self.scratch is None or not (handover.collect is None or handover.cleans_up):
            return
        with suppress(OSError):
            self.ledger = RunLedger.begun(self.session.target, Path(self.scratch.name))
            self.session.settings = replace(self.session.settings, ledger=self.ledger.folder)
            self.session.ledger = _ledger(self.session, "")

    def clean_up(self, *, interrupted: bool, lost: bool) -> CleanUp | None:
        """Remove what the run made on its target; `None` where that ends with the run.

        Args:
            interrupted: Whether the user waits.
            lost: Whether the target serves its users no longer.
        """
        if self.ledger is None:
            return None
        self._is_lost = lost
        session = self.session
        try:
            return self.ledger.clean_up(
                session.target, session.binding, hurry=interrupted, lost=lost
            )
        except (OSError, RcsConformanceError):  # no verdict depends on it
            return None

    def _close_ledger(self) -> None:
        """Remove what came meanwhile from workers that were still at it."""
        if self.ledger is None:
            return
        self.clean_up(interrupted=True, lost=self._is_lost)
        if self.session.ledger is not None:
            self.session.ledger.close()
        with suppress(OSError):
            self.ledger.close()

    def close(self) -> None:
        """Stop the embedded server and remove what was shared."""
        self._close_ledger()
        if self.server is not None:
            self.server.close()
        if self.scratch is not None:
            self.scratch.cleanup()

    def for_worker(self) -> dict[str, str]:
        """What a worker must be handed; no target where it is to start a server of its own."""
        return {
            "settings": self.session.settings.to_json(),
            "target": "" if self.is_embedded else self.session.target.to_json(),
        }


def start(config: pytest.Config) -> Start:
    """Read what this process is asked to do.

    Raises:
        ConfigurationError: An option, the target file or the binding cannot be used.
    """
    catalogue = load_catalogue()
    worker_input: Mapping[str, Any] | None = getattr(config, "workerinput", None)
    if worker_input is not None:
        return _worker_start(worker_input, catalogue)
    players = [each for each in config.pluginmanager.get_plugins() if isinstance(each, Played)]
    if players:
        return Start(
            session=players[0].session,
            handover=Handover(),
            controls=False,
            is_embedded=False,
            scratch=None,
        )
    found = [each for each in config.pluginmanager.get_plugins() if isinstance(each, Handover)]
    handover = found[0] if found else Handover()
    scratch = tempfile.TemporaryDirectory(prefix="rcs-conformance-")
    try:
        settings = read_settings(config, catalogue, Path(scratch.name))
        target = read_target(config, handover, catalogue)
        tested = target or embedded_target(binding=settings.binding)
        if target is not None and handover.target is None:
            settings = replace(settings, lock_file=_lock_file(target))
        session = _session(settings, tested, catalogue)
        if not handover.arguments and config.getoption("--target"):
            handover = replace(handover, arguments=(config.getoption("--target"),))
    except ConfigurationError:
        scratch.cleanup()
        raise
    return Start(
        session=session,
        handover=handover,
        controls=True,
        is_embedded=target is None,
        scratch=scratch,
    )


def _worker_start(worker_input: Mapping[str, Any], catalogue: Catalogue) -> Start:
    given, worker = worker_input[WORKER_INPUT], worker_input["workerid"]
    keep_to_one_processor(_number(worker))
    atexit.register(gc.freeze)  # else the interpreter looks through all once more, for 0.4 s
    settings = Settings.from_json(given["settings"])
    server = None if given["target"] else _embedded(settings.binding)
    shared = server.target if server else Target.from_json(given["target"])
    target = shared.of_worker(_number(worker))
    if server:  # nobody else uses it
        own = settings.lock_file.with_suffix(f".{worker}.lock")
        settings = replace(settings, lock_file=own)
    session = _session(settings, target, catalogue, is_worker=True)
    with suppress(OSError):
        session.ledger = _ledger(session, worker)
    watch_target(session, worker)
    with suppress(OSError):
        begin_record(session, worker)
    return Start(
        session=session,
        handover=Handover(),
        controls=False,
        is_embedded=server is not None,
        scratch=None,
        server=server,
    )


def _lock_file(target: Target) -> Path:
    """The lock of all runs of this user on this machine that use the same server."""
    key = sha256(f"{Path.home()} {target.server_root}".encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"rcs-conformance-{key}.lock"


def _embedded(binding: str) -> "Embedded":
    from rcs_conformance.plugin.embedded import Embedded  # noqa: PLC0415 - 40 ms

    return Embedded(binding=binding)


def _workers(config: pytest.Config) -> int:
    """How many processes run the tests beside this one; 0 where this one does."""
    return config.getoption("numprocesses", None) or 0


def _alone(session: Session) -> str:
    """Why tests must run one after the other; empty where they need not."""
    target = session.target
    if session.settings.records_all:
        return "--evidence all"
    if session.binding.subscriptions_per_user and len(session.settings.formats) > 1:
        return (
            "a user has one subscription (subscriptions_per_user = 1), and two formats are tested"
        )
    if not hasattr(os, "fork"):
        return "this system has no fork"
    if any(isinstance(each, PromptTrigger) for each in target.triggers.values()):
        return "a trigger prompts an operator"
    if target.notifications.listens and target.notifications.listen_port:
        return f"[notifications] listen has port {target.notifications.listen_port} alone"
    return ""


def _number(worker: str) -> int:
    """The number in the name of a worker, such as gw3; one that replaces another has a new one."""
    return int(worker.removeprefix("gw"))


def _session(
    settings: Settings, target: Target, catalogue: Catalogue, *, is_worker: bool = False
) -> Session:
    target = _with_settings(target, settings)
    _keep_house()
    _draw_from_the_seed_alone()
    _load_profile(PROFILES[settings.profile], target.limits.examples)
    binding = dialect(target.binding)
    check_fit(target, catalogue, binding)
    target = replace(target, ics=without_other_channels(target.ics, binding))
    traffic = TrafficCount()
    traffic.share(settings.out if is_worker else None)
    return Session(
        settings=replace(settings, formats=_tested(settings.formats, target)),
        target=target,
        binding=binding,
        catalogue=catalogue,
        log=EvidenceLog((user.token.reveal() for user in target.users), traffic.note),
        traffic=traffic,
        experience=Experience(on_wait=traffic.wait),
    )


def watch_target(session: Session, process: str = "") -> None:
    """Have the session notice when the target no longer serves its users.

    Args:
        session: Its target is known.
        process: Name of the worker; empty without workers.
    """
    session.availability = Availability(
        session.target,
        session.binding,
        session.settings.formats[0],
        lists=_lists(session),
        process=process,
    )


def begin_record(session: Session, process: str) -> None:
    """Record from now on what the tests of a process do, where the run is asked to.

    Args:
        session: Of the process.
        process: Name of the worker; empty without workers.

    Raises:
        OSError: The file cannot be written.
    """
    settings = session.settings
    if not settings.records_all or settings.out is None:
        return
    head = {
        "chain": process or MAIN,
        "suite": suite_version(),
        "settings": json.loads(settings.to_json()),
        "target": json.loads(session.target.without_secrets().to_json()),
    }
    file = chain_file(settings.out, process or MAIN)
    session.log.journal = Recorder(file, head, session.log.redacted_text)


def replayed(head: Entry, catalogue: Catalogue, scratch: Path) -> Session:
    """The session in which a chain of a record is played.

    Args:
        head: The first entry of the chain.
        catalogue: Requirements and SCR items.
        scratch: Folder for files that nobody keeps.

    Raises:
        ConfigurationError: The head is not of this version.
    """
    try:
        settings = Settings.from_json(json.dumps(head["settings"]))
        target = Target.from_json(json.dumps(head["target"]))
    except (KeyError, TypeError, ValueError, AttributeError, BaseValidationError) as error:
        reason = type(error).__name__
        raise ConfigurationError(
            f"the record was made by version {head.get('suite', 'unknown')}, whose settings this"
            f" version {suite_version()} cannot read ({reason}): verify it with that version"
        ) from None
    lock = scratch / "without-subject.lock"
    return _session(replace(settings, out=None, ledger=None, lock_file=lock), target, catalogue)


def _ledger(session: Session, process: str) -> Ledger | None:
    """The ledger of a process; `None` where what it makes ends with the run."""
    folder = session.settings.ledger
    return None if folder is None else Ledger(ledger_file(folder, process), session.target.users)


def _lists(session: Session) -> bool:
    return Claims(session.catalogue, session.target.ics).operation("GET subscriptions")


def _with_settings(target: Target, settings: Settings) -> Target:
    """The target with the release and the notification mode of the run."""
    return notified(replace(target, ics=replace(target.ics, release=settings.release)), settings)


def _tested(requested: tuple[Format, ...], target: Target) -> tuple[Format, ...]:
    """The requested formats that the target claims."""
    tested = tuple(fmt for fmt in requested if fmt in target.ics.formats)
    if not tested:
        claimed = ", ".join(sorted(target.ics.formats))
        raise ConfigurationError(
            f"format {','.join(requested)} is not claimed: [ics] formats has only {claimed}"
        )
    return tested


def _keep_house() -> None:
    """Let hypothesis keep its tables of characters in the user's cache.

    It would otherwise leave a folder of its own in the working directory.
    """
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    set_hypothesis_home_dir(Path(cache) / "rcs-conformance" / "hypothesis")


def _draw_from_the_seed_alone() -> None:
    """Let hypothesis draw no constants that it finds in source files.

    It takes those of all modules that are loaded and not installed: what a seed generates would be
    another in a clone than from a wheel, and each process would read 250 files for it.
    """
    setattr(providers, "is_local_module_file", lambda _: False)  # noqa: B010 - it has no option


def _load_profile(examples: int, limit: int | None) -> None:
    """Generation for a network: no deadline of its own, nothing kept between runs."""
    hypothesis.settings.register_profile(
        _PROFILE,
        max_examples=examples if limit is None else min(examples, limit),
        deadline=None,
        database=None,
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
    hypothesis.settings.load_profile(_PROFILE)


START = pytest.StashKey[Start]()
"""Where the start of a process is kept in pytest's configuration."""
