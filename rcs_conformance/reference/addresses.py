"""Addresses of users: which can be used, and which are the same."""

import re
from functools import lru_cache
from urllib.parse import unquote

_USABLE = re.compile(r"tel:\+?[0-9*#().-]+(;\S*)?|sips?:[^\s@<>]+@[^\s@<>]+|acr:\S+", re.IGNORECASE)


def is_usable(address: str) -> bool:
    """Whether an address could reach a user: a `tel:`, `sip:`, `sips:` or `acr:` URI."""
    return _USABLE.fullmatch(address) is not None


@lru_cache(maxsize=4096)
def canonical(address: str) -> str:
    """The form in which addresses are compared: decoded, lower case, `tel:` without separators."""
    plain = unquote(address).lower()
    return re.sub(r"[().-]", "", plain) if plain.startswith("tel:") else plain
