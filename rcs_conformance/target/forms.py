"""The forms that addresses, URLs and ports of a target must have.

Each function returns what would be right instead, or nothing where the value is right.
"""

import re
from urllib.parse import urlsplit

_ADDRESS = re.compile(r"tel:\+?[0-9]+|sips?:[^\s@<>\"]+@[^\s@<>\"]+")
_SIP = re.compile(r"sips?:[^\s@<>\"]+@[^\s@<>\"]+")
_LISTEN = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[A-Za-z0-9._-]+):([0-9]{1,5})")
_VISIBLE = re.compile(r"[\x21-\x7e]+")


def address_fault(value: str) -> str:
    """Whether a value is a `tel:` or `sip:` URI."""
    if _ADDRESS.fullmatch(value):
        return ""
    return f"must be an address such as tel:+15550100 or sip:alice@example.com, not {value!r}"


def sip_fault(value: str) -> str:
    """Whether a value is a `sip:` URI."""
    if _SIP.fullmatch(value):
        return ""
    return f"must be a SIP URI such as sip:alice@example.com, not {value!r}"


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
    if not (usable and port_valid and _VISIBLE.fullmatch(value)):
        return f"{right}, not {value!r}"
    return ""


def listen_address(value: str) -> tuple[str, int] | None:
    """Host (without brackets) and port of ``HOST:PORT``; `None` where it has another form."""
    match = _LISTEN.fullmatch(value)
    if match is None or int(match[2]) > 65535:
        return None
    return match[1].strip("[]"), int(match[2])
