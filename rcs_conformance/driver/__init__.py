"""The driver: requests to the target on behalf of its users, and nothing but that."""

from rcs_conformance.driver.actor import Actor, Body
from rcs_conformance.driver.credentials import CredentialStore
from rcs_conformance.driver.ledger import Ledger
from rcs_conformance.driver.long_poll import LongPoll
from rcs_conformance.driver.negotiation import PREFERENCES, WAYS, Negotiation, unavailable, wanting
from rcs_conformance.driver.rate_limit import RateLimit
from rcs_conformance.driver.triggers import (
    prompt_operator,
    run_trigger_command,
    send_trigger_request,
)
from rcs_conformance.driver.web_socket import WebSocket

__all__ = [
    "PREFERENCES",
    "WAYS",
    "Actor",
    "Body",
    "CredentialStore",
    "Ledger",
    "LongPoll",
    "Negotiation",
    "RateLimit",
    "WebSocket",
    "prompt_operator",
    "run_trigger_command",
    "send_trigger_request",
    "unavailable",
    "wanting",
]
