"""The hooks of the process that controls a run: beginning, progress, end."""

import gc
from collections.abc import Sequence
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

import pytest

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.plugin import records
from rcs_conformance.plugin.controller import Controller
from rcs_conformance.plugin.forked_workers import ForkedWorkers
from rcs_conformance.plugin.interruption import Interruption
from rcs_conformance.plugin.pace import Choice
from rcs_conformance.plugin.preparation import prepare
from rcs_conformance.plugin.runtest_hooks import DIVIDED, LEFT_OUT, LOSS, PROBLEMS, UNWRITTEN
from rcs_conformance.plugin.startup import WORKER_INPUT, Start
from rcs_conformance.plugin.tests_beside import TestsBeside
from rcs_conformance.report.text import inert

_OWN_ENDINGS = frozenset({pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR})
"""Ends of a session that outrank a verdict."""


class ControllingHooks:
    """Starts a run, collects the records of its tests, and ends it with a verdict."""

    def __init__(self, begun: Start, controller: Controller, interruption: Interruption) -> None:
        self._begun = begun
        self._controller = controller
        self._interruption = interruption
        self._interrupted = False
        self._uncollected = False
        self._unwritten = ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Check that the target responds, before any worker or test starts."""
        if session.config.option.collectonly or not self._begun.handover.opens:
            return
        try:
            self._begun.open(session.config)
        except ConfigurationError as error:
            raise pytest.UsageError(inert(str(error))) from None
        if self._begun.choice is not None:
            self._controller.tell(str(self._begun.choice))
            if self._begun.forks:
                self._fork(session.config, self._begun.choice)
        ledger = self._begun.session.ledger
        if ledger is not None:  # what the target makes is to be known, also to an interrupted run
            ledger.afterwards = self._interruption.check
            self._interruption.postponed = lambda: ledger.is_expecting
        gc.freeze()  # as in the processes in which tests run

    def _fork(self, config: pytest.Config, choice: Choice) -> None:
        """Have the tests run in forked processes."""
        begun, controller = self._begun, self._controller

        def unusable() -> tuple[str, str]:
            return begun.session.loss, begun.session.unwritten

        def stop(loss: str, unwritten: str) -> None:
            controller.lose_target(loss)
            self._unwritten = self._unwritten or unwritten

        def begin(
            config: pytest.Config, number: int, hosts: Sequence[Connection | None]
        ) -> TestsBeside:
            config.pluginmanager.unregister(self)
            begun.become_worker(number, hosts[0])
            return TestsBeside(config, begun.session, hosts[1:])

        workers = ForkedWorkers(
            number=choice.processes,
            soloists=choice.soloists,
            beside=choice.beside,
            pairs=begun.pairs,
            long_first=begun.is_notified,
            prepare=partial(prepare, server=begun.is_embedded),
            begin=begin,
            serve=begun.host_subscriptions if begun.has_host else None,
            alone=partial(begun.open_here, config),
            begun=controller.expect,
            unusable=unusable,
            experience=begun.session.experience,
            stop=stop,
            problem=controller.problem,
        )
        config.pluginmanager.register(workers, "rcs-conformance-forked-workers")

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:  # noqa: ANN401 - xdist has no types
        """Hand target and settings to a worker."""
        node.workerinput[WORKER_INPUT] = self._begun.for_worker()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be collected is an error in the suite."""
        if report.failed:
            text = f"{report.nodeid}: cannot be collected: {records.last_line(report)}"
            self._controller.problem(text)
            self._uncollected = True

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Announce the number of tests that this process runs itself."""
        is_alone = not (session.config.getoption("numprocesses", None) or self._begun.forks)
        if self._begun.opened and is_alone:
            self._controller.expect(len(session.items))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Announce the number of tests that workers run."""
        self._controller.expect(len(ids))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the record of a test; a failure outside a test is an error in the suite."""
        self._interruption.check()
        text = getattr(report, records.ATTRIBUTE, None)
        if text is not None:
            self._controller.take(records.from_json(text))
        elif report.failed:
            where = f"{report.nodeid}: {report.when}"
            self._controller.problem(f"{where}: {records.last_line(report)}")

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:  # noqa: ANN401 - as above
        """Take the problems that a worker found; a crash of it is one too."""
        for problem in getattr(node, "workeroutput", {}).get(PROBLEMS, ()):
            self._controller.problem(problem)
        output = getattr(node, "workeroutput", {})
        self._controller.leave_out(output.get(LEFT_OUT, 0))
        self._controller.divide(*output.get(DIVIDED, (0, "")))
        self._controller.lose_target(output.get(LOSS, ""))
        self._unwritten = self._unwritten or output.get(UNWRITTEN, "")
        if error is not None:
            self._controller.problem(f"worker {node.gateway.id} crashed: {error}")

    def pytest_keyboard_interrupt(self) -> None:
        """The tester stopped the run; collection errors end a session in the same way."""
        self._interrupted = not self._uncollected

    def pytest_internalerror(self, excrepr: object) -> bool | None:
        """Pytest itself failed, unless a signal hit code that passes on no `KeyboardInterrupt`."""
        if not self._interruption.received:
            self._controller.problem(str(excrepr).strip().splitlines()[-1])
        return True if self._interruption.received else None  # True: no traceback

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """End the run with its verdict; meanwhile workers, which have told all, come to an end.

        Raises:
            OSError: The results cannot be written.
        """
        self._interruption.defer()
        if self._begun.opened and exitstatus != pytest.ExitCode.USAGE_ERROR:
            for problem in self._begun.session.problems:
                self._controller.problem(problem)
            self._controller.leave_out(self._begun.session.left_out)
            self._controller.divide(self._begun.session.tests, self._begun.session.whole)
            self._controller.lose_target(self._begun.session.loss)
            self._begun.session.log.journal.close()
            interrupted = self._interruption.received or (
                self._interrupted and not self._controller.is_target_lost
            )
            clean_up = self._begun.clean_up(
                interrupted=interrupted, lost=self._controller.is_target_lost
            )
            if unwritten := self._unwritten or self._begun.session.unwritten:
                raise OSError(unwritten)
            run = self._controller.finish(interrupted=interrupted, clean_up=clean_up)
            if interrupted or exitstatus not in _OWN_ENDINGS:
                session.exitstatus = run.exit_code

    def pytest_unconfigure(self) -> None:
        """Leave the terminal as it was, should the session have had no end."""
        self._controller.stopped()
