"""Triggers are pulled as the target file says; what fails is told without what it holds."""

import pytest

from rcs_conformance.driver import run_trigger_command, send_trigger_request
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.target import CommandTrigger, HttpTrigger, Target
from tests.driver.conftest import Serve
from tests.driver.raw_server import Connection, answer, dripping, saying

SECRET = "key-7f3a9c"  # noqa: S105 - a canary


TARGET = Target(name="own", server_root="http://127.0.0.1:1", users=())


def test_request_is_sent_as_told(serve: Serve) -> None:
    """Method, path and body are the trigger's; a body is JSON."""
    server = serve(saying(answer(status="204 No Content")))
    send_trigger_request(
        HttpTrigger(method="POST", url=f"{server.root}/a%20b?c", body='{"é": 1}'), TARGET
    )
    send_trigger_request(HttpTrigger(method="DELETE", url=f"{server.root}/d"), TARGET)
    first, second = server.requests
    assert first.startswith(b"POST /a%20b?c HTTP/1.1\r\n")
    assert b"Content-Type: application/json\r\n" in first
    assert first.endswith('\r\n\r\n{"é": 1}'.encode())
    assert second.startswith(b"DELETE /d ")
    assert b"content-type" not in second.lower()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (answer(status="500 Oops"), "response status 500"),
        (answer(b"", "Location: /there", status="302 Found"), None),
        (b"no HTTP\r\n", "no response: BadStatusLine"),
        (b"", "no response"),
    ],
)
def test_request_that_fails(serve: Serve, data: bytes, reason: str | None) -> None:
    """An error status or no answer is inconclusive; a redirection is not followed."""

    def script(connection: Connection) -> None:
        connection.read()
        connection.say(data)

    server = serve(script)
    trigger = HttpTrigger(method="POST", url=f"{server.root}/{SECRET}")
    if reason is None:
        send_trigger_request(trigger, TARGET)
    else:
        with pytest.raises(Inconclusive, match=reason) as caught:
            send_trigger_request(trigger, TARGET)
        assert caught.value.cause is Cause.CONFIGURATION
        assert SECRET not in str(caught.value)
    assert len(server.requests) == 1


def test_request_to_nobody(serve: Serve) -> None:
    """Without a server the reason names the kind of error, and no URL."""
    server = serve(dripping(b"", b""))
    server.close()
    with pytest.raises(Inconclusive, match="no response: ConnectionRefusedError"):
        send_trigger_request(HttpTrigger(method="POST", url=f"{server.root}/{SECRET}"), TARGET)


def test_command_runs_with_its_environment() -> None:
    """A command that succeeds says nothing; what it is told stands in its environment."""
    told = CommandTrigger(command='test "$sessionId" = "a;b"', environment={"sessionId": "a;b"})
    run_trigger_command(told, 5)


@pytest.mark.parametrize(
    ("command", "seconds", "reason"),
    [
        (f"echo {SECRET} >&2; exit 3", 5, "exit code 3"),
        ("kill -9 $$", 5, "exit code -9"),
        (f"{SECRET}-is-no-command", 5, "exit code 127"),
        ("cat; exec tail -f /dev/null", 0.05, "could not be run: TimeoutExpired"),
    ],
)
def test_command_that_fails(command: str, seconds: float, reason: str) -> None:
    """An exit code or no end is inconclusive; what it printed is not shown."""
    with pytest.raises(Inconclusive, match=reason) as caught:
        run_trigger_command(CommandTrigger(command=command), seconds)
    assert caught.value.cause is Cause.CONFIGURATION
    assert SECRET not in str(caught.value)
