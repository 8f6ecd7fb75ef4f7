"""The pytest plugin of the suites: options, audits, judgement of each example, records, reports.

One process controls the run (`controlling`); tests run in it or in its workers (`testing`). With
xdist the controller hands target and settings to its workers through their own channel, so that
no secret stands in a command line or in the environment.
"""

import sys
from dataclasses import replace
from functools import partial

import pytest

from rcs_conformance.errors import ConfigurationError, lines_of
from rcs_conformance.plugin.collection import MARK, UNMARKED
from rcs_conformance.plugin.controller import Controller
from rcs_conformance.plugin.controller_hooks import ControllingHooks
from rcs_conformance.plugin.interruption import Interruption
from rcs_conformance.plugin.joint_examples import JointExamples
from rcs_conformance.plugin.options import QUICK, add_options
from rcs_conformance.plugin.runtest_hooks import Division, QuickProfile, TestingHooks
from rcs_conformance.plugin.session import SESSION, Session
from rcs_conformance.plugin.startup import START, Start, start
from rcs_conformance.plugin.terminal import CONSOLE
from rcs_conformance.report.allure_files import spare_files
from rcs_conformance.report.console import RunConsole
from rcs_conformance.report.output import OutputFolder
from rcs_conformance.report.text import inert


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register the options of the suites."""
    add_options(parser)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Read options and target; a wrong one ends the run here."""
    config.addinivalue_line("markers", MARK)
    config.addinivalue_line("markers", UNMARKED)

    def unwritten(error: OSError) -> None:
        config.stash[SESSION].note_unwritten(error)

    spare_files(config, unwritten)
    try:
        begun = start(config)
    except ConfigurationError as error:
        raise pytest.UsageError(_lines(error)) from None
    config.add_cleanup(begun.close)
    interruption = Interruption()
    if begun.controls:
        interruption = _interruption(config, begun)
        try:
            _open_output(config, begun)
        except ConfigurationError as error:
            raise pytest.UsageError(_lines(error)) from None
    config.stash[START], config.stash[SESSION] = begun, begun.session
    config.pluginmanager.register(TestingHooks(begun.session), TestingHooks.NAME)
    config.pluginmanager.register(JointExamples(begun.session), "rcs-conformance-joint-examples")
    if begun.session.log.journal.is_live:  # else the record says which tests run
        _leave_selected(config, begun.session)
    if begun.controls:
        own_report = not config.pluginmanager.is_blocked("terminalreporter")
        traffic = begun.session.traffic
        traffic.share(begun.session.settings.out)
        config.add_cleanup(traffic.close)
        console = RunConsole(
            detail=begun.handover.detail, traffic=traffic.total, waits=traffic.waits
        )
        config.stash[CONSOLE] = console
        controller = Controller(
            begun.session, begun.handover, console, shows_progress=not own_report
        )
        hooks = ControllingHooks(begun, controller, interruption)
        config.pluginmanager.register(hooks, "rcs-conformance-controlling")


def _leave_selected(config: pytest.Config, session: Session) -> None:
    """Have the profile and the shard leave their tests."""
    if session.settings.profile == QUICK:
        config.pluginmanager.register(QuickProfile(session), "rcs-conformance-quick")
    if session.settings.shard is not None:
        division = Division(session, session.settings.shard)
        config.pluginmanager.register(division, "rcs-conformance-division")


def _lines(error: ConfigurationError) -> str:
    """The problems, a line each, without control characters."""
    return "\n".join(inert(line) for line in lines_of(error))


def _interruption(config: pytest.Config, begun: Start) -> Interruption:
    """The caller's; else one of our own, but not where the caller collects the run."""
    if begun.handover.interruption is not None:
        return begun.handover.interruption
    own = Interruption()
    if begun.handover.collect is None:
        own.__enter__()
        config.add_cleanup(partial(own.__exit__, None, None, None))
    return own


def _open_output(config: pytest.Config, begun: Start) -> None:
    """Have the run write into a folder of its own, which replaces the old report at the end.

    Raises:
        ConfigurationError: The output folder cannot be used.
    """
    settings = begun.session.settings
    output = begun.handover.output
    if output is None:
        if settings.out is None or config.option.collectonly:
            return
        output = OutputFolder(settings.out).__enter__()
        config.add_cleanup(partial(_close_output, output))
    begun.session.settings = replace(settings, out=output.unfinished)


def _close_output(output: OutputFolder) -> None:
    """Publish the report, if there is one."""
    try:
        output.publish()
    except ConfigurationError as error:
        print(inert(str(error)), file=sys.stderr)  # noqa: T201 - the session has no other way
    finally:
        output.__exit__(None, None, None)
