"""Text from the target shows itself and does nothing else; indentation keeps every token."""

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcs_conformance.report.indentation import indented
from rcs_conformance.report.text import inert, shortened, visible

ANY_TEXT = st.text(st.characters(codec=None))
COMMANDS = st.lists(st.sampled_from([":", "#", "error", "[", "\n", "\x1b", " "])).map("".join)


@given(text=ANY_TEXT)
def test_visible_text_has_no_control_characters(text: str) -> None:
    """Only line feed and tab act; nothing reorders."""
    kinds = {unicodedata.category(char) for char in visible(text) if char not in "\n\t"}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(visible(text)) & set("\u202e\u2066\u200f")


@given(text=st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_plain_text_stays(text: str) -> None:
    """Text without control characters is shown as it is."""
    assert visible(text) == text


@given(text=ANY_TEXT | COMMANDS)
def test_inert_text_holds_no_command(text: str) -> None:
    """It is one line, without the pairs that workflow commands begin with."""
    line = inert(text)
    assert len(line.splitlines()) <= 1
    assert "::" not in line
    assert "##" not in line


def test_cut_text_says_so() -> None:
    """What is left out is counted."""
    assert shortened("abc", 3) == "abc"
    assert shortened("abcdef", 2) == "ab ... [4 more characters]"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@pytest.mark.exhaustive
@given(value=st.lists(JSON, max_size=3) | st.dictionaries(st.text(max_size=3), JSON))
def test_indented_json_says_the_same(value: object) -> None:
    """Only white space between tokens changes."""
    for compact in (json.dumps(value), json.dumps(value, separators=(",", ":"))):
        assert json.loads(indented(compact)) == value


@given(text=st.text('{}[]",:a1 \\\n<>/-!?', max_size=40))
def test_indentation_loses_nothing(text: str) -> None:
    """Malformed bodies keep all that is not white space, in order."""

    def dense(string: str) -> str:
        return re.sub(r"\s", "", string)

    assert dense(indented(text)) == dense(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a":[1,{"b":"x"}],"c":{}}', '{\n  "a": [\n    1,\n    {\n      "b": "x"\n    }\n  ],'),
        ("<a><b>1</b><c/></a>", "<a>\n  <b>1</b>\n  <c/>\n</a>"),
        (
            '<?xml version="1.0"?><a x="1">\n <b></b></a>',
            '<?xml version="1.0"?>\n<a x="1">\n  <b></b>',
        ),
        ("<a>text<b/>tail</a><c", "<a>text\n  <b/>\n  tail\n</a>\n  <c"),
        ('{"a": 1, "a": 2}', '{\n  "a": 1,\n  "a": 2\n}'),
        ('{"a', '{"a'),
        ("a=1&b={}", "a=1&b={}"),
    ],
)
def test_indented_form(text: str, expected: str) -> None:
    """A line for each member and element; doubled members stay doubled."""
    assert indented(text).startswith(expected)
