"""Texts and composing indications."""

from hypothesis import strategies as st

from rcs_conformance.model.chat import ComposingState, IsComposing

_XML_TEXT = st.characters(
    codec="utf-8",
    exclude_categories=["Cs"],
    exclude_characters="".join(map(chr, range(32))) + "\ufffe\uffff",
    include_characters="\t\n\r",
)


def texts() -> st.SearchStrategy[str]:
    """Any text that XML 1.0 can hold, line ends and all (binding, section 3: no verdict beyond)."""
    return st.text(_XML_TEXT, max_size=80)


def composing() -> st.SearchStrategy[IsComposing]:
    """Any composing indication of RFC 3994: either state, with a refresh time or without."""
    return st.builds(
        IsComposing,
        state=st.sampled_from(ComposingState),
        refresh=st.none() | st.integers(min_value=1, max_value=86_400),
    )
