"""Writes the reports of a finished run, result.json last."""

from pathlib import Path

from rcs_conformance.report.allure_run import drop_unrecorded, write_environment
from rcs_conformance.report.junit import write_junit
from rcs_conformance.report.result import write_result
from rcs_conformance.verdict import Run


def write_reports(run: Run, out: Path) -> None:
    """Write `report.html`, `junit.xml` and Allure's files about the run; last `result.json`.

    With it the report is complete. Evidence is there already, from the tests.

    Args:
        run: The finished run.
        out: The folder; made if missing.

    Raises:
        OSError: A file cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    from rcs_conformance.report.page import write_page  # noqa: PLC0415 - Jinja2, once at the end

    write_junit(run, out)
    write_environment(run, out)
    if not run.complete:
        drop_unrecorded(run, out)
    write_page(run, out)
    write_result(run, out)
