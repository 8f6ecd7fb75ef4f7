"""`run --wait`: waits until the server responds, before anything is tested."""

import time
from collections.abc import Callable
from threading import Event

import requests

from rcs_conformance.errors import ConfigurationError

PAUSE = 0.2
"""Seconds between two attempts."""

_ATTEMPT = 5.0
_NOT_UP = frozenset({502, 503, 504})
"""Statuses by which a gateway says that the server behind it is not up."""


def wait_for(root: str, seconds: float, pause: Callable[[float], object] | None = None) -> None:
    """Request a server root, without credentials, until there is a response from the server.

    Args:
        root: The server root.
        seconds: How long to wait.
        pause: Waits for so many seconds between two attempts.

    Raises:
        ConfigurationError: The server does not respond in that time.
    """
    pause = pause or Event().wait
    deadline = time.monotonic() + seconds
    while reason := _trouble(root, max(min(_ATTEMPT, deadline - time.monotonic()), PAUSE)):
        left = deadline - time.monotonic()
        if left <= 0:
            raise ConfigurationError(
                f"server_root {root}: {reason}, for {seconds:g} seconds (--wait); is the server"
                " running?"
            )
        pause(min(PAUSE, left))


def _trouble(root: str, timeout: float) -> str:
    """Why the server is not up; empty if it is: an error in TLS comes from a server."""
    with requests.Session() as session:
        session.trust_env = False
        try:
            with session.get(root, timeout=timeout, allow_redirects=False, stream=True) as response:
                status = response.status_code
        except requests.exceptions.SSLError:
            return ""
        except requests.exceptions.Timeout:
            return "no response"
        except requests.exceptions.RequestException:
            return "cannot connect"
    return f"status {status}" if status in _NOT_UP else ""
