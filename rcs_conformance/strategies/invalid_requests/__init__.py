"""Invalid requests: a valid body with one mutation, named for what is wrong.

The mutations are derived from a structure and its layout: each mandatory member missing, each
single one repeated, each value of another type, a wrong root, broken bytes. A result is handed out
only after the schema has rejected it, so that no target is blamed for how it treats a valid body.
"""

from rcs_conformance.strategies.invalid_requests.derivation import (
    BodyMutation,
    body_mutations,
    candidate_mutations,
    mutations,
)
from rcs_conformance.strategies.invalid_requests.form_mutations import form_mutations
from rcs_conformance.strategies.invalid_requests.media_type_mutations import wrong_media_types
from rcs_conformance.strategies.invalid_requests.member_mutations import with_value, without
from rcs_conformance.strategies.invalid_requests.multipart_mutations import multipart_mutations
from rcs_conformance.strategies.invalid_requests.mutation import Draft, InvalidRequest, Mutation
from rcs_conformance.strategies.invalid_requests.syntax_mutations import truncated

__all__ = [
    "BodyMutation",
    "Draft",
    "InvalidRequest",
    "Mutation",
    "body_mutations",
    "candidate_mutations",
    "form_mutations",
    "multipart_mutations",
    "mutations",
    "truncated",
    "with_value",
    "without",
    "wrong_media_types",
]
