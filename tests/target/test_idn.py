"""Servers with names of letters beyond ASCII."""

import socket

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.driver import Actor
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.formats import Format
from rcs_conformance.reference import DEFAULT_ACCOUNTS, ReferenceServer
from rcs_conformance.target import inline_target
from rcs_conformance.target.forms import ascii_url, url_fault


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ("http://b\u00fccher.example/api", "http://xn--bcher-kva.example/api"),
        ("https://B\u00dcCHER.example:8443/", "https://xn--bcher-kva.example:8443/"),
        ("http://host.example/", "http://host.example/"),
    ],
)
def test_host_is_as_dns_has_it(given: str, right: str) -> None:
    """And nothing else of the URL changes."""
    assert (ascii_url(given), url_fault(given)) == (right, "")


@pytest.mark.parametrize("wrong", ["http://host/\u00fc", "http://" + 64 * "\u00fc" + ".example/"])
def test_other_letters_are_refused(wrong: str) -> None:
    """In the path, or in a host that DNS cannot have."""
    assert "must be an http or https URL" in url_fault(wrong)


def test_server_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name that is looked up, and the Host header, are those of DNS."""
    found = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *rest, **named: found(
            "127.0.0.1" if host == "xn--bcher-kva.example" else host, *rest, **named
        ),
    )
    with ReferenceServer(DEFAULT_ACCOUNTS) as server:
        port = server.root.rpartition(":")[2]
        users = [f"{each.address}={each.token}" for each in DEFAULT_ACCOUNTS]
        target = inline_target(f"http://b\u00fccher.example:{port}", users)
        actor = Actor(target, target.users[0], load_binding("oma-v1"), EvidenceLog())
        exchange = actor.send("GET", "subscriptions", fmt=Format.JSON)
        actor.close()
    assert exchange.answer.status == 200
