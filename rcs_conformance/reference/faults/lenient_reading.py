"""Lenient readings of requests: faults only where the operator's policy is a strict reading."""

from rcs_conformance.reference.lenience import LENIENCES
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.seams import ANYWHERE
from rcs_conformance.target import Policy, Reading

for _each in LENIENCES:
    ANYWHERE.add(
        _each.name,
        _each.clause,
        _each.sentence,
        Rules.misread,
        _each.around,
        policy=Policy(reading=Reading.STRICT),
    )
