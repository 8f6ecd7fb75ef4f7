"""Places of findings in a form that is the same in every run and for every target."""

import re

_PERSONAL = (
    re.compile(r" to \S+"),
    re.compile(r"\[\d+\]"),
)
"""What differs between runs: the user who is notified, and the number of an entry in a body."""

_ID = re.compile(
    r"\b(?:https?|tel|sips?|acr):\S+|\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{6,}\b|\b\d{4,}\b"
)


def stable_place(where: str) -> str:
    """A place without users, URLs, ids and numbers of entries.

    Args:
        where: As of a check: operation or notification, and the path in the body.
    """
    for each in _PERSONAL:
        where = each.sub("", where)
    return _ID.sub("...", where)


def is_within(where: str, place: str) -> bool:
    """Whether a finding is at a place, or below it.

    Args:
        where: As of a check.
        place: The same, or only the beginning of it: the operation, or part of the path.
    """
    found, wanted = stable_place(where), stable_place(place)
    return found == wanted or found.startswith((f"{wanted} ", f"{wanted}/"))
