"""Permitted variations in the reading of requests that leave no doubt about what is meant."""

from rcs_conformance.reference.lenience import LENIENCES
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.seams import ANYWHERE, PERMITTED

for _each in LENIENCES:
    ANYWHERE.add(f"lenient-{_each.name}", PERMITTED, _each.sentence, Rules.misread, _each.around)
