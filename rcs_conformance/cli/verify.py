"""`rcs-conformance verify`: recompute the verdicts of a run from its record, without a server."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rcs_conformance.attestation.verification import Verification, verified
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import suite_version
from rcs_conformance.report.text import inert

if TYPE_CHECKING:
    from rcs_conformance.attestation.signing import Trusted

_DIFFERENT = 1
_MOST_SHOWN = 20

NO_SIGNATURE = (
    "An unbroken chain shows that the record was not changed without computing all its hashes"
    " anew. Against that, only a signature helps."
)


def verify(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Recompute all verdicts of a run, and say whether they are what its result says.

    Returns:
        0 if they are, the record is unbroken, shows no secret, and is signed by whoever must have;
        1 if not.

    Raises:
        ConfigurationError: There is no record of this version, or a key cannot be used.
    """
    trusted = trusted_of(arguments)
    found = verified(arguments.run)
    if trusted is not None:
        from rcs_conformance.attestation.signing import check_signature  # noqa: PLC0415 - 0.3 s

        try:
            check_signature(arguments.run, trusted)
        except ConfigurationError as error:
            found = replace(found, damages=(*found.damages, f"signature: {error}"))
    for line in _lines(found, trusted):
        print(inert(line))  # noqa: T201 - the command's output
    return _DIFFERENT if found.damages or found.secrets or found.differences else 0


def trusted_of(arguments: argparse.Namespace) -> "Trusted | None":
    """Who must have signed; `None` where no signature is to be verified.

    Raises:
        ConfigurationError: The key cannot be used, or of identity and issuer one is missing.
    """
    if bool(arguments.identity) != bool(arguments.issuer):
        raise ConfigurationError("--identity and --issuer go together: give both")
    if arguments.identity and arguments.key:
        raise ConfigurationError("--key and --identity: give one of them")
    if not arguments.identity and arguments.key is None:
        return None
    from rcs_conformance.attestation import signing  # noqa: PLC0415 - as above

    if arguments.identity:
        return signing.trusted_identity(arguments.identity, arguments.issuer)
    return signing.trusted_key(arguments.key)


def _lines(found: Verification, trusted: "Trusted | None") -> Iterator[str]:
    entries = sum(each.end.entries for each in found.chains)
    yield f"record: {len(found.chains)} chains with {entries} entries"
    for chain in found.chains:
        yield f"  {chain.name}: {chain.end.entries} entries, root {chain.end.root}"
    yield from found.damages
    if found.damages:
        yield "the record is not as it was written; what is before the damage was played"
    else:
        yield "the chains are unbroken, and end as result.json says"
    yield f"played: {found.tests} tests in {found.seconds:.1f} s, without a server"
    yield from found.secrets
    yield from found.differences[:_MOST_SHOWN]
    if len(found.differences) > _MOST_SHOWN:
        yield f"and {len(found.differences) - _MOST_SHOWN} more"
    if found.differences:
        yield f"recomputed and stated verdicts differ in {len(found.differences)} places"
        yield from _other_versions(found)
    elif not found.damages:
        yield "all tests, clauses, requirements, SCR items and the verdict are as result.json says"
    if trusted is None:
        yield NO_SIGNATURE
    elif not found.damages:
        yield f"signed by {trusted.name}"


def _other_versions(found: Verification) -> Iterator[str]:
    """Which other suites made the record, from which differences may come."""
    made = {str(each.head.get("suite")) for each in found.chains if each.head}
    if others := sorted(made - {suite_version()}):
        yield (
            f"version {', '.join(others)} made the record, installed is {suite_version()}: verify"
            " it with the version that made it, or rejudge it"
        )
