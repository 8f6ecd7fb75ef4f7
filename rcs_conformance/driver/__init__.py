"""The driver: requests to the target on behalf of its users, and nothing but that."""

from rcs_conformance.driver.actor import Actor, Body
from rcs_conformance.driver.credentials import Wallet
from rcs_conformance.driver.negotiation import WAYS, Negotiation, unavailable, wanting
from rcs_conformance.driver.pace import Pace
from rcs_conformance.driver.polling import LongPoll
from rcs_conformance.driver.prompting import pull_prompt
from rcs_conformance.driver.pulling import pull_command, pull_request

__all__ = [
    "WAYS",
    "Actor",
    "Body",
    "LongPoll",
    "Negotiation",
    "Pace",
    "Wallet",
    "pull_command",
    "pull_prompt",
    "pull_request",
    "unavailable",
    "wanting",
]
