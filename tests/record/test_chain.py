"""A chain shows each change, and says where it is."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.record.chains import ENTRIES, damage, end_of, written

Change = Callable[[list[bytes], list[bytes], int, int], int]
"""Changes lines, with those of another chain at hand; returns the entry that it shows at."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    return written(tmp_path_factory.mktemp("chain") / "own.gz", "own")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    return written(tmp_path_factory.mktemp("chain") / "other.gz", "other")


def _edit(lines: list[bytes], _: list[bytes], at: int, more: int) -> int:
    line = bytearray(lines[at])
    place = more % (len(line) - 1)
    line[place] = ord("0") if line[place] != ord("0") else ord("1")
    lines[at] = bytes(line)
    return at


def _drop(lines: list[bytes], _: list[bytes], at: int, __: int) -> int:
    del lines[at]
    return at


def _swap(lines: list[bytes], _: list[bytes], at: int, more: int) -> int:
    to = (at + 1 + more % (len(lines) - 1)) % len(lines)
    lines[at], lines[to] = lines[to], lines[at]
    return min(at, to)


def _duplicate(lines: list[bytes], _: list[bytes], at: int, more: int) -> int:
    to = more % (len(lines) + 1)
    lines.insert(to, lines[at])
    return to + (to == at)


def _splice(lines: list[bytes], other: list[bytes], at: int, more: int) -> int:
    at = max(at, 1)  # a whole other chain is told by its root alone
    count = 1 + more % (len(lines) - at)
    lines[at : at + count] = other[at : at + count]
    return at


def _cut(lines: list[bytes], _: list[bytes], at: int, __: int) -> int:
    del lines[at:]
    return at - 1


CHANGES = (_edit, _drop, _swap, _duplicate, _splice, _cut)


def _is_named(found: str, at: int) -> bool:
    """Whether a line names an entry, or the end where the last entries are gone."""
    return found.startswith(f"chain main, entry {at}: ") or f"cut off after entry {at} " in found


def test_chain_as_written_is_unbroken(own: list[bytes]) -> None:
    """Nothing is found in lines that were not changed."""
    assert damage(own, end_of(own)) == ""


@pytest.mark.parametrize("change", CHANGES)
@given(at=st.integers(0, ENTRIES - 1), more=st.integers(0, 10_000))
def test_each_change_is_found_and_named(
    own: list[bytes], other: list[bytes], change: Change, at: int, more: int
) -> None:
    """In one line with the first entry that is not as it was written."""
    lines = list(own)
    place = change(lines, other, at, more)

    found = damage(lines, end_of(own))

    dropped_last = change is _drop and at == ENTRIES - 1
    assert _is_named(found, place - dropped_last), found
    assert "\n" not in found


@pytest.mark.exhaustive
@pytest.mark.parametrize("change", CHANGES)
@settings(max_examples=1000)
@given(at=st.integers(0, ENTRIES - 1), more=st.integers(0, 10_000))
def test_a_thousand_changes_are_found(
    own: list[bytes], other: list[bytes], change: Change, at: int, more: int
) -> None:
    """As above, with a thousand of each kind."""
    lines = list(own)
    change(lines, other, at, more)

    assert damage(lines, end_of(own))


def test_chain_with_hashes_computed_anew_is_unbroken_but_for_its_root(
    own: list[bytes], other: list[bytes]
) -> None:
    """Another whole chain is not this one: `result.json` has another root."""
    assert damage(other, end_of(own)) == "chain main: its root is not the one in result.json"


def test_bytes_that_are_cut_off_are_read_as_far_as_they_go(own: list[bytes]) -> None:
    """A line without its end is none; the count tells that there were more."""
    lines = [*own[:5], own[5][:-10]]
    assert damage(lines, end_of(own)) == "chain main: cut off after entry 4 of 12"


def test_line_that_is_no_entry_is_named(own: list[bytes]) -> None:
    """Neither JSON of another form nor anything else is read."""
    lines = [own[0], own[1].replace(b'"kind"', b'"sort"'), *own[2:]]
    assert damage(lines, end_of(own)) == (
        "chain main, entry 1: not an entry of a record: it was edited"
    )
