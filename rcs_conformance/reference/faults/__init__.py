"""Faults: each breaks one clause, by one deviation from the rules.

Each module holds the faults of one family of requirements and is named as the suites are.
"""

import pkgutil
from importlib import import_module

from rcs_conformance.reference.registry import FAULTS

__all__ = ["FAULTS"]

for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
