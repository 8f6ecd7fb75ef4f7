"""A target file with proposed ICS claims, commented line by line."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rcs_conformance.catalogue import Catalogue
from rcs_conformance.probes.proposal import Proposal, Reasons
from rcs_conformance.probes.records import Finding

_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHeader:
    """The parts of a target file beside the claims.

    Attributes:
        url: The server root.
        binding: The name or path of the binding.
        users: Addresses, each with the reference to its token.
        formats: Names of the formats that the server responds in.
        when: Date of the file.
        first_message: Whether a session can be started with a message, and what shows it.
    """

    url: str
    binding: str
    users: Sequence[tuple[str, str]]
    formats: Sequence[str]
    when: str
    first_message: Finding | None = None


def target_file_text(head: FileHeader, proposal: Proposal, catalogue: Catalogue) -> str:
    """The text of the file.

    Args:
        head: How the target is reached.
        proposal: The claim.
        catalogue: Says what the items are.
    """
    lines = [
        f"# Written by `rcs-conformance init` on {head.when} from the target's responses.",
        "# The claims below are proposals: review each line, the vendor is responsible for them.",
        "",
        "[target]",
        f"name = {_text(head.url)}   # for reports",
        f"server_root = {_text(head.url)}",
        f"binding = {_text(head.binding)}",
    ]
    for address, token in head.users:
        lines += ["", "[[users]]", f"address = {_text(address)}", f"token = {_text(token)}"]
    lines += ["", "[notifications]", *_NOTIFICATIONS, "", "[ics]"]
    lines += [f"formats = {json.dumps(list(head.formats))}   # the target responds in these"]
    lines += _listed("features", proposal.features, catalogue)
    lines += _listed("items", proposal.items, catalogue)
    lines += _listed("not_supported", proposal.not_supported, catalogue)
    lines += _remarks(
        "Mandatory, but not supported as far as init can see", proposal.lacking, catalogue
    )
    lines += _remarks(
        "Unknown: add what the server supports to the lists above", proposal.open, catalogue
    )
    if head.first_message is not None:
        lines += ["", "[policy]", _first_message(head.first_message)]
    return "\n".join([*lines, "", *_TRIGGERS, ""])


def _first_message(found: Finding) -> str:
    """The line about messages at the start of a session, which a server may reject."""
    line = '# first_message_at_start = "taken"   # absent: a server may reject one (403 POL1012)'
    return f"{line}; {_plain(found.why)}"


_NOTIFICATIONS = (
    'mode = "callback"        # the server POSTs to the suite\'s listener',
    'listen = "127.0.0.1:0"   # HOST:PORT that the listener binds; port 0: any free port',
    'public_url = ""          # the URL for the server if it cannot reach `listen`',
)
_TRIGGERS = (
    "# Triggers make the server do what no API call can; without them some clauses stay untested:",
    "# [triggers.expire]     # also: expire_invitation, services, disable, pending, end",
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
    return _plain(f"{item.function}; {why}" if item else why)


def _plain(text: str) -> str:
    shown = "".join(one if one.isprintable() and one.isascii() else "?" for one in text)
    return shown[:_LONGEST]


def _text(value: str) -> str:
    """A TOML string."""
    return json.dumps(value)
