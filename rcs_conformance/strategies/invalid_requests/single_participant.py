"""Invalid additions, for dialects that add participants one at a time.

The mutation is made in a list with one entry; the entry is then sent without the list.
"""

from collections.abc import Mapping
from xml.etree import ElementTree

from rcs_conformance.errors import WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.invalid_requests.editable_documents import dumped
from rcs_conformance.wire.guard import parse_json, parse_xml

_LIST, _ENTRY, _SINGLE = "participantList", "participant", "participantInformation"


def single_participant(data: bytes, fmt: Format, names: Mapping[str, str]) -> bytes:
    """The only participant of a list as a document of its own.

    Args:
        data: The mutated list.
        fmt: Its format.
        names: How the binding spells roots and members.

    Returns:
        The participant; the data as they are if they are no longer a list with one entry.
    """
    spelt = [names.get(name, name) for name in (_LIST, _ENTRY, _SINGLE)]
    try:
        found = _in_json(data, *spelt) if fmt is Format.JSON else _in_xml(data, *spelt)
    except WireError:
        return data
    return data if found is None else found


def _in_json(data: bytes, whole: str, entry: str, single: str) -> bytes | None:
    document = parse_json(data)
    members = document.get(whole) if isinstance(document, dict) and len(document) == 1 else None
    entries = members.get(entry) if isinstance(members, dict) else None
    if not isinstance(entries, list) or len(entries) != 1:
        return None
    return dumped({single: entries[0]})


def _in_xml(data: bytes, whole: str, entry: str, single: str) -> bytes | None:
    root = parse_xml(data)
    if root.tag.rpartition("}")[2] != whole or [each.tag for each in root] != [entry]:
        return None
    if (root.text or "").strip() or (root[0].tail or "").strip():
        return None
    root[0].tag = root.tag.removesuffix(whole) + single
    found: bytes = ElementTree.tostring(root[0], encoding="utf-8", xml_declaration=True)
    return found
