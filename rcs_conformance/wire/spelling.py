"""How a dialect spells the names of the model: in schemas, and in what is told to people."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

_WORDS = frozenset(
    {
        *("address", "duration", "hash", "link", "name", "participant", "reason", "refresh"),
        *("size", "state", "status", "subject", "text", "type", "value", "variables"),
    }
)
"""Names that a sentence can hold as words of its own."""

_APART = r"'[^']*'|\"[^\"]*\"|\b(?:GET|POST|PUT|DELETE|PATCH) \w+|[a-z]+://\S+"
"""What in a message is quoted from the wire, or names a resource, and so keeps its spelling."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Spells names as a binding does; hashable, so that what depends on it can be kept.

    Attributes:
        pairs: Canonical names, each with what stands for it on the wire.
        message_id: The form of message ids, as a regular expression; empty: the default one.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    message_id: str = ""

    def of(self, name: str) -> str:
        """The name on the wire."""
        return next((wire for canonical, wire in self.pairs if canonical == name), name)

    def path(self, text: str) -> str:
        """A place in a body, or in a sentence about one: every name in it is meant as a name."""
        return _renamed(text, self, frozenset())

    def sentence(self, text: str) -> str:
        """A message with the names of the dialect; what is quoted in it stays as it is."""
        return _renamed(text, self, _WORDS)


PLAIN = Spelling()
"""That of the default binding."""


def spelling_of(names: Mapping[str, str], message_id: str = "") -> Spelling:
    """The spelling of a binding's names, and the form of its message ids."""
    return Spelling(tuple(sorted(names.items())), message_id) if names or message_id else PLAIN


def _renamed(text: str, spelling: Spelling, words: frozenset[str]) -> str:
    if not spelling.pairs:
        return text
    pattern, names = _pattern(spelling, words)
    return pattern.sub(lambda found: names.get(found[0], found[0]), text)


@cache
def _pattern(
    spelling: Spelling, words: frozenset[str]
) -> tuple[re.Pattern[str], Mapping[str, str]]:
    names = {name: wire for name, wire in spelling.pairs if name not in words}
    among = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(f"{_APART}|\\b(?:{among or '(?!)'})\\b"), names
