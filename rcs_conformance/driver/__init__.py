"""The driver: requests to the target on behalf of its users, and nothing but that."""

from rcs_conformance.driver.actor import Actor, Body, Negotiation, wanting
from rcs_conformance.driver.urls import identifiers, path_segments, same_resource

__all__ = [
    "Actor",
    "Body",
    "Negotiation",
    "identifiers",
    "path_segments",
    "same_resource",
    "wanting",
]
