"""Texts and composing indications."""

from hypothesis import strategies as st

from rcs_conformance.model.chat import ComposingState, IsComposing

COMPOSING_CORNERS = (
    IsComposing(state=ComposingState.ACTIVE),
    IsComposing(state=ComposingState.IDLE),
    IsComposing(state=ComposingState.ACTIVE, refresh=60),
    IsComposing(
        state=ComposingState.IDLE,
        lastactive="2026-01-27T10:43:00Z",
        contenttype="audio",
        refresh=120,
    ),
    IsComposing(state=ComposingState.ACTIVE, contenttype="text/plain", refresh=86_400),
)
"""Both states in turns, no two alike: with the members of RFC 3994 and without."""

TEXT_CORNERS = (
    "",
    "  two  spaces at either end and within  ",
    "\ttabs\tlikewise\t",
    "\n\nlines\nand\r\nreturns\ralone\r\n",
    "<b> & \"quotes\" 'n' &amp; &#13; <!-- --> <?x?>",
    "]]> <![CDATA[ ]]>",
    '{"text": "\\u0041\\n \\"} \\ / %25 %n + ?&=',
    "\u00fc\u00f1\u00ed \u4f60\u597d \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "\U0001f334\U0001f3c4 \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f \U0010fffd",
    "cafe\u0301 caf\u00e9 \ufb01 \u212b \u0130",
    "\u00a0 \u200b \u2028 \u0085 \ufeff \u200e \u00ad \ufffd",
    "a long text, " * 30,
)
"""Texts that servers are known to change: white space, line ends, markup, escapes, scripts, what
lies beyond 16 bits, what normal forms would unite, what is not seen, length."""

_XML_TEXT = st.characters(
    codec="utf-8",
    exclude_categories=["Cs"],
    exclude_characters=[char for char in map(chr, range(32)) if char not in "\t\n\r"]
    + ["\ufffe", "\uffff"],
)


def texts() -> st.SearchStrategy[str]:
    """Any text that XML 1.0 can hold, line ends and all (binding, section 3: no verdict beyond)."""
    return st.text(_XML_TEXT, max_size=80)


def some_texts() -> st.SearchStrategy[list[str]]:
    """A few such texts."""
    return st.lists(texts(), min_size=1, max_size=4)


def indications() -> st.SearchStrategy[IsComposing]:
    """Any composing indication: either state, with or without the other members.

    Composers refresh at intervals of a minute at least (RFC 3994).
    """
    return st.builds(
        IsComposing,
        state=st.sampled_from(ComposingState),
        lastactive=st.none() | st.just("2026-01-27T10:43:00Z"),
        contenttype=st.none() | st.sampled_from(["text/plain", "audio", "image/*"]),
        refresh=st.none() | st.integers(min_value=60, max_value=86_400),
    )


def some_indications() -> st.SearchStrategy[list[IsComposing]]:
    """A few such indications, no two of the same state and refresh time."""
    return st.lists(
        indications(), min_size=1, max_size=4, unique_by=lambda one: (one.state, one.refresh)
    )
