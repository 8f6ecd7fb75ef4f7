"""The pytest plugin of the suites: options, audits, judgement of each example, records, reports.

One process controls the run (`controlling`); tests run in it or in its workers (`testing`). With
xdist the controller hands target and settings to its workers through their own channel, so that
no secret stands in a command line or in the environment.
"""

import pytest

from rcs_conformance.errors import ConfigurationError, lines_of
from rcs_conformance.plugin.collection import MARK
from rcs_conformance.plugin.controller import Controller
from rcs_conformance.plugin.controller_hooks import ControllingHooks
from rcs_conformance.plugin.options import add_options
from rcs_conformance.plugin.runtest_hooks import TestingHooks
from rcs_conformance.plugin.session import SESSION
from rcs_conformance.plugin.startup import Start, start
from rcs_conformance.report import RunConsole, prepare_output
from rcs_conformance.report.allure_files import spare_files
from rcs_conformance.report.text import inert


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register the options of the suites."""
    add_options(parser)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Read options and target; a wrong one ends the run here."""
    config.addinivalue_line("markers", MARK)
    spare_files(config)
    try:
        begun = start(config)
    except ConfigurationError as error:
        raise pytest.UsageError(_told(error)) from None
    try:
        _make_room(config, begun)
    except ConfigurationError as error:
        begun.close()
        raise pytest.UsageError(_told(error)) from None
    config.add_cleanup(begun.close)
    config.stash[SESSION] = begun.session
    config.pluginmanager.register(TestingHooks(begun.session), "rcs-conformance-testing")
    if begun.controls:
        own_report = not config.pluginmanager.is_blocked("terminalreporter")
        controller = Controller(
            begun.session, begun.handover, RunConsole(), shows_progress=not own_report
        )
        hooks = ControllingHooks(begun, controller)
        config.pluginmanager.register(hooks, "rcs-conformance-controlling")


def _told(error: ConfigurationError) -> str:
    """What is wrong, in lines that act on nothing."""
    return "\n".join(inert(line) for line in lines_of(error))


def _make_room(config: pytest.Config, begun: Start) -> None:
    """Remove what an earlier run left where this one writes."""
    out = begun.session.settings.out
    if begun.controls and out is not None and not config.option.collectonly:
        prepare_output(out)
