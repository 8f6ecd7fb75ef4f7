"""Near misses of an addition where a dialect adds participants one at a time.

What is wrong is derived from a list of one, and is wrong in the one alone as well.
"""

from collections.abc import Mapping
from xml.etree import ElementTree

from rcs_conformance.errors import WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.near_miss.documents import dumped
from rcs_conformance.wire.guard import parse_json, parse_xml

_LIST, _ENTRY, _ALONE = "participantList", "participant", "participantInformation"


def alone(data: bytes, fmt: Format, names: Mapping[str, str]) -> bytes:
    """The only participant of a list as a document of its own.

    Args:
        data: The list, with something wrong in it.
        fmt: Its format.
        names: How the binding spells roots and members.

    Returns:
        The participant; what is no list of one any more stays as it is, and is a wrong body so.
    """
    spelt = [names.get(name, name) for name in (_LIST, _ENTRY, _ALONE)]
    try:
        found = _in_json(data, *spelt) if fmt is Format.JSON else _in_xml(data, *spelt)
    except WireError:
        return data
    return data if found is None else found


def _in_json(data: bytes, whole: str, entry: str, alone: str) -> bytes | None:
    document = parse_json(data)
    members = document.get(whole) if isinstance(document, dict) and len(document) == 1 else None
    entries = members.get(entry) if isinstance(members, dict) else None
    if not isinstance(entries, list) or len(entries) != 1:
        return None
    return dumped({alone: entries[0]})


def _in_xml(data: bytes, whole: str, entry: str, alone: str) -> bytes | None:
    root = parse_xml(data)
    if root.tag.rpartition("}")[2] != whole or [each.tag for each in root] != [entry]:
        return None
    if (root.text or "").strip() or (root[0].tail or "").strip():
        return None
    root[0].tag = root.tag.removesuffix(whole) + alone
    found: bytes = ElementTree.tostring(root[0], encoding="utf-8", xml_declaration=True)
    return found
