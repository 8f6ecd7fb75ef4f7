"""The controlling process of a run: gathers records, forms verdicts, has reports written."""

import importlib.metadata
import platform
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from rcs_conformance.kit import suite_version
from rcs_conformance.model.results import CleanUp, TestRecord
from rcs_conformance.plugin.options import Handover
from rcs_conformance.plugin.session import Session
from rcs_conformance.record.archive import chain_ends, seal
from rcs_conformance.report.console import RunConsole
from rcs_conformance.report.output import published_in
from rcs_conformance.report.writing import write_reports
from rcs_conformance.runs.parts import Part, write_part
from rcs_conformance.runs.shards import Shard
from rcs_conformance.verdict import Run, RunInformation, judge

_USED = ("pytest", "hypothesis", "requests", "xmlschema", "jsonschema")


class Controller:
    """Gathers what the tests record, in this process or in workers.

    Args:
        session: Of this process.
        handover: What the caller of pytest gave.
        console: Tells the tester.
        shows_progress: Whether it tells of each test, and pytest's own report does not.
    """

    def __init__(
        self,
        session: Session,
        handover: Handover,
        console: RunConsole,
        *,
        shows_progress: bool = True,
    ) -> None:
        self._session = session
        self._handover = handover
        self._console = console
        self._shows_progress = shows_progress and handover.collect is None
        self._records: dict[str, TestRecord] = {}
        self._problems: list[str] = []
        self._total: int | None = None
        self._left_out = 0
        self._tests = 0
        self._whole = ""
        self._stopped = ""
        self._suite_version = suite_version()
        self._versions = (("python", platform.python_version()), *_versions(_USED))
        self._started = datetime.now(UTC)
        self._clock = time.perf_counter()

    def expect(self, total: int) -> None:
        """So many tests are to come; workers that collected the same say it again."""
        if self._total is None:
            self._total = total
            if self._shows_progress:
                self._console.started(total)

    def tell(self, text: str) -> None:
        """Something that the tester may want to know."""
        if self._shows_progress:
            self._console.note(text)

    def take(self, record: TestRecord) -> None:
        """A test is over."""
        self._records[record.id] = record
        if self._shows_progress:
            self._console.finished(record)

    def problem(self, text: str) -> None:
        """Something is wrong with the harness itself; several workers may find the same."""
        if text not in self._problems:
            self._problems.append(text)

    def leave_out(self, tests: int) -> None:
        """The profile leaves out so many tests; several workers say the same."""
        self._left_out = max(self._left_out, tests)

    def divide(self, tests: int, whole: str) -> None:
        """All shards together have so many tests, and their ids this digest; workers say the same.

        Nothing is said where the run is not divided.
        """
        if whole:
            self._tests, self._whole = tests, whole

    @property
    def is_target_lost(self) -> bool:
        """Whether the target no longer serves its users."""
        return bool(self._stopped)

    def lose_target(self, reason: str) -> None:
        """The target no longer serves its users, if a reason is given; the first reason counts."""
        self._stopped = self._stopped or reason

    def stopped(self) -> None:
        """No more tests come, for whatever reason."""
        self._console.stopped()

    def finish(self, *, interrupted: bool, clean_up: CleanUp | None = None) -> Run:
        """Form the verdicts, write the reports, tell the tester or whoever collects the run.

        Args:
            interrupted: Whether the run was stopped before its end.
            clean_up: What it leaves on the target.
        """
        run = judge(
            self._session.catalogue,
            self._session.target.ics,
            self._records.values(),
            self._information(interrupted=interrupted, clean_up=clean_up),
        )
        out = self._session.settings.out
        if out is not None and self._session.settings.shard is not None:
            write_part(self._part(self._session.settings.shard), out)
        if self._handover.takes is not None and self._handover.takes(run):
            return run
        if out is not None:
            write_reports(run, out)
            seal(out)
        if self._handover.collect is None:
            self._console.summary(run, published_in(out) if out is not None else None)
        else:
            self._handover.collect(run)
        return run

    def _part(self, shard: Shard) -> Part:
        return Part(
            shard=shard,
            tests=self._tests,
            whole=self._whole,
            named_tests=self._session.settings.named_tests,
            arguments=self._handover.arguments,
            records=tuple(sorted(self._records.values(), key=lambda each: each.id)),
        )

    def _information(self, *, interrupted: bool, clean_up: CleanUp | None) -> RunInformation:
        target, settings = self._session.target, self._session.settings
        return RunInformation(
            suite_version=self._suite_version,
            target_name=target.name,
            target=target.redacted(),
            seed=settings.seed,
            started=self._started,
            seconds=time.perf_counter() - self._clock,
            profile=settings.profile,
            arguments=self._handover.arguments,
            selection=settings.selection,
            release=settings.release,
            versions=self._versions,
            interrupted=interrupted,
            problems=tuple(self._problems),
            waivers=settings.waivers,
            left_out=self._left_out,
            named_tests=settings.named_tests or settings.shard is not None,
            strict=settings.strict,
            stopped=self._stopped,
            clean_up=clean_up,
            chains=() if settings.out is None else chain_ends(settings.out),
        )


def _versions(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _version(name)) for name in names)


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"
