"""Why a connection by TLS does not come about, and which key of `[tls]` would change that."""

import ssl
from collections.abc import Iterator

_UNKNOWN_CA = frozenset({18, 19, 20, 21, 24, 26, 79})
"""OpenSSL's codes for a chain that ends at no certificate which is trusted."""

_ALERTS = {
    "CERTIFICATE_REQUIRED": "requires a client certificate: set [tls] certificate and key",
    "HANDSHAKE_FAILURE": "rejects the TLS handshake; it may require a client certificate:"
    " set [tls] certificate and key",
    "UNKNOWN_CA": "does not know the CA of the client certificate; check [tls] certificate",
    "BAD_CERTIFICATE": "rejects the client certificate; check [tls] certificate",
    "CERTIFICATE_UNKNOWN": "rejects the client certificate; check [tls] certificate",
    "CERTIFICATE_EXPIRED": "rejects the client certificate as expired; check [tls] certificate",
    "ACCESS_DENIED": "denies access to the client certificate; check [tls] certificate",
}
"""What servers tell by an alert, by the end of its name in OpenSSL."""


def tls_error(error: BaseException, host: str) -> str:
    """What is wrong with certificates, and whose host it was; empty where it is something else.

    Args:
        error: What the libraries raised.
        host: The host that was spoken to.
    """
    for each in _chain(error):
        if isinstance(each, ssl.SSLCertVerificationError):
            hint = ""
            if each.verify_code in _UNKNOWN_CA:
                hint = "; for a private CA, set [tls] ca"
            detail = (each.verify_message or "no reason given").rstrip(".")
            return f"the certificate of {host} cannot be verified: {detail}{hint}"
        if isinstance(each, ssl.SSLError):
            name = each.reason or ""
            for alert, meaning in _ALERTS.items():
                if name.endswith(f"ALERT_{alert}"):
                    return f"{host} {meaning}"
    return ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and all that led to it, however the libraries wrapped it."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, BaseException) and id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting += [getattr(each, "reason", None), each.__cause__, each.__context__, *each.args]
