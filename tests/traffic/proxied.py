"""The test bed of the reference server with the recording proxy between clients and server."""

from collections.abc import Iterator
from contextlib import contextmanager

from rcs_conformance.reference import ReferenceServer
from rcs_conformance.traffic.proxy import RecordingProxy
from tests.reference.testbed import Bed, Listener


class ProxiedBed(Bed):
    """Users who know the proxy alone.

    Attributes:
        proxy: Before the server.
    """

    def __init__(self, server: ReferenceServer, proxy: RecordingProxy) -> None:
        super().__init__(server, Listener())
        self.proxy = proxy
        self._server_root = server.root

    def url(self, user: int, *segments: str) -> str:
        return super().url(user, *segments).replace(self._server_root, self.proxy.root)


@contextmanager
def proxied(**options: tuple[str, ...]) -> Iterator[ProxiedBed]:
    """A bed; the arguments are those of `ReferenceServer`."""
    server = ReferenceServer(**options)  # type: ignore[arg-type]
    proxy = RecordingProxy(server.root)
    with ProxiedBed(server, proxy) as bed:
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
