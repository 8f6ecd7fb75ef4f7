"""Targets that cannot be used are told before the first test, in one line."""

import socket
from contextlib import ExitStack
from dataclasses import replace

import pytest

from rcs_conformance.plugin.options import Handover, embedded_target
from rcs_conformance.target import Notifications, Secret, User
from tests.driver.raw_server import Connection, RawServer, Script, answer, saying
from tests.plugin.conftest import Run
from tests.plugin.servers import CANARY, raw, reference, target_at
from tests.plugin.suites import ONE

pytest_plugins = ["pytester"]

HTML = answer(b"<html>hello</html>", "Content-Type: text/html")
UNUSABLE: dict[str, tuple[Script, str]] = {
    "HTML": (saying(HTML), "not the Chat API: "),
    "no HTTP": (saying(b"hello\r\n"), "is the server running?"),
    "unauthorised": (saying(answer(status="401 Unauthorized")), "rejects its token"),
    "unknown user": (
        saying(answer(b"{}", "Content-Type: application/xml", status="404 Not Found")),
        "does not know the user (status 404",
    ),
    "terminal": (
        saying(answer(b"x", "Content-Type: \x1b]0;owned\x07")),
        "not the Chat API: ",
    ),
    "echo": (saying(f"Bearer {CANARY}\r\n".encode()), "BadStatusLine: Bearer ***"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_target_that_cannot_be_used(run: Run, servers: ExitStack, case: str) -> None:
    """Exit code 4 and one line that says what to look at; nothing acts on the terminal."""
    script, message = UNUSABLE[case]
    done = run(ONE, plugins=(Handover(target=target_at(raw(servers, script))),))
    assert done.code == 4
    assert message in done.text
    assert "Traceback" not in done.text
    assert "\x1b]" not in done.text
    assert "canary" not in done.text


WITHOUT_LIST = replace(
    embedded_target().ics,
    items=embedded_target().ics.items - {"REST-CHAT-SUBSCR-S-002-O"},
)


def test_target_that_lists_no_subscriptions(run: Run, servers: ExitStack) -> None:
    """Where the list is not claimed, its absence keeps nobody from testing."""
    server = servers.enter_context(reference())
    done = run(ONE, plugins=(Handover(target=target_at(server.root, ics=WITHOUT_LIST)),))
    assert done.tests["test_one"]["verdict"] == "pass"

    page = saying(answer(b"<html></html>", "Content-Type: text/html", status="405 No"))
    done = run(ONE, plugins=(Handover(target=target_at(raw(servers, page), ics=WITHOUT_LIST)),))
    assert done.code == 4
    assert "not the Chat API: " in done.text


def test_target_that_is_not_there(run: Run, servers: ExitStack) -> None:
    """A connection that is refused is told with the URL."""
    server = servers.enter_context(RawServer(saying(b"")))
    server.close()
    done = run(ONE, plugins=(Handover(target=target_at(server.root)),))
    assert done.code == 4
    assert f"server_root {server.root}" in done.text
    assert "refused" in done.text


def test_connection_that_is_lost_once(run: Run, servers: ExitStack) -> None:
    """The second response tells what is wrong."""

    def script(connection: Connection) -> None:
        connection.read()
        if connection.number:
            connection.say(answer(status="401 Unauthorized"))

    done = run(ONE, plugins=(Handover(target=target_at(raw(servers, script))),))
    assert done.code == 4
    assert "rejects its token" in done.text


def test_wrong_token_and_unknown_user(run: Run, servers: ExitStack) -> None:
    """The message names the user."""
    server = servers.enter_context(reference())
    target = target_at(server.root)
    first, *others = target.users
    for user, message in (
        (replace(first, token=Secret("wrong-token")), "rejects its token (status 401)"),
        (User(address="tel:+19", token=first.token), "does not know the user (status 40"),
    ):
        changed = replace(target, users=(user, *others))
        done = run(ONE, plugins=(Handover(target=changed),))
        assert done.code == 4
        assert f"user {user.address}: the target {message}" in done.text


def test_listener_that_cannot_be_had(run: Run) -> None:
    """A port in use, and one port for several workers."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        target = target_at("http://127.0.0.1:1", notifications=Notifications(listen_port=port))
        done = run(ONE, plugins=(Handover(target=target),))
        assert done.code == 4
        assert f"[notifications] listen = 127.0.0.1:{port}: Address already in use" in done.text
    done = run(ONE, "-n2", plugins=(Handover(target=target),))
    assert done.code == 4
    assert "several workers need a port each" in done.text
