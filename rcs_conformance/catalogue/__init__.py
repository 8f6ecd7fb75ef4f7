"""The catalogue: requirements cut into clauses, and the static conformance requirements (SCR).

Data of `suites/catalogue`, validated as a whole when it is loaded.
"""

from rcs_conformance.catalogue.expressions import Condition, ItemExpression
from rcs_conformance.catalogue.loading import check_operations, load_catalogue
from rcs_conformance.catalogue.records import (
    FORM,
    Catalogue,
    Change,
    Clause,
    Level,
    Operation,
    Release,
    Requirement,
    ScrItem,
)

__all__ = [
    "FORM",
    "Catalogue",
    "Change",
    "Clause",
    "Condition",
    "ItemExpression",
    "Level",
    "Operation",
    "Release",
    "Requirement",
    "ScrItem",
    "check_operations",
    "load_catalogue",
]
