"""Whether a body fits the schema of its root: the one entry to both schema languages.

Judges the bytes received, without the codec, so that neither can hide a fault of the other. The
schemas are those of the default binding; a body in another dialect is not theirs to judge. The
libraries are imported, and the schemas built, when a body of their format is first judged.

What was accepted once is not judged again where only values differ, each of which is one of its
type (see `likeness_json`); a violation is always found, and told, in the body at hand.
"""

from collections.abc import Iterable

from rcs_conformance.errors import HarnessError, WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.wire.guard import parse_json, parse_xml
from rcs_conformance.wire.schema_json import apis_of_roots, violations_of
from rcs_conformance.wire.violation import Violation

__all__ = ["Violation", "roots", "violations"]

_accepted: set[object] = set()
"""Roots and likenesses of what was accepted."""

_MOST = 1024
_LARGEST = 8192
"""How many likenesses are kept, and of bodies of how many bytes; a hostile target sends many."""


def roots() -> frozenset[str]:
    """The roots that there are schemas of."""
    return frozenset(apis_of_roots())


def violations(body: bytes, fmt: Format, root: str) -> tuple[Violation, ...]:
    """Everything in a body that the schema of its root does not allow.

    Args:
        body: The body as received; nothing about it is trusted.
        fmt: The format that it claims.
        root: The root that it should have, by its name in the default binding.

    Returns:
        The violations in the order in which they were found, each once; empty: the body is valid.
        A body that cannot be read has one violation without a path.

    Raises:
        HarnessError: There is no schema of such a root.
    """
    if root not in apis_of_roots():
        raise HarnessError(f"there is no schema of the root {root!r}")
    remembers = len(body) <= _LARGEST
    try:
        if fmt is Format.JSON:
            return _of_json(body, root, remembers=remembers)
        return _of_xml(body, root, remembers=remembers)
    except WireError as error:
        return (Violation(path=error.path, message=str(error)),)


def accepted() -> frozenset[object]:
    """What is known to be accepted, for another process of the same schemas."""
    return frozenset(_accepted)


def accept(known: Iterable[object]) -> None:
    """Take what another process knows to be accepted (`accepted`)."""
    _accepted.update(known)


def _of_json(body: bytes, root: str, *, remembers: bool) -> tuple[Violation, ...]:
    from rcs_conformance.wire import likeness_json  # noqa: PLC0415 - jsonschema is slow to import

    document = parse_json(body)
    likeness = likeness_json.likeness_of(document, root) if remembers else None
    if (root, likeness) in _accepted:
        return ()
    return _kept(root, likeness, tuple(dict.fromkeys(violations_of(document, root))))


def _of_xml(body: bytes, root: str, *, remembers: bool) -> tuple[Violation, ...]:
    from rcs_conformance.wire import likeness_xml, schema_xml  # noqa: PLC0415 - 150 ms, as above

    document, api = parse_xml(body), apis_of_roots()[root]
    likeness = likeness_xml.likeness_of(document, api) if remembers else None
    if (root, likeness) in _accepted:
        return ()
    return _kept(
        root, likeness, tuple(dict.fromkeys(schema_xml.violations_of(document, api, root)))
    )


def _kept(
    root: str, likeness: object | None, found: tuple[Violation, ...]
) -> tuple[Violation, ...]:
    """What was found; where that is nothing, it is remembered for all that are alike."""
    if likeness is not None and not found:
        if len(_accepted) >= _MOST:
            _accepted.clear()
        _accepted.add((root, likeness))
    return found
