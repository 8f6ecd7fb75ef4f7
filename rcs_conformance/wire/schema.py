"""Whether a body fits the schema of its root: the one entry to both schema languages.

Judges the bytes received, without the codec, so that neither can hide a fault of the other. The
schemas are those of the default binding; a body in another dialect is not theirs to judge. The
libraries are imported, and the schemas built, when a body of their format is first judged.
"""

from rcs_conformance.errors import HarnessError, WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.wire.guard import parse_json, parse_xml
from rcs_conformance.wire.schema_json import apis_of_roots, violations_of
from rcs_conformance.wire.violation import Violation

__all__ = ["Violation", "roots", "violations"]


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
    try:
        if fmt is Format.JSON:
            return tuple(dict.fromkeys(violations_of(parse_json(body), root)))
        return _of_xml(body, root)
    except WireError as error:
        return (Violation(path=error.path, message=str(error)),)


def _of_xml(body: bytes, root: str) -> tuple[Violation, ...]:
    from rcs_conformance.wire import schema_xml  # noqa: PLC0415 - 150 ms that few commands need

    found = schema_xml.violations_of(parse_xml(body), apis_of_roots()[root], root)
    return tuple(dict.fromkeys(found))
