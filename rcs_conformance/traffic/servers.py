"""Traffic with several servers, such as the record of a run in which each process has its own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from rcs_conformance.binding import Binding
from rcs_conformance.traffic.attributed import Attributed
from rcs_conformance.traffic.attribution import FOREIGN, attributed, roots
from rcs_conformance.traffic.entries import Entry


def by_server(
    entries: Sequence[Entry],
    binding: Binding,
    *,
    server_root: str = "",
    addresses: Mapping[str, str] | None = None,
    aliases: Mapping[str, str] | None = None,
) -> tuple[Attributed, ...]:
    """The traffic of each server by itself; one with most requests comes first.

    Users and chats of one server say nothing of those of another. A notification belongs to the
    server that has its subscription, or to the first.

    Args:
        entries: Of the traffic, without secrets.
        binding: By which it is read.
        server_root: Of the target, which is the only server then.
        addresses: Of users, by their ids in URLs.
        aliases: Addresses that stand for another one (`Target.aliases`).
    """
    found = [server_root] if server_root else _distinct(roots(entries, binding))
    hosts = {urlsplit(root).netloc: root for root in found}
    parts = [
        attributed(
            [each for each in entries if len(found) <= 1 or _is_of(each, root, hosts)],
            binding,
            server_root=root,
            addresses=addresses,
            aliases=aliases,
        )
        for root in found or [""]
    ]
    return tuple(_own(parts, place) for place in range(len(parts)))


def _distinct(found: Sequence[str]) -> Sequence[str]:
    """The first root of each host."""
    return [*{urlsplit(root).netloc: root for root in reversed(found)}.values()][::-1]


def _is_of(entry: Entry, root: str, hosts: Mapping[str, str]) -> bool:
    """Whether an entry may be of a server: it is with no other one."""
    return entry.inbound or hosts.get(urlsplit(entry.url).netloc, root) == root


def _own(parts: Sequence[Attributed], place: int) -> Attributed:
    """The traffic of one of several servers without the notifications of the others."""
    others = {
        told.notification.number
        for other, each in enumerate(parts)
        for told in each.told
        if other != place and told.subscription is not None
    }
    told = [
        each
        for each in parts[place].told
        if each.subscription is not None or (place == 0 and each.notification.number not in others)
    ]
    left_out = {
        reason: count
        for reason, count in parts[place].left_out.items()
        if place == 0 or not reason.startswith(FOREIGN)
    }
    placed = tuple(replace(each, place=new) for new, each in enumerate(told))
    return replace(parts[place], told=placed, left_out=Counter(left_out))
