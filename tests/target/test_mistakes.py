"""How each mistake in a target file is refused."""

from pathlib import Path

import pytest

from rcs_conformance.errors import ConfigurationError

from .conftest import CANARY, FULL, Load

HEAD = FULL[: FULL.index("[[users]]")]
ROOT = '"https://rcs.acme.example/api"'
USER = 'address = "tel:+15550100"\n'
BOB = '"file:bob.token"'
REQUEST = '"POST {serverRoot}/control/services"'

MISTAKES = {
    "section": ("[limits]", "[limit]", 38, "limit: ", "did you mean limits?"),
    "tables": ("[[users]]", "[[user]]", 7, "user: ", "did you mean users?"),
    "key": ("deadline =", "deadlin =", 42, "limits.deadlin: ", "did you mean deadline?"),
    "other table": ("deadline =", "timeout =", 42, "limits.timeout: ", "to [notifications]"),
    "strange key": ("deadline =", "x =", 42, "limits.x: ", "known are deadline, examples"),
    "no name": ('name = "Acme"', "", 1, "target.name: ", "missing: this key is required"),
    "empty name": ('"Acme"', '" "', 2, "target.name: ", "must not be empty"),
    "no string": ('"Acme"', "5", 2, "target.name: ", "string in quotes, not 5"),
    "scheme": (ROOT, '"ftp://h"', 3, "target.server_root: ", "such as https://host/api, not"),
    "no host": (ROOT, '"http:///api"', 3, "target.server_root: ", "such as https://host/api"),
    "port": (ROOT, '"http://h:99999"', 3, "target.server_root: ", "such as https://host/api"),
    "bracket": (ROOT, '"http://[::1"', 3, "target.server_root: ", "such as https://host/api"),
    "space": (ROOT, '"http://h/a b"', 3, "target.server_root: ", "such as https://host/api"),
    "query": (ROOT, '"http://h/?a=b"', 3, "target.server_root: ", "without query and fragment"),
    "fragment": (ROOT, '"http://h/#a"', 3, "target.server_root: ", "without query and fragment"),
    "user": (ROOT, '"http://a:b@h"', 3, "target.server_root: ", "without user information"),
    "version": ('"v1"', '"v/1"', 4, "target.api_version: ", "such as v1"),
    "address": ("tel:+15550100", "tel:alice", 8, "users[0].address: ", "such as tel:+15550100"),
    "spaces": ("tel:+15550100", "+1 555 0100", 8, "users[0].address: ", "such as tel:+15550100"),
    "alias": (USER, f'{USER}aliases = ["tel: 1"]\n', 9, "users[0].aliases[0]: ", "an address"),
    "one alias": (USER, f'{USER}aliases = ["tel:+15550100"]\n', 9, "users[0].aliases[0]: ", "once"),
    "id": (USER, f'{USER}id = "a/b"\n', 9, "users[0].id: ", "what stands for the user in URLs"),
    "same id": (USER, f'{USER}id = "tel:15550102"\n', 19, "users[2].address: ", "in URLs"),
    "same user": ("tel:15550102", "tel:+15550100", 18, "users[2].address: ", "another user has"),
    "no address": (USER, "", 7, "users[0].address: ", "this key is required"),
    "sip": ("sip:alice", "alice", 10, "users[0].sip: ", "such as sip:alice@example.com"),
    "contact": ("contact-17", "", 11, "users[0].contact: ", "must not be empty"),
    "token": (f'"{CANARY}"', "5", 19, "users[2].token: ", "must be a string in quotes"),
    "token text": (f'"{CANARY}"', f'"{CANARY}\\n"', 19, "users[2].token: ", "visible ASCII"),
    "no variable": ("TOKEN_0", "TOKEN_9", 9, "users[0].token: ", "'TOKEN_9' is not set: export"),
    "variable": ("TOKEN_0", "TOKEN_BAD", 9, "users[0].token: ", "TOKEN_BAD must be visible"),
    "empty": ("TOKEN_0", "TOKEN_EMPTY", 9, "users[0].token: ", "at least one"),
    "no file": (BOB, '"file:none"', 15, "users[1].token: ", "name a readable file"),
    "file": (BOB, '"file:latin.token"', 15, "users[1].token: ", "must be text in UTF-8"),
    "mode": ('"callback"', '"push"', 22, "notifications.mode: ", "one of callback, long-poll"),
    "listen": ("[::1]:8080", "8080", 23, "notifications.listen: ", "HOST:PORT such as"),
    "high port": ("[::1]:8080", "h:65536", 23, "notifications.listen: ", "HOST:PORT such as"),
    "public": ("http://suite", "suite", 24, "notifications.public_url: ", "http or https URL"),
    "timeout": ("timeout = 2", "timeout = 0", 25, "notifications.timeout: ", "above 0, not 0"),
    "no end": ("timeout = 2", "timeout = inf", 25, "notifications.timeout: ", "above 0, not inf"),
    "true": ("timeout = 2", "timeout = true", 25, "notifications.timeout: ", "a number above 0"),
    "feature": ('"form"', '"forms"', 28, "ics.features[0]: ", "'forms'; did you mean form?"),
    "item": ("S-001-O", "S-01-O", 29, "ics.items[0]: ", "did you mean REST-CHAT-GRP-S-001-O?"),
    "same": (
        '"form", "gc_services"',
        '"form", "form"',
        28,
        "ics.features[1]: ",
        "twice: remove one",
    ),
    "format": ('["json"]', '["yaml"]', 30, "ics.formats[0]: ", "one of xml, json"),
    "no format": ('["json"]', "[]", 30, "ics.formats: ", "must not be empty"),
    "no list": ('["ft"]', '"ft"', 33, "policy.services: ", "a list such as"),
    "leave": ('"ends"', '"end"', 34, "policy.originator_leave: ", "one of ends, goes_on"),
    "add": (
        '"refused"',
        "false",
        35,
        "policy.add_to_closed: ",
        "refused, not false",
    ),
    "rejoin": ('"allowed"', '"yes"', 36, "policy.long_lived_rejoin: ", "one of allowed, refused"),
    "examples": ("examples = 7", "examples = 0", 40, "limits.examples: ", "whole number above 0"),
    "rate": ("12.5", "-1", 39, "limits.requests_per_second: ", "a number above 0"),
    "no table": ("[limits]", "[limits.deadline]", 38, "limits.deadline: ", "a number above 0"),
    "trigger": ("[triggers.end]", "[triggers.ends]", 51, "triggers.ends: ", "mean end?"),
    "request": (REQUEST, '"POST /end"', 45, "triggers.services.request: ", "METHOD URL such as"),
    "method": (REQUEST, '"TRACE http://h"', 45, "triggers.services.request: ", "METHOD URL"),
    "holder": ("{groupChatId}", "{groupId}", 46, "triggers.services.body: ", "mean groupChatId?"),
    "quoted": (
        "{sessionId}",
        "'{sessionId}'",
        49,
        "triggers.expire.command: ",
        "no quotes",
    ),
    "two": ("prompt =", 'command = "x"\nprompt =', 51, "triggers.end: ", "exactly one of"),
    "none": ('prompt = "End {sessionId}"', "", 51, "triggers.end: ", "exactly one of request"),
    "body": ("prompt =", 'body = ""\nprompt =', 52, "triggers.end.body: ", "give a request"),
    "no prompt": ('"End {sessionId}"', '""', 52, "triggers.end.prompt: ", "must not be empty"),
}


@pytest.mark.parametrize(("old", "new", "line", "place", "right"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_refused_with_line_and_right_form(
    load: Load, path: Path, old: str, new: str, line: int, place: str, right: str
) -> None:
    """One line that names file, line and key, says what would be right, and tells no secret."""
    assert old in FULL
    with pytest.raises(ConfigurationError) as caught:
        load(FULL.replace(old, new, 1))
    message = str(caught.value)
    assert message.startswith(f"{path}:{line}: {place}")
    assert right in message
    assert "\n" not in message
    assert CANARY not in message


def test_secret_is_in_no_exception_of_the_chain(load: Load) -> None:
    """Neither the cause nor the context of a refused token tells it."""
    with pytest.raises(ConfigurationError) as caught:
        load(FULL.replace("TOKEN_0", "TOKEN_BAD"))
    seen: BaseException | None = caught.value
    while seen is not None:
        assert CANARY not in repr(seen)
        seen = seen.__cause__ or seen.__context__


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD, ":1: users: missing: this key is required"),
        (HEAD + '[[users]]\naddress = "tel:+1"', ":7: users: must be 3 at least, not 1"),
        ("users = []\n" + HEAD, ":1: users: must be 3 at least, not 0"),
        ("users = 5\n" + HEAD, r":1: users: must be tables in \[\[ \]\], not a single value"),
        ("target = 5\nusers = []", r":1: target: must be a table in \[ \], not a single value"),
        ('target = { name = "x" }\nusers = []', ":1: target.server_root: missing"),
        ("[target", r":1: invalid TOML: Expected '\]' at the end of a table declaration"),
        (
            "[target]\nname = 1\nname = 2",
            ":3: invalid TOML: this key or table is in the file twice",
        ),
        ("", ":1: target: missing: this key is required"),
    ],
)
def test_incomplete_file_is_refused(load: Load, text: str, message: str) -> None:
    """The line is told where there is one."""
    with pytest.raises(ConfigurationError, match=f"acme.toml{message}"):
        load(text)
