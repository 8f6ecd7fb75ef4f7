"""What tests generate: combinations of parameters and texts, valid unless they say otherwise."""

from rcs_conformance.strategies.groups import CORNERS, group_offers, services, with_corners
from rcs_conformance.strategies.messages import composing, texts

__all__ = ["CORNERS", "composing", "group_offers", "services", "texts", "with_corners"]
