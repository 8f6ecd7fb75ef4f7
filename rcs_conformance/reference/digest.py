"""HTTP Digest (RFC 7616) as the server sees it: its challenge, and whether an answer is right."""

import hashlib
import re
from hmac import compare_digest
from secrets import token_hex

from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.rejections import REALM
from rcs_conformance.reference.state import Account, Accounts

_NONCE = token_hex(16)
_PAIR = re.compile(r'(\w+)=(?:"([^"]*)"|([^\s,]*))')

CHALLENGE = f', nonce="{_NONCE}", qop="auth", algorithm=MD5'
"""What stands behind scheme and realm in `WWW-Authenticate`."""


def user_of(given: str, call: Call, accounts: Accounts) -> Account | None:
    """The user whose password an answer proves; `None` where it proves none.

    Args:
        given: What stands behind the scheme in the `Authorization` field.
        call: The request that it is for.
        accounts: The users.
    """
    said = {name.lower(): quoted or bare for name, quoted, bare in _PAIR.findall(given)}
    account = accounts.by_username(said.get("username", ""))
    if account is None or said.get("nonce") != _NONCE:
        return None
    if said.get("uri", "").partition("?")[0] != call.path:
        return None
    # A dialect may have another verb for what is this one in the default binding.
    methods = {call.method, "HEAD", *call.verbs}
    shown = said.get("response", "")
    right = any(compare_digest(_response(said, account, method), shown) for method in methods)
    return account if right else None


def _response(said: dict[str, str], account: Account, method: str) -> str:
    """The response that proves a password, for a request with this method."""
    secret = _digest(f"{said['username']}:{REALM}:{account.token}")
    request = _digest(f"{method}:{said['uri']}")
    numbered = ":".join(said.get(name, "") for name in ("nonce", "nc", "cnonce", "qop"))
    return _digest(f"{secret}:{numbered}:{request}")


def _digest(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
