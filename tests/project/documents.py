"""Reads the project's documents: code blocks, and the file that each is meant for."""

import re
from dataclasses import dataclass

from rcs_conformance.kit import ROOT

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MEANT_FOR = re.compile(r"(Append to|Write)\s+`([^`]+)`:\n\n$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A code block.

    Attributes:
        language: After the backticks.
        text: The code.
        path: The file that it is to be appended to or written to; empty where none is named.
    """

    language: str
    text: str
    path: str = ""


def blocks(document: str) -> tuple[Block, ...]:
    """The code blocks of a document at the top of the project, in order."""
    text = (ROOT / document).read_text("utf-8")
    found = []
    for match in _BLOCK.finditer(text):
        meant_for = _MEANT_FOR.search(text, 0, match.start())
        path = meant_for[2] if meant_for else ""
        found.append(Block(language=match[1], text=match[2], path=path))
    return tuple(found)


def commands(document: str) -> tuple[str, ...]:
    """The lines of its shell blocks."""
    shell = (block.text for block in blocks(document) if block.language == "sh")
    return tuple(line for text in shell for line in text.splitlines())
