"""How error messages show keys and values."""

import json
import re
from collections.abc import Iterable
from difflib import get_close_matches

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST = 60


def suggestion(word: str, known: Iterable[str]) -> str:
    """The known name that was probably meant; all known names where none is similar."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1)
    return f"did you mean {close[0]}?" if close else f"known are {', '.join(names)}"


def shown(value: object) -> str:
    """A value as TOML writes it, on one line and not longer than about 60 characters."""
    match value:
        case bool():
            return str(value).lower()
        case dict() | list():
            return kind_of(value)
        case str():
            return repr(value if len(value) <= _LONGEST else f"{value[:_LONGEST]}...")
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def kind_of(value: object) -> str:
    """The kind of a value, where the value may hold secrets."""
    match value:
        case dict():
            return "a table"
        case list():
            return "a list"
        case str():
            return "a string"
    return "a single value"


def spelled(path: Iterable[str | int]) -> str:
    """A path in a file, such as ``users[1].token``; keys that need quotes have them."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{_key(part)}" if text else _key(part)
    return text


def _key(key: str) -> str:
    if _BARE.fullmatch(key):
        return key
    short = key if len(key) <= _LONGEST else f"{key[:_LONGEST]}..."
    return json.dumps(short, ensure_ascii=not short.isprintable())
