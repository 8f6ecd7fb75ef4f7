"""Expressions of `and` and `or` over names, with parentheses; `and` binds more tightly.

`when` of a clause speaks of features (``multimedia && adhoc``), `requires` of an SCR item speaks
of items (``A-S-001-O AND B-S-001-O``); they differ only in how names and operators are spelt.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Self, TypeAlias


class ExpressionError(ValueError):
    """An expression cannot be read; the message says where and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Junction:
    """Two or more operands that must all hold, or of which any must."""

    every: bool
    operands: tuple["Tree", ...]


Tree: TypeAlias = str | Junction
"""A name, or a junction of trees."""


@dataclass(frozen=True)
class Expression:
    """An expression as it was written, and what it means.

    Attributes:
        source: As it was written; `str` gives it too.
        tree: What it means.
    """

    source: str
    tree: Tree

    name_form: ClassVar[re.Pattern[str]]
    every_word: ClassVar[str]
    any_word: ClassVar[str]

    @classmethod
    def parse(cls, source: str) -> Self:
        """Reads an expression.

        Raises:
            ExpressionError: It is malformed.
        """
        return cls(source, _Parser(cls, source).parsed())

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name in it."""
        return frozenset(_names(self.tree))

    @property
    def needed(self) -> tuple[str, ...]:
        """The names without any of which it cannot hold, in order."""
        return tuple(_needed(self.tree))

    def holds(self, given: AbstractSet[str]) -> bool:
        """Whether it holds where exactly the names in `given` do."""
        return _holds(self.tree, given)

    def __str__(self) -> str:
        return self.source


class Condition(Expression):
    """A `when` over features, such as ``long_lived && (gc_services || file_transfer)``."""

    __slots__ = ()
    name_form = re.compile(r"[a-z][a-z0-9_]*")
    every_word = "&&"
    any_word = "||"


class ItemExpression(Expression):
    """A `requires` over SCR items, such as ``A-S-001-O OR B-S-001-O``."""

    __slots__ = ()
    name_form = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)+")
    every_word = "AND"
    any_word = "OR"


_WORD = re.compile(r"\s*(&&|\|\||[()]|[^\s()&|]+|[&|])")


class _Parser:
    """Reads one expression by recursive descent: any of (every of (name | parentheses))."""

    def __init__(self, kind: type[Expression], source: str) -> None:
        self.kind = kind
        self.source = source
        self.words = _WORD.findall(source)
        self.next = 0

    def parsed(self) -> Tree:
        tree = self._any()
        if self.next < len(self.words):
            raise self._error(f"{self.kind.every_word}, {self.kind.any_word} or the end")
        return tree

    def _any(self) -> Tree:
        return self._joined(every=False)

    def _every(self) -> Tree:
        return self._joined(every=True)

    def _joined(self, *, every: bool) -> Tree:
        word = self.kind.every_word if every else self.kind.any_word
        operand = self._operand if every else self._every
        operands = [operand()]
        while self._took(word):
            operands.append(operand())
        return Junction(every=every, operands=tuple(operands)) if operands[1:] else operands[0]

    def _operand(self) -> Tree:
        if self._took("("):
            tree = self._any()
            if not self._took(")"):
                raise self._error(")")
            return tree
        word = self.words[self.next] if self.next < len(self.words) else ""
        if not self.kind.name_form.fullmatch(word):
            raise self._error("a name or (")
        self.next += 1
        return str(word)

    def _took(self, word: str) -> bool:
        taken = self.words[self.next : self.next + 1] == [word]
        self.next += taken
        return taken

    def _error(self, expected: str) -> ExpressionError:
        met = repr(self.words[self.next]) if self.next < len(self.words) else "the end"
        return ExpressionError(
            f"{self.source!r}: expected {expected}, not {met} at word {self.next + 1}; "
            f"write a {self.kind.every_word} b or a {self.kind.any_word} b, with parentheses"
        )


def _names(tree: Tree) -> set[str]:
    if isinstance(tree, str):
        return {tree}
    return set().union(*(_names(operand) for operand in tree.operands))


def _needed(tree: Tree) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    return [name for operand in tree.operands for name in _needed(operand)] if tree.every else []


def _holds(tree: Tree, given: AbstractSet[str]) -> bool:
    if isinstance(tree, str):
        return tree in given
    results = (_holds(operand, given) for operand in tree.operands)
    return all(results) if tree.every else any(results)
