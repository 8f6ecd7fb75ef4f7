"""Texts and composing indications."""

from collections.abc import Callable
from itertools import product
from typing import TypeVar

from hypothesis import example
from hypothesis import strategies as st

from rcs_conformance.model.chat import ComposingState, IsComposing

Test = TypeVar("Test", bound=Callable[..., None])

COMPOSING_CORNERS = tuple(
    IsComposing(state=state, refresh=refresh)
    for refresh, state in product((None, 1, 60), ComposingState)
)
"""Both states without refresh time, with the shortest, and with that of RFC 3994."""

TEXT_CORNERS = (
    "",
    "two  spaces and a trailing one ",
    "lines\nand\r\nreturns\tand tabs",
    '<b> & "quotes" &amp; \\n %25 + ]]>',
    "\u00fc\u00f1\u00ed \u4f60\u597d \u0645\u0631\u062d\u0628\u0627 \U0001f334",
    "a long text, " * 30,
)
"""Texts that servers are known to change: white space, line ends, markup, scripts, length."""

_XML_TEXT = st.characters(
    codec="utf-8",
    exclude_categories=["Cs"],
    exclude_characters=[char for char in map(chr, range(32)) if char not in "\t\n\r"]
    + ["\ufffe", "\uffff"],
)


def texts() -> st.SearchStrategy[str]:
    """Any text that XML 1.0 can hold, line ends and all (binding, section 3: no verdict beyond)."""
    return st.text(_XML_TEXT, max_size=80)


def indications() -> st.SearchStrategy[IsComposing]:
    """Any composing indication of RFC 3994: either state, with a refresh time or without."""
    return st.builds(
        IsComposing,
        state=st.sampled_from(ComposingState),
        refresh=st.none() | st.integers(min_value=1, max_value=86_400),
    )


def with_composing_corners(test: Test) -> Test:
    """Try the fixed indications first, whatever else is generated for `indication`."""
    for indication in reversed(COMPOSING_CORNERS):
        test = example(indication=indication)(test)
    return test


def with_text_corners(test: Test) -> Test:
    """Try the fixed texts first, whatever else is generated for `text`."""
    for text in reversed(TEXT_CORNERS):
        test = example(text=text)(test)
    return test
