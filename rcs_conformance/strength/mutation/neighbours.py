"""Which tests killed mutations nearby: they are the likeliest to kill the next one."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from rcs_conformance.strength.mutation.sites import Mutation

_MOST = 25


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The tests that killed mutations so far, by function and by file."""

    _by_place: dict[str, Counter[str]] = field(default_factory=dict)

    def note(self, mutation: Mutation, test: str) -> None:
        """A test killed a mutation."""
        for place in (_function(mutation), mutation.file):
            self._by_place.setdefault(place, Counter())[test] += 1

    def likely(self, mutation: Mutation, reached: Collection[str]) -> Mapping[str, int]:
        """The rank of the likeliest tests, the first being 0: those of the function lead.

        Args:
            mutation: The mutation.
            reached: The tests that execute it; no other is likely.
        """
        none: Counter[str] = Counter()
        ranked = [
            test
            for place in (_function(mutation), mutation.file)
            for test, _ in self._by_place.get(place, none).most_common()
            if test in reached
        ]
        return {test: rank for rank, test in enumerate(list(dict.fromkeys(ranked))[:_MOST])}


def _function(mutation: Mutation) -> str:
    return f"{mutation.file}:{mutation.function}"
