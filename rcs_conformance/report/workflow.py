"""What a run leaves on the pages of GitHub Actions: a summary, and annotations.

The environment of a step says where: `GITHUB_STEP_SUMMARY` names the file of its summary, and with
`GITHUB_ACTIONS` lines on stdout that begin with `::error` become annotations.
"""

from collections.abc import Iterator
from pathlib import Path

from rcs_conformance.report.findings import findings
from rcs_conformance.report.sarif import target_file
from rcs_conformance.report.summary import as_markdown
from rcs_conformance.report.text import inert, shortened
from rcs_conformance.verdict import MEANINGS, Run

MOST_ANNOTATIONS = 10
"""GitHub shows so many for a step."""

LARGEST_FILE = 1024 * 1024
"""Bytes of the summaries of a step together; above that GitHub shows none."""

_VALUE_LENGTH = 300


def append_summary(run: Run, file: Path) -> None:
    """Append the run in Markdown to the summary of a step, as much as fits.

    Raises:
        OSError: The file cannot be written.
    """
    with file.open("ab") as opened:
        room = LARGEST_FILE - 1 - opened.tell()
        text = as_markdown(run, limit=min(room, LARGEST_FILE)).encode()
        if len(text) <= room:
            opened.write(text)


def annotations(run: Run) -> tuple[str, ...]:
    """A line for each finding, ten at most; the last one says how many more there are.

    Whatever else keeps the exit code from 0 is a line too, the first.
    """
    file = target_file(run)
    place = f"file={_property(file.as_posix())}," if file else ""
    lines = [
        f"::error {place}title={_property(title)}::{_data(message)}"
        for title, message in _messages(run)
    ]
    if len(lines) <= MOST_ANNOTATIONS:
        return tuple(lines)
    shown = lines[: MOST_ANNOTATIONS - 1]
    more = f"{len(lines) - len(shown)} more findings; see report.html"
    return (*shown, f"::error title=rcs-conformance::{_data(more)}")


def _messages(run: Run) -> Iterator[tuple[str, str]]:
    """Title and message of each annotation."""
    found = [one for one in findings(run) if not one.waived and one.clause.id not in run.excused]
    if run.exit_code not in (0, 1) or (run.exit_code and not found):
        stopped = f"\n{inert(run.information.stopped)}" if run.information.stopped else ""
        yield "rcs-conformance", f"exit code {run.exit_code}: {MEANINGS[run.exit_code]}{stopped}"
    for one in found:
        values = (
            ("expected", one.result.expected),
            ("actual", one.result.actual),
            ("where", one.result.where),
        )
        lines = [f"{name} {shortened(inert(value), _VALUE_LENGTH)}" for name, value in values]
        title = f"{inert(one.result.clause)} {inert(one.result.rule)}"
        yield title, "\n".join([inert(one.clause.text), *lines])


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
