"""Signatures without a key of one's own: sigstore, where the environment has an OIDC identity.

The library is an extra of the package: `pip install 'rcs-conformance[sigstore]'`.
"""

from importlib.util import find_spec
from pathlib import Path

from rcs_conformance.attestation.statements import PAYLOAD_TYPE
from rcs_conformance.errors import ConfigurationError

_LARGEST_BUNDLE = 64 << 20


def keyless_bundle(payload: bytes) -> str:
    """Sign a statement as the identity that the environment offers, such as a CI job's.

    Returns:
        The sigstore bundle, as JSON text.

    Raises:
        ConfigurationError: The extra is not installed, there is no identity, or a service of
            sigstore cannot be used.
    """
    _require()
    from sigstore.dsse import Statement  # noqa: PLC0415 - an extra
    from sigstore.errors import Error  # noqa: PLC0415 - as above
    from sigstore.models import ClientTrustConfig  # noqa: PLC0415 - as above
    from sigstore.oidc import IdentityError, IdentityToken, detect_credential  # noqa: PLC0415
    from sigstore.sign import SigningContext  # noqa: PLC0415 - as above

    try:
        token = detect_credential()
        if token is None:
            raise ConfigurationError(
                "--keyless: the environment offers no OIDC identity: run it in a CI job that may"
                " write id tokens, or give --key FILE"
            )
        context = SigningContext.from_trust_config(ClientTrustConfig.production())
        with context.signer(IdentityToken(token)) as signer:
            return str(signer.sign_dsse(Statement(payload)).to_json()) + "\n"
    except IdentityError:
        raise ConfigurationError(
            "--keyless: the OIDC identity of the environment cannot be used"
        ) from None
    except (Error, OSError) as error:
        raise ConfigurationError(f"--keyless: sigstore: {type(error).__name__}") from None


def keyless_payload(file: Path, identity: str, issuer: str) -> bytes:
    """What an identity signed.

    Args:
        file: The bundle.
        identity: Such as the URL of a workflow, or an address.
        issuer: URL of who vouches for the identity.

    Raises:
        ConfigurationError: The extra is not installed, or the identity did not sign it.
    """
    _require()
    from sigstore.errors import Error  # noqa: PLC0415 - an extra
    from sigstore.models import Bundle  # noqa: PLC0415 - as above
    from sigstore.verify import Verifier  # noqa: PLC0415 - as above
    from sigstore.verify.policy import Identity  # noqa: PLC0415 - as above

    try:
        with file.open("rb") as opened:
            bundle = Bundle.from_json(opened.read(_LARGEST_BUNDLE))
        kind, payload = Verifier.production().verify_dsse(
            bundle, Identity(identity=identity, issuer=issuer)
        )
    except (Error, OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not signed by this identity, or edited"
        raise ConfigurationError(f"{file}: {reason}") from None
    if kind != PAYLOAD_TYPE:
        raise ConfigurationError(f"{file}: the signature is not of a {PAYLOAD_TYPE}")
    return bytes(payload)


def _require() -> None:
    if find_spec("sigstore") is None:
        raise ConfigurationError(
            "signing without a key needs sigstore: pip install 'rcs-conformance[sigstore]'"
        )
