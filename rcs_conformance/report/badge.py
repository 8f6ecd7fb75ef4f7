"""A badge with the verdict: for the endpoint of shields.io, and as a small picture of its own.

Only a run that passed is green. One with known failures is yellow.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from rcs_conformance.model.results import Verdict
from rcs_conformance.verdict import Run

LABEL = "RCS conformance"

_COLOURS = {"brightgreen": "#2e7d32", "yellow": "#9a6700", "orange": "#bc4c00", "red": "#c62828"}
"""Names of shields.io to the colours of the picture, on which white text can be read."""

_WIDTH = 7
"""Pixels of a letter, on average."""

_PADDING = 10

_PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{title}">
  <title>{title}</title>
  <rect width="{width}" height="20" rx="3" fill="#444"/>
  <path d="M{left} 0h{flat}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-{flat}z" fill="{colour}"/>
  <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
    <text x="{label_middle}" y="14" textLength="{label_length}">{label}</text>
    <text x="{message_middle}" y="14" textLength="{message_length}">{message}</text>
  </g>
</svg>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """What a badge says of a run, and the shields.io name of its colour."""

    message: str
    colour: str


_NOT_PASSED: Mapping[int, Badge] = {
    1: Badge(message="failing", colour="red"),
    2: Badge(message="incomplete", colour="orange"),
    3: Badge(message="error", colour="red"),
    5: Badge(message="undecided", colour="yellow"),
    6: Badge(message="no response", colour="orange"),
}
"""By exit code."""


def badge(run: Run) -> Badge:
    """The badge of a run; a part of the requirements is said to be one."""
    if run.exit_code != 0:
        return _NOT_PASSED[run.exit_code]
    part = " (part)" if run.information.selection or run.excused else ""
    if run.complete and run.verdict is Verdict.PASS:
        return Badge(message=f"passing{part}", colour="brightgreen")
    waived = sum(clause.verdict is Verdict.WAIVED for clause in run.clauses.values())
    return Badge(message=f"{waived} known failing{part}", colour="yellow")


def as_badge_json(run: Run) -> str:
    """The badge for the endpoint of shields.io."""
    shown = badge(run)
    document = {
        "schemaVersion": 1,
        "label": LABEL,
        "message": shown.message,
        "color": shown.colour,
        "isError": run.exit_code != 0,
    }
    return json.dumps(document) + "\n"


def as_badge_svg(run: Run) -> str:
    """The badge as a picture."""
    shown = badge(run)
    label, message = len(LABEL) * _WIDTH, len(shown.message) * _WIDTH
    left, right = label + _PADDING, message + _PADDING
    return _PICTURE.format(
        width=left + right,
        title=escape(f"{LABEL}: {shown.message}"),
        left=left,
        flat=right - 3,
        colour=_COLOURS[shown.colour],
        label_middle=left / 2,
        label_length=label,
        label=escape(LABEL),
        message_middle=left + right / 2,
        message_length=message,
        message=escape(shown.message),
    )
