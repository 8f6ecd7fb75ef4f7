"""The results of checks in the names of the target's dialect.

A check names roots and members as the model does. A user reads the names of the binding; what is
quoted from the wire stays as it was.
"""

from dataclasses import replace

from rcs_conformance.binding import Binding
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.spelling import spelling_of


def in_dialect(result: CheckResult, binding: Binding) -> CheckResult:
    """A result with the names of a binding."""
    if not binding.names:
        return result
    spelling = spelling_of(binding.names)
    return replace(
        result,
        expected=spelling.sentence(result.expected),
        actual=spelling.sentence(result.actual),
        where=spelling.path(result.where),
    )


def sentence_in_dialect(text: str, binding: Binding) -> str:
    """A sentence with the names of a binding."""
    return spelling_of(binding.names).sentence(text)
