"""Variations: what the binding allows a server to do otherwise; none of them breaks a clause."""

from collections.abc import Mapping

from rcs_conformance.reference.registry import Variation, merged

VARIATIONS: Mapping[str, Variation] = merged()
"""Every variation by its name."""
