"""The settings of a run: options of pytest, merged once into a frozen record."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from rcs_conformance import kit
from rcs_conformance.catalogue import Catalogue, load_catalogue
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.formats import Format
from rcs_conformance.plugin.claims import check_claims
from rcs_conformance.plugin.interruption import Interruption
from rcs_conformance.plugin.waivers import read_waivers
from rcs_conformance.report.detail import Detail
from rcs_conformance.report.output import OutputFolder
from rcs_conformance.runs.shards import Shard, shard_of
from rcs_conformance.scenario.setup.dialect_claims import fitted
from rcs_conformance.target import NotificationMode, Target, load_target, modes_of
from rcs_conformance.verdict import Run
from rcs_conformance.verdict.waivers import Waiver
from rcs_conformance.wire.vocabulary import dialect

DEFAULT_BINDING = "oma-v1"
"""The binding where none is named."""

EMBEDDED = "embedded"
"""The target where none is named: the reference server, started for the run."""

QUICK = "quick"
"""The profile that runs a sample of the tests."""

AT_ONCE = "--at-once"
"""The option that says how many tests run at once, in processes forked after collection."""

AUTO = "auto"
"""As many as the target suggests, as measured at the start."""

PROFILES = {QUICK: 2, "standard": 5, "thorough": 100}
"""How many examples are generated for a test, beside the fixed corners, by profile."""


@dataclass(frozen=True, slots=True, eq=False)
class Handover:
    """Registered as a plugin by a caller of pytest that has the target in memory.

    Compared by identity: pytest keeps its plugins in sets.

    Attributes:
        target: The target with its secrets. `None`: the embedded one.
        arguments: Arguments of `rcs-conformance run` for the same target.
        collect: Takes the finished run; the console stays silent then.
        takes: Says of a finished run whether the caller takes it, and writes the reports itself.
        cleans_up: Whether a run that is collected removes what it made on the target.
        output: The open output folder; `None`: the plugin opens the one of `--out`.
        interruption: In force; `None`: the plugin notes signals itself.
        opens: Whether the run opens the target as it begins; else the caller does so later.
        detail: How much the console tells.
    """

    target: Target | None = None
    arguments: tuple[str, ...] = ()
    collect: Callable[[Run], None] | None = None
    takes: Callable[[Run], bool] | None = None
    cleans_up: bool = False
    output: OutputFolder | None = None
    interruption: Interruption | None = None
    opens: bool = True
    detail: Detail = Detail.USUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a run.

    Attributes:
        out: The folder for results; `None` writes none.
        formats: The representations to test.
        selection: Requirements and clauses to test; empty for all.
        profile: Test depth, a key of `PROFILES`.
        seed: Random seed.
        lock_file: Shared by the processes that use the same server.
        waivers: Known failures.
        notifications: How they are received; `None`: as in the target file.
        release: The release of RCS to test; empty: the last.
        binding: The dialect of the embedded server.
        strict: Whether known failures and undecided clauses count as failures.
        named_tests: Whether the run is limited to some tests, by their ids or an expression.
        shard: The part of the tests to run; `None`: all.
        durations: Seconds of tests in an earlier run, by which they are divided.
        ledger: Folder of what the run makes on its target; `None` where that ends with the run.
        records_all: Whether every exchange and notification is kept, and not only the findings'.
    """

    out: Path | None
    formats: tuple[Format, ...]
    selection: tuple[str, ...]
    profile: str
    seed: int
    lock_file: Path
    waivers: tuple[Waiver, ...] = ()
    notifications: tuple[NotificationMode, ...] | None = None
    release: str = ""
    binding: str = DEFAULT_BINDING
    strict: bool = False
    named_tests: bool = False
    shard: Shard | None = None
    durations: tuple[tuple[str, float], ...] = ()
    ledger: Path | None = None
    records_all: bool = False

    def to_json(self) -> str:
        """For a worker process."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> "Settings":
        """What `to_json` wrote."""
        plain = json.loads(text)
        mode = plain["notifications"]
        return cls(
            out=plain["out"] and Path(plain["out"]),
            formats=tuple(Format(each) for each in plain["formats"]),
            selection=tuple(plain["selection"]),
            profile=plain["profile"],
            seed=plain["seed"],
            lock_file=Path(plain["lock_file"]),
            waivers=tuple(
                Waiver(**{**each, "expires": date.fromisoformat(each["expires"])})
                for each in plain["waivers"]
            ),
            notifications=mode and tuple(NotificationMode(each) for each in mode),
            release=plain["release"],
            binding=plain["binding"],
            strict=plain["strict"],
            named_tests=plain["named_tests"],
            shard=plain["shard"] and Shard(**plain["shard"]),
            durations=tuple((test, seconds) for test, seconds in plain["durations"]),
            ledger=plain["ledger"] and Path(plain["ledger"]),
            records_all=plain["records_all"],
        )


ALL = "all"
EVIDENCE = ("findings", ALL)
"""What is kept of the exchanges and notifications of a run."""

_EVIDENCE = (
    "what to keep: exchanges and notifications behind the findings (default), or all, in"
    " run.rcsrun, from which verify recomputes every verdict"
)
_STRICT = "known failures and undecided clauses are failures"


def add_options(parser: pytest.Parser) -> None:
    """Register the options of the suites."""
    group = parser.getgroup("rcs-conformance", "conformance of an RCS chat server")
    group.addoption("--target", metavar="FILE", help="target file (default: the reference server)")
    group.addoption(
        "--out", metavar="DIR", help="output folder for result.json, report.html and evidence"
    )
    group.addoption("--formats", default="xml,json", metavar="xml,json", help="formats to test")
    group.addoption(
        "--requirement",
        action="append",
        default=[],
        metavar="ID",
        help="only this requirement or clause; repeatable",
    )
    group.addoption(
        "--profile",
        choices=sorted(PROFILES),
        default="standard",
        help="test depth: sample of tests (quick), every test, or more examples (thorough)",
    )
    group.addoption(AT_ONCE, metavar="N", help="tests at once in forked processes, or auto")
    group.addoption("--waivers", metavar="FILE", help="file with known failures")
    group.addoption(
        "--notifications",
        metavar="MODE",
        help="how the suites receive notifications: callback, long-poll, websocket, webhook, two of"
        " them with a comma between, or both (default: the target file's mode)",
    )
    group.addoption("--release", metavar="ID", help="release of RCS to test (default: the latest)")
    group.addoption("--binding", metavar="NAME", help="dialect of the reference server")
    group.addoption("--strict-verdict", action="store_true", help=_STRICT)
    group.addoption("--shard", metavar="NUMBER/COUNT", help="run one of so many equal parts")
    group.addoption(
        "--durations-of", metavar="RESULT", help="earlier result: divide the tests by its times"
    )
    group.addoption("--evidence", choices=EVIDENCE, default=EVIDENCE[0], help=_EVIDENCE)
    group.addoption("--rcs-seed", type=int, default=0, metavar="N", help="random seed")


def read_settings(config: pytest.Config, catalogue: Catalogue, scratch: Path) -> Settings:
    """The settings that the options describe.

    Raises:
        ConfigurationError: A format, a requirement or the release is unknown.
    """
    release = config.getoption("--release")
    if release is not None:
        catalogue.check_release(release)
    selection = tuple(config.getoption("--requirement"))
    catalogue.select(selection)
    out, waivers = config.getoption("--out"), config.getoption("--waivers")
    mode = config.getoption("--notifications")
    return Settings(
        out=None if out is None else (config.invocation_params.dir / out).resolve(),
        formats=_formats(config.getoption("--formats")),
        selection=selection,
        profile=config.getoption("--profile"),
        seed=config.getoption("--rcs-seed"),
        lock_file=scratch / "without-subject.lock",
        waivers=read_waivers(
            None if waivers is None else config.invocation_params.dir / waivers, catalogue
        ),
        notifications=mode and _modes(mode),
        release=release or catalogue.latest,
        binding=located_binding(config.getoption("--binding"), config.invocation_params.dir),
        strict=config.getoption("--strict-verdict"),
        named_tests=_names_tests(config),
        shard=_shard(config.getoption("--shard")),
        durations=_durations(config.getoption("--durations-of"), config.invocation_params.dir),
        records_all=config.getoption("--evidence") == ALL,
    )


def _shard(text: str | None) -> Shard | None:
    try:
        return None if text is None else shard_of(text)
    except ValueError as error:
        raise ConfigurationError(f"--shard: {error}") from None


def _durations(file: str | None, folder: Path) -> tuple[tuple[str, float], ...]:
    if file is None:
        return ()
    from rcs_conformance.report.reading import read_document  # noqa: PLC0415 - jsonschema

    tests = read_document(folder / file)["tests"]
    return tuple(sorted((test["id"], test["seconds"]) for test in tests))


def _names_tests(config: pytest.Config) -> bool:
    """Whether options of pytest limit the run to some tests."""
    words = [str(word) for word in config.invocation_params.args]
    names_file = any(word.partition("::")[0].endswith(".py") for word in words if word[0:1] != "-")
    return names_file or bool(config.getoption("keyword") or config.getoption("markexpr"))


def _formats(text: str) -> tuple[Format, ...]:
    names = [name.strip() for name in text.split(",")]
    known = {fmt.value: fmt for fmt in Format}
    for name in names:
        if name not in known:
            raise ConfigurationError(
                f"--formats {text}: {name!r} is not a format; give xml, json or xml,json"
            )
    return tuple(fmt for fmt in Format if fmt.value in names)


def _modes(text: str) -> tuple[NotificationMode, ...]:
    try:
        return modes_of(text)
    except ValueError as error:
        raise ConfigurationError(f"--notifications {text}: {error}") from None


def read_target(config: pytest.Config, handover: Handover, catalogue: Catalogue) -> Target | None:
    """The target that is named, in memory or by a file; `None` for the embedded one.

    Raises:
        ConfigurationError: The file cannot be used.
    """
    name = config.getoption("--target")
    if handover.target is not None or name is None or name == EMBEDDED:
        return handover.target
    file = config.invocation_params.dir / name
    target = load_target(file)
    check_claims(catalogue, target.ics, file)
    check_binding(target, config.getoption("--binding"), config.invocation_params.dir, name)
    return target


def notified(target: Target, settings: Settings) -> Target:
    """The target with notifications received as the run is asked to, and the claim in that."""
    if settings.notifications is not None:
        received = replace(target.notifications, modes=settings.notifications)
        target = replace(target, notifications=received)
    return target.with_implied_claims()


def located_binding(given: str | None, folder: Path) -> str:
    """The name of a shipped binding, or the absolute path of a file; the default where none is.

    Args:
        given: As `load_binding` takes it.
        folder: That a path is relative to.
    """
    if given is None:
        return DEFAULT_BINDING
    is_path = "/" in given or given.endswith(".toml")
    return str((folder / given).absolute()) if is_path else given


def check_binding(target: Target, given: str | None, folder: Path, file: str) -> None:
    """Check that `--binding` does not contradict a target file.

    Raises:
        ConfigurationError: The file has another one.
    """
    if given is not None and located_binding(given, folder) != target.binding:
        raise ConfigurationError(
            f"--binding {given}: {file} says binding = {target.binding}; change it there, or leave"
            " out --binding"
        )


def embedded_target(server_root: str = "", binding: str = DEFAULT_BINDING) -> Target:
    """The target of the embedded reference server, with its claims.

    Args:
        server_root: Its root once it runs.
        binding: The dialect that it speaks, which may lack something.

    Raises:
        ConfigurationError: There is no such binding, or it is wrong.
    """
    target = load_target(kit.TARGETS / "embedded.toml")
    if binding != DEFAULT_BINDING:
        ics = fitted(target.ics, load_catalogue(), dialect(binding))
        target = replace(target, binding=binding, ics=ics)
    return replace(target, server_root=server_root) if server_root else target
