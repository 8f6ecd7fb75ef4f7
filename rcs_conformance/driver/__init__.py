"""The driver: requests to the target on behalf of its users, and nothing but that."""

from rcs_conformance.driver.actor import Actor, Body, Negotiation, wanting
from rcs_conformance.driver.pulling import pull_command, pull_request

__all__ = ["Actor", "Body", "Negotiation", "pull_command", "pull_request", "wanting"]
