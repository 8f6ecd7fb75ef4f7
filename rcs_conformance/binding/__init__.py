"""How the requirements appear on the wire: resources, verbs, names and codes, read from a file.

The suites speak in resource keys and canonical names only; what a dialect spells otherwise is
data of its binding file (binding, section 7).
"""

from rcs_conformance.binding.loading import load_binding, shipped_bindings
from rcs_conformance.binding.records import (
    Api,
    Authentication,
    Binding,
    ElementOrder,
    ErrorCase,
    Mark,
    Resource,
)

__all__ = [
    "Api",
    "Authentication",
    "Binding",
    "ElementOrder",
    "ErrorCase",
    "Mark",
    "Resource",
    "load_binding",
    "shipped_bindings",
]
