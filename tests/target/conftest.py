"""A target file that uses everything, and a way to change it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rcs_conformance.target import Target, load_target

CANARY = "s3cr3t-canary"

ENVIRONMENT = {"TOKEN_0": CANARY, "TOKEN_BAD": f"{CANARY} {CANARY}", "TOKEN_EMPTY": ""}

FULL = f"""\
[target]
name = "Acme"
server_root = "https://rcs.acme.example/api"
api_version = "v1"
binding = "oma-v1"

[[users]]
address = "tel:+15550100"
token = "env:TOKEN_0"
sip = "sip:alice@acme.example"
contact = "contact-17"

[[users]]
address = "sip:bob@acme.example"
token = "file:bob.token"

[[users]]
address = "tel:15550102"
token = "{CANARY}"

[notifications]
mode = "callback"
listen = "[::1]:8080"
public_url = "http://suite.example:8080/in"
timeout = 2

[ics]
features = ["form", "gc_services"]
items = ["REST-CHAT-GRP-S-001-O"]
formats = ["json"]

[policy]
services = ["ft"]
originator_leave = "ends"
add_to_closed = "refused"
long_lived_rejoin = "allowed"

[limits]
requests_per_second = 12.5
examples = 7
max_body_bytes = 1000
deadline = 3

[triggers.services]
request = "POST {{serverRoot}}/control/services"
body = '{{"groupChatId": "{{groupChatId}}", "services": {{services}}}}'

[triggers.expire]
command = "expire --session {{sessionId}}"

[triggers.end]
prompt = "End {{sessionId}}"
"""

Load = Callable[[str], Target]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the target file is written, beside the token file that it names."""
    (tmp_path / "bob.token").write_text(f"  {CANARY}\n", encoding="utf-8")
    (tmp_path / "latin.token").write_bytes(b"\xe9")
    return tmp_path / "acme.toml"


@pytest.fixture
def load(path: Path) -> Load:
    """Loads a target file from its text."""

    def loaded(text: str) -> Target:
        path.write_text(text, encoding="utf-8")
        return load_target(
            path,
            known_features=frozenset({"adhoc", "form", "gc_services"}),
            known_items=frozenset({"REST-CHAT-GRP-S-001-O"}),
            environment=ENVIRONMENT,
        )

    return loaded


@pytest.fixture
def full(load: Load) -> Target:
    """The target of the file that uses everything."""
    return load(FULL)
