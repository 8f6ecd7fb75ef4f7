"""The records of authentication: a client of an authorisation server, and TLS."""

import ssl
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rcs_conformance.errors import ConfigurationError

_CONTEXTS = 32


class ClientAuthentication(StrEnum):
    """How a client sends its secret to the token endpoint (RFC 6749, section 2.3.1)."""

    BASIC = "basic"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client that gets its access tokens by client credentials (RFC 6749, section 4.4).

    Attributes:
        id: Its identifier.
        token_url: The token endpoint.
        scope: The requested scope; empty leaves it to the endpoint.
        authentication: How its secret is sent.
    """

    id: str
    token_url: str
    scope: str = ""
    authentication: ClientAuthentication = ClientAuthentication.BASIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """Certificates for TLS connections beside the public CAs; paths of PEM files.

    Attributes:
        ca: Certificates of private CAs that are trusted as well; empty for none.
        certificate: The client certificate, with its chain; empty for none.
        key: Its private key; empty where `certificate` holds that, too.
    """

    ca: str = ""
    certificate: str = ""
    key: str = ""

    def context(self) -> ssl.SSLContext:
        """The TLS context; the same one for the same files.

        Raises:
            ConfigurationError: A file cannot be used; the message begins with its key.
        """
        return _context(self)

    def without_certificate(self) -> "Tls":
        """The same without the client certificate, for other hosts."""
        return Tls(ca=self.ca)


@lru_cache(_CONTEXTS)
def _context(tls: Tls) -> ssl.SSLContext:
    from requests.utils import DEFAULT_CA_BUNDLE_PATH  # noqa: PLC0415 - 100 ms, for https alone

    context = ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # private CAs often lack the extensions
    if tls.ca:
        _trust(context, tls.ca)
    if tls.certificate:
        _identify(context, tls)
    return context


def _trust(context: ssl.SSLContext, file: str) -> None:
    try:
        context.load_verify_locations(file)
    except ssl.SSLError:
        raise ConfigurationError(f"ca: {file} contains no certificate in PEM") from None
    except OSError as error:
        raise ConfigurationError(f"ca: {file}: {error.strerror or 'cannot be read'}") from None


def _identify(context: ssl.SSLContext, tls: Tls) -> None:
    """Load the client certificate and its key; each is read first, to name the file at fault.

    An encrypted key would need its password; a run is unattended, so it is refused.
    """
    _readable("certificate", tls.certificate, "CERTIFICATE-----")
    at, file = ("key", tls.key) if tls.key else ("certificate", tls.certificate)
    _readable(at, file, "PRIVATE KEY-----")

    def password() -> str:
        raise ConfigurationError(f"{at}: the key in {file} is encrypted: give an unencrypted key")

    try:
        context.load_cert_chain(tls.certificate, tls.key or None, password=password)
    except ssl.SSLError as error:
        if error.reason and "MISMATCH" in error.reason:
            reason = f"the key in {file} does not match the certificate in {tls.certificate}"
        else:
            reason = f"OpenSSL cannot read certificate and key: {error.reason or 'no PEM'}"
        raise ConfigurationError(f"{at}: {reason}") from None


def _readable(key: str, file: str, mark: str) -> None:
    """Refuse a file that cannot be read or contains no PEM block of a kind."""
    try:
        with open(file, encoding="latin-1") as opened:  # noqa: PTH123 - as given, for the message
            text = opened.read()
    except OSError as error:
        raise ConfigurationError(f"{key}: {file}: {error.strerror or 'cannot be read'}") from None
    if mark not in text:
        what = "private key" if "KEY" in mark else "certificate"
        raise ConfigurationError(f"{key}: {file} contains no {what} in PEM")
