"""Gives a function of this process the code of a mutation. Needs a process of its own."""

import importlib
import sys
from collections.abc import Iterator
from functools import cached_property
from types import FunctionType, ModuleType

from rcs_conformance import reference
from rcs_conformance.errors import HarnessError
from rcs_conformance.strength.mutation.sites import Mutation, mutated


def implant(mutation: Mutation) -> None:
    """Whoever calls the function from now on meets the mutation.

    Raises:
        HarnessError: No function of the module can take the code.
    """
    code, module = mutated(mutation), _module(mutation.file)
    found = [
        each
        for each in _functions_of(module)
        if each.__code__.co_qualname == code.co_qualname
        and each.__code__.co_firstlineno == code.co_firstlineno
        and each.__code__.co_freevars == code.co_freevars
    ]
    if not found:
        raise HarnessError(f"{mutation.name}: no function can take the changed code")
    for function in found:
        function.__code__ = code
    _forget_results()


def _forget_results() -> None:
    """Clear what functions of the server keep of earlier calls, without the mutation."""
    for name, module in list(sys.modules.items()):
        if name.startswith(f"{reference.__name__}."):
            for member in list(vars(module).values()):
                if callable(clear := getattr(member, "cache_clear", None)):
                    clear()


def _module(file: str) -> ModuleType:
    name = file.removesuffix(".py").replace("/", ".").removesuffix("__init__").rstrip(".")
    return importlib.import_module(f"{reference.__name__}.{name}" if name else reference.__name__)


def _functions_of(holder: ModuleType | type) -> Iterator[FunctionType]:
    """Functions of a module, and methods of its classes; whatever is wrapped around them."""
    for member in list(vars(holder).values()):
        match member:
            case type() if member.__module__ == getattr(holder, "__module__", holder.__name__):
                yield from _functions_of(member)
            case property():
                accessors = (member.fget, member.fset)
                yield from (each for each in accessors if isinstance(each, FunctionType))
            case cached_property():
                yield from _unwrapped(member.func)
            case classmethod() | staticmethod():
                yield from _unwrapped(member.__func__)
            case _:
                yield from _unwrapped(member)


def _unwrapped(member: object) -> Iterator[FunctionType]:
    while member is not None:
        if isinstance(member, FunctionType):
            yield member
        member = getattr(member, "__wrapped__", None)
