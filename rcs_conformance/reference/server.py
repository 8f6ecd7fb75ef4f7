"""The reference server on a real socket."""

import logging
import socket
import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self

from waitress import wasyncore
from waitress.server import create_server

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.reference.application import Application, assemble
from rcs_conformance.reference.delivery import Dispatcher
from rcs_conformance.reference.faults import FAULTS
from rcs_conformance.reference.registry import chosen, combined
from rcs_conformance.reference.state import Account
from rcs_conformance.reference.variations import VARIATIONS

DEFAULT_ACCOUNTS = tuple(
    Account(address=f"tel:+1555010{number}", token=f"token-{number}") for number in range(4)
)
"""The users of a server that is given none."""

_THREADS = 12
_HARD_BODY_LIMIT = 8 << 20
"""Beyond this many bytes waitress refuses a body itself."""
_ONE_PIECE = 1 << 18
"""Bytes of an answer that leave in a single send."""


class ReferenceServer:
    """A server of the Chat API that conforms, but for the deviations asked for.

    It runs from its construction until `close`, or for the length of a `with` block.

    Args:
        accounts: The users.
        host: Where it listens.
        port: 0 takes a free one.
        faults: Names of `FAULTS`.
        variations: Names of `VARIATIONS`.
        latency_ms: Milliseconds that each answer takes longer than it needs.
        seed: Of all that is left to chance.

    Attributes:
        root: The server root, such as `http://127.0.0.1:8080`.

    Raises:
        ConfigurationError: A deviation is unknown, or the address cannot be listened on.
    """

    def __init__(
        self,
        accounts: Iterable[Account] = DEFAULT_ACCOUNTS,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        faults: Iterable[str] = (),
        variations: Iterable[str] = (),
        latency_ms: float = 0,
        seed: int = 0,
    ) -> None:
        deviations = [
            *chosen("fault", faults, FAULTS),
            *chosen("variation", variations, VARIATIONS),
        ]
        self.rules = combined(deviations, seed)
        self._dispatcher = Dispatcher(self.rules)
        self._application = assemble(
            accounts, self.rules, self._dispatcher, latency=latency_ms / 1000
        )
        self._http = _Http(self._application, host, port)
        name = f"[{host}]" if ":" in host else host
        self.root = f"http://{name}:{self._http.port}"

    def quiesce(self, timeout: float = 5.0) -> bool:
        """Wait until every notification is delivered or given up; `False` after `timeout` s."""
        return self._dispatcher.quiesce(timeout)

    def wait(self) -> None:
        """Block until the server is closed."""
        self._application.closing.wait()

    def close(self) -> None:
        """Stop serving; notifications that wait are dropped. A second call does nothing."""
        self._application.closing.set()
        self._http.close()
        self._dispatcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Http:
    """waitress in threads of its own, with an end: its `run` goes on while a connection is open."""

    def __init__(self, application: Application, host: str, port: int) -> None:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            listener = socket.create_server((host, port), family=family, backlog=256)
        except OSError as error:
            raise ConfigurationError(f"cannot listen on {host}:{port}: {error}") from error
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self.port: int = listener.getsockname()[1]
        self._sockets: dict[int, Any] = {}
        options: dict[str, Any] = {
            "sockets": [listener],
            "threads": _THREADS,
            "ident": None,
            "max_request_body_size": _HARD_BODY_LIMIT,
            "clear_untrusted_proxy_headers": False,
        }
        self._server: Any = create_server(application, map=self._sockets, **options)
        # As an option it is deprecated; left at 1, header and body are sent apart.
        self._server.adj.send_bytes = _ONE_PIECE
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reference-server", daemon=True)
        self._thread.start()

    def close(self) -> None:
        if self._stop.is_set():
            return
        self._stop.set()
        self._server.pull_trigger()
        self._thread.join()
        self._server.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._sockets)

    def _run(self) -> None:
        while not self._stop.is_set():
            wasyncore.loop(timeout=1.0, use_poll=True, map=self._sockets, count=1)


def serve(
    announce: Callable[[str], None],
    accounts: Iterable[Account] = DEFAULT_ACCOUNTS,
    *,
    host: str = "127.0.0.1",
    port: int = 8080,
    faults: Iterable[str] = (),
    variations: Iterable[str] = (),
    latency_ms: float = 0,
    seed: int = 0,
) -> None:
    """Run a server until it is interrupted.

    Args:
        announce: Called once with the server root, when it listens.
        accounts: As of `ReferenceServer`, like all that follow.
        host: See there.
        port: See there.
        faults: See there.
        variations: See there.
        latency_ms: See there.
        seed: See there.
    """
    with ReferenceServer(
        accounts,
        host=host,
        port=port,
        faults=faults,
        variations=variations,
        latency_ms=latency_ms,
        seed=seed,
    ) as server:
        announce(server.root)
        try:
            server.wait()
        except KeyboardInterrupt:
            return
