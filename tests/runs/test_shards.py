"""Tests are divided evenly, completely, and by everyone in the same way."""

import pytest

from rcs_conformance.cli import main
from rcs_conformance.runs.shards import Shard, own_tests, shard_of, with_recorded

WEIGHTS = {f"test_{number}": 1.0 + number % 7 for number in range(200)}


@pytest.mark.parametrize("count", [1, 2, 5, 8, 300])
def test_each_test_is_in_one_shard(count: int) -> None:
    """All shards together have every test once."""
    shards = [own_tests(WEIGHTS, Shard(number + 1, count)) for number in range(count)]
    assert sorted(test for shard in shards for test in shard) == sorted(WEIGHTS)


def test_shards_take_as_long() -> None:
    """No shard takes longer than another by more than the longest test."""
    sums = [sum(WEIGHTS[test] for test in own_tests(WEIGHTS, Shard(n, 8))) for n in range(1, 9)]
    assert max(sums) - min(sums) <= max(WEIGHTS.values())


def test_order_of_tests_is_no_matter() -> None:
    """Tests in another order make the same shards."""
    other = dict(reversed(WEIGHTS.items()))
    assert own_tests(WEIGHTS, Shard(3, 8)) == own_tests(other, Shard(3, 8))


def test_recorded_times() -> None:
    """A test of an earlier run has its time; a new one the usual time; a gone one none."""
    assert with_recorded({"a": 1.0, "b": 1.0, "new": 1.0}, {"a": 9.0, "b": 1.0, "gone": 5.0}) == {
        "a": 9.0,
        "b": 1.0,
        "new": 5.0,
    }


@pytest.mark.parametrize("word", ["", "3", "0/8", "9/8", "-1/8", "3/", "3/1001", "٣/٨", "1/2/3"])
def test_what_is_no_shard(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is one line that shows what would be right."""
    with pytest.raises(ValueError, match="such as 3/8"):
        shard_of(word)
    assert main(["run", f"--shard={word}"]) == 4
    assert capsys.readouterr().err.count("\n") == 1
