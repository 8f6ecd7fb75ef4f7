"""Whether a body fits the schema of its root: the one entry to both schema languages.

Judges the bytes received, without the codec, so that neither can hide a fault of the other. The
schemas are those of the default binding, in which the names of a dialect are put in the place of
the model's before they are built; what is kept is kept for each dialect apart. The libraries are
imported, and the schemas built, when a body of their format is first judged.

What was accepted once is not judged again where only values differ, each of which is one of its
type (see `likeness_json`); a violation is always found, and told, in the body at hand.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from rcs_conformance.errors import HarnessError, WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.wire.guard import parse_json, parse_xml
from rcs_conformance.wire.schema_json import apis_of_roots, violations_of
from rcs_conformance.wire.spelling import Spelling, spelling_of
from rcs_conformance.wire.violation import Violation

__all__ = ["Violation", "roots", "violations"]

_NO_NAMES: Mapping[str, str] = MappingProxyType({})

_accepted: set[object] = set()
"""Roots, dialects and likenesses of what was accepted."""

_MOST = 1024
_LARGEST = 8192
"""How many likenesses are kept, and of bodies of how many bytes; a hostile target sends many."""


def roots() -> frozenset[str]:
    """The roots that there are schemas of."""
    return frozenset(apis_of_roots())


def violations(
    body: bytes, fmt: Format, root: str, names: Mapping[str, str] = _NO_NAMES
) -> tuple[Violation, ...]:
    """Everything in a body that the schema of its root does not allow.

    Args:
        body: The body as received; nothing about it is trusted.
        fmt: The format that it claims.
        root: The root that it should have, by its name in the default binding.
        names: Roots and members that the binding spells otherwise.

    Returns:
        The violations in the order in which they were found, each once; empty: the body is valid.
        A body that cannot be read has one violation without a path.

    Raises:
        HarnessError: There is no schema of such a root.
    """
    if root not in apis_of_roots():
        raise HarnessError(f"there is no schema of the root {root!r}")
    remembers, spelling = len(body) <= _LARGEST, spelling_of(names)
    try:
        if fmt is Format.JSON:
            return _of_json(body, root, spelling, remembers=remembers)
        return _of_xml(body, root, spelling, remembers=remembers)
    except WireError as error:
        return (Violation(path=error.path, message=str(error)),)


def accepted() -> frozenset[object]:
    """What is known to be accepted, for another process of the same schemas."""
    return frozenset(_accepted)


def accept(known: Iterable[object]) -> None:
    """Take what another process knows to be accepted (`accepted`)."""
    _accepted.update(known)


def _of_json(
    body: bytes, root: str, spelling: Spelling, *, remembers: bool
) -> tuple[Violation, ...]:
    from rcs_conformance.wire import likeness_json  # noqa: PLC0415 - jsonschema is slow to import

    document = parse_json(body)
    likeness = likeness_json.likeness_of(document, root, spelling) if remembers else None
    if (root, spelling, likeness) in _accepted:
        return ()
    found = tuple(dict.fromkeys(violations_of(document, root, spelling)))
    return _kept(root, spelling, likeness, found)


def _of_xml(
    body: bytes, root: str, spelling: Spelling, *, remembers: bool
) -> tuple[Violation, ...]:
    from rcs_conformance.wire import likeness_xml, schema_xml  # noqa: PLC0415 - 150 ms, as above

    document, api = parse_xml(body), apis_of_roots()[root]
    likeness = likeness_xml.likeness_of(document, api, spelling) if remembers else None
    if (root, spelling, likeness) in _accepted:
        return ()
    found = tuple(dict.fromkeys(schema_xml.violations_of(document, api, root, spelling)))
    return _kept(root, spelling, likeness, found)


def _kept(
    root: str, spelling: Spelling, likeness: object | None, found: tuple[Violation, ...]
) -> tuple[Violation, ...]:
    """What was found; where that is nothing, it is remembered for all that are alike."""
    if likeness is not None and not found:
        if len(_accepted) >= _MOST:
            _accepted.clear()
        _accepted.add((root, spelling, likeness))
    return found
