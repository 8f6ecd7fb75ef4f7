"""Allure's files, less those in which nothing is.

Allure makes a group for each fixture, and pytest a fixture for each parameter of a test: of a run
of a thousand tests, two thousand files that say no more than that there was a parameter.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

import allure_commons
import pytest
from allure_commons import hookimpl
from allure_commons.logger import AllureFileLogger
from allure_commons.model2 import Parameter, Status, TestResult, TestResultContainer
from attr import asdict

from rcs_conformance.model.results import Verdict
from rcs_conformance.report.allure_steps import TEST, TIMES, VERDICT

_UNEVENTFUL = (None, Status.PASSED)


class AllureFiles(AllureFileLogger):
    """Writes what Allure's own logger does, with our verdicts and without groups of nothing.

    Args:
        folder: Where to.
        failed: Called where a file cannot be written, in place of an exception within Allure.
    """

    def __init__(self, folder: str | Path, failed: Callable[[OSError], None] | None = None) -> None:
        super().__init__(folder)  # type: ignore[no-untyped-call]
        self._failed = failed

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if self._failed is None:
                raise
            self._failed(error)

    @hookimpl
    def report_attached_file(self, source: str, file_name: str) -> None:
        """Copy a file."""
        with self._writing():
            super().report_attached_file(source, file_name)  # type: ignore[no-untyped-call]

    @hookimpl
    def report_attached_data(self, body: str | bytes, file_name: str) -> None:
        """Write what is attached to a test."""
        with self._writing():
            super().report_attached_data(body, file_name)  # type: ignore[no-untyped-call]

    @hookimpl
    def report_result(self, result: TestResult) -> None:
        """Write the result of a test at one go, and not by each of its members."""
        _settle(result)
        data = asdict(result, filter=lambda _, value: value or value is False)
        text = json.dumps(data, ensure_ascii=False)
        name = result.file_pattern.format(prefix=uuid4())
        with self._writing():
            self._report_dir.joinpath(name).write_text(text, "utf-8")

    @hookimpl
    def report_container(self, container: TestResultContainer) -> None:
        """Write a group, if one of its fixtures did not pass, or has steps or attachments."""
        for each in (*container.befores, *container.afters):
            if each.status not in _UNEVENTFUL or each.steps or each.attachments:
                with self._writing():
                    super().report_container(container)  # type: ignore[no-untyped-call]
                return


def history_id(test: str) -> str:
    """What Allure knows a test by in other runs, from its id."""
    return hashlib.sha256(test.encode("utf-8", "surrogatepass")).hexdigest()


def _settle(result: TestResult) -> None:
    """Give a test the status of its verdict, and a history that another run continues.

    Allure's own id of a test's history comes from its parameters as Python shows them, which may
    hold memory addresses.
    """
    labels = {label.name: label.value for label in result.labels}
    test, verdict = labels.get(TEST), labels.get(VERDICT)
    if TIMES in labels:
        result.start, result.stop = map(int, labels[TIMES].split())
        result.labels = [label for label in result.labels if label.name != TIMES]
    if test is not None:
        result.historyId = history_id(test)
        _, _, parameters = test.removesuffix("]").partition("[")
        result.parameters = [Parameter(name="case", value=parameters)] if parameters else []
    if verdict == Verdict.FAIL.value:
        result.status = Status.FAILED
    elif verdict == Verdict.ERROR.value:
        result.status = Status.BROKEN
    if result.status == Status.FAILED and result.statusDetails is None:
        told = (step.statusDetails for step in result.steps if step.status == Status.FAILED)
        result.statusDetails = next(told, None)


def spare_files(config: pytest.Config, failed: Callable[[OSError], None]) -> None:
    """Let `AllureFiles` write in the place of Allure's own logger, where there is one.

    At the end that one is put back, for Allure takes away what it put there.

    Args:
        config: Of pytest.
        failed: Called where a file cannot be written.
    """
    plugins = allure_commons.plugin_manager
    for theirs in [each for each in plugins.get_plugins() if type(each) is AllureFileLogger]:
        ours = AllureFiles(config.option.allure_report_dir, failed)
        config.add_cleanup(partial(_exchange, ours, theirs))
        _exchange(theirs, ours)


def _exchange(present: AllureFileLogger, other: AllureFileLogger) -> None:
    allure_commons.plugin_manager.unregister(present)
    allure_commons.plugin_manager.register(other)
