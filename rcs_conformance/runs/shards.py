"""Which tests belong to a shard: all that is needed are the tests and how long each takes.

Whoever divides the same tests by the same times gets the same shards, on any machine.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from statistics import median

_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of a divided run.

    Attributes:
        number: Which part it is, from 1.
        count: How many parts there are.
    """

    number: int
    count: int

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"


def shard_of(text: str) -> Shard:
    """The shard that a word such as `3/8` names.

    Raises:
        ValueError: It names none.
    """
    number, slash, count = text.partition("/")
    words = (number, count)
    if slash and all(word.isascii() and word.isdigit() and len(word) < 5 for word in words):
        shard = Shard(int(number), int(count))
        if 1 <= shard.number <= shard.count <= _MOST:
            return shard
    raise ValueError(f"{text!r} is not a shard; give a number and how many there are, such as 3/8")


def own_tests(weights: Mapping[str, float], shard: Shard) -> frozenset[str]:
    """The tests of a shard: the longest test goes first, each to the shard with the least work.

    Args:
        weights: How long each test takes, by its id, in any unit.
        shard: The part.
    """
    work = [0.0] * shard.count
    own = set()
    for test in sorted(weights, key=lambda each: (-weights[each], each)):
        least = work.index(min(work))
        work[least] += weights[test]
        if least == shard.number - 1:
            own.add(test)
    return frozenset(own)


def with_recorded(
    estimates: Mapping[str, float], recorded: Mapping[str, float]
) -> Mapping[str, float]:
    """Times of tests as an earlier run recorded them; others have the median of those.

    Args:
        estimates: How long each test takes as far as is known without any run.
        recorded: Seconds of tests of an earlier run.
    """
    known = [seconds for test, seconds in recorded.items() if test in estimates]
    if not known:
        return estimates
    usual = median(known)
    return {test: recorded.get(test, usual) for test in estimates}


def digest_of(tests: Mapping[str, float]) -> str:
    """A digest of all tests that are divided, by which parts know each other."""
    return sha256("\n".join(sorted(tests)).encode()).hexdigest()
