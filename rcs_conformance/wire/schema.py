"""Whether a body fits the schema of its root: the one entry to both schema languages.

Judges the bytes received, without the codec, so that neither can hide a fault of the other. The
schemas are those of the default binding, in which the names of a dialect are put in the place of
the model's before they are built; what is kept is kept for each dialect apart. The libraries are
imported, and the schemas built, when a body of their format is first judged.

What was accepted once is not judged again where only values differ, each of which is one of its
type (see `likeness_json`); a violation is always found, and told, in the body at hand.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from rcs_conformance.binding import Forms
from rcs_conformance.errors import HarnessError, WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.wire.guard import read_json, read_xml
from rcs_conformance.wire.notification_list import notifications_only
from rcs_conformance.wire.rewriting import Rewriting
from rcs_conformance.wire.schema_json import apis_of_roots, violations_of
from rcs_conformance.wire.spelling import PLAIN, Spelling, spelling_of
from rcs_conformance.wire.structure import LIST_ROOT
from rcs_conformance.wire.violation import Violation

__all__ = ["Violation", "is_valid", "roots", "violations"]

_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_DEFAULT = Forms()

_accepted: set[object] = set()
"""Roots, dialects and likenesses of what was accepted."""

_refused: set[object] = set()
"""Roots and likenesses of what was not valid."""

_MOST = 1024
_LARGEST = 8192
"""How many likenesses are kept, and of bodies of how many bytes; a hostile target sends many."""


def roots() -> frozenset[str]:
    """The roots that there are schemas of."""
    return frozenset(apis_of_roots())


def violations(
    body: bytes,
    fmt: Format,
    root: str,
    names: Mapping[str, str] = _NO_NAMES,
    forms: Forms = _DEFAULT,
) -> tuple[Violation, ...]:
    """Everything in a body that the schema of its root does not allow.

    Args:
        body: The body as received; nothing about it is trusted.
        fmt: The format that it claims.
        root: The root that it should have, by its name in the default binding.
        names: Roots and members that the binding spells otherwise.
        forms: What the binding has otherwise than by another name.

    Returns:
        The violations in the order in which they were found, each once; empty: the body is valid.
        A body that cannot be read has one violation without a path.

    Raises:
        HarnessError: There is no schema of such a root.
    """
    _require_schema(root)
    spelling = spelling_of(names, forms.message_id)
    try:
        document = _in_default_forms(_read(body, fmt), Rewriting(names, forms))
    except WireError as error:
        message = str(error).removeprefix(f"{error.path}: ")
        return (Violation(path=error.path, message=message),)
    if root == LIST_ROOT.name and fmt is Format.JSON:
        document = notifications_only(document, names)
    likeness = _likeness(document, root, spelling) if len(body) <= _LARGEST else None
    if (root, spelling, likeness) in _accepted:
        return ()
    found = tuple(dict.fromkeys(_judged(document, root, spelling)))
    if found and forms.places:
        found = _at_their_places(found, forms)
    if likeness is not None and not found:
        _keep(_accepted, (root, spelling, likeness))
    return found


def is_valid(body: bytes, fmt: Format, root: str) -> bool:
    """Whether a body is what `violations` finds nothing in, by the names of the default binding.

    It is faster to tell where it is not: a single value that is none of its type is enough, and so
    is that a body like it was not valid before.

    Raises:
        HarnessError: There is no schema of such a root.
    """
    _require_schema(root)
    try:
        document = _read(body, fmt)
    except WireError:
        return False
    if len(body) > _LARGEST:
        return not violations(body, fmt, root)
    likeness = _likeness(document, root, PLAIN)
    if likeness is None or (root, likeness) in _refused:
        return False
    if not violations(body, fmt, root):
        return True
    _keep(_refused, (root, likeness))
    return False


def accepted() -> frozenset[object]:
    """What is known to be accepted, for another process of the same schemas."""
    return frozenset(_accepted)


def accept(known: Iterable[object]) -> None:
    """Take what another process knows to be accepted (`accepted`)."""
    _accepted.update(known)


def _at_their_places(found: Iterable[Violation], forms: Forms) -> tuple[Violation, ...]:
    """Violations in which members that stand elsewhere are called by their places."""
    places = spelling_of({name: "/".join(path) for name, path in forms.places.items()})
    return tuple(
        Violation(path=places.path(each.path), message=places.sentence(each.message))
        for each in found
    )


def _keep(known: set[object], likeness: object) -> None:
    if len(known) >= _MOST:
        known.clear()
    known.add(likeness)


def _require_schema(root: str) -> None:
    if root not in apis_of_roots():
        raise HarnessError(f"there is no schema of the root {root!r}")


def _read(body: bytes, fmt: Format) -> object:
    if fmt is Format.XML:
        return read_xml(body)
    document = read_json(body)
    return _filled(document) if b"null" in body and isinstance(document, dict) else document


def _in_default_forms(document: object, rewriting: Rewriting) -> object:
    if isinstance(document, Element):
        return rewriting.read_element(document)
    return rewriting.read_object(document)


def _filled(document: dict[str, object]) -> dict[str, object]:
    """A document without the members that are null: these stand for none (binding, section 5)."""
    return {name: _without_nulls(value) for name, value in document.items()}


def _without_nulls(value: object) -> object:
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_nulls(item) for name, item in value.items() if item is not None}
    return value


def _likeness(document: object, root: str, spelling: Spelling) -> object | None:
    """What of a document decides; `None` where a value of it is wrong by itself."""
    if isinstance(document, Element):
        from rcs_conformance.wire import likeness_xml  # noqa: PLC0415 - 150 ms, if needed

        return likeness_xml.likeness_of(document, apis_of_roots()[root], spelling)
    from rcs_conformance.wire import likeness_json  # noqa: PLC0415 - as above

    return likeness_json.likeness_of(document, root, spelling)


def _judged(document: object, root: str, spelling: Spelling) -> Iterator[Violation]:
    if isinstance(document, Element):
        from rcs_conformance.wire import schema_xml  # noqa: PLC0415 - as above

        return schema_xml.violations_of(document, apis_of_roots()[root], root, spelling)
    return violations_of(document, root, spelling)
