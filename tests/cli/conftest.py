"""Servers for the commands: the reference server, and such as speak no Chat API at all."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from rcs_conformance.reference import DEFAULT_ACCOUNTS, ReferenceServer
from tests.driver.raw_server import Connection, RawServer

PAGE = b"<html><body>Welcome to our site</body></html>"
TokensOf = Callable[[int], str]


def tokens(number: int) -> str:
    """The token of a default account."""
    return DEFAULT_ACCOUNTS[number].token


def target_text(
    root: str, *more: str, users: Sequence[tuple[str, str]] | None = None, claims: str = ""
) -> str:
    """A target file for the default accounts of the reference server."""
    named = users or [(each.address, each.token) for each in DEFAULT_ACCOUNTS]
    lines = ["[target]", 'name = "Acme"', f'server_root = "{root}"']
    for address, token in named:
        lines += ["[[users]]", f'address = "{address}"', f'token = "{token}"']
    lines += ["[ics]", claims or 'items = ["REST-CHAT-1-1-SESS-S-001-O"]', *more]
    return "\n".join(lines)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes a target file, and gives its path."""

    def written(*words: str, **named: object) -> Path:
        path = tmp_path / "acme.toml"
        path.write_text(target_text(*words, **named), encoding="utf-8")  # type: ignore[arg-type]
        return path

    return written


@pytest.fixture
def serving() -> Iterator[Callable[..., str]]:
    """Starts reference servers with faults, and gives their roots."""
    with ExitStack() as opened:
        yield (
            lambda *faults: (
                opened.enter_context(ReferenceServer(DEFAULT_ACCOUNTS, faults=faults)).root
            )
        )


@pytest.fixture
def page() -> Iterator[str]:
    """The root of a web site, which answers everything with a page."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE)

    def script(connection: Connection) -> None:
        while connection.read():
            connection.say(head + PAGE)

    with RawServer(script) as server:
        yield server.root


@pytest.fixture
def silent() -> Iterator[str]:
    """The root of a server that takes requests and never answers."""

    def script(connection: Connection) -> None:
        connection.read()
        connection.over.wait(30)

    with RawServer(script) as server:
        yield server.root
