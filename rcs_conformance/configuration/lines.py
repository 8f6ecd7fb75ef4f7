"""Finds the line on which an entry of a TOML file stands; `tomllib` reports no lines."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

KeyPath = tuple[str | int, ...]
"""Keys and indices from the top of a file to an entry, such as ``("users", 1, "token")``."""

_TOKEN = re.compile(
    r"""(?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
    r"""|(?P<mark>[\[\]{}=,\n])"""
    r"""|(?P<word>[^\s\[\]{}=,.#"']+)"""
    r"""|(?P<ignored>\#[^\n]*|.)""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    line: int

    @property
    def key(self) -> str:
        """The name that it stands for where it is part of a key."""
        if self.kind == "word":
            return self.text
        return str(tomllib.loads(f"key = {self.text}")["key"])


def line_of(text: str, path: KeyPath) -> int:
    """The line of an entry; where it is missing, that of the innermost table around it, else 1.

    Args:
        text: A valid TOML file.
        path: Where the entry stands; a list of tables counts from 0.
    """
    lines = _lines(text)
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 1)


@lru_cache(maxsize=4)
def _lines(text: str) -> Mapping[KeyPath, int]:
    """The first line of every table, entry and list item of a file."""
    return _Finder(text).lines


class _Finder:
    """One walk over the tokens of a file."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._tokens = _tokens(text)
        self._token = next(self._tokens)
        self._tables = Counter[KeyPath]()
        table: KeyPath = ()
        while self._token.kind != "end":
            if self._passes("["):
                table = self._header()
            elif self._token.text == "\n":
                self._advance()
            else:
                self._entry(table)

    def _advance(self) -> _Token:
        token, self._token = self._token, next(self._tokens)
        return token

    def _passes(self, mark: str) -> bool:
        """Advance over a mark, if it comes next."""
        if self._token.kind != "mark" or self._token.text != mark:
            return False
        self._advance()
        return True

    def _skip_lines(self) -> None:
        while self._passes("\n"):
            pass

    def _note(self, path: KeyPath, line: int) -> None:
        """Note a path, and the tables around it that it is the first to mention."""
        for end in range(1, len(path) + 1):
            self.lines.setdefault(path[:end], line)

    def _keys(self) -> tuple[str, ...]:
        keys = []
        while self._token.kind in ("word", "text"):
            keys.append(self._advance().key)
        return tuple(keys)

    def _header(self) -> KeyPath:
        """The table of ``[a.b]``, or of the next ``[[a.b]]``."""
        line, is_list = self._token.line, self._passes("[")
        keys = self._keys()
        path: KeyPath = ()
        for number, key in enumerate(keys, start=1):
            path = (*path, key)
            if is_list and number == len(keys):
                self._tables[path] += 1
            if self._tables[path]:
                path = (*path, self._tables[path] - 1)
        self._note(path, line)
        while self._passes("]"):
            pass
        return path

    def _entry(self, table: KeyPath) -> None:
        line = self._token.line
        path = (*table, *self._keys())
        self._note(path, line)
        self._advance()  # the sign of equality
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        """Advance over a value; note what it contains."""
        if self._passes("["):
            self._skip_lines()
            index = 0
            while not self._passes("]"):
                self._note((*path, index), self._token.line)
                self._value((*path, index))
                self._next_item()
                index += 1
        elif self._passes("{"):
            self._skip_lines()
            while not self._passes("}"):
                self._entry(path)
                self._next_item()
        else:
            self._advance()
            while self._token.kind == "word":  # what follows a dot or a blank: 2.5, a time
                self._advance()

    def _next_item(self) -> None:
        self._skip_lines()
        self._passes(",")
        self._skip_lines()


def _tokens(text: str) -> Iterator[_Token]:
    """The tokens of a file, without comments, blanks and dots."""
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "ignored":
            yield _Token(kind, match[0], line)
        line += match[0].count("\n")
    yield _Token("end", "", line)
