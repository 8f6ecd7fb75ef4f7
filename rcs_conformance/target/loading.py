"""Reads and validates target files (design, section 4)."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from rcs_conformance.model.formats import Format
from rcs_conformance.target.credentials import USER_KEYS, Auth, tls_of
from rcs_conformance.target.forms import address_fault, listen_address, sip_fault, url_fault
from rcs_conformance.target.reading import Section, read, suggestion
from rcs_conformance.target.records import (
    PERMISSIONS,
    Ics,
    Limits,
    NotificationMode,
    Notifications,
    OriginatorLeave,
    Permission,
    Policy,
    Target,
    User,
)
from rcs_conformance.target.secret import Surroundings
from rcs_conformance.target.triggers import (
    PLACEHOLDER,
    PLACEHOLDERS,
    TRIGGERS,
    CommandTrigger,
    HttpTrigger,
    PromptTrigger,
    Trigger,
)

FEWEST_USERS = 3
"""A group chat needs an originator and two invited users."""

_SECTIONS = (
    *("target", "users", "auth", "tls"),
    *("notifications", "ics", "policy", "limits", "triggers"),
)
_VERSION = re.compile(r"[A-Za-z0-9._~-]*")
_REQUEST = re.compile(r"(GET|POST|PUT|PATCH|DELETE) ((?:\{serverRoot\}|https?://)[\x21-\x7e]+)")
_QUOTED = re.compile(r"""["']\{[A-Za-z]+\}""")


def load_target(
    path: str | Path,
    *,
    known_features: frozenset[str] | None = None,
    known_items: frozenset[str] | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Target:
    """Reads a target file.

    Args:
        path: Of the file; paths inside it are relative to its folder.
        known_features: What `[ics] features` may name; `None` leaves it unchecked.
        known_items: What `[ics] items` may name; `None` leaves it unchecked.
        environment: Where the variables that secrets are named by are looked up.

    Raises:
        ConfigurationError: There is no such file or it is wrong; one line with file, line and key,
            never with a secret.
    """
    folder = Path(path).parent
    top = read(Path(path))
    top.check_keys(_SECTIONS, needed=("target", "users"))
    head = top.section("target")
    head.check_keys(("name", "server_root", "api_version", "binding"), ("name", "server_root"))
    binding = head.text("binding", "oma-v1")
    is_path = "/" in binding or binding.endswith(".toml")
    limits = _limits(top.section("limits"))
    around = Surroundings(environment=environment, folder=folder, seconds=limits.deadline)
    return Target(
        name=_filled(head, "name"),
        server_root=_url(head, "server_root"),
        api_version=_version(head),
        binding=str((folder / binding).absolute()) if is_path else binding,
        users=_users(top, Auth(top.section("auth"), around)),
        tls=tls_of(top.section("tls"), folder),
        notifications=_notifications(top.section("notifications")),
        ics=_ics(top.section("ics"), known_features, known_items),
        policy=_policy(top.section("policy")),
        limits=limits,
        triggers=_triggers(top.section("triggers")),
    )


def _filled(section: Section, key: str) -> str:
    """A string that is not blank."""
    value = section.text(key)
    if not value.strip():
        raise section.error(key, "must not be empty")
    return value


def _url(section: Section, key: str) -> str:
    value = section.text(key)
    if fault := url_fault(value):
        raise section.error(key, fault)
    return value


def _version(section: Section) -> str:
    value = section.text("api_version")
    if not _VERSION.fullmatch(value):
        raise section.error("api_version", f"must be a path segment such as v1, not {value!r}")
    return value


def _users(top: Section, auth: Auth) -> tuple[User, ...]:
    sections = top.sections("users")
    if len(sections) < FEWEST_USERS:
        raise top.error("users", f"must be {FEWEST_USERS} at least, not {len(sections)}")
    users: dict[str, User] = {}
    for section in sections:
        user = _user(section, auth)
        if user.address in users:
            raise section.error("address", f"{user.address} is another user's already")
        users[user.address] = user
    return tuple(users.values())


def _user(section: Section, auth: Auth) -> User:
    section.check_keys(("address", *USER_KEYS, "sip", "contact"), ("address",))
    address = section.text("address")
    if fault := address_fault(address):
        raise section.error("address", fault)
    sip = section.text("sip") if "sip" in section.entries else None
    if sip is not None and (fault := sip_fault(sip)):
        raise section.error("sip", fault)
    contact = _filled(section, "contact") if "contact" in section.entries else None
    found = auth.of(section, address)
    return User(
        address=address,
        token=found.token,
        username=found.username,
        client=found.client,
        sip=sip,
        contact=contact,
    )


def _notifications(section: Section) -> Notifications:
    section.check_keys(("mode", "listen", "public_url", "timeout"))
    default = Notifications()
    mode = section.choice("mode", NotificationMode) if "mode" in section.entries else default.mode
    listen = section.text("listen", "127.0.0.1:0")
    address = listen_address(listen)
    if address is None:
        raise section.error("listen", f"must be HOST:PORT such as 127.0.0.1:0, not {listen!r}")
    return Notifications(
        mode=mode,
        listen_host=address[0],
        listen_port=address[1],
        public_url=_url(section, "public_url") if section.text("public_url") else "",
        timeout=section.number("timeout", default.timeout),
    )


def _ics(
    section: Section, known_features: frozenset[str] | None, known_items: frozenset[str] | None
) -> Ics:
    section.check_keys(("features", "items", "not_supported", "formats"))
    return Ics(
        features=_names(section, "features", known_features),
        items=_names(section, "items", known_items),
        formats=_representations(section),
        not_supported=_names(section, "not_supported", known_items),
    )


def _representations(section: Section) -> frozenset[Format]:
    """The representations that the target claims; both unless it says."""
    names = _names(section, "formats", frozenset(Format))
    if "formats" in section.entries and not names:
        raise section.error("formats", 'must name one at least: ["xml"], ["json"] or both')
    return frozenset(Format(each) for each in names or Format)


def _names(section: Section, key: str, known: frozenset[str] | None) -> frozenset[str]:
    """Names of which each is known."""
    names = section.texts(key)
    for name in names:
        if known is not None and name not in known:
            raise section.error(key, f"there is no {name!r}; {suggestion(name, known)}")
    return frozenset(names)


def _policy(section: Section) -> Policy:
    section.check_keys(("services", "originator_leave", *PERMISSIONS))
    given = section.entries
    return Policy(
        services=section.texts("services") if "services" in given else None,
        originator_leave=section.choice("originator_leave", OriginatorLeave)
        if "originator_leave" in given
        else None,
        **{name: _permission(section, name) for name in PERMISSIONS},
    )


def _permission(section: Section, key: str) -> Permission | None:
    return section.choice(key, Permission) if key in section.entries else None


def _limits(section: Section) -> Limits:
    section.check_keys(("requests_per_second", "examples", "max_body_bytes", "deadline"))
    given, default = section.entries, Limits()
    return Limits(
        requests_per_second=section.number("requests_per_second", 1.0)
        if "requests_per_second" in given
        else None,
        examples=section.whole("examples", 1) if "examples" in given else None,
        max_body_bytes=section.whole("max_body_bytes", default.max_body_bytes),
        deadline=section.number("deadline", default.deadline),
    )


def _triggers(section: Section) -> Mapping[str, Trigger]:
    section.check_keys(TRIGGERS)
    return {name: _trigger(section.section(name)) for name in section.entries}


def _trigger(section: Section) -> Trigger:
    section.check_keys(("request", "body", "command", "prompt"))
    kinds = [kind for kind in ("request", "command", "prompt") if kind in section.entries]
    if len(kinds) != 1:
        raise section.error("", "must give exactly one of request, command and prompt")
    if "body" in section.entries and kinds != ["request"]:
        raise section.error("body", "belongs to a request: remove it, or give a request")
    for key in section.entries:
        _check_placeholders(section, key)
    match kinds[0]:
        case "request":
            return _request(section)
        case "command":
            return _command(section)
    return PromptTrigger(prompt=_filled(section, "prompt"))


def _check_placeholders(section: Section, key: str) -> None:
    for name in PLACEHOLDER.findall(section.text(key)):
        if name not in PLACEHOLDERS:
            known = suggestion(name, PLACEHOLDERS)
            raise section.error(key, f"unknown placeholder {{{name}}}; {known}")


def _request(section: Section) -> HttpTrigger:
    match = _REQUEST.fullmatch(section.text("request"))
    if match is None:
        raise section.error("request", "must be METHOD URL such as POST {serverRoot}/control/end")
    return HttpTrigger(method=match[1], url=match[2], body=section.text("body"))


def _command(section: Section) -> CommandTrigger:
    command = _filled(section, "command")
    if _QUOTED.search(command):
        raise section.error("command", "must hold placeholders without quotes: they come quoted")
    return CommandTrigger(command=command)
