"""Permitted variations: what the binding allows a server to do; none of them breaks a clause."""

import pkgutil
from importlib import import_module

from rcs_conformance.reference.registry import VARIATIONS

__all__ = ["VARIATIONS"]

for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
