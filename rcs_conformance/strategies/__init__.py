"""What tests generate: combinations of parameters and texts, valid unless they say otherwise."""

from rcs_conformance.strategies.groups import (
    CORNERS,
    DECLARED_CORNERS,
    Declared,
    declarations,
    group_offers,
    with_corners,
    with_declared_corners,
    with_subject_corners,
)
from rcs_conformance.strategies.messages import (
    indications,
    texts,
    with_composing_corners,
    with_text_corners,
)

__all__ = [
    "CORNERS",
    "DECLARED_CORNERS",
    "Declared",
    "declarations",
    "group_offers",
    "indications",
    "texts",
    "with_composing_corners",
    "with_corners",
    "with_declared_corners",
    "with_subject_corners",
    "with_text_corners",
]
