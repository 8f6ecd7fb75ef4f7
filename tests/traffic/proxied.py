"""The test bed of the reference server with the recording proxy between clients and server."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from rcs_conformance.reference import ReferenceServer
from rcs_conformance.traffic.entries import Entry
from rcs_conformance.traffic.proxy import RecordingProxy
from tests.reference.testbed import Bed, Listener


class Kept:
    """Keeps what passes a proxy."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def __call__(self, entry: Entry) -> None:
        """Keep an entry."""
        self._entries.append(entry)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What has passed so far, in the order in which it began."""
        found = sorted(self._entries, key=lambda each: each.started)
        return tuple(replace(each, number=number) for number, each in enumerate(found, 1))


class ProxiedBed(Bed):
    """Users who know the proxy alone.

    Attributes:
        proxy: Before the server.
        kept: What has passed.
    """

    def __init__(self, server: ReferenceServer, proxy: RecordingProxy, kept: Kept) -> None:
        super().__init__(server, Listener())
        self.proxy = proxy
        self.kept = kept
        self._server_root = server.root

    def url(self, user: int, *segments: str) -> str:
        return super().url(user, *segments).replace(self._server_root, self.proxy.root)


@contextmanager
def proxied(**options: tuple[str, ...]) -> Iterator[ProxiedBed]:
    """A bed; the arguments are those of `ReferenceServer`."""
    server = ReferenceServer(**options)  # type: ignore[arg-type]
    kept = Kept()
    proxy = RecordingProxy(server.root, kept)
    with ProxiedBed(server, proxy, kept) as bed:
        yield bed
    proxy.close()


def conversation(bed: ProxiedBed) -> str:
    """Two users talk in a group; its URL as the first one sees it."""
    bed.subscribe(0, 1)
    bed.subscribe(2, fmt="XML")
    chat = bed.start(1, 2, subject="Talk")
    own = bed.accept(1)
    bed.send(0, chat, "one")
    bed.send(1, own, "two")
    bed.listener.wait_for(0, "chatMessageNotification")
    bed.listener.wait_for(1, "chatMessageNotification")
    assert bed.server.quiesce()  # then the proxy has kept what it passed on
    return chat
