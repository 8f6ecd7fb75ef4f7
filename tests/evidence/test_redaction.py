"""Secrets are found however a target spells them, and nothing else is taken for one."""

import base64
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcs_conformance.redaction import Redaction
from tests.evidence.spellings import SPELLINGS, WRAPPED

SECRET = "canary=7F3a9c/&to+ken é"  # noqa: S105 - nobody's


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)
def test_secret_is_found_however_it_is_spelt(spell: Callable[[str], str]) -> None:
    """What stands around it stays, and nothing of the spelling that could be read back."""
    spelt = spell(SECRET)
    redacted = Redaction([SECRET]).redacted_text(f"before {spelt} after")
    assert redacted.startswith("before ")
    assert redacted.endswith(" after")
    assert "***" in redacted
    assert len(redacted) < len("before  after") + 20
    assert spelt not in redacted


@pytest.mark.parametrize("spell", WRAPPED.values(), ids=WRAPPED)
def test_secret_is_found_in_wrapped_base64(spell: Callable[[str], str]) -> None:
    """However long the lines are, and whatever became of their ends."""
    spelt = spell(SECRET)
    redacted = Redaction([SECRET]).redacted_text(f'{{"text": "{spelt}"}}')
    joined = re.sub(r"[\s%&#\\;]|0D|0A|13|10|\\r|\\n", "", redacted)
    assert joined.count("***") == 4
    assert base64.b64encode(SECRET.encode()).decode()[:12] not in joined


@given(
    secret=st.text("abcXYZ019-._~+/=&<\"' ", min_size=8, max_size=20).filter(
        lambda text: text.strip() == text and len(set(text)) > 4
    ),
    names=st.lists(st.sampled_from(["percent", "JSON", "named references"]), max_size=3),
)
def test_escapes_may_be_piled_up(secret: str, names: list[str]) -> None:
    """In whatever order, up to three times."""
    spelt = secret
    for name in names:
        spelt = SPELLINGS[name](spelt)
    redacted = Redaction([secret]).redacted_text(f"({spelt})")
    assert "***" in redacted
    assert spelt not in redacted


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("abcd", "ABCD 61626364 YWJjZA=="),
        ("abc", "abc"),
        ("token-1", "token-2 and tel%3A%2B15550100 &amp; \\u00e4 \\/"),
        ("alice", "Alice"),
        ("secret%41", "secret"),
    ],
)
def test_what_is_no_secret_stays(secret: str, text: str) -> None:
    """A short one is looked for as it is: too much else would match."""
    assert Redaction([secret]).redacted_text(text) == text
