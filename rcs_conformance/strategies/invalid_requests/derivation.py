"""The mutations of a structure, and which of them make it invalid."""

from collections.abc import Iterator
from typing import Protocol

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.invalid_requests.element_mutations import element_mutations
from rcs_conformance.strategies.invalid_requests.form_mutations import form_mutations
from rcs_conformance.strategies.invalid_requests.member_mutations import member_mutations
from rcs_conformance.strategies.invalid_requests.mutation import InvalidRequest, Mutation
from rcs_conformance.strategies.invalid_requests.root_mutations import root_mutations
from rcs_conformance.strategies.invalid_requests.syntax_mutations import syntax_mutations
from rcs_conformance.wire import Codec
from rcs_conformance.wire.element import LoneElement


class BodyMutation(Protocol):
    """A mutation of a body in any encoding: XML, JSON, form fields, parts."""

    def apply(self, content: object, fmt: Format, codec: Codec, /) -> InvalidRequest | None:
        """The mutated body of a valid structure; `None` where the result is valid as well."""


def candidate_mutations(content: object, fmt: Format) -> Iterator[Mutation]:
    """All mutations of a valid structure or element; the result of some may be valid."""
    if isinstance(content, LoneElement):
        found = tuple(element_mutations(content))
    else:
        found = (*syntax_mutations(), *root_mutations(), *member_mutations(content))
    for mutation in found:
        if fmt in mutation.formats:
            yield mutation


def mutations(content: object, fmt: Format) -> tuple[Mutation, ...]:
    """The mutations that make a structure invalid, according to its schema."""
    return tuple(
        each for each in candidate_mutations(content, fmt) if each.apply(content, fmt, Codec())
    )


def body_mutations(content: object, fmt: Format, *, as_form: bool) -> Iterator[BodyMutation]:
    """All mutations of a request body.

    Args:
        content: A body; the mutations fit every body of the same shape.
        fmt: Its format.
        as_form: Whether the target accepts form fields as well.
    """
    yield from candidate_mutations(content, fmt)
    if as_form:
        yield from form_mutations(content)
