"""`run --wait` waits until the server responds, and not longer than that."""

import socket
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from rcs_conformance.cli import main
from rcs_conformance.cli.waiting import wait_for
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.reference import ReferenceServer
from tests.driver.raw_server import Connection, RawServer

USERS = [word for number in range(3) for word in ("--user", f"tel:+1555010{number}=x")]


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def responding(*statuses: bytes) -> RawServer:
    """A server that responds with each status in turn, on a connection of its own."""
    left = list(statuses)

    def script(connection: Connection) -> None:
        if connection.read():
            status = left.pop(0)
            connection.say(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")

    return RawServer(script)


def test_server_comes_up() -> None:
    """A refused connection is tried again; the first response ends the wait."""
    port, attempts = free_port(), []
    with ExitStack() as opened:

        def pause(seconds: float) -> None:
            attempts.append(seconds)
            opened.enter_context(ReferenceServer(port=port))

        wait_for(f"http://127.0.0.1:{port}", 30, pause)
    assert len(attempts) == 1


def test_gateway_without_its_server_is_not_up() -> None:
    """503 is tried again; whatever the server itself responds is enough."""
    pauses: list[float] = []
    with responding(b"503 Not yet", b"404 Not found") as server:
        wait_for(server.root, 30, pauses.append)
    assert len(pauses) == 1


def test_error_in_tls_comes_from_a_server() -> None:
    """The run itself says what is wrong with it."""

    def plain(connection: Connection) -> None:
        connection.socket.recv(1)
        connection.say(b"HTTP/1.1 400 Bad request\r\n\r\n")

    with RawServer(plain) as server:
        wait_for(server.root.replace("http:", "https:"), 30, fail_to_pause)


def fail_to_pause(_seconds: float) -> None:
    """Takes the place of a pause that is not expected."""
    raise AssertionError("there was no server")


def test_server_that_stays_away() -> None:
    """One line names the server and how long it was waited for."""
    root = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(ConfigurationError, match=rf"{root}: cannot connect, for 0\.01 seconds"):
        wait_for(root, 0.01)


def test_server_that_keeps_silent(silent: str) -> None:
    """A response that does not come is not one."""
    with pytest.raises(ConfigurationError, match=r"no response, for 0\.01 seconds"):
        wait_for(silent, 0.01)


def test_run_waits_before_anything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With exit code 4 and the old report in its place."""

    def wait(root: str, seconds: float, _pause: Callable[[float], object] | None = None) -> None:
        raise ConfigurationError(f"{root} for {seconds:g}")

    monkeypatch.setattr("rcs_conformance.cli.run.wait_for", wait)
    words = ["run", "http://127.0.0.1:1", *USERS, "--wait", "30", "--out", str(tmp_path / "out")]
    assert main(words) == 4
    assert "http://127.0.0.1:1 for 30" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("word", ["0", "-1", "x", "1.5", "86401", "\u0663"])
def test_wrong_number_of_seconds(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One line says what would be right."""
    assert main(["run", f"--wait={word}"]) == 4
    assert "is not a number of seconds; give 1 to 86400" in capsys.readouterr().err
