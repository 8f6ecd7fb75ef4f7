"""Variations: what the binding allows a server to do otherwise; none of them breaks a clause."""

from collections.abc import Mapping

from rcs_conformance.reference.registry import Variation, merged
from rcs_conformance.reference.variations.behaviour import BEHAVIOUR
from rcs_conformance.reference.variations.channels import CHANNELS
from rcs_conformance.reference.variations.kinds import KINDS
from rcs_conformance.reference.variations.media import MEDIA
from rcs_conformance.reference.variations.protocol import PROTOCOL
from rcs_conformance.reference.variations.representations import REPRESENTATIONS
from rcs_conformance.reference.variations.transfers import TRANSFERS

VARIATIONS: Mapping[str, Variation] = merged(
    PROTOCOL, REPRESENTATIONS, BEHAVIOUR, KINDS, MEDIA, CHANNELS, TRANSFERS
)
"""Every variation by its name."""
