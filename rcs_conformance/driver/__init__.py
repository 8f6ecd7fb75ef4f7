"""The driver: requests to the target on behalf of its users, and nothing but that."""

from rcs_conformance.driver.actor import Actor, Body, Negotiation, wanting
from rcs_conformance.driver.created import created_id, location, resource_url
from rcs_conformance.driver.pulling import pull_command, pull_request
from rcs_conformance.driver.urls import identifiers, path_segments, same_resource

__all__ = [
    "Actor",
    "Body",
    "Negotiation",
    "created_id",
    "identifiers",
    "location",
    "path_segments",
    "pull_command",
    "pull_request",
    "resource_url",
    "same_resource",
    "wanting",
]
