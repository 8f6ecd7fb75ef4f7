"""Invalid requests: each request body in a situation in which the valid one would succeed.

Each mutation is sent, one after another; what is read and what arrives afterwards shows that none
of them had an effect (TS-CHAT-5.8).
"""

from rcs_conformance.scenario.invalid_requests.attempts import Attempt, Trial, tried
from rcs_conformance.scenario.invalid_requests.original import OriginalRequest
from rcs_conformance.scenario.invalid_requests.requests import LABELLED, REQUESTS, BodyRequest

__all__ = [
    "LABELLED",
    "REQUESTS",
    "Attempt",
    "BodyRequest",
    "OriginalRequest",
    "Trial",
    "tried",
]
