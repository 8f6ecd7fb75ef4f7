"""The forms that the values of a target file must have.

A function ``..._fault`` returns what would be right where a value is wrong, else an empty text.
"""

import re
from urllib.parse import urlsplit, urlunsplit

from rcs_conformance.configuration import shown, suggestion
from rcs_conformance.target.triggers import PLACEHOLDER, PLACEHOLDERS

_ADDRESS = re.compile(
    r"tel:\+?[0-9]+|sips?:[^\s@<>\"]+@[^\s@<>\"]+|(?!tel:|sips?:)[^\s<>\"\x00-\x1f\x7f]+",
    re.IGNORECASE,
)
_ID = re.compile(r"[^\s/\x00-\x1f\x7f]+")
_SIP = re.compile(r"sips?:[^\s@<>\"]+@[^\s@<>\"]+")
_LISTEN = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[A-Za-z0-9._-]+):([0-9]{1,5})")
_VISIBLE = re.compile(r"[\x21-\x7e]+")
_VERSION = re.compile(r"[A-Za-z0-9._~-]*")
_REQUEST = re.compile(r"(GET|POST|PUT|PATCH|DELETE) (\{serverRoot\}|https?://)[\x21-\x7e]+")
_QUOTED = re.compile(r"""["']\{[A-Za-z]+\}""")
_USERNAME = re.compile(r"[^:\x00-\x1f\x7f]+")
_CLIENT = re.compile(r"[\x20-\x7e]+")


def address_fault(value: str) -> str:
    if _ADDRESS.fullmatch(value):
        return ""
    return f"must be an address such as tel:+15550100 or sip:alice@example.com, not {shown(value)}"


def id_fault(value: str) -> str:
    if _ID.fullmatch(value):
        return ""
    return f"must be what stands for the user in URLs, such as +15550100, not {shown(value)}"


def sip_fault(value: str) -> str:
    if _SIP.fullmatch(value):
        return ""
    return f"must be a SIP URI such as sip:alice@example.com, not {shown(value)}"


def url_fault(value: str) -> str:
    """Whether a value is an http(s) URL without user information, query and fragment.

    User information and queries are not shown, for they may be secrets.
    """
    right = "must be an http or https URL such as https://host/api"
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        port_valid = parts.port is None or parts.port >= 0
    except ValueError:
        usable = port_valid = False
    if "@" in value:
        return f"{right} without user information: tokens belong to [[users]]"
    if "?" in value or "#" in value:
        return f"{right} without query and fragment"
    if not (usable and port_valid and _VISIBLE.fullmatch(ascii_url(value))):
        return f"{right}, not {shown(value)}"
    return ""


def ascii_url(value: str) -> str:
    """A URL with its host as DNS has it: an IDN host becomes `xn--...`."""
    parts = urlsplit(value)
    host = parts.hostname or ""
    if host.isascii():
        return value
    try:
        name = host.encode("idna").decode("ascii")
    except UnicodeError:
        return value
    port = "" if parts.port is None else f":{parts.port}"
    return urlunsplit(parts._replace(netloc=f"{name}{port}"))


def public_url_fault(value: str) -> str:
    """As `url_fault`; empty is right."""
    return url_fault(value) if value else ""


def version_fault(value: str) -> str:
    if _VERSION.fullmatch(value):
        return ""
    return f"must be a path segment such as v1, not {shown(value)}"


def listen_fault(value: str) -> str:
    match = _LISTEN.fullmatch(value)
    if match and int(match[2]) <= 65535:
        return ""
    return f"must be HOST:PORT such as 127.0.0.1:0, not {shown(value)}"


def listen_address(value: str) -> tuple[str, int]:
    """Host (without brackets) and port of ``HOST:PORT``."""
    host, _, port = value.rpartition(":")
    return host.strip("[]"), int(port)


def username_fault(value: str) -> str:
    if _USERNAME.fullmatch(value):
        return ""
    return f"must contain no colon and no control character, not {shown(value)}"


def client_fault(value: str) -> str:
    return "" if _CLIENT.fullmatch(value) else "must be visible ASCII characters, at least one"


def file_fault(value: str) -> str:
    return "" if value and "\0" not in value else "must be the path of a PEM file"


def placeholder_fault(value: str) -> str:
    """Whether a trigger names a placeholder that does not exist."""
    unknown = [name for name in PLACEHOLDER.findall(value) if name not in PLACEHOLDERS]
    if not unknown:
        return ""
    return f"unknown placeholder {{{unknown[0]}}}; {suggestion(unknown[0], PLACEHOLDERS)}"


def request_fault(value: str) -> str:
    """Whether a trigger's request is METHOD URL; the value is not shown: it may hold secrets."""
    if _REQUEST.fullmatch(value):
        return ""
    return "must be METHOD URL such as POST {serverRoot}/control/end"


def command_fault(value: str) -> str:
    if _QUOTED.search(value):
        return "must have no quotes around a placeholder: the suite quotes it"
    return ""
