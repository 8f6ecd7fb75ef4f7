"""Making text from the target fit to be shown: nothing in it acts on a terminal or a CI log."""

import re

_ACTIVE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line feed, delete, C1
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # separators and reordering of text
    "\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff"
    "]"
)
_COMMAND = re.compile(r"(:)(?=:)|(#)(?=#)")
"""Pairs that begin a workflow command: `::error::`, `##[error]`, `##vso[`, `##teamcity[`."""


def visible(text: str) -> str:
    """The text with every character that acts instead of showing written as an escape.

    Line feeds and tabs stay.
    """
    return _ACTIVE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def inert(text: str) -> str:
    """One line of visible text that no CI system takes for a command.

    Line feeds and tabs are written as escapes; a space parts the pairs that commands begin with.
    """
    line = visible(text).replace("\n", "\\n").replace("\t", "\\t")
    return _COMMAND.sub(lambda found: f"{found[0]} ", line)


def shortened(text: str, limit: int) -> str:
    """The text, cut after `limit` characters with a note of how many are left out."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]} ... [{len(text) - limit} more characters]"


def counted(number: int, noun: str) -> str:
    """A number with its noun, which has an s where it is not one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
