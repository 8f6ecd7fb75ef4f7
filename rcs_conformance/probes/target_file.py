"""A target file with a proposed claim, commented line by line."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rcs_conformance.catalogue import Catalogue
from rcs_conformance.probes.proposal import Proposal, Reasons

_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHeader:
    """What a target file says beside the claim.

    Attributes:
        url: The server root.
        binding: How the server spells things.
        users: Addresses, each with what the file names its token by.
        formats: Names of the representations that were answered.
        when: Date of the file.
    """

    url: str
    binding: str
    users: Sequence[tuple[str, str]]
    formats: Sequence[str]
    when: str


def target_file_text(head: FileHeader, proposal: Proposal, catalogue: Catalogue) -> str:
    """The text of the file.

    Args:
        head: How the target is reached.
        proposal: The claim.
        catalogue: Says what the items are.
    """
    lines = [
        f"# Written by `rcs-conformance init` on {head.when} from what the target answered.",
        "# The claim below is a proposal: review each line, for the vendor answers for it.",
        "",
        "[target]",
        f"name = {_text(head.url)}   # for reports",
        f"server_root = {_text(head.url)}",
        f"binding = {_text(head.binding)}",
    ]
    for address, token in head.users:
        lines += ["", "[[users]]", f"address = {_text(address)}", f"token = {_text(token)}"]
    lines += ["", "[notifications]", *_NOTIFICATIONS, "", "[ics]"]
    lines += [f"formats = {json.dumps(list(head.formats))}   # answered in these"]
    lines += _listed("features", proposal.features, catalogue)
    lines += _listed("items", proposal.items, catalogue)
    lines += _listed("not_supported", proposal.not_supported, catalogue)
    lines += _remarks("Mandatory, and not served as far as was seen", proposal.lacking, catalogue)
    lines += _remarks(
        "Not seen; add to the lists above what is supported", proposal.open, catalogue
    )
    return "\n".join([*lines, "", *_TRIGGERS, ""])


_NOTIFICATIONS = (
    'mode = "callback"        # the server POSTs to the suite\'s listener',
    'listen = "127.0.0.1:0"   # HOST:PORT that the listener binds; port 0: any that is free',
    'public_url = ""          # what the server is given where it cannot reach `listen`',
)
_TRIGGERS = (
    "# How the server is made to do what no API call asks for, or clauses stay untested:",
    "# [triggers.expire]     # also: services, disable, pending, end",
    '# command = "expire-session {sessionId}"',
)


def _listed(key: str, names: Reasons, catalogue: Catalogue) -> Iterable[str]:
    """A list of names, each with what it is and why it is there."""
    if not names:
        return [f"{key} = []"]
    entries = (
        f"    {_text(name)},   # {_note(name, why, catalogue)}" for name, why in names.items()
    )
    return [f"{key} = [", *entries, "]"]


def _remarks(title: str, names: Reasons, catalogue: Catalogue) -> Iterable[str]:
    if not names:
        return []
    return [
        f"# {title}:",
        *(f"#   {name}   # {_note(name, why, catalogue)}" for name, why in names.items()),
    ]


def _note(name: str, why: str, catalogue: Catalogue) -> str:
    """What a name stands for, and why; in one line that is a comment whatever the target sent."""
    item = catalogue.items.get(name)
    text = f"{item.function}; {why}" if item else why
    shown = "".join(one if one.isprintable() and one.isascii() else "?" for one in text)
    return shown[:_LONGEST]


def _text(value: str) -> str:
    """A TOML string."""
    return json.dumps(value)
