"""Faults: each breaks one clause, by one deviation from the rules."""

from collections.abc import Mapping

from rcs_conformance.reference.registry import Fault, merged

FAULTS: Mapping[str, Fault] = merged()
"""Every fault by its name."""
