"""The reference server: a real HTTP server that conforms, and deviates in one thing on demand."""

from rcs_conformance.reference.faults import FAULTS
from rcs_conformance.reference.registry import Fault, Variation
from rcs_conformance.reference.server import DEFAULT_ACCOUNTS, ReferenceServer, accounts_of, serve
from rcs_conformance.reference.state import Account
from rcs_conformance.reference.variations import VARIATIONS

__all__ = [
    "DEFAULT_ACCOUNTS",
    "FAULTS",
    "VARIATIONS",
    "Account",
    "Fault",
    "ReferenceServer",
    "Variation",
    "accounts_of",
    "serve",
]
