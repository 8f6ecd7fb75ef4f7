"""TLS before a plain server: a front that secures connections, and a CA made for the test."""

import ssl
from contextlib import suppress
from pathlib import Path
from socket import IPPROTO_TCP, SHUT_RDWR, TCP_NODELAY, create_connection, create_server, socket
from threading import Event, Lock, Thread
from typing import Any, Self

import trustme

HOST = "127.0.0.1"
_PIECE = 65_536


class Authority:
    """A private CA and the files that it issues.

    Args:
        folder: Where the files go.
        name: Of the CA, for its files.
    """

    def __init__(self, folder: Path, name: str = "ca") -> None:
        self._authority = trustme.CA()
        self._folder = folder
        self.file = folder / f"{name}.pem"
        self._authority.cert_pem.write_to_path(str(self.file))

    def issued(self, name: str) -> tuple[Path, Path]:
        """The files of a certificate for a host or a client, and of its key."""
        leaf = self._authority.issue_cert(name)
        certificate, key = (self._folder / f"{name}.{part}.pem" for part in ("certificate", "key"))
        leaf.private_key_pem.write_to_path(str(key))
        certificate.write_bytes(b"".join(each.bytes() for each in leaf.cert_chain_pems))
        return certificate, key

    def context(self, host: str = HOST, *, asks: bool = False) -> ssl.SSLContext:
        """What a server is secured by.

        Args:
            host: Whom its certificate is for.
            asks: Whether it asks for a client certificate of this CA.
        """
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._authority.issue_cert(host).configure_cert(context)
        if asks:
            self._authority.configure_trust(context)
            context.verify_mode = ssl.CERT_REQUIRED
        return context


class TlsFront:
    """Takes TLS connections and passes what is said on to a plain server, until it is closed.

    Attributes:
        root: The https URL.
        handshakes: How many connections were secured.
        clients: The names in the client certificates that were shown.
        rejected: Set when a connection was closed because it could not be secured.
    """

    def __init__(self, port: int, context: ssl.SSLContext) -> None:
        self._port = port
        self._context = context
        self._listening = create_server((HOST, 0))
        self.root = f"https://{HOST}:{self._listening.getsockname()[1]}"
        self.handshakes = 0
        self.clients: list[str] = []
        self.rejected = Event()
        self._lock = Lock()
        self._open: list[socket] = []
        self._threads = [Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        """End all connections."""
        with suppress(OSError):
            self._listening.shutdown(SHUT_RDWR)
        self._threads[0].join()
        self._listening.close()
        with self._lock:
            for each in self._open:
                with suppress(OSError):
                    each.shutdown(SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                with self._lock:
                    self._open.append(connection)
                thread = Thread(target=self._serve, args=(connection,))
                thread.start()
                self._threads.append(thread)

    def _serve(self, connection: socket) -> None:
        try:
            secured = self._context.wrap_socket(connection, server_side=True)
        except OSError:
            connection.close()
            self.rejected.set()
            return
        with connection, suppress(OSError), secured, create_connection((HOST, self._port)) as plain:
            for each in (secured, plain):
                each.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
            self._note(secured)
            with self._lock:
                self._open += [secured, plain]
            back = Thread(target=_pass, args=(plain, secured))
            back.start()
            _pass(secured, plain)
            back.join()

    def _note(self, secured: ssl.SSLSocket) -> None:
        self.handshakes += 1
        shown: dict[str, Any] = secured.getpeercert() or {}
        self.clients += [str(name) for _, name in shown.get("subjectAltName", ())]


def _pass(source: socket, sink: socket) -> None:
    """Hand everything on; the end of one direction is the end of both."""
    with suppress(OSError):
        while piece := source.recv(_PIECE):
            sink.sendall(piece)
    for each in (source, sink):
        with suppress(OSError):
            each.shutdown(SHUT_RDWR)
