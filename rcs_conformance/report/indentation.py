"""Indentation of JSON and XML that changes nothing but white space between tokens.

Bodies are evidence: what is doubled, misspelled or malformed in them must stay so. They are
therefore not parsed but cut into tokens, and what cannot be cut is left as it is.
"""

import re
from collections.abc import Iterable

_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s"{}\[\],:]+')
_JSON_SPACE = re.compile(r'("(?:[^"\\]|\\.)*")|\s+')
_XML_TOKEN = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[^>]*>|[^<]+|<", re.DOTALL)
_DEEPEST = 20
_STEP = "  "


def indented(text: str) -> str:
    """JSON or XML with a line for each member or element; any other text as it is."""
    start = text.lstrip()[:1]
    if start in ("{", "["):
        return _json(text)
    if start == "<":
        return _xml(text)
    return text


def _json(text: str) -> str:
    pieces = _JSON_TOKEN.findall(text)
    if sum(map(len, pieces)) != len(_JSON_SPACE.sub(r"\1", text)):
        return text
    return _lines(_json_lines(pieces))


def _json_lines(pieces: Iterable[str]) -> Iterable[tuple[int, str]]:
    depth, line = 0, ""
    for piece in pieces:
        if piece in "}]":
            if line:
                yield depth, line
            depth, line = depth - 1, piece
        elif piece in "{[":
            yield depth, f"{line} {piece}".lstrip()
            depth, line = depth + 1, ""
        elif piece == ",":
            yield depth, line + piece
            line = ""
        else:
            line += f" {piece}" if line.endswith(":") else piece
    if line:
        yield depth, line


def _xml(text: str) -> str:
    return _lines(_xml_lines(_XML_TOKEN.findall(text)))


def _xml_lines(pieces: Iterable[str]) -> Iterable[tuple[int, str]]:
    """Elements on lines of their own; one that holds only text stays on one line."""
    depth, line = 0, ""
    for piece in pieces:
        if piece.isspace():
            continue
        if piece.startswith("</"):
            depth -= 1
            if line:
                yield depth, line + piece
            else:
                yield depth, piece
            line = ""
        elif piece.startswith("<"):
            if line:
                yield depth - 1, line
            line = ""
            if piece.startswith(("<?", "<!")) or piece.endswith("/>"):
                yield depth, piece
            else:
                depth, line = depth + 1, piece
        elif line:
            line += piece
        else:
            yield depth, piece
    if line:
        yield depth, line


def _lines(lines: Iterable[tuple[int, str]]) -> str:
    return "\n".join(_STEP * min(max(depth, 0), _DEEPEST) + line for depth, line in lines)
